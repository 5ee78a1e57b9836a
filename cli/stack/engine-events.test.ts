import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EventLog } from "./engine-events";

const urn = (type: string, name: string) => `urn:pulumi:local::redshift-fleet::fleet:Consumer$${type}::${name}`;
const workgroup = { op: "create", urn: urn("aws:redshiftserverless/workgroup:Workgroup", "pool-1"), type: "" };

let file: string;
let log: EventLog;

beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "events-")), "events.json");
  log = new EventLog(file);
});
afterEach(() => fs.rmSync(path.dirname(file), { recursive: true }));

const write = (text: string) => fs.appendFileSync(file, text);
const event = (body: object) => write(`${JSON.stringify(body)}\n`);

test("says what is being made", () => {
  expect(log.read().summary()).toBe("0 done");
  event({ resourcePreEvent: { metadata: workgroup } });
  expect(log.read().summary()).toBe("0 done, now Workgroup pool-1");
  event({ resOutputsEvent: { metadata: workgroup } });
  expect(log.read().summary()).toBe("1 done");
});

test("takes half a line when the other half is there", () => {
  const line = JSON.stringify({ resOutputsEvent: { metadata: workgroup } });
  write(line.slice(0, 20));
  expect(log.read().summary()).toBe("0 done");
  write(`${line.slice(20)}\n`);
  expect(log.read().summary()).toBe("1 done");
});

test("keeps errors and mandatory policies for people", () => {
  event({ diagnosticEvent: { severity: "info", message: "fine" } });
  event({ diagnosticEvent: { severity: "error", message: "<{%fg 1%}>no room<{%reset%}>\n", urn: workgroup.urn } });
  const policy = { policyName: "subnet-prefix", message: "too small", resourceUrn: workgroup.urn };
  event({ policyEvent: { ...policy, enforcementLevel: "mandatory" } });
  event({ policyEvent: { ...policy, enforcementLevel: "advisory" } });
  expect(log.read().errors).toEqual(["Workgroup pool-1: no room"]);
  expect(log.violations).toEqual(["policy subnet-prefix: Workgroup pool-1: too small"]);
  expect(log.advice).toEqual(["policy subnet-prefix: Workgroup pool-1: too small"]);
});

test("keeps every resource that does not stay the same, a replacement once", () => {
  const step = (op: string, more: object = {}) => ({
    ...workgroup,
    type: "aws:redshiftserverless/workgroup:Workgroup",
    op,
    ...more,
  });
  for (const metadata of [
    step("same"),
    step("create", { type: "pulumi:providers:aws" }),
    step("create-replacement", { keys: ["namespaceName"] }),
    step("replace", {
      keys: ["namespaceName"],
      detailedDiff: { namespaceName: {}, "tags.owner": {}, "tags.team": {} },
    }),
    step("delete-replaced"),
    step("update", { detailedDiff: null, diffs: ["baseCapacity", "__provider"] }),
  ])
    event({ resourcePreEvent: { metadata } });
  expect(log.read().steps.map(({ operation, name, properties }) => [operation, name, properties])).toEqual([
    ["replace", "pool-1", ["namespaceName", "tags"]],
    ["update", "pool-1", ["baseCapacity"]],
  ]);
});

test.each([
  [{ same: 107 }, "no changes, 107 resources"],
  [{ create: 3, same: 2 }, "3 create, 2 unchanged"],
])("sums up %j", (resourceChanges, outcome) => {
  event({ summaryEvent: { resourceChanges } });
  expect(log.read().outcome()).toBe(outcome);
});
