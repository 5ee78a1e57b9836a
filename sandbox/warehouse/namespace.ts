import type { QueryHistory } from "../wire/backend";
import { firstDatabase } from "./catalog";
import type { Cluster } from "./postgres/cluster";
import { ControlConnections } from "./postgres/connections";
import { maintenanceDatabase, superuser } from "./postgres/settings";
import { FileHistory } from "./query-history";
import { identifier, literal } from "./quoting";
import { sharedDatabases } from "./sharing/consumer-update";
import type { Share } from "./sharing/share";
import type { NamespaceState } from "./state";

/** A user of the namespace, as its catalog has it. */
export interface CatalogUser {
  /** `md5…`, `sha256|digest|salt`, or null: no password. */
  secret: string | null;
  expired: boolean;
  superuser: boolean;
}

/** One namespace: a PostgreSQL server with its databases and users. */
export class Namespace {
  readonly control: ControlConnections;
  readonly history: QueryHistory;
  /** Databases made from datashares. The set is the same object all the time: sessions hold on to it. */
  readonly sharedDatabases = new Set<string>();
  private nextUsers: { users: Set<string>; found: Promise<Map<string, CatalogUser>> } | undefined;

  constructor(
    readonly state: NamespaceState,
    readonly cluster: Cluster,
  ) {
    this.control = new ControlConnections(cluster);
    this.history = new FileHistory(cluster.dataDirectory);
  }

  get id(): string {
    return this.state.namespaceId;
  }

  get home(): string {
    return this.state.database;
  }

  /** Fills a fresh server. */
  async initialise(adminSecret: string): Promise<void> {
    const { database, adminUsername } = this.state;
    await this.control.use(maintenanceDatabase, async (client) => {
      await client.query(`alter database ${firstDatabase} rename to ${identifier(database)}`);
    });
    await this.control.leave(maintenanceDatabase); // databases are copied from it, which needs it unused
    await this.setAdmin(adminUsername, adminSecret);
  }

  /** Makes the administrator, or gives it a new password. @param secret what is kept of that */
  async setAdmin(username: string, secret: string): Promise<void> {
    await this.control.use(this.home, async (client) => {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [username]);
      await client.query("begin");
      if (!rowCount) {
        await client.query(`create role ${identifier(username)} login createrole createdb`);
        await client.query(`grant rs_superuser to ${identifier(username)} with admin option`);
      }
      await client.query("update pg_authid set rolpassword = $2 where rolname = $1", [username, secret]);
      await client.query("commit");
    });
  }

  /** Makes a user without a password, for temporary credentials, unless it is there. */
  async ensureUser(user: string): Promise<void> {
    await this.control.use(this.home, async (client) => {
      const { rowCount } = await client.query("select from pg_roles where rolname = $1", [user]);
      if (rowCount) return;
      await client.query(`create role ${identifier(user)} login`);
      await client.query(`grant ${identifier(user)} to rs_superuser with admin option`);
    });
  }

  /** Who a user is. Those asked for while earlier questions are under way are looked up together: clients come in crowds. */
  async findUser(user: string): Promise<CatalogUser | undefined> {
    if (user === superuser || user.startsWith("rs_") || user.startsWith("pg_")) return undefined;
    this.nextUsers ??= this.lookUpNextUsers();
    this.nextUsers.users.add(user);
    return (await this.nextUsers.found).get(user);
  }

  private lookUpNextUsers(): NonNullable<typeof this.nextUsers> {
    const users = new Set<string>();
    const begun = () => {
      if (this.nextUsers?.users === users) this.nextUsers = undefined;
    };
    const found = this.control.use(this.home, async (client) => {
      begun();
      const { rows } = await client.query<CatalogUser & { name: string }>(
        `select rolname as name, rolpassword as secret, coalesce(rolvaliduntil < now(), false) as expired,
           pg_has_role(oid, 'rs_superuser', 'member') as superuser from pg_authid where rolname = any ($1) and rolcanlogin`,
        [[...users]],
      );
      return new Map(rows.map(({ name, ...login }): [string, CatalogUser] => [name, login]));
    });
    found.catch(begun);
    return { users, found };
  }

  /** The namespace's databases in PostgreSQL: its own, and those standing for shared ones that were connected to. */
  async databases(): Promise<{ name: string; backsShared: boolean }[]> {
    return this.control.use(this.home, async (client) => {
      const { rows } = await client.query<{ name: string; backsShared: boolean }>(
        `select datname as name, datdba = 'rs_shared'::regrole as "backsShared" from pg_database
         where datallowconn and not datistemplate order by oid`,
      );
      return rows;
    });
  }

  async refreshSharedDatabases(): Promise<void> {
    const present = await this.control.use(this.home, sharedDatabases);
    this.sharedDatabases.clear();
    for (const { name } of present) this.sharedDatabases.add(name);
  }

  /** The shares of all databases of this namespace. */
  async shares(): Promise<Share[]> {
    const all: Share[] = [];
    for (const { name, backsShared } of await this.databases()) {
      if (backsShared) continue;
      const { rows } = await this.control.use(name, (client) =>
        client.query<{ shares: Share[] }>("select rs_share.snapshot() as shares"),
      );
      all.push(...(rows[0]?.shares ?? []));
    }
    return all;
  }

  /** May `user` connect to the shared database itself? */
  async mayUse(user: string, database: string): Promise<boolean> {
    return this.control.use(this.home, async (client) => {
      const { rowCount } = await client.query(
        `select from rs_share.shared_databases d where d.database_name = $1 and (pg_has_role($2, 'rs_superuser', 'member') or not d.with_permissions and exists (
           select from rs_share.shared_database_grants g where g.database_name = d.database_name and g.scope = 'database'
             and (g.grantee = 'public' or exists (select from pg_roles r where r.rolname = g.grantee and pg_has_role($2, r.oid, 'member')))))`,
        [database, user],
      );
      return (rowCount ?? 0) > 0;
    });
  }

  /** Makes the PostgreSQL database that stands for a shared one. */
  async makeBackingDatabase(database: string): Promise<void> {
    await this.control.use(this.home, async (client) => {
      await client.query(`create database ${identifier(database)} owner rs_shared strategy file_copy`);
    });
    await this.control.use(database, async (client) => {
      await client.query("revoke create on schema public from public");
    });
  }

  async dropBackingDatabase(database: string): Promise<void> {
    await this.control.leave(database);
    await this.control.use(this.home, (client) =>
      client.query(`drop database if exists ${identifier(database)} with (force)`),
    );
  }

  /** Copies the list of shared databases, and who may use them, from one database of the namespace to another. */
  async mirrorCatalog(from: string, to: string, only?: string): Promise<void> {
    const tables = ["shared_databases", "shared_database_grants"] as const;
    const rows = await this.control.use(from, async (client) => {
      const contents = tables.map((table) =>
        client.query<{ rows: unknown }>(
          `select coalesce(jsonb_agg(t), '[]') as rows from rs_share.${table} t where database_name = coalesce(${only === undefined ? "null" : literal(only)}, database_name)`,
        ),
      );
      return (await Promise.all(contents)).map((result) => JSON.stringify(result.rows[0]?.rows));
    });
    await this.control.use(to, async (client) => {
      await client.query("begin");
      const { rows: gone } = await client.query<{ name: string }>(
        "select database_name as name from rs_share.shared_databases where database_name not in (select x->>'database_name' from jsonb_array_elements($1) x)",
        [rows[0]],
      );
      for (const { name } of gone) await client.query("select rs_share.dismantle($1)", [name]);
      await client.query("delete from rs_share.shared_databases where database_name = any ($1)", [
        gone.map(({ name }) => name),
      ]);
      await client.query(
        `insert into rs_share.shared_databases select * from jsonb_populate_recordset(null::rs_share.shared_databases, $1)
         on conflict (database_name) do update set producer_account = excluded.producer_account, producer_namespace = excluded.producer_namespace,
           share_name = excluded.share_name, share_created = excluded.share_created, with_permissions = excluded.with_permissions, owner = excluded.owner`,
        [rows[0]],
      );
      if (only !== undefined) return void (await client.query("commit")); // in a backing database nobody is granted anything by name
      await client.query("delete from rs_share.shared_database_grants");
      await client.query(
        "insert into rs_share.shared_database_grants select * from jsonb_populate_recordset(null::rs_share.shared_database_grants, $1)",
        [rows[1]],
      );
      await client.query("commit");
    });
  }
}
