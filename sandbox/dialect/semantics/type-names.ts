import type { TypeName } from "../grammar/nodes";
import { DialectError } from "../statements";
import { type Type, type TypeKind, typeOf } from "./types";

interface Known {
  readonly kind: TypeKind;
  readonly postgres: string;
  /** Modifiers where none are written. */
  readonly modifiers?: readonly number[];
}

/** The types there are. https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html */
const types = new Map<string, Known>();
const add = (names: string, known: Known) => {
  for (const name of names.split(", ")) types.set(name, known);
};
add("smallint, int2", { kind: "int2", postgres: "int2" });
add("integer, int, int4", { kind: "int4", postgres: "int4" });
add("bigint, int8", { kind: "int8", postgres: "int8" });
add("decimal, numeric, dec", { kind: "numeric", postgres: "numeric", modifiers: [18, 0] });
add("real, float4", { kind: "float4", postgres: "float4" });
add("double precision, double, float8, float", { kind: "float8", postgres: "float8" });
add("boolean, bool", { kind: "bool", postgres: "bool" });
add("char, character, nchar", { kind: "bpchar", postgres: "char", modifiers: [1] });
add("bpchar", { kind: "bpchar", postgres: "char", modifiers: [256] });
// In an expression as long as what it is made of, https://docs.aws.amazon.com/redshift/latest/dg/r_Character_types.html
add("varchar, character varying, char varying, nvarchar, nchar varying, text", {
  kind: "varchar",
  postgres: "varchar",
});
add("date", { kind: "date", postgres: "date" });
add("timestamp, datetime", { kind: "timestamp", postgres: "timestamp" });
add("timestamptz", { kind: "timestamptz", postgres: "timestamptz" });
add("time", { kind: "time", postgres: "time" });
add("timetz", { kind: "timetz", postgres: "timetz" });
add("interval", { kind: "interval", postgres: "interval" });
add("super", { kind: "super", postgres: "jsonb" });
add("varbyte, varbinary, binary varying", { kind: "varbyte", postgres: "bytea" });
// Of the catalogs, which clients ask with casts of their own.
add("name", { kind: "name", postgres: "name" });
for (const name of ["oid", "regclass", "regproc", "regtype"]) add(name, { kind: "oid", postgres: name });

/** What a column is called that is nothing but a cast to the type: its name in the catalog. */
export function catalogName(name: string): string {
  const known = types.get(name);
  if (name === "char" || known?.postgres === "char") return "bpchar";
  if (known?.kind === "super" || known?.kind === "varbyte") return known.kind;
  return known?.postgres ?? name;
}

const elsewhere = new Set(["geometry", "geography", "hllsketch"]);
/** Bytes in the longest string. */
const longestString = 65_535;

/** A type in PostgreSQL's words, and what it is. @throws DialectError for what Redshift has not */
export function lowerType(node: TypeName): { node: TypeName; type: Type } {
  const word = node.name.at(-1)!;
  const known = node.name.length === 1 || node.name[0] === "pg_catalog" ? types.get(word) : undefined;
  if (!known) {
    const here = elsewhere.has(word);
    throw new DialectError(
      here ? `type ${word} is not supported here` : `type "${node.name.join(".")}" does not exist`,
      here ? "The sandbox stores no spatial or sketch values." : undefined,
      here ? "0A000" : "42704",
      node.at,
    );
  }
  const written = node.modifiers.map((modifier) => (modifier === "max" ? longestString : modifier));
  const zoned = node.zone === "with" && (known.kind === "timestamp" || known.kind === "time");
  const kind = zoned ? (`${known.kind}tz` as TypeKind) : known.kind;
  const lowered = (postgres: string, modifiers: readonly number[], qualifier?: string): TypeName => ({
    kind: "type",
    at: node.at,
    name: [postgres],
    modifiers,
    qualifier,
  });
  switch (kind) {
    case "numeric": {
      const [precision = 18, scale = 0] = written;
      return { node: lowered("numeric", [precision, scale]), type: { kind, precision, scale } };
    }
    case "float8": {
      // FLOAT(1) to FLOAT(24) are REAL.
      const narrow = word === "float" && written[0] !== undefined && written[0] <= 24;
      return { node: lowered(narrow ? "float4" : "float8", []), type: typeOf(narrow ? "float4" : "float8") };
    }
    case "varchar":
    case "bpchar":
      return {
        node: lowered(known.postgres, written.length > 0 ? written : (known.modifiers ?? [])),
        type: typeOf(kind),
      };
    case "interval":
      return { node: lowered("interval", [], node.qualifier), type: typeOf(kind) };
    case "varbyte":
    case "super":
      return { node: lowered(known.postgres, []), type: typeOf(kind) };
    default:
      return { node: lowered(zoned ? kind : known.postgres, written), type: typeOf(kind) };
  }
}
