import { stubApi } from "../../redshift/testing/stub-api";
import { type VerifiedShare, verify } from "./verify";

const warehouse = { name: "producer", namespaceId: "p", workgroupName: "wg", database: "fleet", secretArn: "arn" };
const share = {
  name: "jaf",
  consumerDatabase: "jaf",
  schemas: ["jaffle"],
  tables: ["jaffle.customers", "jaffle.orders"],
};

const held = (object_name: string) => ({ object_type: "TABLE", object_name, include_new: false });

/** What is found wrong where the share holds these tables. */
async function faultsOf(tables: string[], asked: VerifiedShare = share) {
  const { dependencies } = stubApi((sql) => {
    if (sql.includes("svv_datashare_objects")) return tables.map(held);
    if (sql.includes("svv_redshift_tables"))
      return ["customers", "orders"].map((table_name) => ({ schema_name: "jaffle", table_name }));
    if (sql.includes("svv_datashare_consumers")) return [{ consumer_namespace: "c" }];
    if (sql.includes("COUNT(*)")) return tables.map((_, position) => ({ position, total: 3 }));
    return undefined;
  });
  const consumers = [{ ...warehouse, name: "pool-1", namespaceId: "c" }];
  const { checks } = await verify({
    connection: {},
    producer: warehouse,
    consumers,
    datashares: [asked],
    dependencies,
  });
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
}

test("a share that holds what is listed has no fault", async () => {
  expect(await faultsOf(["jaffle.customers", "jaffle.orders"])).toEqual([]);
});

test("a table of a schema that is shared as a whole must be in the share", async () => {
  const whole = { ...share, tables: [], wholeSchemas: ["jaffle"] };
  expect(await faultsOf(["jaffle.customers", "jaffle.orders"], whole)).toEqual([]);
  expect(await faultsOf(["jaffle.customers"], whole)).toEqual([
    expect.stringMatching(/does not hold jaffle\.orders.*`fleet share sync`/),
  ]);
});

test("a share is looked for on the consumers it is for", async () => {
  const { dependencies } = stubApi((sql) => {
    if (sql.includes("svv_datashare_objects")) return [held("jaffle.orders")];
    if (sql.includes("svv_redshift_tables")) return [{ schema_name: "jaffle", table_name: "orders" }];
    if (sql.includes("svv_datashare_consumers")) return [{ consumer_namespace: "c" }];
    return sql.includes("COUNT(*)") ? [{ position: 0, total: 3 }] : undefined;
  });
  const consumers = ["pool-1", "analytics"].map((name) => ({ ...warehouse, name, namespaceId: "c" }));
  const datashares = [{ ...share, tables: [], consumers: ["analytics"] }];
  const { checks } = await verify({ connection: {}, producer: warehouse, consumers, datashares, dependencies });
  expect(checks.map(({ target, name }) => `${target}: ${name}`)).toEqual([
    "producer: datashare jaf has tables",
    "analytics: datashare jaf is granted",
    "analytics: readers see jaf",
  ]);
});

test("a listed table that was dropped and made again is named with its share and the remedy", async () => {
  expect(await faultsOf(["jaffle.customers"])).toEqual([
    expect.stringMatching(
      /^datashare jaf has tables: Datashare jaf does not hold jaffle\.orders.*`pulumi refresh` and `pulumi up`/,
    ),
  ]);
});
