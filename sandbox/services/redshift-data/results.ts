import type { SessionResult } from "./session-port";

type Field =
  | { isNull: true }
  | { booleanValue: boolean }
  | { longValue: number }
  | { doubleValue: number }
  | { stringValue: string };

const boolean = 16;
const integers = new Set([20, 21, 23, 26]);
const floats = new Set([700, 701]);
const numericOid = 1700;
const characterOids = new Set([25, 1042, 1043]);

const typeNames: Readonly<Record<number, string>> = {
  16: "bool",
  19: "name",
  20: "int8",
  21: "int2",
  23: "int4",
  25: "text",
  26: "oid",
  700: "float4",
  701: "float8",
  1042: "bpchar",
  1043: "varchar",
  1082: "date",
  1083: "time",
  1114: "timestamp",
  1184: "timestamptz",
  1186: "interval",
  1266: "timetz",
  1700: "numeric",
  2950: "varchar",
  3802: "super",
  4000: "super",
  6551: "varbyte",
};

/** A value as the Data API carries it. Numbers with a fraction that must not be lost travel as text. */
export function toField(text: string | null, typeOid: number): Field {
  if (text === null) return { isNull: true };
  if (typeOid === boolean) return { booleanValue: text === "t" || text === "true" };
  if (integers.has(typeOid)) return { longValue: Number(text) };
  // NaN and infinities have no form in JSON.
  if (floats.has(typeOid) && Number.isFinite(Number(text))) return { doubleValue: Number(text) };
  return { stringValue: text };
}

/** Column descriptions of a result. */
export function columnMetadata(fields: SessionResult["fields"]) {
  return fields.map(({ name, typeOid, typeModifier }) => {
    const numeric = typeOid === numericOid && typeModifier > 4;
    const character = characterOids.has(typeOid);
    return {
      name,
      label: name,
      typeName: typeNames[typeOid] ?? "varchar",
      nullable: 1,
      isSigned: integers.has(typeOid) || floats.has(typeOid) || typeOid === numericOid,
      isCaseSensitive: character,
      isCurrency: false,
      length: character && typeModifier > 4 ? typeModifier - 4 : 0,
      precision: numeric ? (typeModifier - 4) >> 16 : 0,
      scale: numeric ? (typeModifier - 4) & 0xffff : 0,
      schemaName: "",
      tableName: "",
    };
  });
}

export function sizeOf(result: SessionResult): number {
  let bytes = 0;
  for (const row of result.rows) for (const value of row) bytes += value === null ? 0 : Buffer.byteLength(value);
  return bytes;
}

/** A page of rows as CSV, with the header on every page as AWS has it. */
export function toCsv(fields: SessionResult["fields"], rows: SessionResult["rows"]): string {
  const quote = (value: string | null) =>
    value === null ? "" : /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return [fields.map(({ name }) => name), ...rows].map((row) => row.map(quote).join(",")).join("\r\n");
}
