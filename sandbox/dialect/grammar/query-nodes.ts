import type { Call, Expression, Placed, Sort } from "./nodes";

export interface Query extends Placed {
  readonly kind: "query";
  readonly with?: { readonly recursive: boolean; readonly tables: readonly CommonTable[] };
  readonly body: QueryBody;
  readonly orderBy: readonly Sort[];
  readonly limit?: Expression;
  readonly offset?: Expression;
}

export interface CommonTable extends Placed {
  readonly kind: "common-table";
  readonly name: string;
  readonly columns?: readonly string[];
  readonly query: Query;
}

export type QueryBody = Select | Values | SetOperation | NestedQuery;

export interface Values extends Placed {
  readonly kind: "values";
  readonly rows: readonly (readonly Expression[])[];
}

/** UNION, INTERSECT and EXCEPT hold all of a chain, from left to right: reports have hundreds. */
export interface SetOperation extends Placed {
  readonly kind: "set-operation";
  readonly first: QueryBody;
  readonly rest: readonly SetBranch[];
}
export interface SetBranch {
  readonly operator: "union" | "intersect" | "except";
  readonly all: boolean;
  readonly body: QueryBody;
}

/** A query in parentheses, with an ORDER BY and LIMIT of its own. */
export interface NestedQuery extends Placed {
  readonly kind: "nested-query";
  readonly query: Query;
}

export interface Select extends Placed {
  readonly kind: "select";
  readonly distinct: boolean;
  readonly top?: Expression;
  readonly items: readonly SelectItem[];
  readonly into?: { readonly temporary: boolean; readonly name: readonly string[] };
  readonly from: readonly Source[];
  readonly where?: Expression;
  readonly connectBy?: { readonly start?: Expression; readonly condition: Expression; readonly noCycle: boolean };
  readonly groupBy: readonly Grouping[] | "all";
  readonly having?: Expression;
  readonly qualify?: Expression;
}

export type SelectItem = ValueItem | Star;
export interface ValueItem extends Placed {
  readonly kind: "item";
  readonly value: Expression;
  readonly alias?: string;
}
export interface Star extends Placed {
  readonly kind: "star";
  /** The table whose columns are meant; all of FROM when absent. */
  readonly of?: readonly string[];
  readonly exclude?: readonly string[];
  /** `(row).*`: PostgreSQL's only, never read from a text. */
  readonly fieldsOf?: Expression;
}

export type Grouping =
  | { readonly kind: "group-by"; readonly value: Expression }
  | { readonly kind: "rollup" | "cube"; readonly values: readonly Expression[] }
  | { readonly kind: "grouping-sets"; readonly sets: readonly Grouping[] }
  | { readonly kind: "empty-set" };

interface Aliased {
  readonly alias?: string;
  readonly columns?: readonly string[];
}

export type Source = Relation | FunctionSource | PathSource | Derived | Join | NestedSource | Pivot | Unpivot;

/** A table, view or common table; or, where its first name is that of an earlier source, an array in it. */
export interface Relation extends Placed, Aliased {
  readonly kind: "relation";
  readonly name: readonly string[];
  /** `AS element AT index`, for an array that is unnested. */
  readonly index?: string;
}
export interface FunctionSource extends Placed, Aliased {
  readonly kind: "function-source";
  readonly call: Call;
  /** LATERAL and WITH ORDINALITY are PostgreSQL's only, never read from a text. */
  readonly lateral?: boolean;
  readonly ordinality?: boolean;
}
/** An array within SUPER that is unnested, or with UNPIVOT an object. */
export interface PathSource extends Placed, Aliased {
  readonly kind: "path-source";
  readonly path: Expression;
  readonly index?: string;
  readonly object: boolean;
}
export interface Derived extends Placed, Aliased {
  readonly kind: "derived";
  readonly query: Query;
  /** LATERAL is PostgreSQL's only, never read from a text. */
  readonly lateral?: boolean;
}
export interface Join extends Placed {
  readonly kind: "join";
  readonly type: "inner" | "left" | "right" | "full" | "cross";
  readonly natural: boolean;
  readonly left: Source;
  readonly right: Source;
  readonly on?: Expression;
  readonly using?: readonly string[];
}
export interface NestedSource extends Placed {
  readonly kind: "nested-source";
  readonly source: Source;
}
export interface Pivot extends Placed, Aliased {
  readonly kind: "pivot";
  readonly source: Source;
  readonly aggregates: readonly ValueItem[];
  readonly column: string;
  readonly values: readonly ValueItem[];
}
export interface Unpivot extends Placed, Aliased {
  readonly kind: "unpivot";
  readonly source: Source;
  readonly value: string;
  readonly column: string;
  readonly inputs: readonly ValueItem[];
  readonly includeNulls: boolean;
}
