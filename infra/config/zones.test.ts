import { fleetSchema } from "./schema";
import { chooseZones, type Zone } from "./zones";

const zone = (letter: string, number: number): Zone => ({ name: `us-east-1${letter}`, id: `use1-az${number}` });
const offered = [zone("a", 6), zone("b", 3), zone("c", 1), zone("d", 2), zone("e", 4)];
const choose = (network: Record<string, unknown>, zones = offered, region = "us-east-1") =>
  chooseZones(fleetSchema.parse({ network }).network, region, zones);

describe("zones", () => {
  test("are the first three that Redshift Serverless is in, whatever this account calls them", () => {
    expect(choose({})).toEqual({ azs: ["us-east-1a", "us-east-1c", "us-east-1d"], faults: [] });
    expect(choose({ excludeZoneIds: [] }).azs).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  test("can be named by id", () => {
    expect(choose({ azs: ["use1-az1", "use1-az2", "use1-az4"] })).toEqual({
      azs: ["us-east-1c", "us-east-1d", "us-east-1e"],
      faults: [],
    });
    const subnets = ["use1-az1", "use1-az2", "use1-az4"].map((az, index) => ({ az, cidr: `10.0.${2 * index}.0/23` }));
    expect(choose({ subnets })).toMatchObject({ subnets: [{ az: "us-east-1c" }, {}, {}], faults: [] });
    expect(choose({ warehouseSubnets: subnets })).toMatchObject({
      azs: ["us-east-1a", "us-east-1c", "us-east-1d"],
      warehouseSubnets: [{ az: "us-east-1c" }, {}, {}],
    });
  });

  test("are refused where they are excluded or unknown, all at once", () => {
    expect(choose({ azs: ["us-east-1b", "use1-az9", "us-east-1c"] }).faults).toEqual([
      expect.objectContaining({ value: "us-east-1b", rule: expect.stringContaining("us-east-1b (use1-az3)") }),
      expect.objectContaining({ value: "use1-az9", rule: expect.stringContaining("us-east-1a (use1-az6)") }),
    ]);
  });

  test("are none in a Region that AWS does not know, which is the fault then", () => {
    expect(choose({ azs: ["us-east-3a"] }, [], "us-east-3").faults).toEqual([
      expect.objectContaining({ path: "aws:region", value: "us-east-3", remedy: expect.stringContaining("us-east-1") }),
    ]);
  });

  test("are too few in a Region with two, with what AWS allows there", () => {
    const two = [
      { name: "us-west-1a", id: "usw1-az1" },
      { name: "us-west-1c", id: "usw1-az3" },
    ];
    expect(choose({}, two, "us-west-1").faults).toEqual([
      expect.objectContaining({
        path: "network.azs",
        rule: expect.stringMatching(
          /must be 3 zones, but us-west-1 offers this account 2.*AWS lets three subnets share/,
        ),
      }),
    ]);
  });
});
