import { type Assumptions, unknownNamespace } from "../assumptions";
import type { Password, ShareGrant, Statement } from "../dialect";
import type { Passwords } from "../wire/password";
import { identifier, literal, literalOrNull } from "./quoting";

/** The state of a connection that the translation of Redshift's own statements needs. */
export interface StatementContext {
  sharedDatabases: ReadonlySet<string>;
  /** Those that there are. */
  namespaceIds: ReadonlySet<string>;
  passwords: Passwords;
  inTransaction: boolean;
  assumptions: Assumptions;
}

/** A statement as PostgreSQL is sent it. */
export interface PostgresStatement {
  text: string;
  tag: string;
  /** Changes the list of databases, which PostgreSQL tells nobody. */
  changesDatabases?: boolean;
}

/**
 * Turns a statement PostgreSQL does not know into one it does: a DO block that calls the share catalog. It runs in the
 * client's own transaction, wherever the client put it, and only its command tag has to be changed afterwards.
 */
export function toPostgres(statement: Statement, context: StatementContext): PostgresStatement {
  const { tag } = statement;
  const call = (name: string, ...args: string[]): PostgresStatement => ({
    text: block(`perform rs_share.${name}(${args.join(", ")});`),
    tag,
  });
  switch (statement.name) {
    case "create-datashare":
      return call("create_datashare", literal(statement.args.share), String(statement.args.publicAccessible));
    case "alter-datashare":
      // https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_DATASHARE.html
      if (context.inTransaction && statement.args.change.type === "set-public")
        return failure("25001", "ALTER DATASHARE SET PUBLICACCESSIBLE cannot run inside a transaction block", tag);
      return call("alter_datashare", literal(statement.args.share), literal(JSON.stringify(statement.args.change)));
    case "drop-datashare":
      return call("drop_datashare", literal(statement.args.share));
    case "grant-datashare":
    case "revoke-datashare":
      return shareGrant(statement.args, statement.name === "grant-datashare", call, context);
    case "create-database":
      return createDatabase(statement.args, call, tag, context);
    case "drop-database": {
      const { database, ifExists } = statement.args;
      if (context.sharedDatabases.has(database)) {
        if (context.inTransaction) return failure("25001", "DROP DATABASE cannot run inside a transaction block", tag);
        return call("drop_shared_database", literal(database), String(ifExists));
      }
      const text = `drop database ${ifExists ? "if exists " : ""}${identifier(database)} with (force)`;
      return { text, tag, changesDatabases: true };
    }
    case "grant-database-usage":
    case "revoke-database-usage":
    case "grant-scoped":
    case "revoke-scoped":
      if (context.inTransaction && context.assumptions["shared-grants-in-transactions"] === "refused")
        return failure("25001", `${tag} on a shared database cannot run inside a transaction block`, tag);
      return databaseGrant(statement, tag);
    case "create-user": {
      const { user, password, options } = statement.args;
      const weakness = weaknessOf(password);
      if (weakness) return failure("22023", weakness, tag);
      return call(
        "create_user",
        literal(user),
        literalOrNull(context.passwords.secretOf(user, password)),
        literal(JSON.stringify(options)),
      );
    }
    case "alter-user": {
      const { user, password, rename, options } = statement.args;
      const weakness = password && weaknessOf(password);
      if (weakness) return failure("22023", weakness, tag);
      const secret = password ? context.passwords.secretOf(user, password) : null;
      const given = String(password !== undefined);
      return call(
        "alter_user",
        literal(user),
        literalOrNull(rename),
        literalOrNull(secret),
        given,
        literal(JSON.stringify(options)),
      );
    }
    case "drop-user":
      return call(
        "drop_users",
        `array[${statement.args.users.map(literal).join(", ")}]::text[]`,
        String(statement.args.ifExists),
      );
    case "unsupported":
      return failure(statement.args.sqlstate, statement.args.message, tag, statement.args.hint);
  }
}

/** A statement that fails as told. */
export function failure(sqlstate: string, text: string, tag = "", hint?: string): PostgresStatement {
  const options = [`errcode = ${literal(sqlstate)}`, `message = ${literal(text)}`];
  if (hint !== undefined) options.push(`hint = ${literal(hint)}`);
  return { text: block(`raise exception using ${options.join(", ")};`), tag };
}

type Call = (name: string, ...args: string[]) => PostgresStatement;

function shareGrant(
  { share, privilege, to }: ShareGrant,
  granting: boolean,
  call: Call,
  context: StatementContext,
): PostgresStatement {
  const name = granting ? "grant_datashare" : "revoke_datashare";
  if (to.kind === "namespace") {
    if (granting && !context.namespaceIds.has(to.namespace))
      return failure("22023", unknownNamespace(context.assumptions, to.namespace));
    return call(name, literal(share), literal(to.namespace), "null");
  }
  if (to.kind === "account") {
    if (to.viaDataCatalog) return failure("0A000", "sharing through the AWS Glue Data Catalog is not supported");
    return call(name, literal(share), "null", literal(to.account));
  }
  // https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html: only ALTER and SHARE can be granted to users
  if (privilege === "usage")
    return failure("0A000", "USAGE on a datashare can only be granted to namespaces and accounts");
  const grantee = to.kind === "public" ? "public" : to.name;
  return call("change_share_privilege", literal(share), literal(privilege), literal(grantee), String(granting));
}

function createDatabase(
  args: Extract<Statement, { name: "create-database" }>["args"],
  call: Call,
  tag: string,
  context: StatementContext,
): PostgresStatement {
  const { database, from, owner, connectionLimit } = args;
  if (from) {
    if (context.inTransaction) return failure("25001", "CREATE DATABASE cannot run inside a transaction block", tag);
    const { share, namespace, account, withPermissions } = from;
    return call(
      "create_shared_database",
      ...[literal(database), literal(share), literal(namespace), literalOrNull(account), String(withPermissions)],
    );
  }
  if (context.sharedDatabases.has(database)) return failure("42P04", `database "${database}" already exists`, tag);
  const limit =
    connectionLimit === undefined || connectionLimit === "unlimited" ? "" : ` connection limit ${connectionLimit}`;
  const text = `create database ${identifier(database)}${owner === undefined ? "" : ` owner ${identifier(owner)}`}${limit} strategy file_copy`;
  return { text, tag, changesDatabases: true };
}

function databaseGrant(
  statement: Extract<
    Statement,
    { name: "grant-database-usage" | "revoke-database-usage" | "grant-scoped" | "revoke-scoped" }
  >,
  tag: string,
): PostgresStatement {
  const granting = statement.name.startsWith("grant");
  const { database, grantees } = statement.args;
  const scoped = statement.name === "grant-scoped" || statement.name === "revoke-scoped" ? statement.args : undefined;
  const fixed = [database, scoped?.privilege ?? "usage", scoped?.scope ?? "database"].map(literal);
  const calls = grantees.map((grantee) => {
    const name = literal(grantee.kind === "public" ? "public" : grantee.name);
    return `perform rs_share.change_database_grant(${[...fixed, literalOrNull(scoped?.schema), name, String(granting)].join(", ")});`;
  });
  return { text: block(calls.join(" ")), tag };
}

function block(body: string): string {
  let delimiter = "$rs$";
  for (let n = 1; body.includes(delimiter); n++) delimiter = `$rs${n}$`;
  return `do ${delimiter} begin ${body} end ${delimiter}`;
}

/** https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html: what a password in clear must be like. */
function weaknessOf(password: Password): string | undefined {
  if (password.kind !== "clear" && password.kind !== "clear-sha256") return undefined;
  const text = password.password;
  if (text.length < 8 || text.length > 64) return "password must be between 8 and 64 characters";
  if (!/[a-z]/.test(text)) return "password must contain a lowercase letter";
  if (!/[A-Z]/.test(text)) return "password must contain an uppercase letter";
  if (!/[0-9]/.test(text)) return "password must contain a number";
  if (/[^\x21-\x7e]|['"\\/@]/.test(text)) return "password must not contain spaces, ', \", \\, / or @";
  return undefined;
}
