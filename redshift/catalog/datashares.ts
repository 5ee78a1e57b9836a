import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { flag, optionalText, text } from "../data-api/rows";

/** One datashare as the producer's catalog shows it. */
export interface OutboundShare {
  sourceDatabase: string;
  publicAccessible: boolean;
}

/** What hangs on an outbound share, names as the catalog spells them. */
export interface SharedObject {
  type: string;
  /** `schema` or `schema.name`; functions with their argument types. */
  name: string;
  includeNew: boolean;
}

/** One datashare as a consumer's catalog shows it. */
export interface InboundShare {
  share: string;
  producerNamespace: string;
  /** The database made from it, if any. */
  consumerDatabase?: string;
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATASHARES.html */
export async function outboundShare(api: DataApi, share: string): Promise<OutboundShare | undefined> {
  const rows = await api.query(
    `SELECT source_database, is_publicaccessible FROM svv_datashares WHERE share_type = 'OUTBOUND' AND share_name = :share`,
    z.object({ source_database: text, is_publicaccessible: flag }),
    { share },
  );
  const row = rows[0];
  return row && { sourceDatabase: row.source_database, publicAccessible: row.is_publicaccessible };
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATASHARE_OBJECTS.html */
export async function sharedObjects(api: DataApi, share: string): Promise<SharedObject[]> {
  const rows = await api.query(
    `SELECT object_type, object_name, include_new FROM svv_datashare_objects WHERE share_type = 'OUTBOUND' AND share_name = :share`,
    z.object({ object_type: text, object_name: text, include_new: flag }),
    { share },
  );
  return rows.map((row) => ({
    type: row.object_type.toLowerCase(),
    name: row.object_name,
    includeNew: row.include_new,
  }));
}

/** GUIDs of the namespaces that may use the share. @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATASHARE_CONSUMERS.html */
export async function shareConsumers(api: DataApi, share: string): Promise<string[]> {
  const rows = await api.query(
    "SELECT consumer_namespace FROM svv_datashare_consumers WHERE share_name = :share",
    z.object({ consumer_namespace: optionalText }),
    { share },
  );
  return rows.flatMap((row) => row.consumer_namespace ?? []).sort();
}

/** Shares that other namespaces have granted to this one. */
export async function inboundShares(api: DataApi): Promise<InboundShare[]> {
  const rows = await api.query(
    `SELECT share_name, producer_namespace, consumer_database FROM svv_datashares WHERE share_type = 'INBOUND'`,
    z.object({ share_name: text, producer_namespace: text, consumer_database: optionalText }),
  );
  return rows.map((row) => ({
    share: row.share_name,
    producerNamespace: row.producer_namespace,
    consumerDatabase: row.consumer_database,
  }));
}
