import { z } from "zod";

// The shape of the configuration: every key with its type, range, default and meaning. docs/configuration.md is written
// from this file (see reference.ts). What spans several keys is in rules.ts.

const whole = (minimum: number, maximum: number) => z.number().int().min(minimum).max(maximum);
const seconds = (minimum: number, maximum: number) => whole(minimum, maximum);

const monitoring = z
  .strictObject({
    maxQueryCpuTime: whole(1, 1_000_000).describe("Processor time of a query, in seconds").optional(),
    maxQueryBlocksRead: whole(1, 1_048_575).describe("Blocks of 1 MB that a query may read").optional(),
    maxScanRowCount: whole(1, 999_999_999_999_999).describe("Rows that a scan step may return").optional(),
    maxQueryQueueTime: seconds(1, 86_399).describe("Time that a query may wait in the queue, in seconds").optional(),
    maxQueryCpuUsagePercent: whole(1, 100)
      .describe("Share of the processors that a query may use, in percent")
      .optional(),
    maxQueryTempBlocksToDisk: whole(1, 319_815_679)
      .describe("Blocks of 1 MB of intermediate results that a query may write")
      .optional(),
    maxJoinRowCount: whole(1, 999_999_999_999_999).describe("Rows that a join step may process").optional(),
    maxNestedLoopJoinRowCount: whole(1, 999_999_999_999_999)
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
  queryTimeoutSeconds: seconds(1, 86_399)
    .describe("Longest a query may run, in seconds. Not together with `wlm`")
    .optional(),
  monitoring: monitoring.optional(),
  wlm: z
    .array(z.record(z.string(), z.unknown()))
    .min(1)
    .describe("Queues and query-monitoring rules, as in Redshift's `wlm_json_configuration`, at most 8000 characters")
    .optional(),
  searchPath: z.string().default("$user, public").describe("Schemas that unqualified names are looked up in"),
  caseSensitiveIdentifiers: z.boolean().default(false).describe("Whether `Name` and `name` are different columns"),
  usageLimit: usageLimit.optional(),
  generation: whole(1, 1_000_000)
    .default(1)
    .describe("Raise it to replace the warehouse by a new one, which is there before the old one goes"),
};

const rpus = (meaning: string, value: number) =>
  z.number().default(value).describe(`${meaning}, in RPUs: 4, 8 to 512 in steps of 8, to 1024 in steps of 32`);

const endpointPlacement = z.enum(["everyAz", "oneAz"]);

const networkOfOurOwn = {
  cidr: z.string().default("10.0.0.0/16").describe("Addresses of the VPC, /16 or smaller"),
  azs: z
    .array(z.string())
    .describe("Availability Zones, three or more, each with one subnet. Default: the first three of the Region")
    .optional(),
  subnetPrefix: z.number().int().default(23).describe("Prefix length of the subnets, 16 to 23"),
  subnets: z
    .array(
      z.strictObject({
        az: z.string().describe("Availability Zone"),
        cidr: z.string().describe("Addresses, a /23 or larger"),
      }),
    )
    .describe("The subnets written out, in place of `azs` and `subnetPrefix`")
    .optional(),
  interfaceEndpoints: z
    .array(z.enum(["secretsmanager", "kms", "redshift-data", "logs"]))
    .default(["secretsmanager", "kms", "redshift-data", "logs"])
    .describe("AWS services that are reached without leaving the VPC"),
  flowLogRetentionDays: z
    .literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653])
    .default(90)
    .describe("How long flow logs are kept, in days"),
};

const network = z
  .strictObject({
    ...networkOfOurOwn,
    existing: z
      .strictObject({
        vpcId: z
          .string()
          .regex(/^vpc-[0-9a-f]{8,17}$/)
          .describe("The VPC, with DNS support and DNS host names on"),
        subnetIds: z
          .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/))
          .describe("One private subnet in each of three or more zones, each a /23 or larger"),
      })
      .describe("A VPC and subnets that exist, in place of all of the above")
      .optional(),
    port: z
      .number()
      .int()
      .default(5439)
      .describe("Port of every warehouse and of the balancer, 5431 to 5455 or 8191 to 8215"),
    requireSsl: z
      .boolean()
      .default(true)
      .describe("Whether connections without TLS are refused; staging and production always refuse them"),
    clientCidrs: z
      .array(z.string())
      .default([])
      .describe("Blocks that may connect besides the clients' security group: offices, peered VPCs"),
  })
  .describe("Where the fleet lives");

const producer = z
  .strictObject({
    kind: z.literal("serverless").default("serverless").describe("Serverless namespace and workgroup"),
    baseCapacity: rpus("Base capacity", 32),
    maxCapacity: rpus("Most it may grow to", 256),
    ...warehouse,
    s3: z
      .strictObject({
        read: z.array(z.string()).default([]).describe("What COPY may load: `bucket/prefix/*`"),
        write: z.array(z.string()).default([]).describe("Where UNLOAD may write: `bucket/prefix/*`"),
      })
      .describe("Buckets that the producer may use. Default: none, and no role")
      .optional(),
  })
  .describe("The warehouse that is written to");

const pool = z
  .strictObject({
    size: whole(0, 200).default(3).describe("Number of consumers; 0 for a fleet without a pool and without a balancer"),
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

const consumer = z.strictObject({
  kind: z.literal("serverless").default("serverless").describe("Serverless namespace and workgroup"),
  baseCapacity: rpus("Base capacity", 32),
  maxCapacity: rpus("Most it may grow to", 64),
  endpointPlacement: z
    .enum(["everyAz", "oneAz", "none"])
    .default("everyAz")
    .describe("Managed endpoints in every zone, in one, or none beside the workgroup's own"),
  ...warehouse,
});

const names = z.array(z.string());

const datashare = z.strictObject({
  schemas: z
    .record(
      z.string(),
      z.strictObject({
        tables: z
          .union([z.literal("all"), names])
          .default("all")
          .describe("`all`, or a list of tables and views"),
        functions: z
          .union([z.literal("all"), names])
          .describe("`all`, or a list of SQL functions with argument types. Default: all with `includeNew`, else none")
          .optional(),
        includeNew: z.boolean().default(false).describe("Whether tables made later are shared by themselves"),
      }),
    )
    .describe("What is shared, by schema"),
  consumerDatabase: z.string().describe("Its database on the consumers. Default: the share's name").optional(),
  withPermissions: z
    .boolean()
    .default(false)
    .describe("Whether consumers grant object by object, in place of the database as a whole"),
  consumers: z
    .union([z.literal("all"), names])
    .default("all")
    .describe("`all`, or a list of `pool` and names of consumers"),
});

const readers = z
  .strictObject({
    roles: z
      .record(
        z.string(),
        z.strictObject({
          datashares: names.describe("Datashares that the role may read. Default: all").optional(),
        }),
      )
      .default({ reader: {} })
      .describe("Roles made on every consumer"),
    users: z
      .record(
        z.string(),
        z.strictObject({
          roles: names.describe("Roles that the user has"),
          connectionLimit: whole(1, 2000)
            .describe("Connections at a time on each consumer. Default: no limit")
            .optional(),
          passwordGeneration: whole(1, 1_000_000).default(1).describe("Raise it for a new password"),
        }),
      )
      .default({ fleet_reader: { roles: ["reader"], passwordGeneration: 1 } })
      .describe("Users made on every consumer, with one password each; the first is the one of the `endpoint` output"),
  })
  .describe("Who reads");

const schemas = z
  .strictObject({
    directory: z.string().default("schema").describe("Folder of versioned SQL files, relative to `infra/`"),
    external: names
      .default([])
      .describe("Schemas that something else makes, such as dbt; datashares may name them unchecked"),
  })
  .describe("What the fleet itself creates on the producer");

const balancer = z
  .strictObject({
    idleTimeoutSeconds: seconds(60, 6000)
      .default(6000)
      .describe("How long a connection may be silent, in seconds; covers the longest query of the pool"),
    deregistrationDelaySeconds: seconds(0, 3600)
      .default(30)
      .describe("How long connections to a leaving consumer may go on, in seconds"),
    healthCheckIntervalSeconds: seconds(5, 300).default(30).describe("How often each target is probed, in seconds"),
  })
  .describe("The readers' address");

const encryption = z
  .strictObject({
    deletionWindowDays: whole(7, 30).default(30).describe("How long a deleted key can be recovered, in days"),
    rotationPeriodDays: whole(90, 2560).default(365).describe("How often key material is renewed, in days"),
  })
  .describe("The fleet's key");

/** Everything a stack can be told, in the namespace `redshift-fleet`. */
export const fleetSchema = z.strictObject({
  environment: z
    .enum(["sandbox", "development", "staging", "production"])
    .default("development")
    .describe(
      "What kind of stack this is. Staging and production refuse to delete the balancer; production protects the producer and the key too; elsewhere secrets are deleted at once",
    ),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .describe("Put on every resource that takes tags, for example `owner` and `cost-centre`"),
  network: network.prefault({}),
  encryption: encryption.prefault({}),
  producer: producer.prefault({}),
  schema: schemas.prefault({}),
  pool: pool.prefault({}),
  consumers: z.record(z.string(), consumer).default({}).describe("Workload-specific consumers by name (shape A)"),
  datashares: z.record(z.string(), datashare).default({}).describe("What consumers read live, by name of the share"),
  readers: readers.prefault({}),
  balancer: balancer.prefault({}),
});

/** The configuration with every default filled in. */
export type FleetConfig = z.infer<typeof fleetSchema>;
