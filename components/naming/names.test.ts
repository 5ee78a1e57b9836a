import fc from "fast-check";
import { checkNamePrefix, checkWarehouseName, endpointName, warehouseName } from "./names";

const name = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,4}$/);

describe("names of cloud resources", () => {
  test("gives endpoints names that Redshift accepts, whatever the consumer is called", () => {
    fc.assert(
      fc.property(name, name, fc.string(), (warehouse, consumer, subnet) => {
        expect(endpointName(warehouse, consumer, subnet)).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
        expect(endpointName(warehouse, consumer, subnet).length).toBeLessThanOrEqual(30);
      }),
    );
  });

  test("gives different subnets, consumers and warehouses different endpoints", () => {
    const names = ["w1", "w2"].flatMap((w) =>
      ["c1", "c2"].flatMap((c) => ["a", "b"].map((s) => endpointName(w, c, s))),
    );
    expect(new Set(names).size).toBe(8);
  });

  test("changes a warehouse's name with what replaces it, and with nothing else", () => {
    const first = warehouseName("fleet-prod", "pool-1", ["fleet", "fleet_admin", 1]);
    expect(first).toMatch(/^fleet-prod-pool-1-[0-9a-f]{6}$/);
    expect(warehouseName("fleet-prod", "pool-1", ["fleet", "fleet_admin", 1])).toBe(first);
    expect(warehouseName("fleet-prod", "pool-1", ["fleet", "fleet_admin", 2])).not.toBe(first);
  });

  test("refuses exactly the names that are longer than 64 characters once suffixed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), (length) => {
        const long = "a".repeat(length);
        const fits = warehouseName("fleet-prod", long, []).length <= 64;
        expect(checkWarehouseName("name", "fleet-prod", long).length === 0).toBe(fits);
      }),
    );
  });
});

describe("checkNamePrefix", () => {
  test.each(["fleet-prod", "a", "0-1"])("accepts %p", (prefix) => {
    expect(checkNamePrefix("stack", prefix, "Call it")).toEqual([]);
  });

  test.each([
    ["Dev_1", "dev-1"],
    ["eu.prod", "eu-prod"],
    ["__", "fleet"],
  ])("refuses %p and proposes %p", (prefix, proposal) => {
    expect(checkNamePrefix("stack", prefix, "Call it")).toEqual([
      expect.objectContaining({ path: "stack", value: prefix, remedy: `Call it \`${proposal}\`` }),
    ]);
  });
});
