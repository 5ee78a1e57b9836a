import { strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";

export const lambdaRuntime = definePolicy({
  name: "lambda-runtime",
  area: "data-services",
  entry: 41,
  description: "A Lambda function must use a runtime that AWS still maintains.",
  why: "a retired runtime gets no security fixes, and one day cannot be updated any more",
  mend: "move to a runtime that is allowed",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub Lambda.2", "CKV_AWS_363"],
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  parameters: {
    allowed: strings(
      [
        "nodejs22.x",
        "nodejs24.x",
        "python3.11",
        "python3.12",
        "python3.13",
        "python3.14",
        "java17",
        "java21",
        "java25",
        "dotnet8",
        "dotnet10",
        "ruby3.3",
        "ruby3.4",
        "provided.al2023",
      ],
      "Patterns of the runtimes that may be used.",
    ),
  },
  types: ["aws:lambda/function:Function"],
  checks: [
    (fn, { config, violation }) => {
      const runtime = fn.text("runtime");
      if (runtime !== undefined && !matchesAny(runtime, config.allowed)) violation(`runtime is ${runtime}`);
    },
  ],
});
