import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { text } from "../data-api/rows";
import { quoteIdentifier, quoteLiteral, quoteQualified } from "../identifiers";

/** Something that keeps a user or role from being dropped: what it owns, or what it was granted by hand. */
export interface Leftover {
  kind: "user" | "role";
  /** Name of the user or role. */
  holder: string;
  /** What is held, quoted: `TABLE "public"."scratch"`. */
  object: string;
  /** `owns`, or the privileges: `SELECT, INSERT`. */
  holds: string;
  /** The statement that helps. */
  remedy: string;
}

export interface Holders {
  users: readonly string[];
  roles: readonly string[];
}

const ownedRow = z.object({ owner: text, kind: text, parent: text.nullish(), name: text, admin: text });
const grantedRow = z.object({ holder: text, holder_kind: text, parent: text.nullish(), name: text, privilege: text });

const list = (names: readonly string[]) => names.map(quoteLiteral).join(", ");

/** What the users own in the connected database. Temporary tables are left out: they go with their sessions. */
async function owned(api: DataApi, users: readonly string[]): Promise<Leftover[]> {
  if (users.length === 0) return [];
  const part = (kind: string, parent: string, name: string, from: string) =>
    `SELECT u.usename::varchar AS owner, ${kind}::varchar AS kind, ${parent}::varchar AS parent, ${name}::varchar AS name, current_user::varchar AS admin FROM ${from} WHERE u.usename IN (${list(users)})`;
  const user = (column: string) => `JOIN pg_user u ON u.usesysid = ${column}`;
  const schema = (column: string) => `JOIN pg_namespace n ON n.oid = ${column} AND n.nspname NOT LIKE 'pg_temp%'`;
  const relation = "CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END";
  const signature = "p.proname || '(' || oidvectortypes(p.proargtypes) || ')'";
  const rows = await api.query(
    [
      part("'DATABASE'", "NULL", "d.datname", `pg_database d ${user("d.datdba")}`),
      `${part("'SCHEMA'", "NULL", "n.nspname", `pg_namespace n ${user("n.nspowner")}`)} AND n.nspname NOT LIKE 'pg_temp%'`,
      `${part(relation, "n.nspname", "c.relname", `pg_class c ${user("c.relowner")} ${schema("c.relnamespace")}`)} AND c.relkind IN ('r', 'v', 'm')`,
      part("'FUNCTION'", "n.nspname", signature, `pg_proc p ${user("p.proowner")} ${schema("p.pronamespace")}`),
    ].join("\nUNION ALL "),
    ownedRow,
  );
  return rows.map(({ owner, kind, parent, name, admin }) => {
    const object = `${kind} ${kind === "FUNCTION" ? quoteFunction(parent, name) : quoted(parent, name)}`;
    // Views change hands by ALTER TABLE; functions do not: https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html
    const alterable = kind === "DATABASE" || kind === "SCHEMA" ? object : `TABLE ${quoted(parent, name)}`;
    const move = kind === "FUNCTION" ? "" : `ALTER ${alterable} OWNER TO ${quoteIdentifier(admin)}, or `;
    return { kind: "user", holder: owner, object, holds: "owns", remedy: `${move}DROP ${object}` };
  });
}

/** What was granted to the users and roles themselves, in the words of SVV_RELATION_PRIVILEGES and its kin. */
async function granted(api: DataApi, { users, roles }: Holders): Promise<Leftover[]> {
  const whose = [
    ...(users.length > 0 ? [`identity_type = 'user' AND identity_name IN (${list(users)})`] : []),
    ...(roles.length > 0 ? [`identity_type = 'role' AND identity_name IN (${list(roles)})`] : []),
  ];
  if (whose.length === 0) return [];
  const look = async (kind: string, parent: string, name: string, view: string) => {
    const sql = `SELECT identity_name::varchar AS holder, identity_type::varchar AS holder_kind, ${parent}::varchar AS parent, ${name}::varchar AS name, privilege_type::varchar AS privilege FROM ${view} WHERE (${whose.join(") OR (")})`;
    const rows = await api.query(sql, grantedRow);
    return rows.map((row) => ({ ...row, object: `${kind} ${quoted(row.parent, row.name)}` }));
  };
  const found = await Promise.all([
    look("TABLE", "namespace_name", "relation_name", "svv_relation_privileges"),
    look("SCHEMA", "NULL", "namespace_name", "svv_schema_privileges"),
    look("DATABASE", "NULL", "database_name", "svv_database_privileges"),
  ]);
  const leftovers = new Map<string, Leftover>();
  for (const { holder, holder_kind, object, privilege } of found.flat()) {
    const kind = holder_kind === "role" ? "role" : "user";
    const key = JSON.stringify([kind, holder, object]);
    const former = leftovers.get(key)?.holds.split(", ") ?? [];
    const privileges = [...new Set([...former, privilege.toUpperCase()])].sort().join(", ");
    // A shared database knows USAGE only, a local one not at all.
    const taken = object.startsWith("DATABASE") ? privileges : "ALL";
    const from = `${kind === "role" ? "ROLE " : ""}${quoteIdentifier(holder)}`;
    leftovers.set(key, {
      kind,
      holder,
      object,
      holds: privileges,
      remedy: `REVOKE ${taken} ON ${object} FROM ${from}`,
    });
  }
  return [...leftovers.values()];
}

/**
 * Everything in the connected database for which Redshift refuses to drop the users and roles.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_USER.html (usage notes)
 */
export async function findLeftovers(api: DataApi, holders: Holders): Promise<Leftover[]> {
  const [owning, grants] = await Promise.all([owned(api, holders.users), granted(api, holders)]);
  // Owners hold every privilege on what is theirs.
  const theirs = new Set(
    owning.map(({ holder, object }) => JSON.stringify([holder, object.replace(/^.*VIEW/, "TABLE")])),
  );
  return [...owning, ...grants.filter(({ holder, object }) => !theirs.has(JSON.stringify([holder, object])))];
}

/** One line for people. */
export function describeLeftover({ kind, holder, object, holds, remedy }: Leftover): string {
  return `${kind} ${holder} ${holds === "owns" ? "owns" : `has ${holds} on`} ${object}: ${remedy}`;
}

/** Users or roles that Redshift refuses to drop, and why. */
export class LeftoversError extends Error {
  constructor(
    readonly leftovers: readonly Leftover[],
    refusal: string,
    target: string,
  ) {
    super(
      leftovers.length > 0
        ? `On ${target} readers that are to be dropped still hold something. Run there as the admin (fleet connect --consumer <name> --admin), then update again:\n${leftovers.map((each) => `  ${describeLeftover(each)}`).join("\n")}`
        : `On ${target}: ${refusal} What it is lies in another database of this warehouse: look there for its objects and privileges, take them away, and update again.`,
    );
    this.name = "LeftoversError";
  }
}

/** Whether a statement failed because of leftovers. */
export function tellsOfLeftovers(message: string): boolean {
  return /can(?:'t|not| not) be dropped because|cannot drop role/i.test(message);
}

function quoted(parent: string | null | undefined, name: string): string {
  return parent ? quoteQualified(parent, name) : quoteIdentifier(name);
}

function quoteFunction(schema: string | null | undefined, signature: string): string {
  const open = signature.indexOf("(");
  return `${quoted(schema, signature.slice(0, open))}${signature.slice(open)}`;
}
