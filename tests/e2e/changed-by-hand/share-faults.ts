import { Client } from "pg";
import { socketPort, superuser } from "../../../sandbox/warehouse/postgres/settings";
import { query } from "../support/clients";
import { processesOf } from "../support/processes";
import type { CheckedFleet } from "./checked-fleet";
import type { Faults } from "./fault";

const grant = ({ asProducer }: CheckedFleet, { namespaceId }: { namespaceId: string }) =>
  query(asProducer, `grant usage on datashare airline to namespace '${namespaceId}'`);
const revoke = ({ asProducer }: CheckedFleet, { namespaceId }: { namespaceId: string }) =>
  query(asProducer, `revoke usage on datashare airline from namespace '${namespaceId}'`);

/** Behind a warehouse's back: as the owner of its PostgreSQL cluster, through the socket that only the front uses. */
async function asOwner({ fleet, first: { namespaceId, database } }: CheckedFleet, sql: string): Promise<void> {
  const server = processesOf(fleet.sandbox).find(({ command }) => command.includes(namespaceId));
  const host = /-k (\S+)/.exec(server?.command ?? "")?.[1];
  if (!host) throw new Error(`no server of ${namespaceId} among ${JSON.stringify(processesOf(fleet.sandbox))}`);
  const client = new Client({ host, port: socketPort, database, user: superuser });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Datashares, their grants, and the databases made from them. */
export const shareFaults: Faults = {
  "a grant revoked": (checked) => ({
    make: () => revoke(checked, checked.second),
    undo: () => grant(checked, checked.second),
    finds: () => "datashares-granted: Datashare airline is not granted to pool-2",
  }),
  "a table taken out of a datashare": ({ asProducer }) => ({
    make: () => query(asProducer, "alter datashare airline remove table airline.dim_airport"),
    undo: () => query(asProducer, "alter datashare airline add table airline.dim_airport"),
    finds: () => "datashares-complete: Datashare airline does not hold airline.dim_airport",
  }),
  "a datashare open to public consumers": ({ asProducer }) => ({
    make: () => query(asProducer, "alter datashare airline set publicaccessible true"),
    undo: () => query(asProducer, "alter datashare airline set publicaccessible false"),
    finds: () => "datashares-private: Datashare airline is open to publicly accessible consumers",
  }),
  "a grant that has not reached the consumer": (checked) => ({
    make: () =>
      asOwner(
        checked,
        `delete from rs_share.inbound_shares where producer_namespace = '${checked.producer.namespaceId}'`,
      ),
    async undo() {
      await revoke(checked, checked.first);
      await grant(checked, checked.first);
    },
    finds: () => "datashares-visible: pool-1 does not see datashare airline",
  }),
  "a consumer database dropped": ({ asFirst, producer }) => ({
    make: () => query(asFirst, "drop database airline"),
    async undo() {
      await query(asFirst, `create database airline from datashare airline of namespace '${producer.namespaceId}'`);
      await query(asFirst, "grant usage on database airline to role reader");
    },
    finds: () => "consumer-databases: pool-1 has no database airline",
  }),
};
