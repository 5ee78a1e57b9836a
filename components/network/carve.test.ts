import { contains, isCidr, overlap, prefixOf, usableAddresses } from "@redshift-fleet/redshift/declarations";
import fc from "fast-check";
import { carve, checkSubnets } from "./carve";

const octet = fc.integer({ min: 0, max: 255 });
/** VPC blocks and a prefix that leaves room for a number of zones. */
const layouts = fc
  .record({
    first: octet,
    second: octet,
    vpcPrefix: fc.integer({ min: 16, max: 21 }),
    zones: fc.integer({ min: 1, max: 6 }),
  })
  .chain((layout) => fc.integer({ min: layout.vpcPrefix + 3, max: 28 }).map((prefix) => ({ ...layout, prefix })))
  .map(({ first, second, vpcPrefix, zones, prefix }) => ({
    vpc: `${first}.${second}.0.0/${vpcPrefix}`,
    azs: ["a", "b", "c", "d", "e", "f"].slice(0, zones),
    prefix,
  }));

describe("carve", () => {
  test("gives every zone a block of the size asked for, inside the VPC and over no other", () => {
    fc.assert(
      fc.property(layouts, ({ vpc, azs, prefix }) => {
        const subnets = carve(vpc, azs, prefix) ?? [];
        expect(subnets.map(({ az }) => az)).toEqual(azs);
        subnets.forEach(({ cidr }, index) => {
          expect(isCidr(cidr)).toBe(true);
          expect(prefixOf(cidr)).toBe(prefix);
          expect(contains(vpc, cidr)).toBe(true);
          for (const other of subnets.slice(index + 1)) expect(overlap(cidr, other.cidr)).toBe(false);
        });
        expect(checkSubnets("subnets", [vpc], subnets, 28)).toEqual([]);
      }),
    );
  });

  test("moves no subnet when a zone is added", () => {
    fc.assert(
      fc.property(layouts, ({ vpc, azs, prefix }) => {
        const before = carve(vpc, azs, prefix) ?? [];
        expect(carve(vpc, [...azs, "z"], prefix)?.slice(0, azs.length)).toEqual(before);
      }),
    );
  });

  test("says when the zones do not fit", () => {
    expect(carve("10.0.0.0/22", ["a", "b", "c"], 23)).toBeUndefined();
    expect(carve("10.0.0.0/24", ["a"], 23)).toBeUndefined();
    expect(carve("10.0.0.0/22", ["a", "b"], 23)).toEqual([
      { az: "a", cidr: "10.0.0.0/23" },
      { az: "b", cidr: "10.0.2.0/23" },
    ]);
  });

  test("counts what AWS leaves of a subnet", () => {
    expect(usableAddresses(23)).toBe(507);
  });

  test.each(["10.0.0.0", "10.0.1.0/23", "10.0.0.0/33", "300.0.0.0/16", "", "10.0.0.0/"])(
    "takes %p for no block",
    (text) => {
      expect(isCidr(text)).toBe(false);
    },
  );
});
