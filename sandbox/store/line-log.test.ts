import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LineLog } from "./line-log";

let dir: string;
let path: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "line-log-"));
  path = join(dir, "log");
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const ignore = () => undefined;
const linesOf = () => {
  const lines: string[] = [];
  LineLog.open(path, (line) => lines.push(line)).close();
  return lines;
};

test("lines longer than what is read at once come back whole, whatever characters lie on the seam", () => {
  const log = LineLog.open(path, ignore);
  const long = "\u00fc\u4e16\u{1f600}".repeat(400_000);
  for (const line of ["a", long, "b", `x${long}`]) log.append(line);
  log.close();
  expect(linesOf()).toEqual(["a", long, "b", `x${long}`]);
});

test("a rewritten log goes on where it was, and its number of lines is counted anew", async () => {
  const log = LineLog.open(path, ignore);
  for (let index = 0; index < 10; index++) log.append(String(index));
  const synced = log.sync();
  log.rewrite(["kept"]);
  log.append("next");
  expect(log.lines).toBe(2);
  await Promise.all([synced, log.sync()]);
  log.close();
  expect(fs.readFileSync(path, "utf8")).toBe("kept\nnext\n");
});

test("a torn last line is cut off before anything is written behind it", () => {
  const log = LineLog.open(path, ignore);
  log.append("whole");
  log.close();
  fs.appendFileSync(path, "torn");
  expect(linesOf()).toEqual(["whole"]);
  expect(fs.readFileSync(path, "utf8")).toBe("whole\n");
});

test("a closed log promises nothing more", async () => {
  const log = LineLog.open(path, ignore);
  log.close();
  expect(() => log.append("late")).toThrow("closed");
  await expect(log.sync()).rejects.toThrow("closed");
});
