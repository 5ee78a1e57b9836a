import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import type { JsonObject } from "../../../aws/json";
import { randomFrom } from "../../../seeded-random";
import { Ledger } from "../storage/ledger";
import type { ObjectEvent } from "../storage/records";
import { checkEntries, entriesOf, named } from "./configuration";
import { encodedKey } from "./messages";
import { Notifier, type NotifierOptions } from "./notifier";
import type { BusEvent } from "./ports";

const arn = "arn:aws:sqs:us-east-1:000000000000:q";
const filter = (prefix: string, suffix: string) => ({
  Key: {
    FilterRules: [
      { Name: "prefix" as const, Value: prefix },
      { Name: "suffix" as const, Value: suffix },
    ],
  },
});
const configuration: NotificationConfiguration = {
  QueueConfigurations: [{ Id: "csv", QueueArn: arn, Events: ["s3:ObjectCreated:*"], Filter: filter("in/", ".csv") }],
  EventBridgeConfiguration: {},
};

let dir: string;
let ledger: Ledger;
let sent: JsonObject[];
let bus: BusEvent[];
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "notifier-"));
  ledger = openLedger();
  [sent, bus] = [[], []];
});
afterEach(() => {
  ledger.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const openLedger = () => Ledger.open({ dir, synced: false, log: () => undefined });

function notifier(more: Partial<NotifierOptions> = {}): Notifier {
  const made = new Notifier({
    targets: {
      send: async (_target, message) => void sent.push(message),
      putEvent: async (event) => void bus.push(event),
    },
    configuration: () => configuration,
    sender: (bucket) => ({ region: "us-east-1", accountId: "000000000000", arn: `arn:aws:s3:::${bucket}` }),
    delivery: "in-order",
    latest: 50,
    random: randomFrom(1),
    log: () => undefined,
    ...more,
  });
  made.resume(ledger);
  return made;
}

let number = 0;
const event = (key: string, name: ObjectEvent["name"] = "ObjectCreated:Put"): ObjectEvent => ({
  name,
  bucket: "b",
  key,
  size: 3,
  etag: "e",
  sequencer: String(++number).padStart(18, "0"),
  time: 0,
});
/** As a change keeps it in the log. */
const record = (one: ObjectEvent) => ledger.commit({ do: "event", event: one });
const keys = () => sent.map((message) => (message.Records as JsonObject[])[0]!.s3 as { object: { key: string } });

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 200; tries++) await sleep(10);
  expect(holds()).toBe(true);
}

test("whoever asked for a key is told of it, in the form of its target", async () => {
  const notified = notifier();
  for (const key of ["in/a b+ü.csv", "in/a.txt", "out/a.csv"]) notified.happened(event(key));
  await until(() => bus.length === 3);
  expect(keys().map(({ object }) => object)).toEqual([
    { key: "in/a+b%2B%C3%BC.csv", size: 3, eTag: "e", sequencer: expect.any(String) },
  ]);
  expect(bus[0]).toMatchObject({
    source: "aws.s3",
    detailType: "Object Created",
    resources: ["arn:aws:s3:::b"],
    detail: { object: { key: "in/a b+ü.csv", etag: "e" }, reason: "PutObject" },
  });
  await notified.close();
});

test("a deletion says whether the object is gone or marked", async () => {
  const notified = notifier();
  notified.happened(event("k", "ObjectRemoved:Delete"));
  notified.happened(event("k", "ObjectRemoved:DeleteMarkerCreated"));
  await until(() => bus.length === 2);
  expect(bus.map(({ detail }) => detail["deletion-type"])).toEqual(["Permanently Deleted", "Delete Marker Created"]);
  await notified.close();
});

test("what a kill kept from being told is told after the next start, and then no more", async () => {
  const one = event("in/1.csv");
  await record(one);
  const stuck = notifier({
    targets: { send: () => Promise.reject(new Error("down")), putEvent: async () => undefined },
  });
  await sleep(30);
  await stuck.close();
  ledger.close();
  ledger = openLedger();
  expect([...ledger.index.pending.keys()]).toEqual([one.sequencer]);
  const next = notifier();
  await until(() => sent.length === 1 && ledger.index.pending.size === 0);
  await next.close();
  ledger.close();
  ledger = openLedger();
  expect(ledger.index.pending.size).toBe(0);
});

test("a target that refuses for a while is told in the end", async () => {
  let refusals = 2;
  const send = async (_target: unknown, message: JsonObject) => {
    if (refusals-- > 0) throw new Error("throttled");
    sent.push(message);
  };
  const notified = notifier({ targets: { send, putEvent: async () => undefined } });
  notified.happened(event("in/1.csv"));
  await until(() => sent.length === 1);
  await notified.close();
});

test("disordered, events come late, in any order, some twice, and all of them", async () => {
  const notified = notifier({ delivery: "disordered" });
  const wanted = Array.from({ length: 100 }, (_, index) => `in/${String(index).padStart(3, "0")}.csv`);
  for (const key of wanted) notified.happened(event(key));
  expect(sent).toEqual([]);
  await until(() => new Set(keys().map(({ object }) => object.key)).size === 100);
  const order = keys().map(({ object }) => object.key);
  expect(order).not.toEqual([...order].sort());
  expect(order.length).toBeGreaterThan(100);
  await notified.close();
});

test.each([
  ["a/b c", "a/b+c"],
  ["a+b%", "a%2Bb%25"],
  ["ü=&", "%C3%BC%3D%26"],
])("%s is %s in messages", (key, encoded) => expect(encodedKey(key)).toBe(encoded));

test.each<[string, NotificationConfiguration, string | undefined]>([
  ["FIFO queues", { QueueConfigurations: [{ QueueArn: `${arn}.fifo`, Events: ["s3:ObjectCreated:*"] }] }, "FIFO"],
  [
    "the same events twice under prefixes that overlap",
    {
      QueueConfigurations: [
        { QueueArn: arn, Events: ["s3:ObjectCreated:*"], Filter: filter("in/", "") },
        { QueueArn: `${arn}2`, Events: ["s3:ObjectCreated:Put"], Filter: filter("in/x/", "") },
      ],
    },
    "overlap",
  ],
  [
    "the same events under prefixes that do not",
    {
      QueueConfigurations: [
        { QueueArn: arn, Events: ["s3:ObjectCreated:*"], Filter: filter("in/", "") },
        { QueueArn: arn, Events: ["s3:ObjectCreated:*"], Filter: filter("out/", "") },
      ],
    },
    undefined,
  ],
])("%s", (_what, given, fault) => {
  const check = () => checkEntries(entriesOf(named(given)));
  if (fault) expect(check).toThrow(fault);
  else expect(check).not.toThrow();
});
