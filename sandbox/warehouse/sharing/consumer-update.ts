import type { Client } from "pg";
import { identifier, literal } from "../quoting";
import { planFunctions, planTables, type StandingTable, type Step } from "./plan";
import type { InboundShare } from "./share";

/** A database made from a share, as the consumer's catalog has it. */
export interface SharedDatabase {
  name: string;
  producerNamespace: string;
  shareName: string;
  shareCreated: string;
}

export interface ConsumerUpdate {
  inbound: InboundShare[];
  /** Producers whose shares are known now; what other producers share stays as it was last seen. */
  knownProducers: string[];
  producerAccount: string;
  /** Folder of a producer's socket and the port in its file name. */
  address(namespaceId: string): { host: string; port: number };
  /** In the database that itself stands for a shared one, schemas bear their own names. */
  backs?: string;
}

export const serverName = (database: string): string => `rs_${database}`;

/** Brings one database of a consumer up to date, in one transaction. */
export async function updateConsumerDatabase(client: Client, update: ConsumerUpdate): Promise<void> {
  await client.query("begin");
  try {
    await client.query("set local lock_timeout = '3s'; set local check_function_bodies = off");
    await replaceInbound(client, update);
    for (const database of await sharedDatabases(client)) {
      if (update.backs !== undefined && database.name !== update.backs) continue;
      if (!update.knownProducers.includes(database.producerNamespace)) continue;
      const inbound = update.inbound.find(
        ({ producerNamespace, share }) =>
          producerNamespace === database.producerNamespace &&
          share.name === database.shareName &&
          share.created === database.shareCreated,
      );
      if (inbound) await build(client, database, inbound, update);
      else await closeServer(client, database.name);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** The databases made from shares in this namespace. */
export async function sharedDatabases(client: Client): Promise<SharedDatabase[]> {
  const { rows } = await client.query<SharedDatabase>(
    `select database_name as name, producer_namespace as "producerNamespace", share_name as "shareName",
       to_jsonb(share_created) #>> '{}' as "shareCreated" from rs_share.shared_databases`,
  );
  return rows;
}

async function replaceInbound(
  client: Client,
  { inbound, knownProducers, producerAccount }: ConsumerUpdate,
): Promise<void> {
  await client.query("delete from rs_share.inbound_shares where producer_namespace = any ($1)", [knownProducers]);
  for (const { producerNamespace, share, grant } of inbound) {
    await client.query("insert into rs_share.inbound_shares values ($1, $2, $3, $4, $5, $6, $7)", [
      ...[producerAccount, producerNamespace, share.name, share.sourceDatabase, share.publicAccessible],
      ...[share.created, grant.granted],
    ]);
    const objects = [
      ...share.schemas.map((schema) => ({
        type: "schema",
        schema: schema.name,
        name: null,
        include_new: schema.includeNew,
      })),
      ...share.relations.map(({ type, schema, name }) => ({ type, schema, name, include_new: null })),
      ...share.functions.map(({ schema, signature }) => ({
        type: "function",
        schema,
        name: signature,
        include_new: null,
      })),
    ];
    await client.query(
      `insert into rs_share.inbound_objects select $1, $2, type, schema, name, include_new
       from jsonb_to_recordset($3) as o(type text, schema text, name text, include_new boolean)`,
      [producerNamespace, share.name, JSON.stringify(objects)],
    );
  }
}

async function build(
  client: Client,
  database: SharedDatabase,
  { share, grant, producerNamespace }: InboundShare,
  update: ConsumerUpdate,
): Promise<void> {
  const local = (schema: string) => (update.backs === undefined ? `${database.name}$${schema}` : schema);
  await ensureServer(
    client,
    database.name,
    { ...update.address(producerNamespace), dbname: share.sourceDatabase },
    grant.role,
  );
  for (const { name } of share.schemas) {
    await client.query(`create schema if not exists ${identifier(local(name))}`);
    await client.query(
      "insert into rs_share.shared_schemas values ($1, $2, $3) on conflict (database_name, schema_name) do nothing",
      [...[database.name, name, local(name)]],
    );
  }
  await removeFunctions(
    client,
    database.name,
    share.functions.map(({ schema, signature }) => `${local(schema)}.${signature}`),
  );
  const standing = await standingTables(client, serverName(database.name));
  const steps = [
    ...planTables(standing, share.relations, serverName(database.name), local),
    ...planFunctions(share.functions, local),
  ];
  for (const step of steps) await run(client, step);
  await removeSchemas(
    client,
    database.name,
    share.schemas.map(({ name }) => name),
  );
  // Roles belong to the whole server: were they granted anything in a backing database, DROP ROLE elsewhere would fail.
  const grants = update.backs === undefined ? "apply_grants" : "open_to_all";
  await client.query(`select rs_share.${grants}($1)`, [database.name]);
}

/** The foreign server that leads to the producer, and the role to read as there. */
async function ensureServer(
  client: Client,
  database: string,
  address: Record<string, string | number>,
  role: string,
): Promise<void> {
  const server = identifier(serverName(database));
  const options: Record<string, string> = { updatable: "false", use_remote_estimate: "true", fetch_size: "10000" };
  for (const [name, value] of Object.entries(address)) options[name] = String(value);
  const { rows } = await client.query<{ options: string[]; mapping: string[] | null }>(
    `select s.srvoptions as options, m.umoptions as mapping from pg_foreign_server s
     left join pg_user_mapping m on m.umserver = s.oid and m.umuser = 0 where s.srvname = $1`,
    [serverName(database)],
  );
  const present = rows[0];
  const list = (verb: string) =>
    Object.entries(options)
      .map(([name, value]) => `${verb} ${name} ${literal(value)}`)
      .join(", ");
  if (!present) {
    await client.query(`create server ${server} foreign data wrapper postgres_fdw options (${list("")})`);
  } else if (Object.entries(options).some(([name, value]) => !present.options.includes(`${name}=${value}`))) {
    await client.query(`alter server ${server} options (${list("set")})`);
  }
  const user = `user ${literal(role)}, password_required 'false'`;
  if (!present?.mapping) await client.query(`create user mapping for public server ${server} options (${user})`);
  else if (!present.mapping.includes(`user=${role}`)) {
    await client.query(`alter user mapping for public server ${server} options (set user ${literal(role)})`);
  }
}

/** Without its mapping a server lets nobody in; the tables stay, so that views over them work again after a new grant. */
async function closeServer(client: Client, database: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_foreign_server where srvname = $1", [serverName(database)]);
  if (rowCount) await client.query(`drop user mapping if exists for public server ${identifier(serverName(database))}`);
}

async function standingTables(client: Client, server: string): Promise<StandingTable[]> {
  const { rows } = await client.query<StandingTable>(
    `select n.nspname as schema, c.relname as name, (
       select coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum), '[]')
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
     from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
     join pg_class c on c.oid = t.ftrelid join pg_namespace n on n.oid = c.relnamespace where s.srvname = $1`,
    [server],
  );
  return rows;
}

async function removeFunctions(client: Client, database: string, wanted: string[]): Promise<void> {
  const { rows } = await client.query<{ name: string; shown: string }>(
    `select p.oid::regprocedure::text as name, n.nspname || '.' || rs_share.signature(p.oid) as shown from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     join rs_share.shared_schemas s on s.local_schema = n.nspname where s.database_name = $1`,
    [database],
  );
  for (const { name, shown } of rows) {
    if (!wanted.includes(shown)) await run(client, { statements: [`drop function ${name}`], otherwise: [] });
  }
}

async function removeSchemas(client: Client, database: string, wanted: string[]): Promise<void> {
  const { rows } = await client.query<{ local_schema: string }>(
    "delete from rs_share.shared_schemas where database_name = $1 and schema_name <> all ($2) returning local_schema",
    [database, wanted],
  );
  for (const { local_schema } of rows) {
    await run(client, { statements: [`drop schema ${identifier(local_schema)}`], otherwise: [] });
  }
}

async function run(client: Client, step: Step): Promise<void> {
  await client.query("savepoint step");
  try {
    for (const statement of step.statements) await client.query(statement);
    await client.query("release savepoint step");
  } catch (error) {
    if (!step.otherwise || !isDependency(error)) throw error;
    await client.query("rollback to savepoint step");
    for (const statement of step.otherwise) await client.query(statement);
  }
}

/** SQLSTATEs of "something depends on it": dependent objects, and a view's column whose type would change. */
const isDependency = (error: unknown): boolean => ["2BP01", "0A000"].includes((error as { code?: string }).code ?? "");
