import { databases } from "../catalog/databases";
import { type InboundShare, inboundShares } from "../catalog/datashares";
import type { DataApi } from "../data-api/data-api";
import { isMissingObject, isWarehouseGone } from "../data-api/errors";
import { assertName, assertNamespaceGuid, quoteIdentifier, quoteLiteral } from "../identifiers";

/** A consumer's database over a producer's datashare. */
export interface ConsumerDatabaseDefinition {
  database: string;
  share: string;
  producerNamespaceId: string;
  /** WITH PERMISSIONS: readers are granted single objects instead of the whole database. */
  withPermissions: boolean;
}

export interface ObservedConsumerDatabase {
  /** The share the catalog links the database to; undefined while the share is not granted. */
  source?: { share: string; producerNamespaceId: string };
}

interface Observation {
  type: string | undefined;
  link: InboundShare | undefined;
  /** The share that the database should come from, if it is visible here. */
  share: InboundShare | undefined;
}

async function observe(
  api: DataApi,
  wanted: Pick<ConsumerDatabaseDefinition, "database"> & Partial<ConsumerDatabaseDefinition>,
): Promise<Observation> {
  const [found, inbound] = await Promise.all([databases(api), inboundShares(api)]);
  return {
    type: found.find((each) => each.name === wanted.database)?.type,
    link: inbound.find((each) => each.consumerDatabase === wanted.database),
    share: inbound.find((each) => each.share === wanted.share && each.producerNamespace === wanted.producerNamespaceId),
  };
}

/** @returns undefined when there is no such shared database, or no such warehouse */
export async function readConsumerDatabase(
  api: DataApi,
  database: string,
): Promise<ObservedConsumerDatabase | undefined> {
  try {
    const { type, link } = await observe(api, { database });
    if (type !== "shared" && !link) return undefined;
    return link ? { source: { share: link.share, producerNamespaceId: link.producerNamespace } } : {};
  } catch (error) {
    if (isWarehouseGone(error)) return undefined;
    throw error;
  }
}

function createStatement(wanted: ConsumerDatabaseDefinition): string {
  return [
    `CREATE DATABASE ${quoteIdentifier(wanted.database)}`,
    ...(wanted.withPermissions ? ["WITH PERMISSIONS"] : []),
    `FROM DATASHARE ${quoteIdentifier(wanted.share)} OF NAMESPACE ${quoteLiteral(wanted.producerNamespaceId)}`,
  ].join(" ");
}

/**
 * Makes the database, or adopts it where it already comes from this share. A database left over from a share that was
 * dropped and made again shows no data any more: it is made anew.
 */
export async function ensureConsumerDatabase(api: DataApi, wanted: ConsumerDatabaseDefinition): Promise<void> {
  assertName("database", wanted.database);
  assertName("datashare", wanted.share);
  assertNamespaceGuid(wanted.producerNamespaceId);
  const { type, link, share } = await observe(api, wanted);
  if (link) {
    if (link.share === wanted.share && link.producerNamespace === wanted.producerNamespaceId) return;
    throw new Error(
      `Database ${wanted.database} already comes from datashare ${link.share} of namespace ${link.producerNamespace}, not from ${wanted.share} of ${wanted.producerNamespaceId}. Choose another consumerDatabase, or drop that one.`,
    );
  }
  if (type === "local") {
    throw new Error(`A local database ${wanted.database} exists already. Choose another consumerDatabase, or drop it.`);
  }
  if (type !== undefined) {
    if (!share) {
      throw new Error(
        `Datashare ${wanted.share} of namespace ${wanted.producerNamespaceId} is not granted to this consumer, so database ${wanted.database} cannot be mended. Grant it first.`,
      );
    }
    await api.execute(`DROP DATABASE ${quoteIdentifier(wanted.database)}`);
  }
  await api.execute(createStatement(wanted), { awaiting: "datashare" });
}

/** Drops the database; one that is gone, with its warehouse or without, is fine. */
export async function dropConsumerDatabase(api: DataApi, database: string): Promise<void> {
  try {
    await api.execute(`DROP DATABASE ${quoteIdentifier(database)}`);
  } catch (error) {
    if (!isWarehouseGone(error) && !isMissingObject(error)) throw error;
  }
}
