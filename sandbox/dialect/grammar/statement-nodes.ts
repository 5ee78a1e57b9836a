import type { Expression, Placed } from "./nodes";
import type { Query, Source } from "./query-nodes";

export type Statement = Query | Insert | Update | Delete | Merge;

export interface Target extends Placed {
  readonly kind: "target";
  readonly name: readonly string[];
  readonly alias?: string;
}
export interface Assignment extends Placed {
  readonly kind: "assignment";
  readonly column: string;
  readonly value: Expression;
}
type With = Query["with"];

export interface Insert extends Placed {
  readonly kind: "insert";
  readonly into: readonly string[];
  readonly columns?: readonly string[];
  /** DEFAULT VALUES when absent. */
  readonly query?: Query;
}
export interface Update extends Placed {
  readonly kind: "update";
  readonly with?: With;
  readonly target: Target;
  readonly set: readonly Assignment[];
  readonly from: readonly Source[];
  readonly where?: Expression;
}
export interface Delete extends Placed {
  readonly kind: "delete";
  readonly with?: With;
  readonly target: Target;
  readonly using: readonly Source[];
  readonly where?: Expression;
}
export interface Merge extends Placed {
  readonly kind: "merge";
  readonly target: Target;
  readonly source: Source;
  readonly on: Expression;
  /** REMOVE DUPLICATES in place of branches. */
  readonly removeDuplicates: boolean;
  readonly branches: readonly MergeBranch[];
}
export type MergeBranch =
  | { readonly kind: "merge-update"; readonly set: readonly Assignment[] }
  | { readonly kind: "merge-delete" }
  | { readonly kind: "merge-insert"; readonly columns?: readonly string[]; readonly values: readonly Expression[] };
