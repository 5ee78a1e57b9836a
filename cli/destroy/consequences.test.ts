import type { Resource } from "../recovery/deployment";
import { consequencesOf } from "./consequences";
import { consequencesReport } from "./report";

const resource = (type: string, name: string, more: Partial<Resource> = {}): Resource => ({
  urn: `urn:pulumi:prod::redshift-fleet::${type}::${name}`,
  type,
  custom: true,
  id: `${name}-id`,
  ...more,
});
const secret = (name: string, recoveryDays: number) =>
  resource("pulumi-nodejs:dynamic:Resource", name, {
    outputs: { secretArn: `arn:aws:secretsmanager:us-east-1:1:secret:fleet/readers/${name}-AbCdEf`, recoveryDays },
  });
const balancer = (enableDeletionProtection: boolean) =>
  resource("aws:lb/loadBalancer:LoadBalancer", "nlb", {
    id: "arn:nlb",
    inputs: { enableDeletionProtection },
    outputs: { name: "fleet-readers" },
  });
const fleet = [
  resource("pulumi:pulumi:Stack", "stack", { custom: false }),
  resource("pulumi:providers:aws", "provider"),
  resource("aws:redshiftserverless/namespace:Namespace", "producer", { inputs: { logExports: ["userlog"] } }),
  resource("aws:kms/key:Key", "key", { inputs: { deletionWindowInDays: 7 } }),
  secret("analyst", 30),
  secret("trial", 0),
];

test("what is lost, what is kept and for how long is told from the state", () => {
  const { resources, lost, kept, protected: held } = consequencesOf("prod", [...fleet, balancer(false)]);
  expect(resources).toBe(5);
  expect(lost).toEqual([
    "namespace producer-id: databases, tables, users, recovery points",
    "load balancer fleet-readers: the address that readers connect to",
    "secret fleet/readers/trial: the password, at once",
  ]);
  expect(kept).toEqual([
    "secret fleet/readers/analyst: can be restored for 30 days",
    expect.stringMatching(/^key key-id: can be kept for 7 days; `aws kms cancel-key-deletion --key-id key-id`/),
    expect.stringMatching(/^manual snapshots: /),
    "log groups /aws/redshift/producer-id/*: until you delete them",
  ]);
  expect(held).toEqual([]);
});

test("each protected resource comes with the command that frees it", () => {
  const key = { ...fleet[3]!, protect: true };
  const consequences = consequencesOf("prod", [key, balancer(true)]);
  expect(consequences.protected.map(({ remedy }) => remedy[0])).toEqual([
    `pulumi state unprotect '${key.urn}' --stack prod --yes`,
    expect.stringMatching(/^aws elbv2 modify-load-balancer-attributes --load-balancer-arn arn:nlb .*Value=false$/),
  ]);
  expect(consequencesReport("prod", consequences)).toContain("pulumi refresh --yes --stack prod");
});
