import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { vpcEndpoints } from "./vpc-endpoints";

const to = (service: string) =>
  resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId: ref("vpc"), serviceName: `com.amazonaws.us-east-1.${service}` });

testPolicy(
  vpcEndpoints,
  {
    vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    subnet: resource("aws:ec2/subnet:Subnet", { vpcId: ref("vpc") }),
    s3: to("s3"),
    secrets: to("secretsmanager"),
    kms: to("kms"),
    data: to("redshift-data"),
    logs: to("logs"),
  },
  [
    violates("two services out of reach", { kms: absent, logs: absent }, /vpc: no endpoint leads to kms and logs/),
    violates("an endpoint of another VPC", { "s3.vpcId": "vpc-elsewhere" }, /leads to s3/),
    violates("one endpoint not known, two missing", { kms: absent, "logs.serviceName": unknown }, /kms and logs/),
    violates("another service asked for", {}, /leads to sts/, { config: { services: ["sts"] } }),
    passes("in China, where names begin otherwise", {
      "s3.serviceName": "com.amazonaws.cn-north-1.s3",
      "kms.serviceName": "cn.com.amazonaws.cn-north-1.kms",
    }),
    undecided("a service not known yet", { "kms.serviceName": unknown }, /kms\.serviceName/),
    passes("a service nobody asks for", { more: to("sts") }),
    passes("a VPC without subnets", { subnet: absent, s3: absent }),
  ],
);
