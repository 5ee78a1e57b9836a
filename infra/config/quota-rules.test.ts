import fc from "fast-check";
import { endpointRoom, quotaFaults } from "./quota-rules";
import { type FleetConfig, fleetSchema } from "./schema";

const config = (given: Record<string, unknown>): FleetConfig => fleetSchema.parse(given);
const paths = (given: Record<string, unknown>) =>
  quotaFaults(config(given)).map(({ path, rule }) => `${path}: ${rule}`);

describe("quotas", () => {
  test("let a pool of eleven with an endpoint in each zone beside four service endpoints, and no larger one", () => {
    // 50 - 4 (services) - 1 (producer) = 45 = 11 × (3 + 1) + 1
    expect(paths({ pool: { size: 11 } })).toEqual([]);
    expect(quotaFaults(config({ pool: { size: 12 } }))).toEqual([
      {
        path: "pool.size",
        value: 12,
        rule: 'must be at most 11: the fleet needs 53 of the quota "Interface VPC endpoints per VPC", which allows 50',
        remedy:
          "Lower it to 11 or fewer, or set `pool.endpointPlacement: oneAz`, or have AWS raise it (`aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-29B6F2EB --desired-value 53`) and write the new value to `quotas.interfaceEndpointsPerVpc`",
      },
    ]);
  });

  test("let fifteen where the workgroups' own addresses do not count", () => {
    const quotas = { workgroupsCountAsEndpoints: false };
    expect(paths({ quotas, pool: { size: 15 } })).toEqual([]);
    expect(paths({ quotas, pool: { size: 16 } })).toEqual([expect.stringContaining("at most 15")]);
  });

  test("count workgroups and namespaces with the producer and named consumers", () => {
    const pool = { size: 23, endpointPlacement: "oneAz" };
    const quotas = { interfaceEndpointsPerVpc: 500 };
    expect(paths({ quotas, pool, consumers: { analytics: {} } })).toEqual([]);
    expect(paths({ quotas, pool, consumers: { analytics: {}, reports: {} } })).toEqual([
      expect.stringContaining("workgroups"),
      expect.stringContaining("namespaces"),
    ]);
  });

  test("count the balancer's targets in all zones together", () => {
    const quotas = { interfaceEndpointsPerVpc: 5000, workgroups: 500, namespaces: 500 };
    expect(paths({ quotas, pool: { size: 166 } })).toEqual([]);
    expect(paths({ quotas, pool: { size: 167 } })).toEqual([expect.stringContaining("Targets per")]);
  });

  test("tell how many endpoints would be there twice while warehouses move, and how many more there may be", () => {
    // 50 - 4 (services) - 4 (workgroups' own) - 3 × 3 - 1
    const consumers = { analytics: { endpointPlacement: "oneAz" }, loads: { endpointPlacement: "none" } };
    expect(endpointRoom(config({ pool: { size: 3 }, consumers }))).toEqual({ endpoints: 10, spareEndpoints: 30 });
    const warehouseSubnets = ["a", "b", "c", "d"].map((zone) => ({ az: `us-east-1${zone}`, cidr: "10.0.16.0/20" }));
    const network = { warehouseSubnets };
    expect(endpointRoom(config({ network, pool: { size: 3 } }))).toMatchObject({ endpoints: 12 });
  });

  test("name the quota where named consumers alone exceed it", () => {
    const consumers = Object.fromEntries(
      Array.from({ length: 25 }, (_, at) => [`c${at}`, { endpointPlacement: "none" }]),
    );
    expect(paths({ pool: { size: 0 }, consumers })).toEqual([
      expect.stringMatching(/^quotas\.workgroups: must allow the 26/),
      expect.stringMatching(/^quotas\.namespaces: must allow the 26/),
    ]);
  });

  test("count blocks of clients as rules of security groups", () => {
    const clientCidrs = Array.from({ length: 59 }, (_, at) => `10.${at}.0.0/16`);
    expect(paths({ network: { clientCidrs: clientCidrs.slice(1) } })).toEqual([]);
    expect(paths({ network: { clientCidrs } })).toEqual([
      expect.stringMatching(/^network\.clientCidrs: must be at most 58/),
    ]);
  });

  test("refuse a size exactly where the number that is said to fit is smaller", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.constantFrom("oneAz", "everyAz"), (size, endpointPlacement) => {
        const fits = quotaFaults(config({ pool: { size, endpointPlacement } }))
          .map(({ rule }) => Number(/at most (\d+)/.exec(rule)?.[1]))
          .sort((a, b) => a - b)[0];
        if (fits === undefined) return;
        expect(fits).toBeLessThan(size);
        expect(quotaFaults(config({ pool: { size: fits, endpointPlacement } }))).toEqual([]);
      }),
    );
  });
});
