import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { olderLog, RotatingLog } from "./log";

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "log-"));
  file = join(dir, "daemon.log");
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test("an event is one line, whatever a client is called", () => {
  new RotatingLog(file).event("pool-1: a\nb\u001b[31m\r from 127.0.0.1 connected");
  expect(readFileSync(file, "utf8")).toMatch(/^\S+Z pool-1: a b \[31m {2}from 127\.0\.0\.1 connected\n$/);
});

test("the log goes on after what an earlier process wrote", () => {
  writeFileSync(file, "before\n");
  new RotatingLog(file).event("after");
  expect(readFileSync(file, "utf8")).toMatch(/^before\n.*after\n$/);
});

test("two files of limited size hold the latest events, and who holds the file open appends to the same one", () => {
  const log = new RotatingLog(file, 1_000);
  const { ino } = statSync(file);
  for (let n = 0; n < 500; n++) log.event(`event ${n}`);
  expect(statSync(file).ino).toBe(ino);
  expect(statSync(file).size).toBeLessThan(1_100);
  expect(statSync(olderLog(file)).size).toBeLessThan(1_100);
  const numbers = [...(readFileSync(olderLog(file), "utf8") + readFileSync(file, "utf8")).matchAll(/event (\d+)/g)];
  const kept = numbers.map(([, number]) => Number(number));
  expect(kept.at(-1)).toBe(499);
  expect(kept).toEqual(kept.map((_, index) => kept[0]! + index));
});

test("a log that cannot be copied still begins anew", () => {
  const log = new RotatingLog(file, 100);
  rmSync(file);
  for (let n = 0; n < 50; n++) log.event(`event ${n}`);
  expect(existsSync(olderLog(file))).toBe(false);
});
