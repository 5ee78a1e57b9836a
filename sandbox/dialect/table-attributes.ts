/** Where a table's rows live and how they are sorted: PostgreSQL has none of it, catalog views show it. */
export interface TableAttributes {
  /** Name without schema, by which the recording tells statements apart. */
  table: string;
  diststyle?: "even" | "key" | "all" | "auto";
  distkey?: string;
  sortkey?: string[];
  sortstyle?: "compound" | "interleaved" | "auto" | "none";
  /** Compression by column; "*" when all are AUTO. */
  encodings?: Record<string, string>;
}

export function hasAttributes(attributes: TableAttributes): boolean {
  return Object.keys(attributes).length > 1;
}

/**
 * The comment that carries the attributes inside the statement. The event trigger `rs_record_table_attributes` reads
 * it while the statement runs, so that attributes are recorded, or rolled back, together with the table.
 */
export function attributesComment(attributes: TableAttributes): string {
  // No slash of a name may end or open a comment.
  return ` /*redshift:${JSON.stringify(attributes).replace(/\//g, "\\u002f")}*/`;
}
