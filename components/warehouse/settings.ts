import { defaultPort, type queryLimits, type WarehouseKind } from "@redshift-fleet/redshift/declarations";

/** A cap on what a warehouse may use, checked by Redshift itself. */
export interface UsageLimitSettings {
  /** RPU-hours in a period. */
  readonly rpuHours: number;
  /** @default "monthly" */
  readonly period?: "daily" | "weekly" | "monthly";
  /** What happens at the limit: a line in a system table, a metric, or no more queries. @default "emit-metric" */
  readonly breachAction?: "log" | "emit-metric" | "deactivate";
}

/**
 * Limits on single queries, by the names of the workgroup's parameters.
 * https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html
 */
export interface QueryMonitoring extends Partial<Readonly<Record<keyof typeof queryLimits, number>>> {
  /** Processor time of a query, in seconds. */
  readonly maxQueryCpuTime?: number;
  /** Blocks of 1 MB that a query may read. */
  readonly maxQueryBlocksRead?: number;
  /** Rows that one scan step may return. */
  readonly maxScanRowCount?: number;
  /** Time a query may wait in the queue, in seconds. */
  readonly maxQueryQueueTime?: number;
  /** Share of the processors that a query may use, in percent. */
  readonly maxQueryCpuUsagePercent?: number;
  /** Blocks of 1 MB of intermediate results that a query may write. */
  readonly maxQueryTempBlocksToDisk?: number;
  /** Rows that a join step may process. */
  readonly maxJoinRowCount?: number;
  /** Rows that a nested-loop join may process. */
  readonly maxNestedLoopJoinRowCount?: number;
}

/** What can be chosen about any warehouse; known before the preview begins. */
export interface WarehouseSettings {
  /** What it is. Provisioned clusters cannot be made yet. @default "serverless" */
  readonly kind?: WarehouseKind;
  /** Base capacity in RPUs (16 GB of memory each): 4, or 8 to 512 in steps of 8, or to 1024 in steps of 32. */
  readonly baseCapacity?: number;
  /** The most it may grow to, in RPUs; at least the base. */
  readonly maxCapacity?: number;
  /** Port of the warehouse: 5431 to 5455 or 8191 to 8215. @default 5439 */
  readonly port?: number;
  /** Name of the database that a session begins in. Changing it replaces the warehouse. @default "fleet" */
  readonly database?: string;
  /** The administrator, whose password Secrets Manager keeps and rotates. Changing it replaces the warehouse. @default "fleet_admin" */
  readonly adminUsername?: string;
  /** The longest a query may run, in seconds, 1 to 86399. Not with `wlm`. */
  readonly queryTimeoutSeconds?: number;
  /** Further limits on single queries. Not with `wlm`. */
  readonly monitoring?: QueryMonitoring;
  /** Queues and query-monitoring rules, as Redshift's `wlm_json_configuration` has them. In place of the single limits. */
  readonly wlm?: readonly Readonly<Record<string, unknown>>[];
  /** Schemas that unqualified names are looked up in. @default "$user, public" */
  readonly searchPath?: string;
  /** Whether "Name" and "name" are different columns. @default false */
  readonly caseSensitiveIdentifiers?: boolean;
  /** Whether connections without TLS are refused. @default true */
  readonly requireSsl?: boolean;
  /** Cap on what it may use. @default none */
  readonly usageLimit?: UsageLimitSettings;
  /** Raise it to have the warehouse replaced by a new one: the new one is there before the old one goes. @default 1 */
  readonly generation?: number;
}

/** The settings with everything filled in that has a default. */
export type CompleteSettings = WarehouseSettings &
  Required<
    Pick<
      WarehouseSettings,
      "kind" | "baseCapacity" | "maxCapacity" | "port" | "database" | "adminUsername" | "generation"
    >
  >;

/** Fills in defaults; capacities differ by what the warehouse is for. */
export function complete(
  settings: WarehouseSettings,
  capacity: { readonly baseCapacity: number; readonly maxCapacity: number },
): CompleteSettings {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const baseCapacity = settings.baseCapacity ?? capacity.baseCapacity;
  return {
    kind: "serverless",
    port: defaultPort,
    database: "fleet",
    adminUsername: "fleet_admin",
    generation: 1,
    maxCapacity: Math.max(baseCapacity, capacity.maxCapacity),
    ...given,
    baseCapacity,
  };
}

/** The limits on single queries that are set. */
export function limitsOf({ monitoring = {} }: WarehouseSettings): [setting: keyof QueryMonitoring, limit: number][] {
  return Object.entries(monitoring).flatMap(([setting, limit]) =>
    limit === undefined ? [] : [[setting as keyof QueryMonitoring, limit]],
  );
}
