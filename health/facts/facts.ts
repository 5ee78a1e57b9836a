import type { DatabasePrivilege, Leftover } from "@redshift-fleet/redshift";
import type { StackOutputs, WarehouseKind } from "@redshift-fleet/redshift/fleet";
import type { Unjudged } from "../checks/finding";

/** A Redshift-managed VPC endpoint of a workgroup. */
export interface ManagedEndpoint {
  name: string;
  status: string;
  addresses: string[];
  securityGroupIds: string[];
}

/** A workgroup as the service describes it. */
export interface Workgroup {
  name: string;
  status: string;
  /** In RPUs; undefined where a price-performance target chooses it. */
  baseCapacity?: number;
  port: number;
  publiclyAccessible: boolean;
  enhancedVpcRouting: boolean;
  subnetIds: string[];
  securityGroupIds: string[];
  /** In seconds; undefined where queues decide (`wlm_json_configuration`), 0 = no limit. */
  queryTimeoutSeconds?: number;
  endpoints: ManagedEndpoint[];
}

/** One warehouse of the stack's outputs, and what there is of it. */
export interface Warehouse {
  /** As in the outputs: "producer", "pool-1", "analytics". */
  name: string;
  /** "producer", "pool" or the group that the outputs name. */
  group: string;
  namespaceId: string;
  /** What the outputs say its addresses are. */
  knownAddresses: string[];
  /** Of other kinds than serverless, nobody looks for a namespace and a workgroup. */
  kind: WarehouseKind;
  namespace?: { name: string; status: string };
  workgroup?: Workgroup;
}

export interface Subnet {
  id: string;
  vpcId: string;
  cidr: string;
  zone: string;
  freeAddresses: number;
}

/** A permission of a security group; ports −1 where all are meant. */
export interface Rule {
  protocol: string;
  fromPort: number;
  toPort: number;
  groupIds: string[];
  cidrs: string[];
}

export interface SecurityGroup {
  id: string;
  name: string;
  ingress: Rule[];
  egress: Rule[];
}

/** An interface endpoint that a service's name leads to (private DNS). */
export interface ServiceEndpoint {
  /** The last part of the service's name: "secretsmanager". */
  service: string;
  groupIds: string[];
}

export interface Network {
  subnets: Subnet[];
  /** Those of the services that a fleet and its clients call. */
  serviceEndpoints: ServiceEndpoint[];
  /** Every security group of the VPCs that these subnets are in. */
  groups: SecurityGroup[];
}

export interface Target {
  address: string;
  port: number;
  zone?: string;
  /** initial, healthy, unhealthy, unused, draining or unavailable. */
  state: string;
  /** The service's words for the state. */
  reason?: string;
}

export interface TargetGroup {
  name: string;
  port: number;
  preserveClientIp: boolean;
  sticky: boolean;
  targets: Target[];
}

/** The load balancer whose DNS name is the readers' address. */
export interface Balancer {
  name: string;
  scheme: string;
  state: string;
  securityGroupIds: string[];
  subnetIds: string[];
  /** The listener on the readers' port, with the group it forwards to. */
  listener?: { port: number; idleTimeoutSeconds: number; group?: TargetGroup };
}

/** What SQL did not tell, because the warehouse does not answer. */
export interface Silence {
  error: string;
}

/** The producer's side of a datashare. */
export interface ProducerShare {
  name: string;
  publicAccessible: boolean;
  /** GUIDs of the namespaces it is granted to. */
  grantedTo: string[];
  schemas: { name: string; includeNew: boolean }[];
  /** Qualified names of its tables, views and functions. */
  objects: string[];
}

export interface ProducerCatalog {
  shares: ProducerShare[];
  /** Qualified names of the tables and views of the source database. */
  tables: string[];
}

/** A consumer's side. */
export interface ConsumerCatalog {
  databases: { name: string; type: string }[];
  /** Shares that are visible here. */
  inbound: { share: string; producerNamespace: string; consumerDatabase?: string }[];
  users: string[];
  roles: string[];
  members: { user: string; role: string }[];
  privileges: DatabasePrivilege[];
  /** What keeps users from being dropped. */
  leftovers: Leftover[];
  /** Whether everybody may create objects in schema `public`. */
  publicMayCreate: boolean;
  /** By the reader's name. */
  logins: Record<string, LogIn>;
}

/** Whether a reader's secret opens a consumer, in the server's words where not. */
export type LogIn = { ok: true } | { ok: false; error: string; refused: boolean };

export interface Catalogs {
  producer: ProducerCatalog | Silence;
  /** By the consumer's name. */
  consumers: Record<string, ConsumerCatalog | Silence>;
  /** Names of the readers whose secrets are known. */
  readers: string[];
}

/** Why something is down, from whoever took it down. */
export interface Outage {
  cause: string;
  cure: string;
  /** Both, in the few words that stand beside a check. */
  brief: string;
}

/** What whoever runs the place of the stack says is down. AWS says nothing of the kind, so that nothing is in here. */
export interface Outages {
  /** By the warehouse's name in the outputs. */
  warehouses: Record<string, Outage>;
  /** By the availability zone's name. */
  zones: Record<string, Outage>;
}

export const noOutages: Outages = { warehouses: {}, zones: {} };

/** Everything that checks judge. */
export interface Facts {
  outputs: StackOutputs;
  outages: Outages;
  warehouses: Warehouse[];
  network: Network;
  /** Undefined where readers connect to a consumer itself, or the balancer is gone. */
  balancer?: Balancer;
  catalogs: Catalogs;
}

/** A part of the facts that is collected on its own. */
export type Section = Exclude<keyof Facts, "outputs" | "outages">;

export const isSilent = (catalog: object): catalog is Silence => "error" in catalog;

/** Why nothing is known of a warehouse that does not answer. That it does not is found where that is asked. */
export function silence({ outages }: Pick<Facts, "outages">, warehouse: string): Unjudged {
  return { unjudged: warehouse, why: outages.warehouses[warehouse]?.brief ?? "it does not answer SQL" };
}

/** The producer, where its catalog could not be read. */
export function silentProducer({ outputs, catalogs, outages }: Pick<Facts, "outputs" | "catalogs" | "outages">) {
  return isSilent(catalogs.producer) ? [silence({ outages }, outputs.producer.name)] : [];
}

/** Consumers whose catalog could not be read. */
export function silentConsumers(facts: Pick<Facts, "outputs" | "catalogs" | "outages">): Unjudged[] {
  const read = new Set(readableConsumers(facts).map(({ name }) => name));
  return facts.outputs.consumers.flatMap(({ name }) => (read.has(name) ? [] : [silence(facts, name)]));
}

/** A warehouse without a workgroup: one that is gone, which is found elsewhere, or a cluster. */
export function unseen({ name, kind }: Warehouse): Unjudged {
  return { unjudged: name, why: kind === "serverless" ? "it has no workgroup" : `a ${kind} cluster is not looked at` };
}

/** A pool of which no balancer forwards to any targets: which part of it is missing is found elsewhere. */
export function withoutTargets({ outputs }: Pick<Facts, "outputs">): Unjudged[] {
  const pool = outputs.consumers.some(({ group }) => group === "pool");
  return pool ? [{ unjudged: outputs.endpoint.host, why: "no balancer forwards from there" }] : [];
}

/** Consumers whose catalog could be read, with it. */
export function readableConsumers({ outputs, catalogs }: Pick<Facts, "outputs" | "catalogs">) {
  return outputs.consumers.flatMap((consumer) => {
    const catalog = catalogs.consumers[consumer.name];
    return catalog && !isSilent(catalog) ? [{ ...consumer, catalog }] : [];
  });
}

/** Pooled consumers that exist: those that the balancer should send connections to. */
export function pooled(warehouses: Warehouse[]): (Warehouse & { workgroup: Workgroup })[] {
  return warehouses.flatMap((warehouse) =>
    warehouse.group === "pool" && warehouse.workgroup ? [{ ...warehouse, workgroup: warehouse.workgroup }] : [],
  );
}
