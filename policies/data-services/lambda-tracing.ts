import { definePolicy } from "../framework/policy";

export const lambdaTracing = definePolicy({
  name: "lambda-tracing",
  area: "data-services",
  entry: 41,
  description: "A Lambda function should be traced.",
  why: "a slow load is otherwise guessed at: the queue, the function or the warehouse",
  mend: "set tracingConfig.mode to Active",
  severity: "low",
  level: "advisory",
  controls: ["SecurityHub Lambda.7", "CKV_AWS_50"],
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html",
  types: ["aws:lambda/function:Function"],
  checks: [
    (fn, { violation }) => {
      const mode = fn.child("tracingConfig")?.text("mode");
      if (mode !== "Active") violation(`tracingConfig.mode is ${mode ?? "not set"}`);
    },
  ],
});
