/** A type of Redshift's by the name of PostgreSQL's; `unknown` is that of a string literal or NULL until something gives it one. */
export type TypeKind =
  | "int2"
  | "int4"
  | "int8"
  | "numeric"
  | "float4"
  | "float8"
  | "bool"
  | "varchar"
  | "bpchar"
  | "unknown"
  | "date"
  | "timestamp"
  | "timestamptz"
  | "time"
  | "timetz"
  | "interval"
  | "super"
  | "varbyte"
  | "name"
  | "oid";

export interface Type {
  readonly kind: TypeKind;
  /** Of numeric, where it is known: digits in all, and behind the point. */
  readonly precision?: number;
  readonly scale?: number;
}

export const typeOf = (kind: TypeKind): Type => ({ kind });
export const numeric = (precision: number, scale: number): Type => ({ kind: "numeric", precision, scale });

const integerDigits: Readonly<Partial<Record<TypeKind, number>>> = { int2: 5, int4: 10, int8: 19 };
const texts: ReadonlySet<TypeKind> = new Set(["varchar", "bpchar", "unknown", "name"]);

export const isInteger = (type: Type | undefined): boolean => type !== undefined && type.kind in integerDigits;
export const isFloat = (type: Type | undefined): boolean => type?.kind === "float4" || type?.kind === "float8";
export const isText = (type: Type | undefined): boolean => type !== undefined && texts.has(type.kind);

/** A number as a numeric with its digits; undefined where they are not known. */
function digits(type: Type): { precision: number; scale: number } | undefined {
  const whole = integerDigits[type.kind];
  if (whole !== undefined) return { precision: whole, scale: 0 };
  if (type.kind !== "numeric" || type.precision === undefined || type.scale === undefined) return undefined;
  return { precision: type.precision, scale: type.scale };
}

const widest = 38;

/**
 * Type of `left operator right` over numbers; undefined where it cannot be told.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_numeric_computations201.html
 */
export function arithmetic(operator: string, left: Type, right: Type): Type | undefined {
  if (isInteger(left) && isInteger(right))
    return integerDigits[left.kind]! >= integerDigits[right.kind]! ? left : right;
  if (isFloat(left) || isFloat(right))
    return typeOf(left.kind === "float4" && right.kind === "float4" ? "float4" : "float8");
  const a = digits(left);
  const b = digits(right);
  if (!a || !b) return undefined;
  let { precision, scale } = b;
  switch (operator) {
    case "+":
    case "-":
      scale = Math.max(a.scale, b.scale);
      precision = Math.max(a.precision - a.scale, b.precision - b.scale) + 1 + scale;
      break;
    case "*":
      scale = a.scale + b.scale;
      precision = a.precision + b.precision + 1;
      break;
    case "/":
      scale = Math.max(4, a.scale + b.precision - b.scale + 1);
      precision = a.precision - a.scale + b.scale + scale;
      break;
    case "%":
      break;
    default:
      return undefined;
  }
  return numeric(Math.min(precision, widest), Math.min(scale, widest - 1));
}

/** The type that values of both become, as in UNION, CASE and COALESCE; undefined where it cannot be told. */
export function common(a: Type | undefined, b: Type | undefined): Type | undefined {
  if (!a || !b) return undefined;
  if (a.kind === "unknown") return b;
  if (b.kind === "unknown") return a;
  if (a.kind === "numeric" && b.kind === "numeric") {
    if (a.scale === undefined || b.scale === undefined) return typeOf("numeric");
    return numeric(widest, Math.max(a.scale, b.scale));
  }
  if (a.kind === b.kind) return a;
  if (isText(a) && isText(b)) return typeOf("varchar");
  return arithmetic("+", a, b);
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_Numeric_types201.html, numeric literals */
export function literalType(text: string): Type {
  if (/[eE]/.test(text)) return typeOf("float8");
  const [whole = "", behind] = text.split(".");
  if (behind === undefined) {
    if (Number(whole) <= 2_147_483_647) return typeOf("int4");
    return whole.length <= 18 ? typeOf("int8") : numeric(whole.length, 0);
  }
  const before = Number(whole) === 0 ? 0 : whole.length;
  return numeric(before + behind.length || 1, behind.length);
}
