import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asEvent, LogLines } from "./log-lines";

let dir: string;
let file: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "lines-"));
  file = join(dir, "daemon.log");
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

test("the last lines come first, then what is added, and nothing is lost when the log begins anew", () => {
  fs.writeFileSync(`${file}.1`, "one\ntwo\n");
  fs.writeFileSync(file, "three\nfo");
  const lines = new LogLines(file, `${file}.1`);
  expect(lines.last(2)).toEqual(["two", "three"]);
  expect(lines.next()).toEqual([]);
  fs.appendFileSync(file, "ur → 4\nfive\n");
  expect(lines.next()).toEqual(["four → 4", "five"]);
  fs.truncateSync(file);
  fs.appendFileSync(file, "six\n");
  expect(lines.next()).toEqual(["six"]);
});

test("machines get the time apart from the event", () => {
  expect(asEvent("2026-01-02T03:04:05.678Z pool-1: killed")).toEqual({
    time: "2026-01-02T03:04:05.678Z",
    event: "pool-1: killed",
  });
  expect(asEvent("    at main (daemon.js:1)")).toEqual({ event: "    at main (daemon.js:1)" });
});
