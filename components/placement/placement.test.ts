import * as fc from "fast-check";
import { carve } from "../network/carve";
import { describeFault } from "../validation";
import { changeFaults, type PlacementInputs, placementFaults } from "./placement-faults";

const azs = ["us-east-1a", "us-east-1b", "us-east-1c"];
const carved = (zones = azs, prefix = 23, vpc = "10.0.0.0/16") => carve(vpc, zones, prefix) ?? [];
const subnets = carved();
const deployed: PlacementInputs = {
  accountId: "123456789012",
  region: "us-east-1",
  namePrefix: "sales-prod",
  vpc: "10.0.0.0/16",
  subnets,
  warehouseSubnets: subnets,
  balanced: true,
  endpoints: 12,
  spareEndpoints: 30,
};
/** Subnets of everything, the warehouses' too. */
const all = (subnets: PlacementInputs["subnets"]) => ({ subnets, warehouseSubnets: subnets });
const larger = azs.map((az, index) => ({ az, cidr: `10.0.${16 * (index + 1)}.0/20` }));
const faults = (change: Partial<PlacementInputs>, before: Partial<PlacementInputs> = {}) =>
  placementFaults({ ...deployed, ...change }, { ...deployed, ...before });
const said = (...args: Parameters<typeof faults>) =>
  faults(...args).map((fault) => `${fault.path} ${describeFault(fault)}`);

describe("Placement", () => {
  test.each<[string, Partial<PlacementInputs>, RegExp]>([
    [
      "another account",
      { accountId: "210987654321" },
      /^the account must stay 123456789012: .*"210987654321".*Sign in/,
    ],
    [
      "another Region",
      // A Region changes the names of zones as well: that is one fault all the same.
      { region: "eu-west-1", ...all(carved(["eu-west-1a", "eu-west-1b", "eu-west-1c"])) },
      /^aws:region must stay us-east-1: .*"eu-west-1"\. Run `pulumi config set aws:region us-east-1`/,
    ],
    ["another stack's name", { namePrefix: "sales-live" }, /must stay sales-prod: .*without data.*pulumi stack rename/],
    [
      "another block of the VPC",
      { vpc: "10.8.0.0/16", ...all(carved(azs, 23, "10.8.0.0/16")) },
      /^network\.cidr must stay 10\.0\.0\.0\/16, .*"10\.8\.0\.0\/16".*A bigger network/,
    ],
    ["a VPC that exists", { vpc: "vpc-0123456789abcdef0" }, /^network\.existing\.vpcId must stay 10\.0\.0\.0\/16/],
  ])("refuses %s, and says so once", (_, change, fault) => {
    expect(said(change)).toEqual([expect.stringMatching(fault)]);
  });

  const producer = { warehouse: "sales-prod-producer-abc", database: "sales", adminUsername: "ann", generation: 1 };

  test.each([
    ["database", "other", "sales"],
    ["adminUsername", "bob", "ann"],
    ["generation", 2, 1],
  ])("refuses another %s of the producer, by its key, with the line and the ways that work", (key, value, former) => {
    const changed = { ...producer, [key]: value, warehouse: "sales-prod-producer-def" };
    const refusal = `^producer\\.${key} must stay ${former}: .*deleted.*Take the change back.*--namespace-name sales-prod-producer-abc .*allowReplacement`;
    expect(said({ producer: changed }, { producer })).toEqual([expect.stringMatching(new RegExp(refusal))]);
    const place = "stacks/Pulumi.prod.yaml:12";
    const placed = changeFaults(
      { ...deployed, producer: changed, places: { [`producer.${key}`]: place } },
      { ...deployed, producer },
    );
    expect(placed?.map(({ path }) => path)).toEqual([`${place}: producer.${key}`]);
    // Where somebody allows it, and where nobody remembers what there was, nothing is said.
    expect(said({ producer: changed, replaceable: true }, { producer })).toEqual([]);
    expect(said({ producer: changed })).toEqual([]);
  });

  test("refuses to leave a VPC that exists, for another or for one of the fleet's own", () => {
    const before = { vpc: "vpc-0123456789abcdef0" };
    const stays = expect.stringMatching(/^network\.existing\.vpcId must stay vpc-0123456789abcdef0: /);
    expect(said({ vpc: "vpc-00000000000000000" }, before)).toEqual([stays]);
    expect(said({}, before)).toEqual([stays]);
  });

  test.each<[string, PlacementInputs["subnets"], string[]]>([
    ["larger subnets", carved(azs, 22), ["10.0.0.0/23", "10.0.2.0/23", "10.0.4.0/23"]],
    ["zones in another order", carved([azs[1]!, azs[0]!, azs[2]!]), ["10.0.0.0/23", "10.0.2.0/23"]],
    ["a new zone in front", carved(["us-east-1d", ...azs]), ["10.0.0.0/23", "10.0.2.0/23", "10.0.4.0/23"]],
  ])("refuses %s in place, naming each subnet that must stay", (_, changed, kept) => {
    expect(said(all(changed))).toEqual(
      kept.map((cidr) => expect.stringMatching(new RegExp(`^network.subnets must keep ${cidr} .*A bigger network`))),
    );
  });

  test("takes a further zone, and gives it up only where there is no balancer", () => {
    const four = all(carved([...azs, "us-east-1d"]));
    expect(said(four)).toEqual([]);
    expect(said({}, four)).toEqual([
      expect.stringMatching(
        /must keep 10\.0\.6\.0\/23 in us-east-1d: .*address that readers connect to.*pool\.size: 0/,
      ),
    ]);
    expect(said({ balanced: false }, four)).toEqual([]);
  });

  test("lets warehouses move to subnets of their own, further on, and back", () => {
    expect(said({ warehouseSubnets: larger })).toEqual([]);
    expect(said({}, { warehouseSubnets: larger })).toEqual([]);
    const further = larger.map(({ az }, index) => ({ az, cidr: `10.0.${64 * (index + 1)}.0/18` }));
    expect(said({ warehouseSubnets: further }, { warehouseSubnets: larger.slice(0, 3) })).toEqual([]);
  });

  test("refuses subnets over those that are there until the end of the update, naming both", () => {
    const over = [{ az: azs[0]!, cidr: "10.0.16.0/21" }, larger[1]!, larger[2]!];
    expect(said({ warehouseSubnets: over }, { warehouseSubnets: larger })).toEqual([
      expect.stringMatching(
        /^network\.warehouseSubnets must not overlap 10\.0\.16\.0\/20 in us-east-1a, .*got "10\.0\.16\.0\/21 in us-east-1a"/,
      ),
    ]);
    // The same block in another zone is another subnet.
    const elsewhere = [{ az: "us-east-1d", cidr: larger[0]!.cidr }, larger[1]!, larger[2]!];
    expect(said({ warehouseSubnets: elsewhere }, { warehouseSubnets: larger })).toHaveLength(1);
  });

  test("asks for room for twice the endpoints while warehouses move, not otherwise", () => {
    expect(said({ warehouseSubnets: larger, spareEndpoints: 5 })).toEqual([
      expect.stringMatching(/allows 7 more: .* their 12 endpoints are there twice.*L-29B6F2EB/),
    ]);
    expect(said({ spareEndpoints: 5 })).toEqual([]);
  });

  test("says nothing of a first deployment, or of one whose state knows less", () => {
    expect(changeFaults(deployed, {})).toEqual([]);
    expect(changeFaults({ ...deployed, region: "eu-west-1" }, { region: "us-east-1" })).toEqual([]);
  });

  test("never lets two overlapping subnets be there at once", () => {
    const prefix = fc.integer({ min: 18, max: 23 });
    const number = fc.integer({ min: 0, max: 3 });
    const own = fc.record({ prefix, number }).map(({ prefix, number }) => {
      const blocks =
        carve(
          "10.0.0.0/16",
          Array.from({ length: 4 * 3 }, () => ""),
          prefix,
        ) ?? [];
      return blocks.slice(number * 3, number * 3 + 3).map(({ cidr }, index) => ({ az: azs[index]!, cidr }));
    });
    const isThere = (cidr: string, all: PlacementInputs["subnets"]) => all.some((subnet) => subnet.cidr === cidr);
    fc.assert(
      fc.property(own, own, (before, after) => {
        fc.pre(before.length === 3 && after.length === 3);
        const there = [...subnets, ...before];
        const clash = after.some(({ cidr }) => !isThere(cidr, there) && there.some((old) => meet(old.cidr, cidr)));
        expect(faults({ warehouseSubnets: after }, { warehouseSubnets: before }).length > 0).toBe(clash);
      }),
    );
  });
});

/** Whether two blocks share an address, counted out. */
function meet(one: string, other: string): boolean {
  const [a, b] = [one, other].map((cidr) => {
    const [address = "", prefix] = cidr.split("/");
    const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    return { first, last: first + 2 ** (32 - Number(prefix)) - 1 };
  });
  return a!.first <= b!.last && b!.first <= a!.last;
}
