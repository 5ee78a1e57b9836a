import { Polling, tellCall } from "./told";

test.each([
  [{ namespaceName: "orders", adminUserPassword: "S3cret" }, "redshift-serverless CreateNamespace orders"],
  [{ namespaceName: { adminUserPassword: "S3cret" } }, "redshift-serverless CreateNamespace"],
  [["S3cret"], "redshift-serverless CreateNamespace"],
  [{ adminUserPassword: "S3cret" }, "redshift-serverless CreateNamespace"],
])("a call %j is told by its name alone", (input, told) => {
  expect(tellCall("redshift-serverless", "CreateNamespace", input)).toBe(told);
});

test("the name is the end of an ARN", () => {
  const input = { TargetGroupArn: "arn:aws:elb:us-east-1:1:targetgroup/pool/1" };
  expect(tellCall("elasticloadbalancing", "DescribeTargetHealth", input)).toBe(
    "elasticloadbalancing DescribeTargetHealth targetgroup/pool/1",
  );
});

test("who polls is told once, until the answer changes or time has passed; changes are told each time", () => {
  const polling = new Polling();
  const get = "redshift-serverless GetWorkgroup pool-1";
  expect(polling.repeats(get, "200", 0)).toBe(false);
  expect(polling.repeats(get, "200", 5_000)).toBe(true);
  expect(polling.repeats(get, "400 ThrottlingException", 6_000)).toBe(false);
  expect(polling.repeats(get, "200", 10_001)).toBe(false);
  const create = "redshift-serverless CreateWorkgroup pool-1";
  expect([polling.repeats(create, "200", 0), polling.repeats(create, "200", 1)]).toEqual([false, false]);
});
