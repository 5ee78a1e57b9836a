import type { Call } from "./call";
import { dialects } from "./services";
import { Polling, tellCall } from "./told";

const call = (body: string, more: Partial<Call> = {}): Call => ({
  service: "redshift-serverless",
  target: "RedshiftServerless.CreateNamespace",
  query: new URLSearchParams(),
  method: "POST",
  headers: {},
  body: Buffer.from(body),
  requestId: "1",
  ...more,
});

test.each([
  ['{"namespaceName":"orders","adminUserPassword":"S3cret"}', "redshift-serverless CreateNamespace orders"],
  ['{"namespaceName":{"adminUserPassword":"S3cret"}}', "redshift-serverless CreateNamespace"],
  ['["S3cret"]', "redshift-serverless CreateNamespace"],
  ["S3cret{", "redshift-serverless CreateNamespace"],
])("a call %s is told by its name alone", (body, told) => {
  expect(tellCall(call(body), dialects["redshift-serverless"])).toBe(told);
});

test("the name is the end of an ARN, in Query too", () => {
  const body = "Action=DescribeTargetHealth&TargetGroupArn=arn%3Aaws%3Aelb%3Aus-east-1%3A1%3Atargetgroup%2Fpool%2F1";
  const asked = call(body, { service: "elasticloadbalancing", target: undefined });
  expect(tellCall(asked, dialects.elasticloadbalancing)).toBe(
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
