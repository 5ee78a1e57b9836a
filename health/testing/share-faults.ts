import type { Facts } from "../facts/facts";
import type { Faults } from "./faults";
import { catalogOf, shareOf } from "./good-fleet";

/** Has the stack share what is listed, in place of all tables there are and will be. */
function shares(facts: Facts, tables: "all" | string[]): void {
  facts.outputs.datashares[0]!.objects = { shop: { tables, functions: [], includeNew: false } };
  shareOf(facts).schemas[0]!.includeNew = false;
}

/** Faults of what the warehouses hold: datashares, consumer databases, readers. */
export const shareFaults: Faults = {
  "a datashare that was dropped": [
    (facts) => {
      if ("shares" in facts.catalogs.producer) facts.catalogs.producer.shares = [];
      for (const name of ["pool-1", "pool-2"]) catalogOf(facts, name).inbound = [];
    },
    "datashares-granted: The producer has no datashare sales",
  ],
  "a grant that was revoked": [
    (facts) => {
      shareOf(facts).grantedTo = ["id-of-pool-1"];
      catalogOf(facts, "pool-2").inbound = [];
    },
    "datashares-granted: Datashare sales is not granted to pool-2",
  ],
  "a datashare that is not for a consumer": [
    (facts) => {
      facts.outputs.datashares[0]!.consumers = ["pool-1"];
      shareOf(facts).grantedTo = ["id-of-pool-1"];
      const catalog = catalogOf(facts, "pool-2");
      Object.assign(catalog, { inbound: [], databases: [{ name: "fleet", type: "local" }], privileges: [] });
    },
  ],
  "a listed table that was dropped and made again": [
    (facts) => {
      shares(facts, ["orders"]);
      shareOf(facts).objects = ["shop.customers"];
    },
    "datashares-complete: Datashare sales does not hold shop.orders",
  ],
  "a listed table that is gone": [
    (facts) => {
      shares(facts, ["orders", "customers"]);
      shareOf(facts).objects = ["shop.customers"];
      if ("tables" in facts.catalogs.producer) facts.catalogs.producer.tables = ["shop.customers"];
    },
    "datashares-complete: Table shop.orders, which datashare sales lists, does not exist",
  ],
  "a table that is not shared": [
    (facts) => {
      shareOf(facts).objects = ["shop.customers"];
    },
    "datashares-complete: Datashare sales does not hold shop.orders",
  ],
  "a table that need not be shared": [
    (facts) => {
      shares(facts, ["orders"]);
      shareOf(facts).objects = ["shop.orders"];
    },
  ],
  "a table made by hand, where all there are should be shared": [
    (facts) => {
      shares(facts, "all");
      shareOf(facts).objects = ["shop.orders"];
    },
    "datashares-complete: Datashare sales does not hold shop.customers",
  ],
  "a table put in by hand, where tables are listed": [
    (facts) => {
      shares(facts, ["orders"]);
      shareOf(facts).objects.push("shop.total(integer)");
    },
    "datashares-complete: Datashare sales holds shop.customers, which its configuration does not list",
  ],
  "a share of a stack that does not say what it shares": [
    (facts) => {
      delete facts.outputs.datashares[0]!.objects;
      shareOf(facts).schemas[0]!.includeNew = false;
      shareOf(facts).objects = ["shop.orders"];
    },
  ],
  "a schema without tables": [
    (facts) => {
      shareOf(facts).objects = [];
      shareOf(facts).schemas[0]!.includeNew = false;
    },
    "datashares-complete: Datashare sales does not hold any table of schema shop",
  ],
  "a schema that is not shared": [
    (facts) => {
      shareOf(facts).schemas = [];
    },
    "datashares-complete: Datashare sales does not hold schema shop",
  ],
  "a public datashare": [
    (facts) => {
      shareOf(facts).publicAccessible = true;
    },
    "datashares-private: Datashare sales is open to publicly accessible consumers",
  ],
  "a grant that has not arrived": [
    (facts) => {
      catalogOf(facts, "pool-1").inbound = [];
    },
    "datashares-visible: pool-1 does not see datashare sales",
  ],
  "no consumer database": [
    (facts) => {
      const catalog = catalogOf(facts, "pool-1");
      catalog.databases = catalog.databases.filter(({ name }) => name !== "sales");
      delete catalog.inbound[0]!.consumerDatabase;
      catalog.privileges = [];
    },
    "consumer-databases: pool-1 has no database sales",
  ],
  "a database of a share that was made anew": [
    (facts) => {
      delete catalogOf(facts, "pool-2").inbound[0]!.consumerDatabase;
    },
    "consumer-databases: Database sales on pool-2 does not show datashare sales",
  ],
  "a user on one consumer only": [
    (facts) => catalogOf(facts, "pool-2").users.push("someone"),
    "readers-alike: User someone is on pool-2 but not on pool-1",
  ],
  "users that Redshift makes by itself": [
    (facts) => catalogOf(facts, "pool-2").users.push("IAMR:analyst", "IAM:admin"),
  ],
  "the reader dropped, with memberships": [
    (facts) => {
      const catalog = catalogOf(facts, "pool-1");
      Object.assign(catalog, { users: ["fleet_admin", "analyst"], members: [] });
      catalog.logins.reader_user = { ok: false, error: "No.", refused: true };
    },
    "readers-alike: User reader_user is on pool-2 but not on pool-1",
  ],
  "the reader dropped everywhere": [
    (facts) => {
      for (const name of ["pool-1", "pool-2"])
        Object.assign(catalogOf(facts, name), { users: ["analyst"], members: [] });
    },
    "readers-alike: User reader_user is on no consumer",
  ],
  "a role dropped, with its rights": [
    (facts) => Object.assign(catalogOf(facts, "pool-1"), { roles: [], members: [], privileges: [] }),
    "readers-alike: Role reader is on pool-2 but not on pool-1",
  ],
  "a right taken away": [
    (facts) => {
      catalogOf(facts, "pool-2").privileges = [];
    },
    "readers-alike: Right USAGE on sales for role reader is on pool-1 but not on pool-2",
  ],
  "a table that a reader owns": [
    (facts) =>
      catalogOf(facts, "pool-2").leftovers.push({
        kind: "user",
        holder: "reader_user",
        object: 'TABLE "public"."scratch"',
        holds: "owns",
        remedy: 'DROP TABLE "public"."scratch"',
      }),
    'readers-leftovers: User reader_user owns TABLE "public"."scratch" on pool-2',
  ],
  "schema public open to everybody": [
    (facts) => {
      catalogOf(facts, "pool-1").publicMayCreate = true;
    },
    "readers-leftovers: Everybody may create objects in schema public of pool-1",
  ],
  "a changed password": [
    (facts) => {
      const error = "Password authentication failed.";
      catalogOf(facts, "pool-2").logins.reader_user = { ok: false, error, refused: true };
    },
    "readers-log-in: The secret of reader_user does not open pool-2",
  ],
  "a reader's secret that is gone, of whom the endpoint is not": [
    (facts) => {
      for (const name of ["pool-1", "pool-2"])
        catalogOf(facts, name).logins.analyst = { ok: false, error: "No such secret.", refused: false };
    },
    "readers-log-in: The secret of analyst does not open pool-1",
    "readers-log-in: The secret of analyst does not open pool-2",
  ],
};
