import { PassThrough, Readable } from "node:stream";
import { plain, read, refusal, TestObjects } from "../testing";
import { copyObject } from "./copies";
import { md5Of } from "./digests";
import { parseRange } from "./range";

const B = "bucket";
let fixture: TestObjects;
beforeEach(async () => {
  fixture = await TestObjects.open(B, "other");
});
afterEach(() => fixture.close());

const at = (key: string, bucket = B) => ({ bucket, key });
const copy = (from: string, to: string, options = {}) =>
  copyObject(fixture.objects, at(from), at(to), { attributes: () => plain, isChange: false, ...options });

describe("conditional writes", () => {
  test("If-None-Match: * refuses an existing key, and of twenty racing writers one wins", async () => {
    const writes = Array.from({ length: 20 }, (_, index) =>
      fixture.put(B, "race", String(index), { ifNoneMatch: "*" }),
    );
    const settled = await Promise.allSettled(writes);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await refusal(() => fixture.put(B, "race", "x", { ifNoneMatch: "*" }))).toBe("412 PreconditionFailed");
    expect(fixture.bodies()).toBe(1);
  });

  test("If-Match wants this very object: 412 for another, 404 for none", async () => {
    const { etag } = await fixture.put(B, "k", "1");
    await fixture.put(B, "k", "2", { ifMatch: `"${etag}"` });
    expect(await refusal(() => fixture.put(B, "k", "3", { ifMatch: etag }))).toBe("412 PreconditionFailed");
    expect(await refusal(() => fixture.put(B, "none", "3", { ifMatch: etag }))).toBe("404 NoSuchKey");
  });

  test("a key deleted while a conditional body comes is a conflict, to be tried again", async () => {
    const { etag } = await fixture.put(B, "k", "1");
    const body = new PassThrough();
    const write = fixture.objects.put(at("k"), { body }, plain, { ifMatch: etag });
    await fixture.objects.delete(at("k"));
    body.end("2");
    expect(await refusal(() => write)).toBe("409 ConditionalRequestConflict");
    expect(fixture.bodies()).toBe(0);
  });

  test("copies and deletions have conditions too", async () => {
    const { etag } = await fixture.put(B, "k", "1");
    await fixture.put(B, "other", "2");
    expect(await refusal(() => copy("k", "other", { conditions: { ifNoneMatch: "*" } }))).toBe(
      "412 PreconditionFailed",
    );
    expect(await refusal(() => fixture.objects.delete(at("other"), { ifMatch: etag }))).toBe("412 PreconditionFailed");
    expect(await refusal(() => fixture.objects.delete(at("none"), { ifMatch: "*" }))).toBe("404 NoSuchKey");
    await fixture.objects.delete(at("k"), { ifMatch: "*" });
    expect(await refusal(() => fixture.objects.get(at("k")))).toBe("404 NoSuchKey");
  });
});

describe("versions", () => {
  test("a key of before stays as version null, a deletion makes a marker, and removing that brings the object back", async () => {
    await fixture.put(B, "k", "old");
    fixture.setVersioning(B, "Enabled");
    const { versionId } = await fixture.put(B, "k", "new");
    const marker = await fixture.objects.delete(at("k"));
    expect(marker).toEqual({ versionId: expect.stringMatching(/^[\w-]{32}$/), marker: true });
    expect(await refusal(() => fixture.objects.get(at("k")))).toBe("404 NoSuchKey");
    expect(await refusal(() => fixture.objects.get(at("k"), marker.versionId))).toBe("405 MethodNotAllowed");
    expect(await fixture.text(B, "k", versionId)).toBe("new");
    expect(await fixture.text(B, "k", "null")).toBe("old");
    expect(await fixture.objects.delete(at("k"), { versionId: marker.versionId })).toMatchObject({ marker: true });
    expect(await fixture.text(B, "k")).toBe("new");
    expect(fixture.events.map(({ name }) => name)).toEqual([
      "ObjectCreated:Put",
      "ObjectCreated:Put",
      "ObjectRemoved:DeleteMarkerCreated",
      "ObjectRemoved:Delete",
    ]);
  });

  test("tells ids that are not there from what cannot be an id", async () => {
    await fixture.put(B, "k", "1");
    expect(await refusal(() => fixture.objects.get(at("k"), "x".repeat(32)))).toBe("404 NoSuchVersion");
    expect(await refusal(() => fixture.objects.get(at("k"), "../k"))).toBe("400 InvalidArgument");
  });
});

describe("bodies", () => {
  test("what is being read stays readable while its object is replaced, and then goes", async () => {
    await fixture.put(B, "k", Buffer.alloc(2_000_000, "a"));
    const stream = fixture.objects.read(fixture.objects.get(at("k")));
    await fixture.put(B, "k", "new");
    expect(fixture.bodies()).toBe(2);
    expect((await read(stream)).equals(Buffer.alloc(2_000_000, "a"))).toBe(true);
    await new Promise(setImmediate);
    await fixture.settle();
    expect(fixture.bodies()).toBe(1);
  });

  test("a body that breaks off leaves the key as it was", async () => {
    await fixture.put(B, "k", "1");
    async function* broken() {
      yield Buffer.alloc(1_000_000);
      throw new Error("the client is gone");
    }
    await expect(fixture.objects.put(at("k"), { body: broken() }, plain)).rejects.toThrow("gone");
    expect(await fixture.text(B, "k")).toBe("1");
    expect(fixture.bodies()).toBe(1);
  });

  test.each([
    [{ md5: "AAAAAAAAAAAAAAAAAAAAAA==" }, "400 BadDigest"],
    [{ checksumName: "CRC32" as const, checksum: () => "AAAAAA==" }, "400 BadDigest"],
    [{ sha256: "0".repeat(64) }, "400 XAmzContentSHA256Mismatch"],
    [{ length: 3 }, "400 IncompleteBody"],
  ])("a body that is not what %j says is refused", async (told, expected) => {
    const body = Readable.from([Buffer.from("body")]);
    expect(await refusal(() => fixture.objects.put(at("k"), { body, ...told }, plain))).toBe(expected);
    expect(fixture.bodies()).toBe(0);
  });

  test("every checksum is computed, the default one where the client has none", async () => {
    const checksums = [];
    for (const checksumName of [undefined, "CRC32", "CRC32C", "SHA1", "SHA256"] as const) {
      const body = Readable.from([Buffer.from("123456789")]);
      checksums.push((await fixture.objects.put(at("k"), { body, checksumName }, plain)).checksum.value);
    }
    expect(checksums).toEqual([
      "rosUhgp5mIg=",
      "y/Q5Jg==",
      "4waSgw==",
      "98O8HYCOBHMq32eZZczDTKeuNEE=",
      "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
    ]);
  });

  test("the ETag of what a KMS key encrypts is not its MD5", async () => {
    const attributes = { ...plain, encryption: { algorithm: "aws:kms" as const, kmsKeyId: "key" } };
    const object = await fixture.objects.put(at("k"), { body: Readable.from([Buffer.from("1")]) }, attributes);
    expect(object.etag).not.toBe(md5Of(Buffer.from("1")));
    const { copy: copied } = await copy("k", "copy");
    expect(copied.etag).toBe(md5Of(Buffer.from("1")));
  });

  test("a copy onto itself must change something, and outlives its source", async () => {
    await fixture.put(B, "k", "1");
    expect(await refusal(() => copy("k", "k"))).toBe("400 InvalidRequest");
    await copy("k", "copy");
    await fixture.objects.delete(at("k"));
    await fixture.restart();
    expect(await fixture.text(B, "copy")).toBe("1");
  });

  test.each([
    [undefined, undefined],
    ["bytes=2-4", { start: 2, end: 4 }],
    ["bytes=2-", { start: 2, end: 9 }],
    ["bytes=-3", { start: 7, end: 9 }],
    ["bytes=-30", { start: 0, end: 9 }],
    ["bytes=8-99", { start: 8, end: 9 }],
    ["bytes=4-2", undefined],
    ["bytes=0-1,3-4", undefined],
    ["lines=0-1", undefined],
  ])("range %s of ten bytes is %j", (header, expected) => expect(parseRange(header, 10)).toEqual(expected));

  test.each(["bytes=10-", "bytes=-0"])("range %s of ten bytes is none", async (header) => {
    expect(await refusal(() => parseRange(header, 10))).toBe("416 InvalidRange");
  });
});

test.each([
  ["a".repeat(1_025), "400 KeyTooLongError"],
  ["ü".repeat(513), "400 KeyTooLongError"],
  ["", "400 InvalidArgument"],
  ["../../etc/passwd", "none"],
  ["a\0b", "none"],
  ["ü".repeat(512), "none"],
])("a key may be any text of up to 1024 bytes: %j", async (key, expected) => {
  expect(await refusal(() => fixture.put(B, key, "1"))).toBe(expected);
  if (expected === "none") expect(await fixture.text(B, key)).toBe("1");
});

test("sequencers of events grow", async () => {
  for (let index = 0; index < 20; index++) await fixture.put(B, "k", "1");
  const sequencers = fixture.events.map(({ sequencer }) => sequencer);
  expect([...sequencers].sort()).toEqual(sequencers);
  expect(new Set(sequencers).size).toBe(20);
});
