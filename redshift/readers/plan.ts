import type { DatabasePrivilege } from "../catalog/principals";
import { quoteIdentifier, quoteLiteral } from "../identifiers";
import type { AccessDefinition, ObservedAccess } from "./model";

/** Privileges that let a role read everything in a shared database. */
export function readPrivileges(role: string, database: string, withPermissions: boolean): DatabasePrivilege[] {
  return withPermissions
    ? [
        { role, database, privilege: "USAGE", scope: "SCHEMAS" },
        { role, database, privilege: "SELECT", scope: "TABLES" },
      ]
    : [{ role, database, privilege: "USAGE", scope: "DATABASE" }];
}

function privilegeStatement(verb: "GRANT" | "REVOKE", { privilege, scope, database, role }: DatabasePrivilege): string {
  const on = scope === "DATABASE" ? "ON DATABASE" : `FOR ${scope} IN DATABASE`;
  return `${verb} ${privilege} ${on} ${quoteIdentifier(database)} ${verb === "GRANT" ? "TO" : "FROM"} ROLE ${quoteIdentifier(role)}`;
}

const limitClause = (limit: number | undefined) => `CONNECTION LIMIT ${limit ?? "UNLIMITED"}`;
const key = (privilege: DatabasePrivilege) =>
  JSON.stringify([privilege.role, privilege.database, privilege.privilege, privilege.scope]);

/** What the plan needs beyond the catalog. */
export interface AccessPlanInput {
  desired: AccessDefinition;
  observed: ObservedAccess;
  /** What was ours before: whatever of it is no longer desired is taken away. */
  former?: AccessDefinition;
  /** `sha256|…` digests of users who are to be created or whose password is to be set. */
  digests: ReadonlyMap<string, string>;
}

/** The fewest statements that give one consumer its roles and users. Meant for one transaction. */
export function planAccess({ desired, observed, former, digests }: AccessPlanInput): string[] {
  const statements: string[] = [];
  const roles = new Set(desired.roles.map((role) => role.name));
  const users = new Set(desired.users.map((user) => user.name));
  const formerRoles = (former?.roles ?? []).filter((role) => observed.roles.has(role.name));

  for (const role of desired.roles) {
    if (!observed.roles.has(role.name)) statements.push(`CREATE ROLE ${quoteIdentifier(role.name)}`);
  }

  const held = new Set(observed.privileges.map(key));
  const wanted = new Map<string, DatabasePrivilege>();
  for (const role of desired.roles) {
    for (const database of role.databases) {
      for (const privilege of readPrivileges(role.name, database, desired.withPermissions.includes(database))) {
        wanted.set(key(privilege), privilege);
      }
    }
  }
  const ours = new Set([...desired.roles, ...(former?.roles ?? [])].flatMap((role) => role.databases));
  for (const privilege of observed.privileges) {
    if (!roles.has(privilege.role) || !ours.has(privilege.database) || wanted.has(key(privilege))) continue;
    if (observed.databases.has(privilege.database)) statements.push(privilegeStatement("REVOKE", privilege));
  }
  for (const [id, privilege] of wanted) if (!held.has(id)) statements.push(privilegeStatement("GRANT", privilege));

  for (const user of desired.users) {
    const now = observed.users.get(user.name);
    const name = quoteIdentifier(user.name);
    const digest = digests.get(user.name);
    if (!now) {
      if (!digest) throw new Error(`No password digest for the new user ${user.name}.`);
      const limit = user.connectionLimit === undefined ? "" : ` ${limitClause(user.connectionLimit)}`;
      statements.push(`CREATE USER ${name} PASSWORD ${quoteLiteral(digest)}${limit}`);
    } else {
      if (digest) statements.push(`ALTER USER ${name} PASSWORD ${quoteLiteral(digest)}`);
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
    statements.push(...own.map((privilege) => privilegeStatement("REVOKE", privilege)));
    statements.push(`DROP ROLE ${quoteIdentifier(role.name)} FORCE`);
  }
  return statements;
}
