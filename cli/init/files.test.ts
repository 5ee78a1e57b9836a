import { parse } from "yaml";
import { filesOf } from "./files";

const answers = {
  ...{ name: "sales", region: "eu-central-1", schema: "shop", directory: "fleets/sales/schema" },
  ...{ pool: 2, producerCapacity: 8, consumerCapacity: 8 },
};

test("a new stack's file, and its examples with their comment signs taken off", () => {
  const text = filesOf(answers)[0]!.text;
  expect(parse(text).config["redshift-fleet:readers"]).toEqual({
    roles: { reader: {} },
    users: { fleet_reader: { roles: ["reader"] } },
  });
  // What is commented out and is no sentence: a key, with what it has on the line or below.
  const { config } = parse(text.replaceAll(/^( +)# ((?: {2})*[\w:-]+:(?: [^ ].*)?)$/gm, "$1$2"));
  expect(config["redshift-fleet:readers"]).toEqual({
    roles: { reader: {}, analyst: { datashares: ["shop"] } },
    users: { fleet_reader: { roles: ["reader"] }, anna: { roles: ["analyst"] } },
    endpointUser: "fleet_reader",
  });
  expect(config["redshift-fleet:consumers"]).toMatchObject({
    reporting: { baseCapacity: 8, usageLimit: { rpuHours: 40, period: "daily", breachAction: "deactivate" } },
  });
});
