import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { z } from "zod";
import { databases } from "../catalog/databases";
import { publicMayCreate, roleMembers, rolePrivileges, roles, users } from "../catalog/principals";
import type { DataApi } from "../data-api/data-api";
import { isLoginRefused, isWarehouseGone, SqlError } from "../data-api/errors";
import { text } from "../data-api/rows";
import { describeTarget } from "../database-target";
import { quoteIdentifier } from "../identifiers";
import { findLeftovers, LeftoversError, tellsOfLeftovers } from "./leftovers";
import { type AccessDefinition, canonicalAccess, type ObservedAccess, type PasswordDigest } from "./model";
import { digestForms } from "./passwords";
import { type AccessStep, passwordStatement, planAccess, readPrivileges } from "./plan";
import { readerPassword } from "./secret";

/** One consumer, as its admin and as its readers. */
export interface AccessContext {
  admin: DataApi;
  /** The same database, logging in with a reader's secret. */
  login(secretArn: string): DataApi;
  secrets: Pick<SecretsManagerClient, "send">;
  /** User → ARN of the secret with the fleet-wide password. */
  secretArns: Record<string, string>;
  /** What passwords are set as. */
  passwordDigest: PasswordDigest;
}

/** Who may read what on one consumer, as its catalog shows it. */
export interface AccessState extends AccessDefinition {
  /** Users whose secret no longer opens this consumer: somebody changed the password. */
  lockedOut: string[];
  /** Whether everybody may create objects in schema `public`, and so come to own what keeps them from being dropped. */
  publicMayCreate: boolean;
}

async function observe(admin: DataApi, definition: AccessDefinition): Promise<ObservedAccess> {
  const [allRoles, allUsers, members, privileges, allDatabases, open] = await Promise.all([
    roles(admin),
    users(admin),
    roleMembers(admin),
    rolePrivileges(admin),
    databases(admin),
    publicMayCreate(admin),
  ]);
  const ourRoles = new Set(definition.roles.map((role) => role.name));
  const ourUsers = new Set(definition.users.map((user) => user.name));
  return {
    roles: new Set(allRoles.filter((role) => ourRoles.has(role))),
    users: new Map(
      allUsers
        .filter((user) => ourUsers.has(user.name))
        .map(({ name, connectionLimit }) => [
          name,
          {
            connectionLimit,
            roles: new Set(members.filter((member) => member.user === name).map((member) => member.role)),
          },
        ]),
    ),
    privileges: privileges.filter((privilege) => ourRoles.has(privilege.role)),
    databases: new Set(allDatabases.map((database) => database.name)),
    publicMayCreate: open,
  };
}

/** Everything either definition names, so that one look at the catalog serves both. */
function union(a: AccessDefinition, b: AccessDefinition | undefined): AccessDefinition {
  return { roles: [...a.roles, ...(b?.roles ?? [])], users: [...a.users, ...(b?.users ?? [])], withPermissions: [] };
}

/**
 * The catalog never shows a digest, so whether a password still holds is found out by logging in with it.
 * @returns those of `names` whom their secret does not let in
 */
async function refusedLogins(context: AccessContext, names: readonly string[]): Promise<string[]> {
  const refused = await Promise.all(
    names.map(async (name) => {
      const secretArn = context.secretArns[name];
      if (!secretArn) return true;
      try {
        const rows = await context.login(secretArn).query("SELECT current_user AS name", z.object({ name: text }));
        return rows[0]?.name !== name;
      } catch (error) {
        if (isLoginRefused(error)) return true;
        throw error;
      }
    }),
  );
  return names.filter((_, index) => refused[index]).sort();
}

function asState(definition: AccessDefinition, observed: ObservedAccess, lockedOut: string[]): AccessState {
  const held = (role: string, database: string, withPermissions: boolean) =>
    readPrivileges(role, database, withPermissions).every((wanted) =>
      observed.privileges.some(
        (each) =>
          each.role === role &&
          each.database === database &&
          each.privilege === wanted.privilege &&
          each.scope === wanted.scope,
      ),
    );
  return {
    ...canonicalAccess({
      roles: definition.roles
        .filter((role) => observed.roles.has(role.name))
        .map((role) => ({
          name: role.name,
          databases: role.databases.filter((database) =>
            held(role.name, database, definition.withPermissions.includes(database)),
          ),
        })),
      users: [...observed.users].map(([name, user]) => ({
        name,
        roles: [...user.roles],
        connectionLimit: user.connectionLimit,
      })),
      withPermissions: definition.withPermissions,
    }),
    lockedOut,
    publicMayCreate: observed.publicMayCreate,
  };
}

/** @throws LeftoversError where something that readers still hold keeps them from being dropped */
async function carryOut(admin: DataApi, steps: readonly AccessStep[], former: AccessDefinition | undefined) {
  for (const { statements, optional } of steps) {
    try {
      await admin.batch(statements);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      // What the database itself refused has a statement id; what never reached it is never optional.
      if (optional && error.statementId !== undefined) continue;
      if (!tellsOfLeftovers(error.serverMessage)) throw error;
      const holders = { users: former?.users ?? [], roles: former?.roles ?? [] };
      const names = (list: readonly { name: string }[], kind: string) =>
        list
          .map(({ name }) => name)
          .filter((name) => statements.some((sql) => sql.startsWith(`DROP ${kind} ${quoteIdentifier(name)}`)));
      const leftovers = await findLeftovers(admin, {
        users: names(holders.users, "USER"),
        roles: names(holders.roles, "ROLE"),
      });
      throw new LeftoversError(leftovers, error.serverMessage, describeTarget(admin.target));
    }
  }
}

/** @returns undefined when nothing of the definition is there, or the warehouse is gone */
export async function readAccess(
  context: AccessContext,
  definition: AccessDefinition,
): Promise<AccessState | undefined> {
  try {
    const observed = await observe(context.admin, definition);
    if (observed.roles.size === 0 && observed.users.size === 0) return undefined;
    return asState(definition, observed, await refusedLogins(context, [...observed.users.keys()]));
  } catch (error) {
    if (isWarehouseGone(error)) return undefined;
    throw error;
  }
}

/** What a reconciliation does beyond bringing the consumer in line with its definition. */
interface ReconcileOptions {
  /** What was ours before; what is no longer desired of it is dropped. */
  former?: AccessDefinition;
  /** Users whose password, the one in their secret, is set although it opens the consumer; or all users. */
  resetPasswords?: readonly string[] | "all";
}

/** Gives the consumer its roles and users, sending only what differs. */
export async function reconcileAccess(
  context: AccessContext,
  desired: AccessDefinition,
  { former, resetPasswords = [] }: ReconcileOptions = {},
): Promise<AccessState> {
  const definition = canonicalAccess(desired);
  const observed = await observe(context.admin, union(definition, former));
  const names = definition.users.map((user) => user.name);
  const existing = names.filter((name) => observed.users.has(name));
  const reset = resetPasswords === "all" ? names : resetPasswords;
  const refused = await refusedLogins(
    context,
    existing.filter((name) => !reset.includes(name)),
  );
  const needed = names.filter((name) => !existing.includes(name) || reset.includes(name) || refused.includes(name));

  const [form, ...otherForms] = digestForms[context.passwordDigest];
  const digests = await digestsOf(context, needed, form!);
  const steps = planAccess({ desired: definition, observed, former, digests });
  await carryOut(context.admin, steps, former);
  for (const other of otherForms) await setWhereRefused(context, needed, other);
  return asState(definition, steps.length === 0 ? observed : await observe(context.admin, definition), []);
}

/** User → digest of the password in the user's secret. */
async function digestsOf(
  context: AccessContext,
  names: readonly string[],
  form: (password: string, username: string) => string,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const name of names) {
    const secretArn = context.secretArns[name];
    if (!secretArn) throw new Error(`No secret is given for the reader ${name}: add its ARN to secretArns.`);
    digests.set(name, form(await readerPassword(context.secrets, secretArn), name));
  }
  return digests;
}

/** Sets those passwords in another form that do not open the consumer in the one they were set in. */
async function setWhereRefused(
  context: AccessContext,
  names: readonly string[],
  form: (password: string, username: string) => string,
): Promise<void> {
  const digests = await digestsOf(context, await refusedLogins(context, names), form);
  if (digests.size === 0) return;
  await context.admin.batch([...digests].map(([name, digest]) => passwordStatement(name, digest)));
  const refused = await refusedLogins(context, [...digests.keys()]);
  if (refused.length === 0) return;
  throw new Error(
    `Redshift does not let ${refused.join(", ")} in with the password that was just set as a ${context.passwordDigest} digest. Set the password digest to md5, which is documented in full.`,
  );
}

/** Drops the users and roles; those that are gone, with their warehouse or without, are fine. */
export async function removeAccess(context: Pick<AccessContext, "admin">, definition: AccessDefinition): Promise<void> {
  try {
    const observed = await observe(context.admin, definition);
    const nothing: AccessDefinition = { roles: [], users: [], withPermissions: [] };
    const steps = planAccess({ desired: nothing, observed, former: definition, digests: new Map() });
    await carryOut(context.admin, steps, definition);
  } catch (error) {
    if (!isWarehouseGone(error)) throw error;
  }
}
