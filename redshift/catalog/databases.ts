import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { text } from "../data-api/rows";

export interface Database {
  name: string;
  /** `local`, or `shared` for one made from a datashare. */
  type: string;
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_REDSHIFT_DATABASES.html */
export async function databases(api: DataApi): Promise<Database[]> {
  const rows = await api.query(
    "SELECT database_name, database_type FROM svv_redshift_databases",
    z.object({ database_name: text, database_type: text }),
  );
  return rows.map((row) => ({ name: row.database_name, type: row.database_type.toLowerCase() }));
}
