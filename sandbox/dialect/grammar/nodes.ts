import type { Query } from "./query-nodes";

/** Where a node begins: characters from the start of the statement. */
export interface Placed {
  readonly at: number;
}

/** A type as written: its words in lower case, without length, precision or zone. */
export interface TypeName extends Placed {
  readonly kind: "type";
  /** One part unless qualified; "double precision" and "character varying" are one word each. */
  readonly name: readonly string[];
  readonly modifiers: readonly (number | "max")[];
  readonly zone?: "with" | "without";
  /** `day to second(3)` behind INTERVAL. */
  readonly qualifier?: string;
}

export type ConstantValue = "null" | "true" | "false";
export type Comparison = "=" | "<>" | "<" | ">" | "<=" | ">=";
export type BinaryOperator =
  | Comparison
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "||"
  | "&"
  | "|"
  | "#"
  | "<<"
  | ">>"
  | "~"
  | "!~";
export type UnaryOperator = "+" | "-" | "~" | "@" | "|/" | "||/";

export interface StringLiteral extends Placed {
  readonly kind: "string";
  /** As written, with its quotes. */
  readonly text: string;
}
export interface NumberLiteral extends Placed {
  readonly kind: "number";
  readonly text: string;
}
/** `$1` */
export interface Parameter extends Placed {
  readonly kind: "parameter";
  readonly number: number;
}
export interface Constant extends Placed {
  readonly kind: "constant";
  readonly value: ConstantValue;
}
/** `date '2026-03-01'` */
export interface TypedLiteral extends Placed {
  readonly kind: "typed-literal";
  readonly type: TypeName;
  readonly text: string;
}
/** A column with whatever is written before it, and the names of a path into SUPER behind it. */
export interface ColumnName extends Placed {
  readonly kind: "column";
  readonly parts: readonly string[];
}
/** A function written without parentheses, `current_date` and its like. */
export interface BareFunction extends Placed {
  readonly kind: "bare-function";
  readonly name: string;
}
/** `(expression).name` */
export interface FieldAccess extends Placed {
  readonly kind: "field";
  readonly of: Expression;
  readonly name: string;
}
/** `expression[index]` */
export interface IndexAccess extends Placed {
  readonly kind: "index";
  readonly of: Expression;
  readonly index: Expression;
}
export interface Unary extends Placed {
  readonly kind: "unary";
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}
export interface Binary extends Placed {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
/** AND and OR hold all operands of a chain: reports have thousands. */
export interface Logical extends Placed {
  readonly kind: "logical";
  readonly operator: "and" | "or";
  readonly operands: readonly Expression[];
}
export interface Not extends Placed {
  readonly kind: "not";
  readonly operand: Expression;
}
export interface Is extends Placed {
  readonly kind: "is";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly what: ConstantValue | "unknown";
}
export interface DistinctFrom extends Placed {
  readonly kind: "distinct-from";
  readonly negated: boolean;
  readonly left: Expression;
  readonly right: Expression;
}
export interface In extends Placed {
  readonly kind: "in";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly among: readonly Expression[] | Query;
}
export interface Between extends Placed {
  readonly kind: "between";
  readonly operand: Expression;
  readonly negated: boolean;
  readonly low: Expression;
  readonly high: Expression;
}
export interface Like extends Placed {
  readonly kind: "like";
  readonly operator: "like" | "ilike" | "similar to";
  readonly negated: boolean;
  readonly left: Expression;
  readonly right: Expression;
  readonly escape?: Expression;
}
/** `left = ANY (query)` */
export interface Quantified extends Placed {
  readonly kind: "quantified";
  readonly operator: Comparison;
  readonly quantifier: "any" | "all";
  readonly left: Expression;
  readonly query: Query;
}
export interface AtTimeZone extends Placed {
  readonly kind: "at-time-zone";
  readonly operand: Expression;
  readonly zone: Expression;
}
export interface Case extends Placed {
  readonly kind: "case";
  readonly operand?: Expression;
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise?: Expression;
}
export interface Cast extends Placed {
  readonly kind: "cast";
  readonly operand: Expression;
  readonly type: TypeName;
  /** TRY_CAST: null where the value does not fit. */
  readonly lenient: boolean;
}
export interface Exists extends Placed {
  readonly kind: "exists";
  readonly query: Query;
}
export interface ScalarQuery extends Placed {
  readonly kind: "scalar-query";
  readonly query: Query;
}
export interface Row extends Placed {
  readonly kind: "row";
  readonly values: readonly Expression[];
}
export interface Extract extends Placed {
  readonly kind: "extract";
  readonly part: string;
  readonly from: Expression;
}
/** `substring(x from 2 for 3)`, `position(a in b)`, `trim(both 'x' from y)`: words stand between the arguments. */
export interface Worded extends Placed {
  readonly kind: "worded";
  readonly name: "substring" | "position" | "trim";
  readonly side?: "both" | "leading" | "trailing";
  readonly values: readonly Expression[];
  /** The word before each value but the first; before the first too, where there is one more. */
  readonly words: readonly string[];
}
export interface Call extends Placed {
  readonly kind: "call";
  readonly name: readonly string[];
  readonly values: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly approximate: boolean;
  readonly nulls?: "ignore" | "respect";
  readonly withinGroup?: readonly Sort[];
  readonly over?: Window;
  /** ORDER BY among the arguments: PostgreSQL's only, never read from a text. */
  readonly orderBy?: readonly Sort[];
}
/** PRIOR, in CONNECT BY. */
export interface Prior extends Placed {
  readonly kind: "prior";
  readonly operand: Expression;
}
/** `column (+)`, the older form of an outer join. */
export interface OuterMark extends Placed {
  readonly kind: "outer-mark";
  readonly operand: Expression;
}
/** DEFAULT, in the rows of an INSERT and the assignments of an UPDATE. */
export interface Default extends Placed {
  readonly kind: "default";
}

export type Expression =
  | StringLiteral
  | NumberLiteral
  | Parameter
  | Constant
  | TypedLiteral
  | ColumnName
  | BareFunction
  | FieldAccess
  | IndexAccess
  | Unary
  | Binary
  | Logical
  | Not
  | Is
  | DistinctFrom
  | In
  | Between
  | Like
  | Quantified
  | AtTimeZone
  | Case
  | Cast
  | Exists
  | ScalarQuery
  | Row
  | Extract
  | Worded
  | Call
  | Prior
  | OuterMark
  | Default;

export interface Sort extends Placed {
  readonly kind: "sort";
  readonly value: Expression;
  readonly direction?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

export type FrameBound =
  | { readonly kind: "unbounded" | "offset"; readonly side: "preceding" | "following"; readonly offset?: Expression }
  | { readonly kind: "current-row" };

export interface Window extends Placed {
  readonly kind: "window";
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly Sort[];
  readonly frame?: { readonly mode: "rows" | "range"; readonly from: FrameBound; readonly to?: FrameBound };
}
