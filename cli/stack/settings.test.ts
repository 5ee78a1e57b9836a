import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { samplesOf, tablesOf } from "./samples";
import { readSettings, stacksWithFiles } from "./settings";

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "settings-"));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

function write(file: string, text: string): string {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
  return path.join(root, file);
}

test("a stack's file says its Region and its schema files", () => {
  write("stacks/Pulumi.a.yaml", "config:\n  aws:region: eu-west-1\n  redshift-fleet:schema: { directory: sql/a }\n");
  write("stacks/Pulumi.b-c.yaml", "");
  expect(readSettings("a", root)).toMatchObject({ region: "eu-west-1", schemaDirectory: path.join(root, "sql/a") });
  const { region, schemaDirectory } = readSettings("b-c", root);
  expect([region, schemaDirectory]).toEqual([undefined, undefined]);
  expect(stacksWithFiles(root)).toEqual(["a", "b-c"]);
});

test("a file that is not there, or cannot be read, is named", () => {
  write("stacks/Pulumi.a.yaml", "config: [");
  write("stacks/Pulumi.b.yaml", "config: 7");
  expect(() => readSettings("mine", root)).toThrow("There is no stacks/Pulumi.mine.yaml. `npx fleet init mine` writes");
  expect(() => readSettings("a", root)).toThrow(/^stacks\/Pulumi\.a\.yaml:1:\d+: .*Correct it/);
  expect(() => readSettings("b", root)).toThrow("stacks/Pulumi.b.yaml: must be a map with a map `config`");
});

test("sample data stands beside the schema files, or there is none", () => {
  const schemaDirectory = path.join(root, "own", "schema");
  expect(samplesOf({})).toBeUndefined();
  expect(samplesOf({ schemaDirectory })).toBeUndefined();
  const module = write(
    "own/samples/index.cjs",
    'exports.tables = () => [{ schema: "s", table: "t", rows: [{ a: 1 }] }]',
  );
  expect(samplesOf({ schemaDirectory })).toBe(module);
  expect(tablesOf(module)).toEqual([{ schema: "s", table: "t", rows: [{ a: 1 }] }]);
  const odd = write("odd/samples/index.cjs", "exports.tables = () => [{ schema: 1 }]");
  expect(() => tablesOf(odd)).toThrow(/odd\/samples\/index\.cjs must export tables\(\)[\s\S]*schema/);
});

test("the example has some", () => {
  const module = samplesOf(readSettings("local"));
  expect(module).toBe(path.join(repositoryDirectory(), "examples/airline/samples/index.cjs"));
});
