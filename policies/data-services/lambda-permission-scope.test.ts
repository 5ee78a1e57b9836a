import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { lambdaPermissionScope } from "./lambda-permission-scope";

testPolicy(
  lambdaPermissionScope,
  {
    may: resource("aws:lambda/permission:Permission", {
      action: "lambda:InvokeFunction",
      function: unknown,
      principal: "events.amazonaws.com",
      sourceArn: unknown,
    }),
  },
  [
    violates("a whole service", { "may.sourceArn": absent }, /may: principal is events\.amazonaws\.com/),
    violates("everyone", { "may.sourceArn": absent, "may.principal": "*" }, /principal is \*/),
    violates("a service from anywhere", { "may.sourceArn": "*" }, /nothing says from where/),
    violates(
      "a bucket of whoever owns it",
      { "may.principal": "s3.amazonaws.com", "may.sourceArn": "arn:aws:s3:::landing" },
      /principal is s3\.amazonaws\.com, and sourceAccount is not set/,
    ),
    violates(
      "an address open to everyone",
      { url: resource("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "NONE" }) },
      /url: authorizationType is NONE/,
    ),
    passes("a bucket of an account", {
      "may.principal": "s3.amazonaws.com",
      "may.sourceArn": "arn:aws:s3:::landing",
      "may.sourceAccount": "111122223333",
    }),
    passes("an address for those who sign", {
      url: resource("aws:lambda/functionUrl:FunctionUrl", { authorizationType: "AWS_IAM" }),
    }),
    undecided("a principal not known yet", { "may.sourceArn": absent, "may.principal": unknown }, /principal/),
    passes("an account", { "may.sourceArn": absent, "may.principal": "111122223333" }),
    passes("a service on behalf of an account", { "may.sourceArn": absent, "may.sourceAccount": "111122223333" }),
    passes("everyone in the organization", {
      "may.sourceArn": absent,
      "may.principal": "*",
      "may.principalOrgId": "o-1",
    }),
  ],
);
