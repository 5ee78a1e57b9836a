import { z } from "zod";
import { shareConsumers } from "../catalog/datashares";
import type { Connection, DatabaseTarget } from "../connection";
import { DataApi, type DataApiDependencies } from "../data-api/data-api";
import { integer, text } from "../data-api/rows";
import { quoteIdentifier } from "../identifiers";

/** A warehouse to look at. */
export interface VerifyTarget extends DatabaseTarget {
  /** Name shown to people. */
  name: string;
  namespaceId: string;
}

export interface VerifiedShare {
  name: string;
  consumerDatabase: string;
  schemas: string[];
  /** Tables that must be shared, as `schema.table`. */
  tables?: string[];
  /** Schemas whose every table must be shared. */
  wholeSchemas?: string[];
  /** Names of the consumers that it is for; every one where nothing is said. */
  consumers?: string[];
  /** Secret of a reader who may read it; left out: the admins read. */
  readerSecretArn?: string;
}

export interface VerifyRequest {
  connection: Connection;
  producer: VerifyTarget;
  consumers: VerifyTarget[];
  datashares: VerifiedShare[];
  dependencies?: DataApiDependencies;
}

/** One thing looked at. */
export interface Check {
  /** What was looked at: `reads airline on pool-1`. */
  name: string;
  target: string;
  ok: boolean;
  /** What was found, or the error. */
  detail: string;
}

export interface VerifyResult {
  ok: boolean;
  checks: Check[];
}

async function check(name: string, target: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, target, ok: true, detail: await look() };
  } catch (error) {
    return { name, target, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

const tableRow = z.object({ schema_name: text, table_name: text });

type Table = readonly [schema: string, table: string];
const qualified = (table: Table) => table.join(".");

/** Every table and view of the producer's database. */
async function sourceTables(api: DataApi): Promise<Table[]> {
  const rows = await api.query(
    "SELECT schema_name, table_name FROM svv_redshift_tables WHERE database_name = :database",
    tableRow,
    { database: api.target.database },
  );
  return rows.map((row) => [row.schema_name, row.table_name]);
}

async function countRows(
  api: DataApi,
  database: string | undefined,
  tables: readonly Table[],
): Promise<Map<string, number>> {
  if (tables.length === 0) return new Map();
  const path = (parts: readonly string[]) => parts.map(quoteIdentifier).join(".");
  const rows = await api.query(
    tables
      .map(
        ([schema, table], index) =>
          `SELECT ${index} AS position, COUNT(*) AS total FROM ${path(database ? [database, schema, table] : [schema, table])}`,
      )
      .join("\nUNION ALL\n"),
    z.object({ position: integer, total: integer }),
  );
  return new Map(rows.map((row) => [qualified(tables[row.position]!), row.total]));
}

/**
 * Looks at a fleet from the inside: each share is granted to each consumer, and readers see every shared table there.
 * Changes nothing. Row counts are compared with the producer's, which may move meanwhile: fewer rows than before on the
 * producer are an error, more are not.
 */
export async function verify(request: VerifyRequest): Promise<VerifyResult> {
  const { connection, producer, dependencies } = request;
  const api = (target: DatabaseTarget) => new DataApi(connection, target, dependencies);
  const source = api(producer);
  const existing = sourceTables(source);
  const checks = await Promise.all(
    request.datashares.flatMap((share) => {
      const objects = source
        .query(
          `SELECT object_name FROM svv_datashare_objects WHERE share_type = 'OUTBOUND' AND share_name = :share AND object_type <> 'schema'`,
          z.object({ object_name: text }),
          { share: share.name },
        )
        .then((rows) => new Set(rows.map((row) => row.object_name)));
      const wanted = Promise.all([objects, existing]).then(([names, tables]) =>
        tables.filter((table) => share.schemas.includes(table[0]) && names.has(qualified(table))),
      );
      // What each consumer must see too.
      const shared = wanted.then((tables) => countRows(source, undefined, tables));
      return [
        check(`datashare ${share.name} has tables`, producer.name, async () => {
          const counts = await shared;
          if (counts.size === 0)
            throw new Error(
              `Datashare ${share.name} shares no table of ${share.schemas.join(", ")}. Run \`pulumi refresh\` and \`pulumi up\`.`,
            );
          const held = await objects;
          const whole = (await existing).filter(([schema]) => share.wholeSchemas?.includes(schema)).map(qualified);
          const missing = [...(share.tables ?? []), ...whole].filter((table) => !held.has(table));
          if (missing.length > 0)
            throw new Error(
              `Datashare ${share.name} does not hold ${missing.join(", ")}, which its configuration asks for: made after the share, dropped, or dropped and made again. Make what is missing, then run \`fleet share sync\`, or \`pulumi refresh\` and \`pulumi up\`.`,
            );
          return tables(counts.size);
        }),
        ...request.consumers.filter(isFor(share)).flatMap((consumer) => [
          check(`datashare ${share.name} is granted`, consumer.name, async () => {
            const granted = await shareConsumers(source, share.name);
            if (!granted.includes(consumer.namespaceId))
              throw new Error(
                `Namespace ${consumer.namespaceId} has no grant. Run \`pulumi refresh\` and \`pulumi up\`.`,
              );
            return "granted";
          }),
          check(`readers see ${share.consumerDatabase}`, consumer.name, async () => {
            const expected = await shared;
            const reader = api({ ...consumer, secretArn: share.readerSecretArn ?? consumer.secretArn });
            const seen = await countRows(reader, share.consumerDatabase, [...expected.keys()].map(splitOnce));
            for (const [table, total] of expected) {
              const found = seen.get(table) ?? 0;
              if (found < total)
                throw new Error(
                  `${table} has ${total} rows on the producer and ${found} here. Check the datashare's grant and objects.`,
                );
            }
            const rows = [...seen.values()].reduce((sum, total) => sum + total, 0);
            return `${tables(expected.size)}, ${rows === 1 ? "1 row" : `${rows} rows`}`;
          }),
        ]),
      ];
    }),
  );
  return { ok: checks.every((each) => each.ok), checks };
}

const isFor =
  ({ consumers }: VerifiedShare) =>
  ({ name }: VerifyTarget) =>
    consumers?.includes(name) ?? true;

/** `schema.table` → both parts; schemas here are the share's own, which have no dot. */
function splitOnce(name: string): readonly [string, string] {
  const dot = name.indexOf(".");
  return [name.slice(0, dot), name.slice(dot + 1)];
}

const tables = (count: number) => (count === 1 ? "1 table" : `${count} tables`);
