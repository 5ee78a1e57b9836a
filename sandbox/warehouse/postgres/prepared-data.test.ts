import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PreparedData } from "./prepared-data";

let folder: string;
let made: string[];
const target = (name: string) => path.join(folder, name);
const make = async (to: string) => {
  made.push(to);
  await new Promise((resolve) => setTimeout(resolve, 5));
  fs.mkdirSync(to);
};

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "spares-"));
  made = [];
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

test("what is ready is moved, what is not is made", async () => {
  const spares = new PreparedData(target("spares"), make);
  spares.prepare(2);
  while (made.length < 2 || !fs.existsSync(made[1] as string)) await new Promise((resolve) => setTimeout(resolve, 5));
  await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all(["a", "b", "c"].map((name) => spares.take(target(name))));
  expect(made.map((file) => path.basename(file))).toEqual(["0", "1", "c"]);
  expect(["a", "b", "c"].map((name) => fs.existsSync(target(name)))).toEqual([true, true, true]);
});

test("what is asked for while the first is being made is not made twice", async () => {
  const spares = new PreparedData(target("spares"), make);
  spares.prepare(2);
  await spares.take(target("a"));
  await spares.take(target("b"));
  expect(made.map((file) => path.basename(file)).sort()).toEqual(["0", "a"]);
});

test("what is left over goes, of this process and of one that crashed", async () => {
  fs.mkdirSync(target("spares/7"), { recursive: true });
  const spares = new PreparedData(target("spares"), make);
  expect(fs.existsSync(target("spares"))).toBe(false);
  spares.prepare(3);
  await spares.close();
  expect(made).toHaveLength(1);
  expect(fs.existsSync(target("spares"))).toBe(false);
});

test("a spare that cannot be made is heard of by who asks for one", async () => {
  const spares = new PreparedData(target("spares"), async () => {
    throw new Error("disk full");
  });
  spares.prepare(1);
  await expect(spares.take(target("a"))).rejects.toThrow("disk full");
});
