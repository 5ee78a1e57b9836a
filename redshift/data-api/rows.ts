import type { ColumnMetadata, Field } from "@aws-sdk/client-redshift-data";
import { z } from "zod";

/** A value as the Data API returns it. Numeric and time columns arrive as text. */
export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

function cell(field: Field): Cell {
  if (field.isNull) return null;
  return field.stringValue ?? field.longValue ?? field.doubleValue ?? field.booleanValue ?? null;
}

/** Names the cells of a page of records by their columns, lower-cased as Redshift folds them. */
export function namedRows(columns: readonly ColumnMetadata[], records: readonly Field[][]): Row[] {
  const names = columns.map((column, index) => (column.label ?? column.name ?? `column${index + 1}`).toLowerCase());
  return records.map((record) => Object.fromEntries(record.map((field, index) => [names[index]!, cell(field)])));
}

/** Text; the catalog pads some name columns with blanks. */
export const text = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trimEnd());
export const optionalText = text.nullish().transform((value) => value || undefined);
/** A whole number, also where the driver returns it as text. */
export const integer = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = Number(value);
  if (Number.isSafeInteger(parsed)) return parsed;
  context.addIssue({ code: "custom", message: `not a whole number: ${value}` });
  return z.NEVER;
});
/** A flag, also where the catalog spells it t/f, true/false, yes/no or 1/0. */
export const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .nullish()
  .transform(
    (value) =>
      value === true || value === 1 || (typeof value === "string" && /^(t|true|y|yes|1|on)$/i.test(value.trim())),
  );
