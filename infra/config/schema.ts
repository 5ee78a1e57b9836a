import { z } from "zod";
import { balancer, network } from "./schema/network";
import { whole } from "./schema/numbers";
import { quotas } from "./schema/quotas";
import { datashare, readers, schemas } from "./schema/sharing";
import { consumer, pool, producer } from "./schema/warehouses";

// The shape of the configuration: every key with its type, range, default and meaning, by topic in schema/.
// docs/configuration.md is written from here (see reference.ts). What spans several keys is in rules.ts.

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
  quotas: quotas.prefault({}),
});

/** The configuration with every default filled in. */
export type FleetConfig = z.infer<typeof fleetSchema>;
