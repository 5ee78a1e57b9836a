import { z } from "zod";
import { warehouseKinds } from "./kinds";

/** What kind of warehouse it is, and what the Data API knows it by: one of the two. */
const identity = {
  kind: z.enum(warehouseKinds),
  workgroup: z.string().optional(),
  cluster: z.string().optional(),
};
const Port = z.number().int().positive();

const Names = z.union([z.literal("all"), z.array(z.string())]);
const SharedSchema = z.object({ tables: Names, functions: Names, includeNew: z.boolean() });

/** The stack's outputs as every stack of this project has them; what is not named here is left alone. */
export const fleetOutputs = z.object({
  endpoint: z.object({
    host: z.string(),
    port: Port,
    database: z.string(),
    /** Whom the secret belongs to; stacks deployed before this was said do not say it. */
    user: z.string().optional(),
    secretArn: z.string(),
  }),
  /** Every reader by name; of stacks deployed before there was this output, only the endpoint's is known. */
  readers: z
    .record(
      z.string(),
      z.object({ secretArn: z.string(), roles: z.array(z.string()), datashares: z.array(z.string()) }),
    )
    .optional(),
  producer: z.object({
    ...identity,
    namespaceId: z.string(),
    name: z.string(),
    host: z.string(),
    port: Port,
    database: z.string(),
    secretArn: z.string(),
  }),
  consumers: z.array(
    z.object({
      name: z.string(),
      ...identity,
      group: z.string(),
      namespaceId: z.string(),
      host: z.string(),
      port: Port,
      database: z.string(),
      addresses: z.array(z.string()),
      /** Its administrator's. */
      secretArn: z.string().optional(),
    }),
  ),
  datashares: z.array(
    z.object({
      name: z.string(),
      sourceDatabase: z.string(),
      consumerDatabase: z.string(),
      schemas: z.array(z.string()),
      /** What the configuration shares, by schema; stacks deployed before this was said do not say it. */
      objects: z.record(z.string(), SharedSchema).optional(),
      /** Names of the consumers that it is for; every consumer where nothing is said. */
      consumers: z.array(z.string()).optional(),
    }),
  ),
});

export type StackOutputs = z.infer<typeof fleetOutputs>;
export type ConsumerOutput = StackOutputs["consumers"][number];
export type DatashareOutput = StackOutputs["datashares"][number];
