import type { DatabasePrivilege } from "../catalog/principals";
import { quoteIdentifier, quoteLiteral } from "../identifiers";
import type { AccessDefinition, ObservedAccess } from "./model";

const usageOf = (role: string, database: string): DatabasePrivilege => ({
  role,
  database,
  privilege: "USAGE",
  scope: "DATABASE",
});

/** Privileges that let a role read everything in a shared database. */
export function readPrivileges(role: string, database: string, withPermissions: boolean): DatabasePrivilege[] {
  return withPermissions
    ? [
        { role, database, privilege: "USAGE", scope: "SCHEMAS" },
        { role, database, privilege: "SELECT", scope: "TABLES" },
      ]
    : [usageOf(role, database)];
}

function privilegeStatement(verb: "GRANT" | "REVOKE", { privilege, scope, database, role }: DatabasePrivilege): string {
  const on = scope === "DATABASE" ? "ON DATABASE" : `FOR ${scope} IN DATABASE`;
  return `${verb} ${privilege} ${on} ${quoteIdentifier(database)} ${verb === "GRANT" ? "TO" : "FROM"} ROLE ${quoteIdentifier(role)}`;
}

/** Sets a password by its digest. */
export const passwordStatement = (user: string, digest: string) =>
  `ALTER USER ${quoteIdentifier(user)} PASSWORD ${quoteLiteral(digest)}`;

const limitClause = (limit: number | undefined) => `CONNECTION LIMIT ${limit ?? "UNLIMITED"}`;
const key = (privilege: DatabasePrivilege) =>
  JSON.stringify([privilege.role, privilege.database, privilege.privilege, privilege.scope]);

/** What the plan needs beyond the catalog. */
export interface AccessPlanInput {
  desired: AccessDefinition;
  observed: ObservedAccess;
  /** What was ours before: whatever of it is no longer desired is taken away. */
  former?: AccessDefinition;
  /** `md5…` or `sha256|…` digests of users who are to be created or whose password is to be set. */
  digests: ReadonlyMap<string, string>;
}

/** Statements that belong together. */
export interface AccessStep {
  /** More than one run in one transaction. */
  statements: string[];
  /** A refusal by the database changes nothing that readers need. */
  optional?: boolean;
}

/**
 * The fewest statements that give one consumer its roles and users. Rights on shared databases go one by one: GRANT on
 * an external resource cannot run within a transaction block (https://docs.aws.amazon.com/redshift/latest/dg/r_GRANT.html),
 * and it is not said whether shared databases count. Whatever step is the last, the next plan goes on from there.
 */
export function planAccess({ desired, observed, former, digests }: AccessPlanInput): AccessStep[] {
  const preparation: string[] = [];
  const rights: AccessStep[] = [];
  const statements: string[] = [];
  const roles = new Set(desired.roles.map((role) => role.name));
  const users = new Set(desired.users.map((user) => user.name));
  const formerRoles = (former?.roles ?? []).filter((role) => observed.roles.has(role.name));

  for (const role of desired.roles) {
    if (!observed.roles.has(role.name)) preparation.push(`CREATE ROLE ${quoteIdentifier(role.name)}`);
  }

  // Whoever may create in `public` may own something there, and an owner cannot be dropped.
  if (observed.publicMayCreate && desired.roles.length + desired.users.length > 0)
    preparation.push("REVOKE CREATE ON SCHEMA public FROM PUBLIC");

  const held = new Set(observed.privileges.map(key));
  const wanted = new Map<string, DatabasePrivilege>();
  const welcome = new Map<string, DatabasePrivilege>();
  for (const role of desired.roles) {
    for (const database of role.databases) {
      for (const privilege of readPrivileges(role.name, database, desired.withPermissions.includes(database))) {
        wanted.set(key(privilege), privilege);
      }
      // https://docs.aws.amazon.com/redshift/latest/dg/writes-granting.html speaks of USAGE together with rights on objects,
      // and does not say whether the latter do without the former.
      const usage = usageOf(role.name, database);
      if (!wanted.has(key(usage))) welcome.set(key(usage), usage);
    }
  }
  const ours = new Set([...desired.roles, ...(former?.roles ?? [])].flatMap((role) => role.databases));
  for (const privilege of observed.privileges) {
    const id = key(privilege);
    if (!roles.has(privilege.role) || !ours.has(privilege.database) || wanted.has(id) || welcome.has(id)) continue;
    if (observed.databases.has(privilege.database))
      rights.push({ statements: [privilegeStatement("REVOKE", privilege)] });
  }
  for (const [id, privilege] of wanted)
    if (!held.has(id)) rights.push({ statements: [privilegeStatement("GRANT", privilege)] });
  for (const [id, privilege] of welcome)
    if (!held.has(id)) rights.push({ statements: [privilegeStatement("GRANT", privilege)], optional: true });

  for (const user of desired.users) {
    const now = observed.users.get(user.name);
    const name = quoteIdentifier(user.name);
    const digest = digests.get(user.name);
    if (!now) {
      if (!digest) throw new Error(`No password digest for the new user ${user.name}.`);
      const limit = user.connectionLimit === undefined ? "" : ` ${limitClause(user.connectionLimit)}`;
      statements.push(`CREATE USER ${name} PASSWORD ${quoteLiteral(digest)}${limit}`);
    } else {
      if (digest) statements.push(passwordStatement(user.name, digest));
      if (now.connectionLimit !== user.connectionLimit)
        statements.push(`ALTER USER ${name} ${limitClause(user.connectionLimit)}`);
    }
    for (const role of [...(now?.roles ?? [])].sort()) {
      if (!user.roles.includes(role)) statements.push(`REVOKE ROLE ${quoteIdentifier(role)} FROM ${name}`);
    }
    for (const role of user.roles)
      if (!now?.roles.has(role)) statements.push(`GRANT ROLE ${quoteIdentifier(role)} TO ${name}`);
  }

  for (const user of former?.users ?? []) {
    if (!users.has(user.name) && observed.users.has(user.name))
      statements.push(`DROP USER ${quoteIdentifier(user.name)}`);
  }
  for (const role of formerRoles) {
    if (roles.has(role.name)) continue;
    const own = observed.privileges.filter((each) => each.role === role.name && observed.databases.has(each.database));
    rights.push(...own.map((privilege) => ({ statements: [privilegeStatement("REVOKE", privilege)] })));
    statements.push(`DROP ROLE ${quoteIdentifier(role.name)} FORCE`);
  }
  return [{ statements: preparation }, ...rights, { statements }].filter((step) => step.statements.length > 0);
}
