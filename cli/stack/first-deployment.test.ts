import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { EngineKilled } from "./engine";
import {
  deploymentRuns,
  firstDeploymentIsUnfinished,
  firstDeploymentWasKilled,
  isNewSandbox,
  runFirstDeployment,
} from "./first-deployment";
import { project } from "./names";

let directory: string;
let mark: string;
const backend = process.env.PULUMI_BACKEND_URL;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), "first-"));
  mark = path.join(directory, "first-deployment");
  process.env.PULUMI_BACKEND_URL = pathToFileURL(path.join(directory, "state")).href;
});
afterEach(() => fs.rmSync(directory, { recursive: true }));
afterAll(() => {
  if (backend === undefined) delete process.env.PULUMI_BACKEND_URL;
  else process.env.PULUMI_BACKEND_URL = backend;
});

function write(file: string, content: object): void {
  const target = path.join(directory, "state", ".pulumi", file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, JSON.stringify(content));
}
const writeState = (...resources: object[]) =>
  write(`stacks/${project}/local.json`, { checkpoint: { latest: { resources } } });
const writeLock = (pid: number) =>
  write(`locks/organization/${project}/local/a.json`, { pid, hostname: os.hostname() });

/** No process has it: beyond what Linux and macOS hand out. */
const dead = 2 ** 30;
const leaveMark = (pid = dead) => fs.writeFileSync(mark, String(pid));
const killed = () => firstDeploymentWasKilled(directory, "local");

test("a sandbox is new until something lies in its folder", () => {
  expect(isNewSandbox(path.join(directory, "none"))).toBe(true);
  expect(isNewSandbox(directory)).toBe(true);
  leaveMark();
  expect(isNewSandbox(directory)).toBe(false);
});

test("one that ends leaves no mark, and neither does one that fails", async () => {
  await runFirstDeployment(directory, async () => expect(fs.existsSync(mark)).toBe(true));
  expect(fs.existsSync(mark)).toBe(false);
  await expect(runFirstDeployment(directory, () => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
  expect(fs.existsSync(mark)).toBe(false);
});

test("an engine that was killed is remembered, once nobody is at it any more", async () => {
  const deployment = () => Promise.reject(new EngineKilled("gone"));
  await expect(runFirstDeployment(directory, deployment)).rejects.toThrow(EngineKilled);
  expect(firstDeploymentIsUnfinished(directory, "local")).toBe(true);
  expect(killed()).toBe(false);
  leaveMark();
  expect(killed()).toBe(true);
});

test("a state that was written counts for more than the mark", () => {
  leaveMark();
  writeState();
  expect(killed()).toBe(true);
  writeState({ urn: "a" });
  expect(firstDeploymentIsUnfinished(directory, "local")).toBe(false);
  expect(killed()).toBe(false);
});

test("an engine that goes on alone is left to end", () => {
  leaveMark();
  writeLock(process.pid);
  expect(killed()).toBe(false);
  writeLock(dead);
  expect(killed()).toBe(true);
});

test("another command's deployment is seen, before and while its engine works, and not after", async () => {
  const runs = () => deploymentRuns(directory, "local");
  expect(runs()).toBe(false);
  await runFirstDeployment(directory, async () => expect(runs()).toBe(true));
  expect(runs()).toBe(false);
  writeLock(process.pid);
  expect(runs()).toBe(true);
  writeLock(dead);
  leaveMark();
  expect(runs()).toBe(false);
});
