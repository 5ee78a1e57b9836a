import {
  capacity,
  longestQueryTimeoutSeconds,
  longestWlm,
  queryLimits,
  warehouseKinds,
} from "@redshift-fleet/redshift/declarations";
import { z } from "zod";
import { seconds, whole } from "./numbers";

const most = (limit: keyof typeof queryLimits) => whole(1, queryLimits[limit].most);

const monitoring = z
  .strictObject({
    maxQueryCpuTime: most("maxQueryCpuTime").describe("Processor time of a query, in seconds").optional(),
    maxQueryBlocksRead: most("maxQueryBlocksRead").describe("Blocks of 1 MB that a query may read").optional(),
    maxScanRowCount: most("maxScanRowCount").describe("Rows that a scan step may return").optional(),
    maxQueryQueueTime: most("maxQueryQueueTime")
      .describe("Time that a query may wait in the queue, in seconds")
      .optional(),
    maxQueryCpuUsagePercent: most("maxQueryCpuUsagePercent")
      .describe("Share of the processors that a query may use, in percent")
      .optional(),
    maxQueryTempBlocksToDisk: most("maxQueryTempBlocksToDisk")
      .describe("Blocks of 1 MB of intermediate results that a query may write")
      .optional(),
    maxJoinRowCount: most("maxJoinRowCount").describe("Rows that a join step may process").optional(),
    maxNestedLoopJoinRowCount: most("maxNestedLoopJoinRowCount")
      .describe("Rows that a nested-loop join may process")
      .optional(),
  })
  .describe("Further limits on single queries. Not together with `wlm`");

const usageLimit = z
  .strictObject({
    rpuHours: whole(1, 1_000_000_000).describe("RPU-hours that may be used in a period"),
    period: z.enum(["daily", "weekly", "monthly"]).default("monthly").describe("The period"),
    breachAction: z
      .enum(["log", "emit-metric", "deactivate"])
      .default("emit-metric")
      .describe("What happens at the limit: a row in a system table, a metric, or no more queries"),
  })
  .describe("Cap on what the warehouse may use");

/** What every warehouse can be told. Capacities are checked by rules.ts, which knows their steps. */
const warehouse = {
  database: z
    .string()
    .default("fleet")
    .describe("Database that a session begins in. **Changing it replaces the warehouse**"),
  adminUsername: z
    .string()
    .default("fleet_admin")
    .describe("Administrator; Secrets Manager makes and keeps the password. **Changing it replaces the warehouse**"),
  queryTimeoutSeconds: seconds(1, longestQueryTimeoutSeconds)
    .describe("Longest a query may run, in seconds. Not together with `wlm`")
    .optional(),
  monitoring: monitoring.optional(),
  wlm: z
    .array(z.record(z.string(), z.unknown()))
    .min(1)
    .describe(
      `Queues and query-monitoring rules, as in Redshift's \`wlm_json_configuration\`, at most ${longestWlm} characters`,
    )
    .optional(),
  searchPath: z.string().default("$user, public").describe("Schemas that unqualified names are looked up in"),
  caseSensitiveIdentifiers: z.boolean().default(false).describe("Whether `Name` and `name` are different columns"),
  usageLimit: usageLimit.optional(),
  generation: whole(1, 1_000_000)
    .default(1)
    .describe("Raise it to replace the warehouse by a new one, which is there before the old one goes"),
};

/** Which of them can be made, the components know. */
const kind = z
  .enum(warehouseKinds)
  .default("serverless")
  .describe("What it is; provisioned clusters cannot be made yet");

const rpus = (meaning: string, value: number) =>
  z
    .number()
    .default(value)
    .describe(
      `${meaning}, in RPUs: ${capacity.smallest}, ${capacity.first} to ${capacity.lastOfStep} in steps of ${capacity.step}, to ${capacity.largest} in steps of ${capacity.largeStep}`,
    );

const endpointPlacement = z.enum(["everyAz", "oneAz"]);

export const producer = z
  .strictObject({
    kind,
    baseCapacity: rpus("Base capacity", 32),
    maxCapacity: rpus("Most it may grow to", 256),
    ...warehouse,
    allowReplacement: z
      .boolean()
      .default(false)
      .describe(
        "Whether a change may replace the producer, **which deletes its data**: another `generation`, `database` or `adminUsername`. Take a snapshot first",
      ),
    s3: z
      .strictObject({
        read: z.array(z.string()).default([]).describe("What COPY may load: `bucket/prefix/*`"),
        write: z.array(z.string()).default([]).describe("Where UNLOAD may write: `bucket/prefix/*`"),
      })
      .describe("Buckets that the producer may use. Default: none, and no role")
      .optional(),
  })
  .describe("The warehouse that is written to");

export const pool = z
  .strictObject({
    size: whole(0, 200).default(3).describe("Number of consumers; 0 for a fleet without a pool and without a balancer"),
    kind,
    baseCapacity: rpus("Base capacity of each", 32),
    maxCapacity: rpus("Most each may grow to", 64),
    endpointPlacement: endpointPlacement
      .default("everyAz")
      .describe(
        "An endpoint for each consumer in every zone, or one in turn where the account's quota of endpoints bites",
      ),
    creationLanes: whole(1, 200).describe("How many are created at a time. Default: all").optional(),
    ...warehouse,
  })
  .describe("Identical consumers behind one address (shape B)");

export const consumer = z.strictObject({
  kind,
  baseCapacity: rpus("Base capacity", 32),
  maxCapacity: rpus("Most it may grow to", 64),
  endpointPlacement: z
    .enum(["everyAz", "oneAz", "none"])
    .default("everyAz")
    .describe("Managed endpoints in every zone, in one, or none beside the workgroup's own"),
  ...warehouse,
});
