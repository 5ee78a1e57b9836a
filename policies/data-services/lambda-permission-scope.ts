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
  types: ["aws:lambda/permission:Permission", "aws:lambda/functionUrl:FunctionUrl"],
  checks: [
    (resource, { violation }) => {
      const permission = resource.as("aws:lambda/permission:Permission");
      if (!permission || permission.given("sourceAccount") || permission.given("principalOrgId")) return;
      const principal = permission.text("principal") ?? "";
      const source = permission.peek("sourceArn");
      const anywhere = source.state === "absent" || (source.state === "known" && source.value === "*");
      if (anywhere && (principal === "*" || principal.endsWith(".amazonaws.com"))) {
        violation(`principal is ${principal}, and nothing says from where`);
      } else if (!anywhere && principal === "s3.amazonaws.com") {
        violation("principal is s3.amazonaws.com, and sourceAccount is not set", {
          mend: "set sourceAccount too: the name of a bucket that is deleted can be taken by anyone",
        });
      }
    },
    (resource, { violation }) => {
      const url = resource.as("aws:lambda/functionUrl:FunctionUrl");
      if (url?.text("authorizationType") === "NONE") {
        violation("authorizationType is NONE", { mend: "set authorizationType to AWS_IAM" });
      }
    },
  ],
});
