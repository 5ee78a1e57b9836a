import path from "node:path";
import type { FleetConfig } from "./schema";

/** Longest query of a pool where nothing is said, in seconds: an hour, and never longer than its balancer allows. */
const poolQueryTimeoutSeconds = 3600;

/**
 * The pool's settings, with a query timeout that its balancer's idle timeout covers. Whether a connection outlives the
 * 350 s of the endpoints behind the balancer is up to the client's keepalives, and nothing that is set here helps.
 */
export function poolSettings(config: FleetConfig) {
  const { pool, balancer } = config;
  if (pool.wlm || pool.queryTimeoutSeconds !== undefined) return pool;
  return { ...pool, queryTimeoutSeconds: Math.min(poolQueryTimeoutSeconds, balancer.idleTimeoutSeconds) };
}

/** The folder of the schema files as the program sees it: configuration speaks from the folder of Pulumi.yaml. */
export function schemaDirectory({ schema: { directory } }: Pick<FleetConfig, "schema">): string | undefined {
  return directory === undefined || path.isAbsolute(directory) ? directory : path.join("..", directory);
}

/** What the kind of stack decides. */
export function protection({ environment }: Pick<FleetConfig, "environment">) {
  return {
    /** Refuse to delete the balancer. */
    balancer: environment === "staging" || environment === "production",
    /** Refuse to delete what holds or opens data. */
    data: environment === "production",
    /** How long a deleted reader's secret can be recovered, in days; 0 = not at all. */
    secretRecoveryDays: environment === "production" ? 30 : environment === "staging" ? 7 : 0,
  };
}

/** Every reader's roles and the datashares that these may read, by name. */
export function readerRights({ readers, datashares }: Pick<FleetConfig, "readers" | "datashares">) {
  const readBy = (role: string) => readers.roles[role]?.datashares ?? Object.keys(datashares);
  return Object.entries(readers.users).map(([name, { roles }]) => ({
    name,
    roles,
    datashares: [...new Set(roles.flatMap(readBy))].sort(),
  }));
}

/** Who the fleet's endpoint is for; with several users the rules have made sure that one is named. */
export function endpointUser({ readers }: Pick<FleetConfig, "readers">): string {
  return readers.endpointUser ?? Object.keys(readers.users)[0]!;
}

/** The consumers that a datashare is for: all, or those named, where `pool` stands for every member. */
export function readersOf<C extends { readonly name: string; readonly group: string }>(
  share: Pick<FleetConfig["datashares"][string], "consumers">,
  consumers: readonly C[],
): C[] {
  const wanted = share.consumers;
  return consumers.filter(({ name, group }) => wanted === "all" || wanted.includes(group === "pool" ? "pool" : name));
}
