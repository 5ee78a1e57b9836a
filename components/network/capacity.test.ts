import fc from "fast-check";
import { addressesOf, checkCapacity, type FleetDemand, poolCapacity } from "./capacity";

const fleet: FleetDemand = {
  usable: 507,
  interfaceEndpoints: 4,
  warehouses: [{ baseCapacity: 32, endpointsPerSubnet: 0 }],
  poolMember: { baseCapacity: 32, endpointsPerSubnet: 1 },
};

const demand = fc.record({
  baseCapacity: fc.constantFrom(4, 8, 16, 32, 64, 128, 256, 512, 1024),
  endpointsPerSubnet: fc.integer({ min: 0, max: 1 }),
});
const fleets = fc.record({
  usable: fc.integer({ min: 0, max: 65_531 }),
  interfaceEndpoints: fc.integer({ min: 0, max: 10 }),
  warehouses: fc.array(demand, { maxLength: 5 }),
  poolMember: demand,
});

describe("capacity", () => {
  test.each([
    [4, 9],
    [8, 9],
    [16, 13],
    [32, 13],
    [64, 21],
    [128, 37],
    [256, 69],
    [512, 133],
    [1024, 261],
  ])("takes the addresses of AWS's table: %p RPUs, %p addresses", (baseCapacity, addresses) => {
    expect(addressesOf({ baseCapacity, endpointsPerSubnet: 0 })).toBe(addresses);
  });

  test("fits 33 consumers of 32 RPUs beside a producer into /23s", () => {
    // 507 - 8 (balancer) - 4 (interface endpoints) - 13 (producer) - 16 (growing from 32 to 64) = 466 = 33 × 14 + 4
    expect(poolCapacity(fleet)).toBe(33);
    expect(checkCapacity("size", 33, fleet)).toEqual([]);
    expect(checkCapacity("size", 34, fleet)).toMatchObject([
      { path: "size", value: 34, remedy: expect.stringContaining("Lower it to 33") },
    ]);
  });

  test("accepts exactly the sizes up to the number that fits", () => {
    fc.assert(
      fc.property(fleets, fc.integer({ min: 0, max: 300 }), (any, size) => {
        const fits = poolCapacity(any);
        expect(checkCapacity("size", size, any).length === 0).toBe(size <= fits);
      }),
    );
  });

  test("never fits more when a warehouse is added or subnets shrink", () => {
    fc.assert(
      fc.property(fleets, demand, (any, more) => {
        expect(poolCapacity({ ...any, warehouses: [...any.warehouses, more] })).toBeLessThanOrEqual(poolCapacity(any));
        expect(poolCapacity({ ...any, usable: any.usable - 1 })).toBeLessThanOrEqual(poolCapacity(any));
      }),
    );
  });
});
