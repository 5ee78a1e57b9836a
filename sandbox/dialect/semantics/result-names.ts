import type { Expression } from "../grammar/nodes";
import type { Query } from "../grammar/query-nodes";
import { catalogName } from "./type-names";

interface Named {
  readonly name: string;
  /** A name of something, not only of its kind: a cast of it is called by it. */
  readonly strong: boolean;
}

const nameless: Named = { name: "?column?", strong: false };

/** Functions whose result is called otherwise, since Redshift reads them as something else. */
const otherNames: Readonly<Record<string, string>> = {
  dateadd: "date_add",
  datediff: "date_diff",
  nvl: "coalesce",
  isnull: "coalesce",
  decode: "case",
  nvl2: "case",
};

/** What a column without a name of its own is called, as in FigureColname of PostgreSQL's parse_target.c. */
export function resultName(node: Expression, asWritten: boolean): string {
  return named(node, asWritten).name;
}

function named(node: Expression, asWritten: boolean): Named {
  const strong = (name: string): Named => ({ name, strong: true });
  const weak = (name: string): Named => ({ name, strong: false });
  const of = (inner: Expression) => named(inner, asWritten);
  switch (node.kind) {
    case "column":
      return strong(node.parts.at(-1)!);
    case "field":
      return strong(node.name);
    case "index":
      return of(node.of);
    case "bare-function":
      return strong(node.name);
    case "call": {
      const name = node.name.at(-1)!;
      if (!asWritten) return strong(name);
      const other = Object.hasOwn(otherNames, name) ? otherNames[name]! : name;
      return { name: other, strong: other !== "case" };
    }
    case "extract":
      return strong(asWritten ? "date_part" : "extract");
    case "worded":
      if (node.name !== "trim") return strong(node.name);
      return strong(node.side === "leading" ? "ltrim" : node.side === "trailing" ? "rtrim" : "btrim");
    case "case": {
      const otherwise = node.otherwise && of(node.otherwise);
      return otherwise?.strong ? otherwise : weak("case");
    }
    case "cast": {
      const operand = of(node.operand);
      return operand.strong ? operand : weak(catalogName(node.type.name.at(-1)!));
    }
    case "typed-literal":
      return weak(catalogName(node.type.name.at(-1)!));
    case "exists":
      return strong("exists");
    case "row":
      return strong("row");
    case "at-time-zone":
      return strong("timezone");
    case "scalar-query":
      return queryName(node.query, asWritten);
    default:
      return nameless;
  }
}

function queryName(query: Query, asWritten: boolean): Named {
  let { body } = query;
  while (body.kind === "set-operation") body = body.first;
  if (body.kind === "nested-query") return queryName(body.query, asWritten);
  const first = body.kind === "select" ? body.items[0] : undefined;
  if (first?.kind !== "item") return nameless;
  return first.alias === undefined ? named(first.value, asWritten) : { name: first.alias, strong: true };
}
