import { Readable } from "node:stream";
import { LocalObjects } from "./local-objects";
import { read, TestObjects } from "./testing";

let s3: TestObjects;
let local: LocalObjects;
beforeEach(async () => {
  s3 = await TestObjects.open("b");
  local = new LocalObjects(s3.objects, (kmsKeyId) => ({ algorithm: "aws:kms", kmsKeyId }));
});
afterEach(() => s3.close());

const keysOf = async (prefix: string) => {
  const keys = [];
  for await (const { key } of local.list("b", prefix)) keys.push(key);
  return keys;
};

test("what is put is listed, told of and read, whole and in part", async () => {
  const put = await local.put({ bucket: "b", key: "in/1" }, Readable.from([Buffer.from("0123456789")]));
  expect(put).toMatchObject({ key: "in/1", size: 10, etag: '"781e5e245d69b566979b86e28d23f2c7"' });
  expect(await local.head({ bucket: "b", key: "in/1" })).toEqual(put);
  expect(await local.head({ bucket: "b", key: "in/2" })).toBeUndefined();
  const { body } = await local.open({ bucket: "b", key: "in/1" }, { start: 8 });
  expect((await read(body)).toString()).toBe("89");
  expect(await keysOf("in/")).toEqual(["in/1"]);
  await local.delete({ bucket: "b", key: "in/1" });
  expect(await keysOf("")).toEqual([]);
});

test("a list goes on over its pages while its keys are deleted", async () => {
  for (let index = 0; index < 1_010; index++) await s3.put("b", `k${String(index).padStart(4, "0")}`, "");
  let count = 0;
  for await (const { key } of local.list("b", "k")) {
    await local.delete({ bucket: "b", key });
    count += 1;
  }
  expect(count).toBe(1_010);
  expect(await keysOf("")).toEqual([]);
});

test("an upload that is given up leaves nothing", async () => {
  const giveUp = new AbortController();
  async function* endless() {
    for (let index = 0; ; index++) {
      if (index === 10) giveUp.abort();
      yield Buffer.alloc(100_000);
      await new Promise(setImmediate);
    }
  }
  const put = local.put({ bucket: "b", key: "k" }, endless(), { signal: giveUp.signal });
  await expect(put).rejects.toThrow("abort");
  expect(s3.bodies()).toBe(0);
  expect(await keysOf("")).toEqual([]);
});

test("there is no bucket that nobody made", async () => {
  await expect(local.head({ bucket: "none", key: "k" })).rejects.toMatchObject({ code: "NoSuchBucket" });
  await expect(local.open({ bucket: "b", key: "none" })).rejects.toMatchObject({ code: "NoSuchKey" });
});
