import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, undecided, violates } from "../testing/table";
import { lambdaEnvironmentKey } from "./lambda-environment-key";

testPolicy(
  lambdaEnvironmentKey,
  {
    fn: resource("aws:lambda/function:Function", {
      environment: { variables: { TOKEN: "hunter2" } },
      kmsKeyArn: unknown,
    }),
  },
  [
    violates("no key", { "fn.kmsKeyArn": absent }, /fn: environment\.variables is set, and kmsKeyArn is not/),
    violates(
      "no key, variables not known yet",
      { "fn.kmsKeyArn": absent, "fn.environment.variables": unknown },
      /kmsKeyArn is not/,
    ),
    violates(
      "AWS's key",
      { "fn.kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:alias/aws/lambda" },
      /that AWS manages/,
    ),
    undecided("an environment not known yet", { "fn.environment": unknown }, /environment/),
    passes("no environment", { "fn.environment": absent, "fn.kmsKeyArn": absent }),
    passes("no variables", { "fn.environment": {}, "fn.kmsKeyArn": absent }),
  ],
);
