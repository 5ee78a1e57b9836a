import { failure, namespaceIds, TestWarehouses, values } from "./testing";

jest.setTimeout(60_000);

/** What can be granted on a database made WITH PERMISSIONS, and what a reader then sees, under a position. */
async function withPermissions(position: string) {
  const assumptions = `usage-with-permissions=${position},databases-of-a-share=several,shared-grants-in-transactions=allowed,unknown-namespace=invalid`;
  const warehouses = await TestWarehouses.open(["producer", "consumer"], assumptions);
  try {
    const producer = await warehouses.connect("producer");
    await producer.query("create schema sales; create table sales.orders as select 1 as id; create datashare s");
    await producer.query("alter datashare s add schema sales; alter datashare s add all tables in schema sales");
    const stranger = namespaceIds.producer.replace("1", "9");
    const refusal = await failure(producer.query(`grant usage on datashare s to namespace '${stranger}'`));
    await producer.query(`grant usage on datashare s to namespace '${namespaceIds.consumer}'`);
    const admin = await warehouses.connect("consumer");
    for (const database of ["d", "d2"])
      await admin.query(
        `create database ${database} with permissions from datashare s of namespace '${namespaceIds.producer}'`,
      );
    await admin.query("create user reader password 'Secret12'; create role readers; grant role readers to reader");
    await admin.query("begin; grant usage for schemas in database d to role readers; commit");
    await admin.query("grant select for tables in database d to role readers");
    const reader = await warehouses.connect("consumer", { user: "reader", password: "Secret12" });
    const read = async () => {
      try {
        return values(await reader.query("select id from d.sales.orders"));
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const without = await read();
    const usage = (await failure(admin.query("grant usage on database d to role readers"))).code;
    return { refusal: refusal.message, without, usage, with: await read() };
  } finally {
    await warehouses.disconnect();
    await warehouses.close();
  }
}

const refusal = `invalid consumer identifier "${namespaceIds.producer.replace("1", "9")}"`;

test.each([
  ["required", { refusal, without: "42501", usage: undefined, with: [1] }],
  ["needless", { refusal, without: [1], usage: undefined, with: [1] }],
  ["refused", { refusal, without: [1], usage: "0A000", with: [1] }],
])("USAGE on a database WITH PERMISSIONS: %s", async (position, expected) => {
  expect(await withPermissions(position)).toEqual(expected);
});
