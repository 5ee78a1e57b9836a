import { stubApi } from "../testing/stub-api";
import { syncDatashare } from "./reconcile";

const definition = {
  share: "shop",
  publicAccessible: false,
  schemas: { shop: { tables: "all" as const, functions: [], includeNew: false } },
};

/** A producer with two tables, and a share that holds some of them. */
function producer(shared: string[] | undefined) {
  return stubApi((sql) => {
    if (sql.includes("svv_datashares")) return shared ? [{ source_database: "fleet", is_publicaccessible: false }] : [];
    if (sql.includes("svv_datashare_objects"))
      return [
        { object_type: "schema", object_name: "shop", include_new: false },
        ...(shared ?? []).map((name) => ({ object_type: "table", object_name: `shop.${name}`, include_new: false })),
      ];
    if (sql.includes("svv_redshift_schemas")) return [{ schema_name: "shop" }];
    if (sql.includes("svv_redshift_tables"))
      return ["orders", "items"].map((table_name) => ({ schema_name: "shop", table_name }));
    return undefined;
  });
}

const added = 'ALTER DATASHARE "shop" ADD TABLE "shop"."items"';

test("what was made since the share was is added to it, and a share that is up to date is left alone", async () => {
  const behind = producer(["orders"]);
  expect(await syncDatashare(behind.api, definition, { dryRun: false })).toEqual([added]);
  expect(behind.sent).toEqual([[added]]);
  const current = producer(["orders", "items"]);
  expect(await syncDatashare(current.api, definition, { dryRun: false })).toEqual([]);
  expect(current.sent).toEqual([]);
});

test("a dry run sends nothing", async () => {
  const behind = producer(["orders"]);
  expect(await syncDatashare(behind.api, definition, { dryRun: true })).toEqual([added]);
  expect(behind.sent).toEqual([]);
});

test("a share that is gone is not made: its grants would be missing", async () => {
  const { api, sent } = producer(undefined);
  await expect(syncDatashare(api, definition, { dryRun: false })).rejects.toThrow("There is no datashare shop.");
  expect(sent).toEqual([]);
});
