import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { deployCommand, isForSandbox, sandboxOf, stacksWithSandboxes } from "./place";

let folder: string;
const before = { ...process.env };

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "place-"));
  process.env = { ...before, REDSHIFT_FLEET_SANDBOX_DIR: path.join(folder, "sandbox"), PULUMI_HOME: folder };
  delete process.env.PULUMI_BACKEND_URL;
  delete process.env.PULUMI_ACCESS_TOKEN;
});
afterEach(() => {
  process.env = before;
  fs.rmSync(folder, { recursive: true });
});

const started = () => fs.mkdirSync(sandboxOf("mine"));
const loggedIn = () =>
  fs.writeFileSync(path.join(folder, "credentials.json"), JSON.stringify({ current: "s3://state" }));
const mine = { stack: "mine" };

test("each stack has a sandbox of its own", () => {
  expect(sandboxOf("local")).toBe(path.join(folder, "sandbox"));
  expect(sandboxOf("mine")).toBe(path.join(folder, "sandbox-mine"));
  expect(stacksWithSandboxes()).toEqual([]);
  started();
  expect(stacksWithSandboxes()).toEqual(["mine"]);
});

test("the example is in the sandbox, others where the shell points until they are started", () => {
  expect(isForSandbox({ stack: "local" })).toBe(true);
  expect(isForSandbox({ stack: "local", sandbox: false })).toBe(false);
  expect(isForSandbox(mine)).toBe(false);
  started();
  expect(isForSandbox(mine)).toBe(true);
});

test.each([
  ["`pulumi login`", loggedIn, "s3://state"],
  ["the environment", () => Object.assign(process.env, { PULUMI_BACKEND_URL: "s3://other" }), "s3://other"],
  ["a token", () => Object.assign(process.env, { PULUMI_ACCESS_TOKEN: "t" }), "Pulumi Cloud"],
])("where %s says another place, it is asked for", (_, point, place) => {
  point();
  expect(isForSandbox(mine)).toBe(false);
  started();
  expect(() => isForSandbox(mine)).toThrow(`keeps stacks in ${place} as well: say which is meant, --sandbox or`);
  expect(isForSandbox({ ...mine, sandbox: true })).toBe(true);
  expect(isForSandbox({ ...mine, sandbox: false })).toBe(false);
});

test("a shell that points at the stack's sandbox means that", () => {
  started();
  loggedIn();
  process.env.PULUMI_BACKEND_URL = `${pathToFileURL(path.join(sandboxOf("mine"), "state")).href}?metadata=skip`;
  expect(isForSandbox(mine)).toBe(true);
  expect(deployCommand("mine")).toBe("npx fleet start --stack mine");
  expect(deployCommand("other")).toBe("pulumi up --stack other --policy-pack policies");
});
