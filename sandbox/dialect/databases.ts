import { namespace, type Parsed } from "./datashares";
import type { Draft } from "./draft";
import { readGrantees } from "./grantees";
import { Reader } from "./reader";
import type { DatabaseGrant, RewriteContext, ScopedGrant } from "./statements";

/** CREATE and DROP DATABASE, and grants on databases that come from datashares; undefined for other statements. */
export function parseDatabase(draft: Draft, context: RewriteContext): Parsed | undefined {
  const reader = new Reader(draft);
  if (reader.take("create", "database")) return createDatabase(reader);
  if (reader.take("drop", "database")) return dropDatabase(reader);
  if (!draft.is(0, "grant", "revoke")) return undefined;
  return usageGrant(draft, context) ?? scopedGrant(draft, context);
}

/**
 * WITH PERMISSIONS is taken before and after the datashare: both are found in the wild.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_DATABASE.html
 */
function createDatabase(reader: Reader): Parsed {
  const database = reader.name();
  let withPermissions = reader.take("with", "permissions");
  if (reader.take("from", "datashare")) {
    const share = reader.name();
    withPermissions = reader.take("with", "permissions") || withPermissions;
    reader.expect("of");
    const account = reader.take("account") ? reader.text() : undefined;
    reader.expect("namespace");
    const from = { share, account, namespace: namespace(reader) };
    withPermissions = reader.take("with", "permissions") || withPermissions;
    reader.end();
    return { name: "create-database", args: { database, from: { ...from, withPermissions } }, tag: "CREATE DATABASE" };
  }
  if (withPermissions) reader.fail();
  reader.take("with");
  let owner: string | undefined;
  let connectionLimit: number | "unlimited" | undefined;
  while (!reader.atEnd) {
    if (reader.take("owner")) {
      reader.take("=");
      owner = reader.name();
    } else if (reader.take("connection", "limit"))
      connectionLimit = reader.take("unlimited") ? "unlimited" : reader.number();
    else if (reader.take("isolation", "level")) reader.name();
    else if (reader.take("collate")) reader.name();
    else reader.fail();
  }
  return { name: "create-database", args: { database, owner, connectionLimit }, tag: "CREATE DATABASE" };
}

function dropDatabase(reader: Reader): Parsed {
  const ifExists = reader.take("if", "exists");
  const database = reader.name();
  const force = reader.take("force");
  reader.end();
  return { name: "drop-database", args: { database, ifExists, force }, tag: "DROP DATABASE" };
}

/** `GRANT USAGE ON DATABASE shared TO …`: of a local database it is left to PostgreSQL, which refuses it. */
function usageGrant(draft: Draft, context: RewriteContext): Parsed | undefined {
  const reader = new Reader(draft);
  const granting = reader.take("grant");
  if (!granting) reader.expect("revoke");
  if (!reader.take("usage", "on", "database")) return undefined;
  const databases = reader.list(() => reader.name());
  const [database] = databases;
  if (databases.length !== 1 || !database || !context.sharedDatabases.has(database)) return undefined;
  reader.expect(granting ? "to" : "from");
  const args: DatabaseGrant = { database, grantees: readGrantees(reader) };
  reader.end();
  return granting
    ? { name: "grant-database-usage", args, tag: "GRANT" }
    : { name: "revoke-database-usage", args, tag: "REVOKE" };
}

/**
 * `GRANT USAGE FOR SCHEMAS IN DATABASE d TO …`, `GRANT SELECT FOR TABLES IN SCHEMA s DATABASE d TO …`.
 * https://docs.aws.amazon.com/redshift/latest/dg/t_scoped-permissions.html
 */
function scopedGrant(draft: Draft, context: RewriteContext): Parsed | undefined {
  const reader = new Reader(draft);
  const granting = reader.take("grant");
  if (!granting) reader.expect("revoke");
  const scope = reader.take("usage", "for", "schemas")
    ? "schemas"
    : reader.take("select", "for", "tables")
      ? "tables"
      : undefined;
  if (!scope || !reader.take("in")) return undefined;
  let database = context.database;
  let schema: string | undefined;
  if (reader.take("schema")) {
    const first = reader.name();
    if (reader.take(".")) {
      database = first;
      schema = reader.name();
    } else {
      schema = first;
      if (reader.take("database")) database = reader.name();
    }
  } else {
    reader.expect("database");
    database = reader.name();
  }
  if (!context.sharedDatabases.has(database)) return undefined;
  reader.expect(granting ? "to" : "from");
  const args: ScopedGrant = {
    privilege: scope === "schemas" ? "usage" : "select",
    scope,
    database,
    schema,
    grantees: readGrantees(reader),
  };
  reader.end();
  return granting ? { name: "grant-scoped", args, tag: "GRANT" } : { name: "revoke-scoped", args, tag: "REVOKE" };
}
