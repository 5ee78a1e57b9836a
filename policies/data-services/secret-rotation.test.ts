import { absent, recorded, ref, resource, unknown } from "../testing/fixture";
import { namedLater } from "../testing/named-later";
import { advises, passes, testPolicy, undecided, violates } from "../testing/table";
import { secretRotation } from "./secret-rotation";

testPolicy(
  secretRotation,
  {
    secret: resource("aws:secretsmanager/secret:Secret", { name: "bi" }),
    rotation: resource("aws:secretsmanager/secretRotation:SecretRotation", {
      secretId: ref("secret"),
      rotationRules: { automaticallyAfterDays: 30 },
    }),
  },
  [
    violates("none", { rotation: absent }, /secret: nothing rotates it/),
    violates("that of another secret", { "rotation.secretId": "elsewhere" }, /nothing rotates it/),
    violates(
      "too rarely",
      { "rotation.rotationRules.automaticallyAfterDays": 365 },
      /automaticallyAfterDays of rotation is 365, more than 90/,
    ),
    violates(
      "too rarely by a schedule",
      { "rotation.rotationRules": { scheduleExpression: "rate(365 days)" } },
      /scheduleExpression of rotation is rate\(365 days\), more than 90 days/,
    ),
    undecided(
      "days not known yet",
      { "rotation.rotationRules.automaticallyAfterDays": unknown },
      /automaticallyAfterDays/,
    ),
    passes("by a schedule", { "rotation.rotationRules": { scheduleExpression: "rate(10 days)" } }),
    passes("one that is exempt", { rotation: absent }, { config: { exempt: ["secr*"] } }),
    advises(
      "a reader's, which its generation changes",
      { bi: recorded("pulumi-nodejs:dynamic/redshift:ReaderSecret") },
      /bi: nothing rotates it: its password changes only with the reader's passwordGeneration/,
    ),
    passes(
      "a reader's that somebody changes",
      { bi: recorded("pulumi-nodejs:dynamic/redshift:ReaderSecret") },
      { config: { exempt: ["b*"] } },
    ),
    ...namedLater("secret.name", "rotation.secretId"),
  ],
);
