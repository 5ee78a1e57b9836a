import { catalogue } from "../catalogue";
import { lintConfig } from "./lint";

const faults = (config: unknown) => lintConfig(config, catalogue);

test("takes levels, parameters and parameters for some stacks", () => {
  expect(
    faults({
      all: "mandatory",
      "vpc-dns": "remediate",
      "subnet-prefix": {
        enforcementLevel: "advisory",
        longestPrefix: 24,
        stacks: { "dev*": { longestPrefix: 26, enforcementLevel: "advisory" } },
      },
    }),
  ).toEqual([]);
});

test.each([
  [{ "subnet-prefixes": "mandatory" }, "subnet-prefixes: no such policy; did you mean subnet-prefix?"],
  [{ unheard: "mandatory" }, "unheard: no such policy"],
  [{ "subnet-prefix": "strict" }, 'subnet-prefix: "strict" is not one of'],
  [{ all: "on" }, 'all: "on" is not one of'],
  [{ "subnet-prefix": 23 }, "must be a level or an object"],
  [{ "subnet-prefix": { prefix: 24 } }, "subnet-prefix.prefix: no such parameter"],
  [{ "subnet-prefix": { longestPrefix: "24" } }, "subnet-prefix.longestPrefix: must be of type integer"],
  [{ "subnet-prefix": { longestPrefix: 30 } }, "subnet-prefix.longestPrefix: 30 is more than 28"],
  [{ "subnet-prefix": { longestPrefix: 8 } }, "8 is less than 16"],
  [{ "subnet-prefix": { enforcementLevel: "remediate" } }, "this policy cannot remediate"],
  [{ "vpc-flow-logs": "remediate" }, "vpc-flow-logs: this policy cannot remediate, and would act as mandatory does"],
  [{ "subnet-prefix": { stacks: { dev: { prefix: 1 } } } }, "subnet-prefix.prefix: no such parameter"],
  [{ "subnet-prefix": { stacks: { dev: { enforcementLevel: "disabled" } } } }, "only advisory and mandatory"],
  [
    { waivers: { waivers: [{ policy: "vpc-dns", resource: "*", owner: "me", expires: "2999-01-01" }] } },
    "waivers.waivers[0] (vpc-dns for *, owner: me): has no reason",
  ],
  [
    { waivers: { waivers: [{ policy: "vpc-dsn", resource: "*", reason: "lab", owner: "me", expires: "2001-01-01" }] } },
    "(vpc-dsn for *, owner: me): no such policy; did you mean vpc-dns?\nwaivers.waivers[0] (vpc-dsn for *, owner: me): expired on",
  ],
  [{ waivers: { waivers: [{}] } }, "(no policy for no resource, owner: nobody): has no policy"],
  [["subnet-prefix"], "the file must hold an object"],
])("refuses %j", (config, message) => {
  expect(faults(config).join("\n")).toContain(message);
});
