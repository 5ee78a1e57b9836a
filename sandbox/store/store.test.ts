import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Store } from "./store";
import { writeTestProgram } from "./testing";

let dir: string;
beforeEach(() => {
  dir = fs.mkdtempSync(join(tmpdir(), "store-"));
});
afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

const log = () => join(dir, "store.log");

test("behaves like a Map through any sequence of changes and restarts", () => {
  const change = fc.oneof(
    fc.record({ do: fc.constant("put" as const), id: fc.constantFrom("a", "b", "c", "d"), value: fc.jsonValue() }),
    fc.record({ do: fc.constant("delete" as const), id: fc.constantFrom("a", "b", "c", "d") }),
    fc.record({ do: fc.constant("reopen" as const) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      fs.rmSync(dir, { recursive: true, force: true });
      let store = Store.open(dir);
      const model = new Map<string, unknown>();
      for (const step of changes) {
        if (step.do === "reopen") {
          store.close();
          store = Store.open(dir);
        } else if (step.do === "put") {
          store.collection("things").put(step.id, step.value);
          model.set(step.id, JSON.parse(JSON.stringify(step.value)));
        } else {
          expect(store.collection("things").delete(step.id)).toBe(model.delete(step.id));
        }
        expect(store.collection("things").list()).toEqual([...model.values()]);
      }
      store.close();
    }),
    { numRuns: 60 },
  );
});

test("a line cut short by a kill is dropped, and writing goes on behind it", () => {
  const store = Store.open(dir);
  store.collection("things").put("kept", 1);
  store.close();
  fs.appendFileSync(log(), '{"collection":"things","id":"torn","val');
  const again = Store.open(dir);
  expect(again.collection("things").list()).toEqual([1]);
  again.collection("things").put("next", 2);
  again.close();
  expect(Store.open(dir).collection("things").list()).toEqual([1, 2]);
});

test("damage in the middle is an error, not silence", () => {
  fs.writeFileSync(log(), 'not json\n{"collection":"a","id":"b","value":1}\n');
  expect(() => Store.open(dir)).toThrow(/damaged at line 1/);
});

test("what was put before a kill -9 is there afterwards", () => {
  const source = `
    import { Store } from "./store";
    const things = Store.open(${JSON.stringify(dir)}).collection("things");
    for (let index = 0; ; index++) { things.put(String(index), index); if (index === 500) process.kill(process.pid, "SIGKILL"); }`;
  const { signal } = spawnSync(process.execPath, [writeTestProgram(dir, source, __dirname)]);
  expect(signal).toBe("SIGKILL");
  expect(Store.open(dir).collection<number>("things").list()).toEqual([...Array(501).keys()]);
});

test("the log is rewritten once it is mostly history", () => {
  const store = Store.open(dir);
  for (let index = 0; index < 5_000; index++) store.collection("things").put("one", { index });
  expect(fs.readFileSync(log(), "utf8").split("\n").length).toBeLessThan(2_500);
  expect(fs.statSync(log()).size).toBeLessThan(200_000);
  store.close();
  expect(Store.open(dir).collection("things").get("one")).toEqual({ index: 4_999 });
});

test("values are copies: changing one does not change the store", () => {
  const things = Store.open(dir).collection<{ list: number[] }>("things");
  const value = { list: [1] };
  things.put("a", value);
  value.list.push(2);
  things.get("a")?.list.push(3);
  expect(things.get("a")).toEqual({ list: [1] });
});
