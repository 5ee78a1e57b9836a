import { absent, ref, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { defaultSecurityGroupClosed } from "./default-security-group-closed";

const rule = { protocol: "-1", fromPort: 0, toPort: 0, self: true };

testPolicy(
  defaultSecurityGroupClosed,
  {
    vpc: resource("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }),
    closed: resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
      vpcId: ref("vpc"),
      ingress: [],
      egress: [],
    }),
  },
  [
    violates("nothing takes it over", { closed: absent }, /vpc: nothing takes over/),
    violates("taken over for another VPC", { "closed.vpcId": "vpc-elsewhere" }, /vpc: nothing takes over/),
    violates("an ingress rule", { "closed.ingress": [rule] }, /ingress has 1 rules/),
    violates(
      "an egress rule, ingress not known",
      { "closed.egress": [rule], "closed.ingress": unknown },
      /egress has 1 rules/,
    ),
    undecided("rules not known yet", { "closed.ingress": unknown }, /ingress/),
    passes("rules not mentioned", { "closed.ingress": absent, "closed.egress": absent }),
    passes("no VPC of one's own", { vpc: absent, closed: absent }),
  ],
);
