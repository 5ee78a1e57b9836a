import { integer, strings } from "../framework/config";
import { matchesAny } from "../framework/names";
import { definePolicy } from "../framework/policy";

export const secretRotation = definePolicy({
  name: "secret-rotation",
  area: "data-services",
  entry: 43,
  description: "A secret must rotate.",
  why: "a password that never changes is known, in the end, to everyone who ever worked here",
  mend: "add an aws.secretsmanager.SecretRotation for the secret, or name it in exempt when something else rotates it",
  severity: "medium",
  level: "mandatory",
  controls: ["SecurityHub SecretsManager.1", "SecurityHub SecretsManager.4", "CKV2_AWS_57", "CKV_AWS_304"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/secretsmanager-controls.html#secretsmanager-1",
  parameters: {
    exempt: strings([], "Patterns of the names of secrets that something else rotates."),
    maximumDays: integer(90, "How many days may pass between two rotations.", 1, 1000),
  },
  types: ["pulumi-nodejs:dynamic/redshift:ReaderSecret"],
  checks: [
    (secret, { config, violation }) => {
      if (matchesAny(secret.name, config.exempt)) return;
      violation("nothing rotates it: its password changes only with the reader's passwordGeneration", {
        mend: `raise passwordGeneration every ${config.maximumDays} days, and name the secret in exempt to say that somebody does`,
        advisory: true,
      });
    },
  ],
  stackTypes: ["aws:secretsmanager/secret:Secret"],
  stackChecks: [
    (resource, { graph, config, violation }) => {
      const secret = resource.as("aws:secretsmanager/secret:Secret");
      if (!secret || matchesAny(secret.name, config.exempt)) return;
      const [rotation] = graph.referrers(secret, ["aws:secretsmanager/secretRotation:SecretRotation"], "secretId");
      if (!rotation) return violation("nothing rotates it");
      const rules = rotation.child("rotationRules");
      const days = rules?.number("automaticallyAfterDays");
      if (days !== undefined && days > config.maximumDays) {
        violation(`automaticallyAfterDays of ${rotation.name} is ${days}, more than ${config.maximumDays}`);
      }
      const schedule = rules?.text("scheduleExpression");
      const [, rate] = /^rate\((\d+) days?\)$/.exec(schedule ?? "") ?? [];
      if (rate !== undefined && Number(rate) > config.maximumDays) {
        violation(`scheduleExpression of ${rotation.name} is ${schedule}, more than ${config.maximumDays} days`);
      }
    },
  ],
});
