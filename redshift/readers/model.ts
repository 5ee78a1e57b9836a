import type { DatabasePrivilege } from "../catalog/principals";
import { type Fault, nameFaults } from "../faults";

/**
 * What Redshift keeps of a reader's password, which decides how it asks for it at log-in. `md5`: authentication request
 * 5, which every PostgreSQL client knows. `sha256`: request 13, known to AWS's own drivers only (libpq says
 * "authentication method 13 not supported"; mtxr/vscode-sqltools#1415, psycopg/psycopg2#1758).
 */
export const passwordDigests = ["md5", "sha256"] as const;
export type PasswordDigest = (typeof passwordDigests)[number];

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
  /** Whether everybody may create objects in schema `public`. */
  publicMayCreate: boolean;
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
  const roles = access.roles.map((role) => role.name);
  return [
    ...access.roles.flatMap(({ name }) => nameFaults(`roles.${name}`, "role", name)),
    ...access.users.flatMap((user) => userFaults(user, roles, adminUsername)),
  ];
}

function userFaults({ name, roles, connectionLimit }: ReaderUser, known: string[], admin: string | undefined): Fault[] {
  const path = `users.${name}`;
  const faults = nameFaults(path, "user", name);
  if (name === admin) {
    faults.push({
      path,
      value: name,
      rule: "must not be the name of the admin",
      remedy: "Choose another name for the reader",
    });
  }
  if (known.includes(name)) {
    faults.push({
      path,
      value: name,
      rule: "must not be a role as well",
      remedy: "Choose different names for role and user",
    });
  }
  if (roles.length === 0) {
    faults.push({
      path: `${path}.roles`,
      value: roles,
      rule: "must hold a role, for a reader without one reads nothing",
      remedy: "Name at least one role",
    });
  }
  for (const role of roles) {
    if (known.includes(role)) continue;
    faults.push({
      path: `${path}.roles`,
      value: role,
      rule: "must be one of the roles defined beside the users",
      remedy: known.length > 0 ? `Define it, or name one of ${known.join(", ")}` : "Define it under roles",
    });
  }
  if (
    connectionLimit !== undefined &&
    !(Number.isInteger(connectionLimit) && connectionLimit >= 1 && connectionLimit <= 2000)
  ) {
    faults.push({
      path: `${path}.connectionLimit`,
      value: connectionLimit,
      rule: "must be a whole number of connections from 1 to 2000",
      remedy: "Choose a number in that range, or leave it out for no limit",
    });
  }
  return faults;
}

/** A reader and the datashares that it may read. */
export interface ReaderRights {
  name: string;
  datashares: readonly string[];
}

/** Who can say what readers see of a share: the preferred one if it may read it, else whoever may. */
export function readerOf<R extends ReaderRights>(
  share: string,
  readers: readonly R[],
  preferred: string,
): R | undefined {
  const able = readers.filter(({ datashares }) => datashares.includes(share));
  return able.find(({ name }) => name === preferred) ?? able[0];
}
