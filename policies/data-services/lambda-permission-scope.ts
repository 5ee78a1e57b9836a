import { definePolicy } from "../framework/policy";

export const lambdaPermissionScope = definePolicy({
  name: "lambda-permission-scope",
  area: "data-services",
  entry: 41,
  description: "A permission to invoke a Lambda function must name who may, and from where.",
  why: "a service principal alone lets every account's rules and buckets invoke the function",
  mend: 'set sourceArn, or sourceAccount, or principalOrgId; never use principal "*" without them',
  severity: "critical",
  level: "mandatory",
  controls: ["SecurityHub Lambda.1", "CKV_AWS_301", "CKV_AWS_364"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
  types: ["aws:lambda/permission:Permission"],
  checks: [
    (permission, { violation }) => {
      if (permission.given("sourceArn") || permission.given("sourceAccount") || permission.given("principalOrgId"))
        return;
      const principal = permission.text("principal") ?? "";
      if (principal === "*" || principal.endsWith(".amazonaws.com")) {
        violation(`principal is ${principal}, and nothing says from where`);
      }
    },
  ],
});
