import { keyPolicy } from "../encryption/key-policy";
import { endpointServiceName } from "../network/partition";
import { s3Policy } from "../producer/s3-role";

const policies = (region: string, partition: string) => {
  const scope = { accountId: "123456789012", region, partition, namePrefix: "fleet-test" };
  return JSON.stringify([keyPolicy(scope), s3Policy({ read: ["landing"] }, partition, region, "key-arn")]);
};

test("China has its own service names and ARNs", () => {
  const written = policies("cn-north-1", "aws-cn");
  expect(written).toContain('"Service":"logs.cn-north-1.amazonaws.com.cn"');
  for (const service of ["redshift", "redshift-serverless", "secretsmanager", "s3"])
    expect(written).toContain(`"${service}.cn-north-1.amazonaws.com.cn"`);
  expect(written).not.toContain("arn:aws:");
});

test.each([
  ["us-east-1", "aws"],
  ["us-gov-west-1", "aws-us-gov"],
])("%s says nothing of China", (region, partition) => {
  expect(policies(region, partition)).not.toContain(".cn");
  expect(policies(region, partition)).toContain(`"Service":"logs.${region}.amazonaws.com"`);
});

test.each([
  ["us-east-1", "redshift-data", "com.amazonaws.us-east-1.redshift-data"],
  ["us-gov-west-1", "redshift-data", "com.amazonaws.us-gov-west-1.redshift-data"],
  ["cn-north-1", "redshift-data", "cn.com.amazonaws.cn-north-1.redshift-data"],
  ["cn-north-1", "kms", "com.amazonaws.cn-north-1.kms"],
  ["cn-north-1", "s3", "com.amazonaws.cn-north-1.s3"],
])("the endpoint in %s of %s is %s", (region, service, name) => {
  expect(endpointServiceName(region, service)).toBe(name);
});
