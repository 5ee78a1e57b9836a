import { integer } from "../framework/config";
import { admitsAnyone, statementsOf } from "../framework/iam-document";
import { definePolicy } from "../framework/policy";
import type { Subject } from "../framework/subject";

/** Replicas rotate with their primary key, and imported key material by hand: only keys of the first kind say so. */
const keyTypes = [
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;

/** Whether remediation may switch rotation on: the key is symmetric, and not rotated yet for all that is known. */
function mustRotate(resource: Subject): boolean {
  const key = resource.as("aws:kms/key:Key");
  if (!key) return false;
  const spec = key.peek("customerMasterKeySpec");
  const symmetric = spec.state === "absent" || (spec.state === "known" && spec.value === "SYMMETRIC_DEFAULT");
  const rotation = key.peek("enableKeyRotation");
  return symmetric && !(rotation.state === "known" && rotation.value === true);
}

export const kmsKeyHygiene = definePolicy({
  name: "kms-key-hygiene",
  area: "encryption",
  entry: 38,
  description: "A KMS key must rotate, be deleted only after a while, and not admit every principal.",
  why: "all that the warehouse holds is as safe as its key: lost with it, and open to whoever may use it",
  mend: "set enableKeyRotation to true, deletionWindowInDays to 14 or more, and name principals in the key's policy",
  severity: "critical",
  level: "mandatory",
  controls: ["SecurityHub KMS.4", "SecurityHub KMS.5", "CIS-AWS-Foundations-5.0.0 3.6", "CKV_AWS_7", "CKV_AWS_33"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-4",
  parameters: { minimumWindow: integer(14, "How many days pass at least before a deleted key is gone.", 7, 30) },
  types: [...keyTypes, "aws:kms/keyPolicy:KeyPolicy"],
  checks: [
    (resource, { violation }) => {
      const key = resource.as("aws:kms/key:Key");
      if (!key) return;
      const symmetric = (key.text("customerMasterKeySpec") ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
      const rotation = key.flag("enableKeyRotation");
      if (symmetric && rotation !== true) violation(`enableKeyRotation is ${rotation ?? "not set, which means false"}`);
    },
    (resource, { config, violation }) => {
      const days = resource.as(...keyTypes)?.number("deletionWindowInDays");
      if (days !== undefined && days < config.minimumWindow) {
        violation(`deletionWindowInDays is ${days}, less than ${config.minimumWindow}`);
      }
    },
    (resource, { violation }) => {
      for (const statement of statementsOf(resource.peek("policy"), "policy")) {
        if (admitsAnyone(statement)) violation(`policy${statement.sid && ` (${statement.sid})`} allows Principal "*"`);
      }
    },
  ],
  remedy: (resource, { minimumWindow }) => {
    const any = resource.as(...keyTypes);
    if (!any) return undefined;
    const patch: Record<string, unknown> = {};
    const days = any.peek("deletionWindowInDays");
    if (days.state === "known" && Number(days.value) < minimumWindow) patch.deletionWindowInDays = minimumWindow;
    if (mustRotate(resource)) patch.enableKeyRotation = true;
    return Object.keys(patch).length > 0 ? patch : undefined;
  },
});
