import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { placeFaults, placesOf, topKeyFaults } from "./positions";

let root: string;
const text = `# The stack
config:
  aws:region: us-east-1
  redshift-fleet:environment: sandbox
  redshift-fleet:pool:
    size: 3 # of them
  redshift-fleet:network:
    subnets:
      - az: us-east-1a
        cidr: 10.0.0.0/23
      - { az: us-east-1b, cidr: 10.0.1.0/24 }
  other:key: true
  other:token: { secure: v1:abc }
encryptionsalt: v1:abc
`;
const values = {
  "aws:region": "us-east-1",
  "redshift-fleet:environment": "sandbox",
  "redshift-fleet:pool": '{"size":3}',
  "redshift-fleet:network":
    '{"subnets":[{"cidr":"10.0.0.0/23","az":"us-east-1a"},{"az":"us-east-1b","cidr":"10.0.1.0/24"}]}',
  "other:key": "true",
  "other:token": "in clear",
  "redshift-fleet:fromProject": "a key of Pulumi.yaml",
};

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "positions-"));
  fs.mkdirSync(path.join(root, "stacks"));
  fs.writeFileSync(path.join(root, "Pulumi.yaml"), "name: redshift-fleet\nstackConfigDir: stacks\n");
  fs.writeFileSync(path.join(root, "stacks/Pulumi.dev.yaml"), text);
});
afterEach(() => fs.rmSync(root, { recursive: true }));

const placeOf = (key: string, given: Record<string, string> = values, stack = "dev") => {
  const fault = { path: key, value: 1, rule: "must not be", remedy: "Remove it" };
  const [placed] = placeFaults([fault], { root, project: "redshift-fleet", stack, values: given });
  return placed?.place;
};
const file = path.join("stacks", "Pulumi.dev.yaml");

test.each([
  ["redshift-fleet:pool.size", `${file}:6`],
  ["redshift-fleet:environment", `${file}:4`],
  ["redshift-fleet:network.subnets[0].cidr", `${file}:10`],
  ["redshift-fleet:network.subnets[1].cidr", `${file}:11`],
  // What is missing should stand below this.
  ["redshift-fleet:pool.baseCapacity", `${file}:5`],
  ["redshift-fleet:readers.endpointUser", file],
  // No key at all.
  ["the stack's name", undefined],
])("%s stands in %s", (key, place) => expect(placeOf(key)).toBe(place));

test("faults come in the order of their lines, and last what stands in none", () => {
  const keys = ["redshift-fleet:network.subnets[1].cidr", "the stack's name", "aws:region", "redshift-fleet:pool.size"];
  const faults = keys.map((path) => ({ path, value: 1, rule: "must not be", remedy: "Remove it" }));
  const placed = placeFaults(faults, { root, project: "redshift-fleet", stack: "dev", values });
  expect(placed.map(({ path }) => path)).toEqual([keys[2], keys[3], keys[0], keys[1]]);
});

test("keys have places by the names that they have in the documentation", () => {
  const places = placesOf(["aws:region", "pool.size", "producer.database"], {
    root,
    project: "redshift-fleet",
    stack: "dev",
    values,
  });
  expect(places).toEqual({ "aws:region": `${file}:3`, "pool.size": `${file}:6`, "producer.database": file });
});

test.each<[text: string, faults: [path: string, meant: string, line: number][]]>([
  ["# The stack\nconfg:\n  aws:region: us-east-1\n", [["confg", "config", 2]]],
  ["settings:\n  redshift-fleet:pool: { size: 2 }\n", [["settings", "config", 1]]],
  ["encryptionsalts: v1:abc\n", [["encryptionsalts", "encryptionsalt", 1]]],
  ["notes: ours\nenvironment: [a]\nconfig: {}\n", []],
])("top keys of %j", (content, faults) => {
  fs.writeFileSync(path.join(root, "stacks/Pulumi.dev.yaml"), content);
  const found = topKeyFaults({ root, project: "redshift-fleet", stack: "dev", values: {} });
  expect(found.map(({ path, remedy, place }) => [path, remedy, place])).toEqual(
    faults.map(([path, meant, line]) => [path, `Write \`${meant}:\``, `${file}:${line}`]),
  );
});

test("a file that does not say what the engine handed over is not the one that it read", () => {
  expect(placeOf("redshift-fleet:pool.size", { ...values, "redshift-fleet:pool": '{"size":4}' })).toBeUndefined();
  const { "aws:region": _, ...fewer } = values;
  expect(placeOf("redshift-fleet:pool.size", fewer)).toBeUndefined();
  expect(placeOf("redshift-fleet:pool.size", values, "prod")).toBeUndefined();
});
