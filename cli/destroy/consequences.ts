import { counted } from "@redshift-fleet/redshift/declarations";
import type { Resource } from "../recovery/deployment";

/** What stands in the way of deleting something, and the commands that take it away. */
export interface Protection {
  what: string;
  remedy: string[];
}

/** What the destruction of a stack means. */
export interface Consequences {
  /** Resources that the stack has. */
  resources: number;
  /** Gone for good. */
  lost: string[];
  /** Still there afterwards, for a while or until somebody deletes it. */
  kept: string[];
  protected: Protection[];
}

const types = {
  namespace: "aws:redshiftserverless/namespace:Namespace",
  workgroup: "aws:redshiftserverless/workgroup:Workgroup",
  key: "aws:kms/key:Key",
  balancer: "aws:lb/loadBalancer:LoadBalancer",
} as const;

/** By the state alone: nobody is asked, and nothing wakes up. */
export function consequencesOf(stack: string, resources: readonly Resource[]): Consequences {
  const real = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  const of = (type: string) => real.filter((resource) => resource.type === type);
  const [namespaces, keys, balancers] = [of(types.namespace), of(types.key), of(types.balancer)];
  const secrets = real.filter(({ outputs }) => outputs?.secretArn && typeof outputs.recoveryDays === "number");
  const recoverable = secrets.filter((secret) => daysOf(secret) > 0);
  const gone = secrets.filter((secret) => daysOf(secret) === 0);
  return {
    resources: real.length,
    lost: [
      ...namespaces.map((namespace) => `namespace ${idOf(namespace)}: databases, tables, users, recovery points`),
      ...balancers.map((balancer) => `load balancer ${text(balancer, "name")}: the address that readers connect to`),
      ...gone.map((secret) => `secret ${secretName(secret)}: the password, at once`),
    ],
    kept: [
      ...recoverable.map((secret) => `secret ${secretName(secret)}: can be restored for ${days(daysOf(secret))}`),
      ...keys.map(
        (key) =>
          `key ${idOf(key)}: can be kept for ${days(Number(key.inputs?.deletionWindowInDays ?? 30))}; \`aws kms cancel-key-deletion --key-id ${idOf(key)}\``,
      ),
      ...(namespaces.length > 0 ? ["manual snapshots: until you delete them, readable while their key is kept"] : []),
      ...namespaces
        .filter(({ inputs }) => Array.isArray(inputs?.logExports) && inputs.logExports.length > 0)
        .map((namespace) => `log groups /aws/redshift/${idOf(namespace)}/*: until you delete them`),
    ],
    protected: [
      ...resources.filter(({ protect }) => protect).map((resource) => protectedByEngine(stack, resource)),
      ...balancers
        .filter(
          ({ inputs, outputs }) => (outputs?.enableDeletionProtection ?? inputs?.enableDeletionProtection) === true,
        )
        .map((balancer) => protectedByAws(stack, balancer)),
    ],
  };
}

function protectedByEngine(stack: string, { urn }: Resource): Protection {
  return {
    what: `${urn.split("::").slice(2).join(" ")} (\`protect\`)`,
    remedy: [`pulumi state unprotect '${urn}' --stack ${stack} --yes`],
  };
}

function protectedByAws(stack: string, balancer: Resource): Protection {
  const arn = idOf(balancer);
  return {
    what: `load balancer ${text(balancer, "name")} (deletion protection)`,
    remedy: [
      `aws elbv2 modify-load-balancer-attributes --load-balancer-arn ${arn} --attributes Key=deletion_protection.enabled,Value=false`,
      `pulumi refresh --yes --stack ${stack} --target '${balancer.urn}'`,
    ],
  };
}

const idOf = ({ id = "?" }: Resource) => id;
const text = ({ outputs = {}, inputs = {} }: Resource, key: string) => String(outputs[key] ?? inputs[key] ?? "?");
const daysOf = ({ outputs }: Resource) => Number(outputs?.recoveryDays);
const days = (count: number) => counted(count, "day");

/** `arn:aws:secretsmanager:region:account:secret:name-6chars` → the name. */
function secretName(secret: Resource): string {
  return text(secret, "secretArn")
    .split(":")
    .slice(6)
    .join(":")
    .replace(/-[^-]{6}$/, "");
}
