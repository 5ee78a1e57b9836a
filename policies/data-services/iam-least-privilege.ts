import { admitsAnyone, covers, demandsOf, type Statement, statementsOf } from "../framework/iam-document";
import type { Peek } from "../framework/peek";
import { definePolicy, type Report } from "../framework/policy";
import { iamPolicies, policyAttachments } from "../framework/types";

/** Demands that the statements of one document allow no more than a service needs. */
function demandScope(policy: Peek<unknown>, path: string, { violation }: Pick<Report, "violation">): void {
  for (const statement of statementsOf(policy, path)) {
    if (!statement.allow) continue;
    const where = `${path}${statement.sid && ` (${statement.sid})`}`;
    const everywhere = statement.resources.includes("*") || statement.notResources.length > 0;
    if (statement.notActions.length > 0) violation(`${where} allows all but some actions (NotAction)`);
    else if (everywhere && statement.actions.some((action) => action === "*" || action === "*:*")) {
      violation(`${where} allows every action on every resource`);
    } else if ((everywhere || statement.resources.some((one) => everyKey.test(one))) && decrypts(statement))
      violation(`${where} allows kms:Decrypt on every key`);
  }
}

/** All keys of an account, a Region or everywhere. */
const everyKey = /^arn:[^:]+:kms:(\*|[^:]*:(\*|[^:]*:(\*|key\/\*)))$/;
/** Conditions that leave some keys, or some data, of those that the resource names. */
const someKeys = /^(kms:(viaservice|resourcealiases|requestalias|encryptioncontext:.+)|aws:resourcetag\/.+)$/i;

function decrypts({ actions, condition }: Statement): boolean {
  return covers(actions, "kms:Decrypt") && !demandsOf(condition).some(({ key }) => someKeys.test(key));
}

const github = "token.actions.githubusercontent.com";

/** GitHub signs tokens for everybody's workflows: the subject, or the repository, tells whose. */
function trustsEveryWorkflow({ allow, principals, condition }: Statement): boolean {
  if (!allow || !principals.some((principal) => principal.endsWith(github))) return false;
  return !demandsOf(condition).some(
    ({ key, values }) =>
      /:(sub|repository\w*|job_workflow_ref)$/i.test(key) && values.every((value) => !/^(\*|repo:\*)/.test(value)),
  );
}

const administrator = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

export const iamLeastPrivilege = definePolicy({
  name: "iam-least-privilege",
  area: "data-services",
  entry: 45,
  description:
    "An IAM policy must not allow everything, nor decryption with every key, and a role must be trusted to somebody.",
  why: "a role made for one load then reads, and opens, everything else in the account",
  mend: "name the actions, resources and keys that are needed; in the trust policy name the service or account",
  severity: "high",
  level: "mandatory",
  controls: ["SecurityHub IAM.1", "SecurityHub KMS.1", "SecurityHub KMS.2", "CKV_AWS_60", "CKV_AWS_62", "CKV_AWS_274"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  types: [...iamPolicies, "aws:iam/role:Role", ...policyAttachments],
  checks: [
    (resource, report) => {
      const policy = resource.as(...iamPolicies);
      if (policy) demandScope(policy.peek("policy"), "policy", report);
    },
    (resource, report) => {
      const role = resource.as("aws:iam/role:Role");
      role?.each("inlinePolicies", (inline) => demandScope(inline.peek("policy"), `${inline.path}.policy`, report));
    },
    (resource, { violation }) => {
      const role = resource.as("aws:iam/role:Role");
      if (!role) return;
      for (const statement of statementsOf(role.peek("assumeRolePolicy"), "assumeRolePolicy")) {
        if (admitsAnyone(statement)) violation('assumeRolePolicy trusts Principal "*"');
        if (trustsEveryWorkflow(statement)) {
          violation("assumeRolePolicy trusts the workflows of every repository on GitHub", {
            mend: `demand in Condition that ${github}:sub be that of your repository, e.g. repo:acme/warehouse:*`,
          });
        }
      }
    },
    (resource, { violation }) => {
      const role = resource.as("aws:iam/role:Role");
      const arns = role?.elements("managedPolicyArns") ?? [];
      const attachment = resource.as(...policyAttachments);
      for (const arn of [...arns, ...(attachment ? [attachment.peek("policyArn")] : [])]) {
        // One not known yet is a policy of this program, judged by itself.
        if (arn.state === "known" && administrator.test(String(arn.value))) violation(`it is given ${arn.value}`);
      }
    },
  ],
});
