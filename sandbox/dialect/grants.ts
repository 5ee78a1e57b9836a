import type { Draft } from "./draft";
import { quoteName } from "./literals";
import { Reader } from "./reader";
import { DialectError } from "./statements";

/** Marker roles that tell Redshift's roles and groups apart: PostgreSQL has one kind only. */
export const roleMarker = "rs_role";
export const groupMarker = "rs_group";

/** Table permissions that PostgreSQL does not have. */
const unavailable = ["drop", "alter"];

/**
 * CREATE ROLE and GROUP, GRANT ROLE, and the words ROLE and GROUP before a grantee. Returns the command tag where
 * PostgreSQL's differs.
 */
export function rewriteGrant(draft: Draft): string | undefined {
  if (draft.reads(0, "create", "role")) return createRole(draft);
  if (draft.reads(0, "create", "group")) return createGroup(draft);
  if (draft.reads(0, "drop", "role")) return dropRole(draft);
  if (draft.is(0, "grant", "revoke")) return grant(draft);
  if (draft.reads(0, "alter", "default", "privileges")) stripRoleWords(draft, 3);
  return undefined;
}

function createRole(draft: Draft): string {
  const reader = new Reader(draft, 2);
  const role = reader.name();
  // The identity an outside provider gives the role has no use here.
  if (reader.take("externalid")) reader.name();
  reader.end();
  draft.replace({ from: 0, to: draft.length - 1 }, `create role ${quoteName(role)} nologin in role ${roleMarker}`);
  return "CREATE ROLE";
}

function createGroup(draft: Draft): string {
  const reader = new Reader(draft, 2);
  const group = reader.name();
  const users = reader.take("with", "user") || reader.take("user") ? reader.list(() => reader.name()) : [];
  reader.end();
  const members = users.length ? ` user ${users.map(quoteName).join(", ")}` : "";
  draft.replace(
    { from: 0, to: draft.length - 1 },
    `create role ${quoteName(group)} nologin in role ${groupMarker}${members}`,
  );
  return "CREATE GROUP";
}

function dropRole(draft: Draft): string {
  if (draft.is(draft.length - 1, "force", "restrict")) draft.remove({ from: draft.length - 1, to: draft.length - 1 });
  return "DROP ROLE";
}

function grant(draft: Draft): string {
  const tag = draft.value(0).toUpperCase();
  const on = draft.find(1, draft.length, "on");
  if (on < 0 && draft.find(1, draft.length, "for") > 0 && !draft.reads(1, "grant", "option"))
    throw new DialectError(
      "scoped permissions are only supported on databases made from a datashare",
      "Use GRANT … ON ALL TABLES IN SCHEMA and ALTER DEFAULT PRIVILEGES.",
    );
  const to = draft.find(1, draft.length, draft.is(0, "grant") ? "to" : "from");
  if (on > 0 && draft.find(on + 1, to, "database", "schema", "function", "procedure", "language") < 0) {
    const privilege = draft.find(1, on, ...unavailable);
    if (privilege > 0)
      throw new DialectError(
        `the permission ${draft.value(privilege).toUpperCase()} on tables is not supported here`,
        "Owners alter and drop tables.",
      );
  }
  if (on < 0) stripRoleWords(draft, 1);
  else if (to > 0) stripRoleWords(draft, to);
  return tag;
}

/** `ROLE analyst` → `analyst`, wherever a grantee may stand. */
function stripRoleWords(draft: Draft, from: number): void {
  for (let at = from; at < draft.length; at++) {
    if (draft.is(at, "role") && draft.isName(at + 1) && draft.is(at - 1, "to", "from", ",", "grant", "revoke", "for"))
      draft.remove({ from: at, to: at });
  }
}
