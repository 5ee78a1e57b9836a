import { rewriteColumn } from "./columns";
import type { Draft } from "./draft";
import { DialectError } from "./statements";
import { attributesComment, hasAttributes, type TableAttributes } from "./table-attributes";

/** CREATE TABLE, CREATE MATERIALIZED VIEW, ALTER TABLE and CREATE VIEW: takes out what only Redshift has. */
export function rewriteDefinition(draft: Draft): void {
  if (draft.is(0, "create")) {
    let at = 1;
    while (draft.is(at, "temp", "temporary", "local", "global", "unlogged", "or", "replace", "materialized")) at++;
    if (draft.is(at, "table")) createTable(draft, at);
    else if (draft.is(at, "view") && draft.is(at - 1, "materialized")) createMaterializedView(draft, at);
    else if (draft.is(at, "view")) removeSchemaBinding(draft);
  } else if (draft.reads(0, "alter", "table")) alterTable(draft);
  else if (draft.reads(0, "refresh", "materialized", "view") && draft.is(draft.length - 1, "cascade", "restrict"))
    draft.remove({ from: draft.length - 1, to: draft.length - 1 });
}

function createTable(draft: Draft, table: number): void {
  const name = nameEnd(draft, table + 1);
  const attributes: TableAttributes = { table: draft.tokens[name]!.value };
  let at = name + 1;
  if (draft.is(at, "(")) {
    // With AS behind, the list holds only names.
    for (const column of draft.arguments(at)) rewriteColumn(draft, column, attributes);
    at = draft.partner(at) + 1;
  }
  takeAttributes(draft, at, attributes);
  if (hasAttributes(attributes)) draft.append(attributesComment(attributes));
}

function createMaterializedView(draft: Draft, view: number): void {
  const name = nameEnd(draft, view + 1);
  const attributes: TableAttributes = { table: draft.tokens[name]!.value };
  let at = name + 1;
  if (draft.is(at, "(")) at = draft.partner(at) + 1;
  takeAttributes(draft, at, attributes);
  if (hasAttributes(attributes)) draft.append(attributesComment(attributes));
}

/** Last token of the (dotted) name after TABLE or VIEW. */
function nameEnd(draft: Draft, from: number): number {
  let at = draft.reads(from, "if", "not", "exists") ? from + 3 : draft.reads(from, "if", "exists") ? from + 2 : from;
  while (draft.is(at + 1, ".")) at += 2;
  return at;
}

/** Table attributes between the columns and AS. https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html */
function takeAttributes(draft: Draft, from: number, attributes: TableAttributes): void {
  for (let at = from; at < draft.length && !draft.is(at, "as"); ) {
    const end = takeAttribute(draft, at, attributes);
    if (end === undefined) at = draft.is(at, "(") ? draft.partner(at) + 1 : at + 1;
    else {
      draft.remove({ from: at, to: end });
      at = end + 1;
    }
  }
}

/** Reads the attribute at `at` into `attributes`; last token of it, undefined when there is none. */
function takeAttribute(draft: Draft, at: number, attributes: TableAttributes): number | undefined {
  switch (draft.value(at)) {
    case "diststyle":
      attributes.diststyle = distStyle(draft.value(at + 1));
      return at + 1;
    case "distkey":
      if (!draft.is(at + 1, "(")) return undefined;
      attributes.distkey = draft.tokens[at + 2]!.value;
      attributes.diststyle = "key";
      return draft.partner(at + 1);
    case "compound":
    case "interleaved":
      if (!draft.reads(at + 1, "sortkey", "(")) return undefined;
      attributes.sortstyle = draft.value(at) === "compound" ? "compound" : "interleaved";
      attributes.sortkey = names(draft, at + 2);
      return draft.partner(at + 2);
    case "sortkey":
      if (draft.is(at + 1, "auto", "none")) {
        attributes.sortstyle = draft.value(at + 1) === "auto" ? "auto" : "none";
        attributes.sortkey = [];
        return at + 1;
      }
      if (!draft.is(at + 1, "(")) return undefined;
      attributes.sortstyle = "compound";
      attributes.sortkey = names(draft, at + 1);
      return draft.partner(at + 1);
    case "encode":
      if (!draft.is(at + 1, "auto")) return undefined;
      attributes.encodings = { "*": "auto" };
      return at + 1;
    case "backup":
      return draft.is(at + 1, "yes", "no") ? at + 1 : undefined;
    case "auto":
      return draft.is(at + 1, "refresh") && draft.is(at + 2, "yes", "no") ? at + 2 : undefined;
    default:
      return undefined;
  }
}

function names(draft: Draft, open: number): string[] {
  return draft.arguments(open).map(({ from }) => draft.tokens[from]!.value);
}

function distStyle(word: string): TableAttributes["diststyle"] {
  if (word === "even" || word === "key" || word === "all" || word === "auto") return word;
  throw new DialectError(`DISTSTYLE ${word.toUpperCase()} is unknown`, "Use AUTO, EVEN, KEY or ALL.", "42601");
}

/**
 * ALTER TABLE: distribution, sorting and compression are recorded by a change that alters nothing, so that
 * PostgreSQL checks that the table exists and belongs to the user.
 */
function alterTable(draft: Draft): void {
  const name = nameEnd(draft, 2);
  const attributes: TableAttributes = { table: draft.tokens[name]!.value };
  if (draft.is(name + 1, "append"))
    throw new DialectError("ALTER TABLE APPEND is not supported here", "Use INSERT INTO … SELECT and TRUNCATE.");
  if (draft.reads(name + 1, "add")) {
    const column = draft.is(name + 2, "column") ? name + 3 : name + 2;
    rewriteColumn(draft, { from: column, to: draft.length - 1 }, attributes);
    if (hasAttributes(attributes)) draft.append(attributesComment(attributes));
    return;
  }
  if (!draft.is(name + 1, "alter")) return;
  const actions = draft.parts({ from: name + 1, to: draft.length - 1 });
  if (!actions.every((action) => takeAlteration(draft, action.from, action.to, attributes))) return;
  draft.replace({ from: name + 1, to: draft.length - 1 }, `reset (toast_tuple_target)${attributesComment(attributes)}`);
}

function takeAlteration(draft: Draft, from: number, to: number, attributes: TableAttributes): boolean {
  let at = draft.is(from, "alter") ? from + 1 : from;
  if (draft.is(at, "column") && draft.is(at + 2, "encode")) {
    attributes.encodings = { ...attributes.encodings, [draft.tokens[at + 1]!.value]: draft.value(at + 3) };
    return at + 3 === to;
  }
  if (draft.is(at, "distkey") && draft.isName(at + 1)) {
    attributes.diststyle = "key";
    attributes.distkey = draft.tokens[at + 1]!.value;
    return at + 1 === to;
  }
  if (draft.is(at, "diststyle") && draft.reads(at + 1, "key", "distkey")) {
    attributes.diststyle = "key";
    attributes.distkey = draft.tokens[at + 3]!.value;
    return at + 3 === to;
  }
  const end = takeAttribute(draft, at, attributes);
  at = end ?? -1;
  return at === to;
}

/** Late-binding views are bound views here: what they read must exist when they are made. */
function removeSchemaBinding(draft: Draft): void {
  const last = draft.length - 1;
  if (draft.reads(last - 3, "with", "no", "schema", "binding")) draft.remove({ from: last - 3, to: last });
}
