import {
  type Connection,
  counted,
  DataApi,
  type DataApiDependencies,
  type DatabaseTarget,
  integer,
  listedTables,
  quoteIdentifier,
  shareConsumers,
  sharedObjects,
  sourceTables,
  wholeSchemas,
} from "@redshift-fleet/redshift";
import { connectionOf, type StackOutputs, secretOfReaderOf, targetOf } from "@redshift-fleet/redshift/fleet";
import { z } from "zod";

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
export interface Verified {
  /** What was looked at: `reads airline on pool-1`. */
  name: string;
  target: string;
  ok: boolean;
  /** What was found, or the error. */
  detail: string;
}

export interface VerifyResult {
  ok: boolean;
  checks: Verified[];
}

async function check(name: string, target: string, look: () => Promise<string>): Promise<Verified> {
  try {
    return { name, target, ok: true, detail: await look() };
  } catch (error) {
    return { name, target, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

type Table = readonly [schema: string, table: string];
const qualified = (table: Table) => table.join(".");

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
  const existing = sourceTables(source).then((found) => found.map(({ schema, table }): Table => [schema, table]));
  const checks = await Promise.all(
    request.datashares.flatMap((share) => {
      const objects = sharedObjects(source, share.name).then(
        (found) => new Set(found.filter(({ type }) => type !== "schema").map(({ name }) => name)),
      );
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
          return counted(counts.size, "table");
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
            return `${counted(expected.size, "table")}, ${counted(rows, "row")}`;
          }),
        ]),
      ];
    }),
  );
  return { ok: checks.every((each) => each.ok), checks };
}

/** Looks at all of a fleet, as its stack's outputs describe it. */
export function verifyFleet(outputs: StackOutputs): Promise<VerifyResult> {
  const { producer, consumers, datashares, endpoint } = outputs;
  return verify({
    connection: connectionOf(outputs),
    producer: { ...producer, ...targetOf(producer, producer.secretArn) },
    consumers: consumers.map((consumer) => ({ ...consumer, ...targetOf(consumer, endpoint.secretArn) })),
    datashares: datashares.map((share) => ({
      ...share,
      tables: listedTables(share.objects ?? {}),
      wholeSchemas: wholeSchemas(share.objects ?? {}),
      readerSecretArn: secretOfReaderOf(outputs, share.name),
    })),
  });
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
