import { z } from "zod";
import type { DataApi } from "../data-api/data-api";
import { flag, text } from "../data-api/rows";

export interface DatabaseUser {
  name: string;
  /** Sessions at once; undefined = unlimited. */
  connectionLimit?: number;
  superuser: boolean;
}

export interface DatabasePrivilege {
  database: string;
  role: string;
  /** USAGE, SELECT … */
  privilege: string;
  /** DATABASE, or SCHEMAS and TABLES for privileges scoped to all such objects of the database. */
  scope: string;
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_INFO.html */
export async function users(api: DataApi): Promise<DatabaseUser[]> {
  const rows = await api.query(
    "SELECT user_name, connection_limit, superuser FROM svv_user_info",
    z.object({ user_name: text, connection_limit: z.union([z.string(), z.number()]).nullish(), superuser: flag }),
  );
  return rows.map((row) => {
    const limit = Number(row.connection_limit ?? Number.NaN);
    return {
      name: row.user_name,
      superuser: row.superuser,
      ...(Number.isInteger(limit) && limit >= 0 ? { connectionLimit: limit } : {}),
    };
  });
}

/** @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_ROLES.html */
export async function roles(api: DataApi): Promise<string[]> {
  const rows = await api.query("SELECT role_name FROM svv_roles", z.object({ role_name: text }));
  return rows.map((row) => row.role_name);
}

/** Which user holds which role. @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_USER_GRANTS.html */
export async function roleMembers(api: DataApi): Promise<{ user: string; role: string }[]> {
  const rows = await api.query(
    "SELECT user_name, role_name FROM svv_user_grants",
    z.object({ user_name: text, role_name: text }),
  );
  return rows.map((row) => ({ user: row.user_name, role: row.role_name }));
}

/** What roles may do with databases. @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATABASE_PRIVILEGES.html */
export async function rolePrivileges(api: DataApi): Promise<DatabasePrivilege[]> {
  const rows = await api.query(
    "SELECT database_name, privilege_type, identity_name, privilege_scope FROM svv_database_privileges WHERE identity_type = 'role'",
    z.object({ database_name: text, privilege_type: text, identity_name: text, privilege_scope: text.nullish() }),
  );
  return rows.map((row) => ({
    database: row.database_name,
    role: row.identity_name,
    privilege: row.privilege_type.toUpperCase(),
    scope: (row.privilege_scope || "DATABASE").toUpperCase(),
  }));
}

/**
 * Whether everybody may create objects in schema `public` of the connected database, as it is until it is revoked.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_SCHEMA_PRIVILEGES.html
 */
export async function publicMayCreate(api: DataApi): Promise<boolean> {
  const rows = await api.query(
    "SELECT privilege_type FROM svv_schema_privileges WHERE namespace_name = 'public' AND identity_type = 'public' AND privilege_type = 'CREATE'",
    z.object({ privilege_type: text }),
  );
  return rows.length > 0;
}
