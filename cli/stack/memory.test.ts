import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Note, takePrints } from "./memory";

let root: string;
let state: string;
const day = new Date("2026-11-22T10:00:00Z");
const prints = (at = day) => takePrints(state, ["stacks/Pulumi.local.yaml", path.join(root, "sql")], root, at);

function write(file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), content);
}

const deployment = (...resources: object[]) => JSON.stringify({ checkpoint: { latest: { resources } } });

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "memory-"));
  state = path.join(root, "state.json");
  write("Pulumi.yaml", "name: a");
  write("stacks/Pulumi.local.yaml", "config: {}");
  write("components/consumer/consumer.ts", "one");
  write("state.json", deployment({ urn: "a" }));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

test.each([
  ["a source", () => write("components/consumer/consumer.ts", "two")],
  ["a new source", () => write("policies/config/own.json", "{}")],
  ["the stack's configuration", () => write("stacks/Pulumi.local.yaml", "config: { a: b }")],
  ["a schema file", () => write("sql/0001_tables.sql", "CREATE TABLE a (x int)")],
  ["dependencies", () => write("package-lock.json", "{}")],
  ["the state", () => write("state.json", deployment({ urn: "a" }, { urn: "b" }))],
])("%s changes what a deployment is made of", (_what, change) => {
  const before = prints();
  change();
  expect(prints()).not.toEqual(before);
});

test("what is compiled, another stack, what tests and a touch without a change do not", () => {
  const before = prints();
  write("components/dist/index.js", "compiled");
  write("components/node_modules/a/index.js", "installed");
  write("components/consumer/consumer.test.ts", "tested");
  write("stacks/Pulumi.other.yaml", "config: {}");
  write("components/consumer/consumer.ts", "one");
  expect(prints()).toEqual(before);
});

test("a waiver may end tomorrow", () => {
  expect(prints(new Date("2026-11-23T10:00:00Z"))).not.toEqual(prints());
  expect(prints(new Date("2026-11-22T23:00:00Z"))).toEqual(prints());
});

test("a stack without resources is as good as none", () => {
  write("state.json", deployment());
  const empty = prints();
  fs.rmSync(state);
  expect(prints()).toEqual(empty);
  expect(empty.state).toBeUndefined();
});

test("a note says what was written, and nothing when it is missing or broken", () => {
  const note = new Note(path.join(root, "cache", "note.json"));
  expect(note.says(prints())).toBe(false);
  note.write(prints());
  expect(note.says(prints())).toBe(true);
  write("stacks/Pulumi.local.yaml", "config: { a: b }");
  expect(note.says(prints())).toBe(false);
  write("cache/note.json", "{");
  expect(note.says(prints())).toBe(false);
});

test("an empty stack is not taken for a full one", () => {
  const note = new Note(path.join(root, "note.json"));
  note.write(prints());
  fs.rmSync(state);
  expect(note.says(prints())).toBe(false);
});
