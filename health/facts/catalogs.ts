import {
  type Connection,
  DataApi,
  databases,
  findLeftovers,
  inboundShares,
  isLoginRefused,
  outboundShare,
  publicMayCreate,
  roleMembers,
  rolePrivileges,
  roles,
  SqlError,
  shareConsumers,
  sharedObjects,
  sourceObjects,
  users,
} from "@redshift-fleet/redshift";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { connectionOf, readLogin, targetOf } from "@redshift-fleet/redshift/fleet";
import { z } from "zod";
import type { Catalogs, ConsumerCatalog, LogIn, ProducerCatalog, ProducerShare, Silence } from "./facts";

/** Consumers that are asked at the same time: the service limits how many statements may be under way. */
const atOnce = 12;

/** What the catalogs of producer and consumers say. A warehouse that does not answer in time is silent, not an error. */
export async function collectCatalogs(outputs: StackOutputs, deadline: number): Promise<Catalogs> {
  const connection = connectionOf(outputs);
  const source = apiOf(connection, outputs.producer, outputs.producer.secretArn, deadline);
  const secrets = await readerSecrets(outputs);
  const [producer, consumers] = await Promise.all([
    orSilence(() => producerCatalog(source, outputs)),
    inTurns(outputs.consumers, atOnce, async (consumer) => {
      const admin = apiOf(connection, consumer, consumer.secretArn ?? outputs.endpoint.secretArn, deadline);
      const readers = Object.entries(secrets).map(
        ([name, secretArn]) => [name, apiOf(connection, consumer, secretArn, deadline)] as const,
      );
      return [consumer.name, await orSilence(() => consumerCatalog(admin, readers))] as const;
    }),
  ]);
  return { producer, consumers: Object.fromEntries(consumers), readers: Object.keys(secrets) };
}

/** By the reader's name; stacks deployed before there was such an output know that of the endpoint's user only. */
async function readerSecrets({ endpoint, readers }: StackOutputs): Promise<Record<string, string>> {
  if (readers) return Object.fromEntries(Object.entries(readers).map(([name, { secretArn }]) => [name, secretArn]));
  return { [endpoint.user ?? (await readLogin(endpoint.secretArn)).username]: endpoint.secretArn };
}

function apiOf(
  connection: Connection,
  warehouse: { name: string; workgroup?: string; database: string },
  secretArn: string,
  deadline: number,
): DataApi {
  return new DataApi(connection, targetOf(warehouse, secretArn), { deadline });
}

async function producerCatalog(api: DataApi, { datashares }: StackOutputs): Promise<ProducerCatalog> {
  const [shares, source] = await Promise.all([
    Promise.all(datashares.map(({ name }) => producerShare(api, name))),
    sourceObjects(api, { functions: false }),
  ]);
  return {
    shares: shares.flatMap((share) => share ?? []),
    tables: [...source].flatMap(([schema, { tables }]) => tables.map((table) => `${schema}.${table}`)),
  };
}

async function producerShare(api: DataApi, name: string): Promise<ProducerShare | undefined> {
  const [share, objects, grantedTo] = await Promise.all([
    outboundShare(api, name),
    sharedObjects(api, name),
    shareConsumers(api, name),
  ]);
  return (
    share && {
      name,
      publicAccessible: share.publicAccessible,
      grantedTo,
      schemas: objects.filter(({ type }) => type === "schema"),
      objects: objects.filter(({ type }) => type !== "schema").map((object) => object.name),
    }
  );
}

async function consumerCatalog(
  admin: DataApi,
  readers: readonly (readonly [name: string, api: DataApi])[],
): Promise<ConsumerCatalog> {
  const [allDatabases, inbound, { allUsers, leftovers }, allRoles, members, privileges, open, logins] =
    await Promise.all([
      databases(admin),
      inboundShares(admin),
      usersWithLeftovers(admin),
      roles(admin),
      roleMembers(admin),
      rolePrivileges(admin),
      publicMayCreate(admin),
      Promise.all(readers.map(async ([name, reader]) => [name, await logInOf(reader)] as const)),
    ]);
  const names = allUsers.map(({ name }) => name);
  return {
    databases: allDatabases,
    inbound,
    users: names,
    roles: allRoles,
    members,
    privileges,
    leftovers,
    publicMayCreate: open,
    logins: Object.fromEntries(logins),
  };
}

async function usersWithLeftovers(admin: DataApi) {
  const allUsers = await users(admin);
  const ordinary = allUsers.filter(({ superuser }) => !superuser).map(({ name }) => name);
  return { allUsers, leftovers: await findLeftovers(admin, { users: ordinary, roles: [] }) };
}

async function logInOf(reader: DataApi): Promise<LogIn> {
  try {
    await reader.query("SELECT current_user AS name", z.object({ name: z.string() }));
    return { ok: true };
  } catch (error) {
    if (error instanceof SqlError)
      return { ok: false, error: asSentence(error.serverMessage), refused: isLoginRefused(error) };
    throw error;
  }
}

async function orSilence<T>(ask: () => Promise<T>): Promise<T | Silence> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SqlError) return { error: asSentence(error.serverMessage) };
    throw error;
  }
}

const asSentence = (text: string) => `${text.trim().replace(/\.$/, "")}.`;

async function inTurns<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
