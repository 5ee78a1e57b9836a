import "../catalogue";
import { applyWaivers, type Waiver } from "../framework/waivers";
import { absent, resource, unknown } from "../testing/fixture";
import { passes, testPolicy, violates } from "../testing/table";
import { waivers } from "./waivers";

const waiver = (more: Partial<Waiver>): { config: { waivers: Waiver[] } } => ({
  config: {
    waivers: [
      {
        policy: "subnet-prefix",
        resource: "*::lab",
        reason: "a lab",
        owner: "data@example.com",
        expires: "2999-12-31",
        ...more,
      },
    ],
  },
});

testPolicy(waivers, { root: resource("pulumi:pulumi:Stack", {}) }, [
  violates(
    "one that has expired",
    {},
    /the waiver of subnet-prefix for \*::lab \(owner: data@example\.com\) expired on 2001-01-31/,
    waiver({ expires: "2001-01-31" }),
  ),
  violates("one that never expires", {}, /has no expires/, waiver({ expires: "" })),
  violates("one that expires on no day", {}, /not a date/, waiver({ expires: "next year" })),
  violates("one that expires on a day that does not exist", {}, /not a date/, waiver({ expires: "2027-13-45" })),
  violates("one without an owner", {}, /has no owner/, waiver({ owner: " " })),
  violates("one without a reason", { "root.id": unknown }, /has no reason/, waiver({ reason: "" })),
  violates(
    "one of a policy that does not exist",
    {},
    /the waiver of subnet-prefixes for .* waives nothing: no such policy; did you mean subnet-prefix\?/,
    waiver({ policy: "subnet-prefixes" }),
  ),
  violates("one of a policy like no other", {}, /waives nothing: no such policy\. /, waiver({ policy: "unheard-of" })),
  passes("one in force", { "root.id": absent }, waiver({})),
  passes("none", {}),
]);

describe("applying waivers", () => {
  const finding = {
    kind: "violation",
    urn: "urn:pulumi:dev::p::aws:ec2/subnet:Subnet::lab",
    text: "too small",
    advisory: false,
  } as const;
  const { waivers: given } = waiver({}).config;

  test("turns the violation into a note that names the owner and the reason", () => {
    const [note] = applyWaivers("subnet-prefix", [finding], given, "2026-01-01");
    expect(note).toMatchObject({ kind: "waived", advisory: true });
    expect(note!.text).toBe("Waived until 2999-12-31 by data@example.com: a lab\ntoo small");
  });
  test("leaves other policies' violations", () => {
    expect(applyWaivers("vpc-dns", [finding], given, "2026-01-01")).toEqual([finding]);
  });
  test("leaves other resources' violations", () => {
    const other = { ...finding, urn: `${finding.urn}oratory` };
    expect(applyWaivers("subnet-prefix", [other], given, "2026-01-01")).toEqual([other]);
  });
  test("holds on its last day and not on the next", () => {
    const until = [{ ...given[0]!, expires: "2026-05-05" }];
    expect(applyWaivers("subnet-prefix", [finding], until, "2026-05-05")[0]!.kind).toBe("waived");
    expect(applyWaivers("subnet-prefix", [finding], until, "2026-05-06")[0]!.kind).toBe("violation");
  });
});
