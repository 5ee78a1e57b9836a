import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { olderLog, RotatingLog } from "./log";

let dir: string;
let file: string;

beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "log-"));
  file = join(dir, "daemon.log");
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

test("an event is one line, whatever a client is called", () => {
  new RotatingLog(file).event("pool-1: a\nb\u001b[31m\r from 127.0.0.1 connected");
  expect(fs.readFileSync(file, "utf8")).toMatch(/^\S+Z pool-1: a b \[31m {2}from 127\.0\.0\.1 connected\n$/);
});

test("the log goes on after what an earlier process wrote", () => {
  fs.writeFileSync(file, "before\n");
  new RotatingLog(file).event("after");
  expect(fs.readFileSync(file, "utf8")).toMatch(/^before\n.*after\n$/);
});

test("two files of limited size hold the latest events, and who holds the file open appends to the same one", () => {
  const log = new RotatingLog(file, 1_000);
  const { ino } = fs.statSync(file);
  for (let n = 0; n < 500; n++) log.event(`event ${n}`);
  expect(fs.statSync(file).ino).toBe(ino);
  expect(fs.statSync(file).size).toBeLessThan(1_100);
  expect(fs.statSync(olderLog(file)).size).toBeLessThan(1_100);
  const numbers = [
    ...(fs.readFileSync(olderLog(file), "utf8") + fs.readFileSync(file, "utf8")).matchAll(/event (\d+)/g),
  ];
  const kept = numbers.map(([, number]) => Number(number));
  expect(kept.at(-1)).toBe(499);
  expect(kept).toEqual(kept.map((_, index) => kept[0]! + index));
});

test("a log that cannot be copied still begins anew", () => {
  const log = new RotatingLog(file, 100);
  fs.rmSync(file);
  for (let n = 0; n < 50; n++) log.event(`event ${n}`);
  expect(fs.existsSync(olderLog(file))).toBe(false);
});
