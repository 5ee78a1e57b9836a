import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "@redshift-fleet/toolchain";
import { probe, status } from "./client";
import { daemonFile } from "./files";
import { stop } from "./lifecycle";

// A stand-in for the daemon: it holds the lock, answers for its status, and can be made to stand still.
const program = `
  const fs = require("node:fs");
  const path = require("node:path");
  const dir = process.argv[1];
  fs.writeFileSync(path.join(dir, "daemon.pid"), String(process.pid));
  process.on("SIGUSR2", () => { for (;;); });
  const server = require("node:http").createServer((_, response) => response.end('{"ready":true}'));
  if (!process.argv[2]) server.listen(0, "127.0.0.1", () =>
    fs.writeFileSync(path.join(dir, "daemon.json"), JSON.stringify({ pid: process.pid, ports: { control: server.address().port } })));
  else setInterval(() => {}, 1000);
`;

let dir: string;
let daemon: ChildProcess;

async function begin(...args: string[]): Promise<void> {
  daemon = spawn(process.execPath, ["-e", program, dir, ...args], { stdio: "ignore" });
  const last = join(dir, args.length > 0 ? "daemon.pid" : "daemon.json");
  for (const deadline = Date.now() + 20_000; !fs.existsSync(last) && Date.now() < deadline; ) await sleep(20);
  await sleep(50);
}

beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "control-"));
});
afterEach(() => {
  daemon?.kill("SIGKILL");
  fs.rmSync(dir, { recursive: true, force: true });
});

test("a folder where nothing runs, one that starts and one that is ready are told apart", async () => {
  expect(await probe({ dir })).toEqual({ state: "stopped" });
  await begin("starting");
  expect(await probe({ dir })).toEqual({ state: "starting", pid: daemon.pid });
  daemon.kill("SIGKILL");
  await begin();
  expect(await probe({ dir })).toEqual({ state: "ready", status: { ready: true } });
});

test.each([
  ["is stopped by the system", "SIGSTOP"],
  ["turns in a loop without end", "SIGUSR2"],
] as const)("a process that %s is found out within seconds, and ended", async (_, signal) => {
  await begin();
  process.kill(daemon.pid!, signal);
  await sleep(200);
  const start = Date.now();
  await expect(status({ dir })).rejects.toThrow(`process ${daemon.pid}) lives and does not answer`);
  expect(Date.now() - start).toBeLessThan(8_000);
  expect(await probe({ dir, patienceMs: 500 })).toEqual({ state: "hangs", pid: daemon.pid });
  expect(await stop({ dir, patienceMs: 500 })).toBe(true);
  expect(isAlive(daemon.pid!)).toBe(false);
  expect(await probe({ dir })).toEqual({ state: "stopped" });
});

test("what a process left in the folder does not make it run", async () => {
  fs.writeFileSync(daemonFile(dir), JSON.stringify({ pid: process.pid, ports: {} }));
  fs.writeFileSync(join(dir, "daemon.pid"), String(process.pid));
  expect(await probe({ dir })).toEqual({ state: "stopped" });
});
