import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { backendPath, type Lock } from "../stack/backend";
import { ofCloud, runningUpdate } from "./running-update";

let folder: string;
const made = "2026-01-01T12:00:00.123Z";
const now = Date.parse("2026-01-01T12:07:00Z");

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "backend-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function lock(lock: Partial<Lock>): string {
  const backend = pathToFileURL(folder).href;
  const locks = backendPath(["locks", "organization", "redshift-fleet", "prod"], backend)!;
  fs.mkdirSync(locks, { recursive: true });
  const content = { pid: process.pid, username: "ann", hostname: os.hostname(), timestamp: made, ...lock };
  fs.writeFileSync(path.join(locks, "1.json"), JSON.stringify(content));
  return backend;
}
const found = async (backend: string) => runningUpdate("prod", backend, now);

test("an update whose process lives is running", async () => {
  expect(await found(lock({}))).toEqual({
    seen: `Stack prod is being updated by process ${process.pid} of ann on this machine, since 2026-01-01 12:00, 7 minutes ago.`,
    first: `Wait for its end, or end it (\`kill ${process.pid}\`): then run this again.`,
  });
});

test("one whose process is gone is not, nor where there is no lock", async () => {
  expect(await found(lock({ pid: 2 ** 30 }))).toBeUndefined();
  expect(await found(pathToFileURL(path.join(folder, "nothing")).href)).toBeUndefined();
});

test("of another machine's update it is said who made the lock, and when", async () => {
  expect(await found(lock({ hostname: "build-7", timestamp: "2026-01-01T07:00:00Z" }))).toMatchObject({
    seen: expect.stringMatching(/ann@build-7, since 2026-01-01 07:00, 5 hours ago.*nobody sees/),
    first: "See on build-7 that it has ended.",
  });
});

test("Pulumi Cloud knows, other backends do not say", async () => {
  expect(ofCloud("prod", [{ name: "ours/prod", updateInProgress: true }])).toMatchObject({
    seen: expect.stringContaining("Pulumi Cloud"),
  });
  expect(ofCloud("prod", [{ name: "prod", updateInProgress: false }])).toBeUndefined();
  expect(await found("s3://state?region=eu-west-1")).toMatchObject({ seen: expect.stringContaining("in s3://state") });
});

test.each([
  ["file://~", path.join(os.homedir(), ".pulumi/stacks")],
  ["file://~/state", path.join(os.homedir(), "state/.pulumi/stacks")],
  ["file:///a%20b?no_tmp_dir=true", "/a b/.pulumi/stacks"],
  ["s3://bucket", undefined],
])("%s keeps files in %s", (backend, expected) => expect(backendPath(["stacks"], backend)).toBe(expected));
