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
