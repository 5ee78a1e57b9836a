import { definePolicy } from "../framework/policy";

export const lambdaEnvironmentKey = definePolicy({
  name: "lambda-environment-key",
  area: "data-services",
  entry: 41,
  description: "A Lambda function's environment must be encrypted with a customer-managed KMS key.",
  why: "whoever may look at the function otherwise reads its variables, endpoints and secret names among them",
  mend: "set kmsKeyArn to a key of your own",
  severity: "medium",
  level: "mandatory",
  controls: ["CKV_AWS_173"],
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
  types: ["aws:lambda/function:Function"],
  checks: [
    (fn, { violation }) => {
      const environment = fn.child("environment");
      if (!environment?.given("variables") || fn.given("kmsKeyArn")) return;
      violation("environment.variables is set, and kmsKeyArn is not");
    },
    (fn, { violation }) => {
      const key = fn.peek("kmsKeyArn");
      if (key.state === "known" && String(key.value).includes("alias/aws/"))
        violation(`kmsKeyArn is ${key.value}, a key that AWS manages`);
    },
  ],
});
