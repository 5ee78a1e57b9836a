import { outboundShare, sharedObjects } from "../catalog/datashares";
import { type SourceObjects, sourceObjects } from "../catalog/source-objects";
import type { DataApi } from "../data-api/data-api";
import { isMissingObject, isWarehouseGone } from "../data-api/errors";
import { quoteIdentifier } from "../identifiers";
import {
  type DatashareDefinition,
  describeSchemas,
  type ObservedDatashare,
  observedSchemas,
  type SharedSchema,
} from "./model";
import { planDatashare } from "./plan";

/** A datashare in the words of its definition, as the catalog shows it. */
export interface DatashareState {
  sourceDatabase: string;
  publicAccessible: boolean;
  schemas: Record<string, SharedSchema>;
}

/** The share as the producer's catalog shows it; undefined when there is none. */
export async function observeDatashare(api: DataApi, share: string): Promise<ObservedDatashare | undefined> {
  const [found, objects] = await Promise.all([outboundShare(api, share), sharedObjects(api, share)]);
  return found && { ...found, schemas: observedSchemas(objects) };
}

function sharesFunctions(schemas: Record<string, SharedSchema>): boolean {
  return Object.values(schemas).some((schema) => schema.functions === "all" || schema.functions.length > 0);
}

function asState(
  observed: ObservedDatashare,
  source: SourceObjects,
  schemas: Record<string, SharedSchema>,
): DatashareState {
  return {
    sourceDatabase: observed.sourceDatabase,
    publicAccessible: observed.publicAccessible,
    schemas: describeSchemas(observed, source, schemas),
  };
}

/**
 * Reads the share back in the words of `definition`'s schemas.
 * @returns undefined when the share, or the whole warehouse, is not there
 */
export async function readDatashare(
  api: DataApi,
  share: string,
  schemas: Record<string, SharedSchema>,
): Promise<DatashareState | undefined> {
  try {
    const [observed, source] = await Promise.all([
      observeDatashare(api, share),
      sourceObjects(api, { functions: sharesFunctions(schemas) }),
    ]);
    return observed && asState(observed, source, schemas);
  } catch (error) {
    if (isWarehouseGone(error)) return undefined;
    throw error;
  }
}

/** What the catalog shows, and what makes it what the definition says. */
async function compare(api: DataApi, definition: DatashareDefinition) {
  const [observed, source] = await Promise.all([
    observeDatashare(api, definition.share),
    sourceObjects(api, { functions: sharesFunctions(definition.schemas) }),
  ]);
  if (observed && observed.sourceDatabase !== api.target.database) {
    throw new Error(
      `Datashare ${definition.share} exists already and shares from database ${observed.sourceDatabase}, not ${api.target.database}. Choose another name, or share from that database.`,
    );
  }
  return { observed, source, statements: planDatashare(definition, observed, source) };
}

/** Makes the share what the definition says, adopting one that exists, and tells what the catalog then shows. */
export async function reconcileDatashare(api: DataApi, definition: DatashareDefinition): Promise<DatashareState> {
  const { observed, source, statements } = await compare(api, definition);
  for (const statement of statements) await api.execute(statement);
  const result = statements.length === 0 ? observed : await observeDatashare(api, definition.share);
  if (!result)
    throw new Error(
      `Datashare ${definition.share} was dropped by somebody else while it was being changed: run the update again.`,
    );
  return asState(result, source, definition.schemas);
}

/**
 * Brings the objects of a share that exists up to date, after something else than an update of the stack has made,
 * dropped or remade tables.
 *
 * @returns the statements that were sent, or with `dryRun` would be
 * @throws Error where there is no such share: one that is made here would have no grants
 */
export async function syncDatashare(
  api: DataApi,
  definition: DatashareDefinition,
  { dryRun }: { dryRun: boolean },
): Promise<string[]> {
  const { observed, statements } = await compare(api, definition);
  if (!observed)
    throw new Error(
      `There is no datashare ${definition.share}. \`pulumi refresh\` and \`pulumi up\` make it, with its grants.`,
    );
  if (!dryRun) for (const statement of statements) await api.execute(statement);
  return statements;
}

/** Drops the share; one that is gone, with its warehouse or without, is fine. */
export async function dropDatashare(api: DataApi, share: string): Promise<void> {
  try {
    await api.execute(`DROP DATASHARE ${quoteIdentifier(share)}`);
  } catch (error) {
    if (!isWarehouseGone(error) && !isMissingObject(error)) throw error;
  }
}
