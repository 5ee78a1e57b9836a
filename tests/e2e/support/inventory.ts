import { inventory } from "../../../sandbox/control";
import { query } from "./clients";
import { targets } from "./rotation";
import type { SmallFleet } from "./small-fleet";
import type { StateResource } from "./state";

/** Kinds of things that exist only because a program declared them. The others come and go with these. */
const declared = [
  "ec2/flow-logs",
  "ec2/route-table-associations",
  "ec2/route-tables",
  "ec2/security-group-rules",
  "ec2/security-groups",
  "ec2/subnets",
  "ec2/vpc-endpoints",
  "ec2/vpcs",
  "elbv2/listeners",
  "elbv2/load-balancers",
  "elbv2/target-groups",
  "iam/attachments",
  "iam/policies",
  "iam/role-policies",
  "iam/roles",
  "kms/aliases",
  "kms/keys",
  "logs/groups",
  "redshift-serverless/endpoints",
  "redshift-serverless/namespaces",
  "redshift-serverless/workgroups",
];

interface Ledger {
  /** In the account, and in no state: nobody would ever delete it. */
  orphaned: string[];
  /** In the state, and not in the account. */
  missing: string[];
  /** Twice in the state. */
  doubled: string[];
  /** Of what comes and goes with other things: how many there are, against how many there should be. */
  counts: Record<string, number>;
}

const isDeclared = ({ type, custom }: StateResource) =>
  custom && type.startsWith("aws:") && !type.startsWith("aws:lb/targetGroupAttachment");

/** How many things that programs declare are in an account. */
export function countDeclared(account: Readonly<Record<string, readonly string[]>>): number {
  return declared.reduce((sum, kind) => sum + (account[kind]?.length ?? 0), 0);
}

/** Holds the account against the state. All lists are empty, and both sets of counts alike, when every thing has one owner. */
export async function balance(fleet: SmallFleet): Promise<{ found: Ledger; expected: Ledger }> {
  const state = fleet.state();
  const { account, databases } = await inventory({ dir: fleet.sandbox });
  const resources = state.filter(isDeclared);
  const owned = new Set(resources.map(({ id }) => id));
  const existing = new Set(declared.flatMap((kind) => account[kind] ?? []));
  // A VPC comes with a route table of its own.
  const mainTables = (account["ec2/route-tables"] ?? [])
    .filter((id) => !owned.has(id))
    .slice(0, account["ec2/vpcs"]?.length);
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const count = (kind: string) => account[kind]?.length ?? 0;

  const endpoints = ofType("aws:redshiftserverless/endpointAccess:EndpointAccess");
  const namespaces = ofType("aws:redshiftserverless/namespace:Namespace");
  const workgroups = ofType("aws:redshiftserverless/workgroup:Workgroup");
  const zones = ofType("aws:ec2/subnet:Subnet").length;
  const interfaces = (workgroups.length + ofType("aws:lb/loadBalancer:LoadBalancer").length) * zones + endpoints.length;
  const [share] = fleet.outputs().datashares;
  const granted = await query(
    await fleet.admin(),
    `select consumer_namespace from svv_datashare_consumers where share_name = '${share?.name}'`,
  );
  const urns = state.map(({ urn }) => urn);
  return {
    found: {
      orphaned: [...existing].filter((id) => !owned.has(id) && !mainTables.includes(id)),
      missing: [...owned].filter((id) => !existing.has(id ?? "")).map(String),
      doubled: urns.filter((urn, index) => urns.indexOf(urn) !== index),
      counts: {
        databases: databases.length,
        grants: granted.length,
        interfaces: count("ec2/network-interfaces"),
        reservations: count("ec2/reservations"),
        secrets: count("secretsmanager/secrets"),
        targets: (await targets(fleet)).filter(({ state: health }) => health !== "draining").length,
      },
    },
    expected: {
      orphaned: [],
      missing: [],
      doubled: [],
      counts: {
        databases: namespaces.length,
        grants: namespaces.length - 1,
        interfaces,
        reservations: workgroups.length * zones,
        secrets: namespaces.length + 1,
        targets: endpoints.length,
      },
    },
  };
}
