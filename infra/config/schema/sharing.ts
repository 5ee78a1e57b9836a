import { passwordDigests } from "@redshift-fleet/redshift/declarations";
import { z } from "zod";
import { whole } from "./numbers";

const names = z.array(z.string());

export const datashare = z.strictObject({
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

export const readers = z
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
      .describe("Users made on every consumer, with one password each, whose secrets are the output `readers`"),
    endpointUser: z
      .string()
      .describe(
        "The user of the output `endpoint`, as whom `fleet connect` logs in. Required with two users or more. Default: the only one",
      )
      .optional(),
    passwordDigest: z
      .enum(passwordDigests)
      .default("md5")
      .describe(
        "What Redshift keeps of the passwords. `md5`: every client can log in. `sha256`: only the Data API and AWS's own drivers (JDBC, ODBC, redshift_connector), not psql. A change sets the same passwords anew",
      ),
  })
  .describe("Who reads");

export const schemas = z
  .strictObject({
    directory: z
      .string()
      .describe(
        "Folder of versioned SQL files (docs/migrations.md), relative to the folder of Pulumi.yaml. Default: none, something else makes every schema",
      )
      .optional(),
    external: names
      .default([])
      .describe("Schemas that something else makes, such as dbt; datashares may name them unchecked"),
  })
  .describe("What the fleet itself creates on the producer");
