import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describeMigrations, readMigrationFiles } from "@redshift-fleet/redshift/declarations";
import fc from "fast-check";
import { parse } from "yaml";
import { type Answers, answerFaults, largestPool, usualAnswers } from "../../cli/init/answers";
import { filesOf, writeFiles } from "../../cli/init/files";
import { ConfigError, judgeConfig } from "./parse";

// What `fleet init` writes and what the program accepts are two things: here they meet.

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "init-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

/** What the program says about the files of a new fleet. */
function judged(answers: Answers): string {
  const files = filesOf(answers);
  writeFiles(files, root);
  const { config } = parse(fs.readFileSync(path.join(root, files[0]!.file), "utf8"));
  const values = Object.fromEntries(
    Object.entries<unknown>(config).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const { faults } = judgeConfig({
    project: "redshift-fleet",
    stack: answers.name,
    values,
    describeSchemas: (directory) => describeMigrations(readMigrationFiles(path.resolve(root, directory!))),
  });
  return faults.length === 0 ? "" : new ConfigError(faults).message;
}

const faultPaths = (answers: Answers) => answerFaults(answers, root).map((fault) => fault.path);

test("the program accepts what is written for any answers that were accepted", () => {
  const rpus = fc.integer({ min: 1, max: 64 }).map((steps) => steps * 8);
  const answers = fc.record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){0,3}$/),
    region: fc.constantFrom("us-east-1", "eu-central-1", "ap-southeast-2"),
    directory: fc.constantFrom("fleets/x/schema", "sql files/it's", "sql: #1"),
    schema: fc.stringMatching(/^[a-z_][a-z0-9_]{0,20}$/),
    pool: fc.integer({ min: 1, max: largestPool }),
    producerCapacity: rpus,
    consumerCapacity: rpus,
  });
  fc.assert(
    fc.property(answers, (each) => {
      fs.rmSync(root, { recursive: true, force: true });
      fc.pre(answerFaults(each, root).length === 0);
      expect(judged(each)).toBe("");
    }),
    { numRuns: 60 },
  );
});

test("the usual answers do, and nothing of the example is in them", () => {
  const answers = usualAnswers("eu-sales", "eu-central-1");
  expect(judged(answers)).toBe("");
  const texts = filesOf(answers).map(({ file, text }) => file + text);
  expect(texts.join()).not.toMatch(/airline|flight|airport/i);
  expect(answers).toMatchObject({ schema: "eu_sales", directory: "fleets/eu-sales/schema" });
});

test("nothing is overwritten, and all faults are told at once", () => {
  writeFiles(filesOf(usualAnswers("sales")), root);
  const again = { ...usualAnswers("sales"), region: "Frankfurt", schema: "table", pool: 0, producerCapacity: 12 };
  expect(faultPaths(again)).toEqual([
    "--region",
    "--schema",
    "--pool",
    "--producer-rpus",
    "the stack's file",
    "--schemas",
  ]);
  expect(() => writeFiles(filesOf(usualAnswers("sales")), root)).toThrow(/EEXIST/);
});

test.each([
  ["Sales", "name"],
  ["sales-", "name"],
  ["s".repeat(31), "name"],
  ["../../sales", "name"],
])("%s names no fleet", (name, fault) => {
  expect(faultPaths({ ...usualAnswers("sales"), name })).toContain(fault);
});

test.each(["public", "pg_own", "a$b", "fleet", "Sales"])("%s names no schema that init makes", (schema) => {
  expect(faultPaths({ ...usualAnswers("sales"), schema })).toEqual(["--schema"]);
});
