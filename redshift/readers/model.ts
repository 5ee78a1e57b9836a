import type { DatabasePrivilege } from "../catalog/principals";
import type { Fault } from "../datashares/model";
import { nameFault } from "../identifiers";

export interface ReaderRole {
  name: string;
  /** Shared databases whose every table the role may read. */
  databases: string[];
}

export interface ReaderUser {
  name: string;
  roles: string[];
  /** Sessions at once on each consumer; undefined = unlimited. */
  connectionLimit?: number;
}

/** Who may read what on one consumer. Lists are sorted by name. */
export interface AccessDefinition {
  roles: ReaderRole[];
  users: ReaderUser[];
  /** Those of the roles' databases that were made WITH PERMISSIONS. */
  withPermissions: string[];
}

/** What a consumer's catalog says about the roles and users of a definition, present and former. */
export interface ObservedAccess {
  roles: Set<string>;
  users: Map<string, { connectionLimit?: number; roles: Set<string> }>;
  privileges: DatabasePrivilege[];
  databases: Set<string>;
}

/** Sorts everything, so that equal definitions are equal texts. */
export function canonicalAccess(access: AccessDefinition): AccessDefinition {
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  return {
    roles: access.roles
      .map((role) => ({ name: role.name, databases: [...new Set(role.databases)].sort() }))
      .sort(byName),
    users: access.users
      .map((user) => ({
        name: user.name,
        roles: [...new Set(user.roles)].sort(),
        ...(user.connectionLimit === undefined ? {} : { connectionLimit: user.connectionLimit }),
      }))
      .sort(byName),
    withPermissions: [...new Set(access.withPermissions)].sort(),
  };
}

/** Everything that is wrong with a definition whatever the catalog says. */
export function accessFaults(access: AccessDefinition, adminUsername: string | undefined): Fault[] {
  const faults: Fault[] = [];
  const roles = new Set(access.roles.map((role) => role.name));
  for (const kind of ["role", "user"] as const) {
    const seen = new Set<string>();
    for (const { name } of kind === "role" ? access.roles : access.users) {
      const path = `${kind}s.${name}`;
      const fault = nameFault(kind, name);
      if (fault) faults.push({ path, reason: `${JSON.stringify(name)}: ${fault.rule} ${fault.remedy}` });
      if (seen.has(name)) faults.push({ path, reason: `${JSON.stringify(name)} is given twice. Remove one.` });
      seen.add(name);
    }
  }
  for (const user of access.users) {
    const path = `users.${user.name}`;
    if (user.name === adminUsername) {
      faults.push({
        path,
        reason: `${JSON.stringify(user.name)} is the admin of the namespaces. Choose another name for the reader.`,
      });
    }
    if (roles.has(user.name)) {
      faults.push({
        path,
        reason: `${JSON.stringify(user.name)} is a role too. Choose different names for role and user.`,
      });
    }
    if (user.roles.length === 0)
      faults.push({
        path: `${path}.roles`,
        reason: "[]: a reader without a role reads nothing. Name at least one role.",
      });
    for (const role of user.roles) {
      if (roles.has(role)) continue;
      faults.push({
        path: `${path}.roles`,
        reason: `${JSON.stringify(role)} is no role here. Define it under roles, or name one of ${[...roles].join(", ") || "those you define"}.`,
      });
    }
    const limit = user.connectionLimit;
    if (limit !== undefined && (!Number.isInteger(limit) || limit < 1 || limit > 2000)) {
      faults.push({
        path: `${path}.connectionLimit`,
        reason: `${limit}: a whole number from 1 to 2000. Leave it out for no limit.`,
      });
    }
  }
  return faults;
}
