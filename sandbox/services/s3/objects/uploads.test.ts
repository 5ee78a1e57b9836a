import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { plain, refusal, TestObjects } from "../testing";
import { digestOf, etagOfParts, md5Of } from "./digests";
import type { Incoming } from "./receive";

const B = "bucket";
const location = { bucket: B, key: "k" };
const MiB = 2 ** 20;
let s3: TestObjects;
beforeEach(async () => {
  s3 = await TestObjects.open(B);
});
afterEach(() => s3.close());

const incoming = (body: Uint8Array, more: Partial<Incoming> = {}): Incoming => ({
  body: Readable.from([body]),
  ...more,
});
/** Uploads parts and tells of them what completing asks. */
async function uploadParts(uploadId: string, bodies: Uint8Array[], more: Partial<Incoming> = {}) {
  const parts = [];
  for (const [index, body] of bodies.entries()) {
    const part = await s3.uploads.putPart({ ...location, uploadId }, index + 1, incoming(body, more));
    parts.push({ number: index + 1, etag: part.etag, checksum: part.checksum });
  }
  return parts;
}

test("parts become one object, whose ETag is made of theirs; what was not chosen goes", async () => {
  const bodies = [randomBytes(5 * MiB), randomBytes(5 * MiB), randomBytes(1_000)];
  const { uploadId } = await s3.uploads.begin(location, { ...plain, metadata: { who: "me" } });
  const parts = await uploadParts(uploadId, bodies);
  await uploadParts(uploadId, [bodies[0]!]);
  await s3.restart();
  const object = await s3.uploads.complete({ ...location, uploadId }, { parts: [parts[0]!, parts[2]!] });
  const whole = Buffer.concat([bodies[0]!, bodies[2]!]);
  expect(object.etag).toBe(etagOfParts([md5Of(bodies[0]!), md5Of(bodies[2]!)]));
  expect(object).toMatchObject({ size: whole.length, attributes: { metadata: { who: "me" } } });
  const crc = digestOf("CRC64NVME");
  crc.update(whole);
  expect(object.checksum).toEqual({ name: "CRC64NVME", type: "FULL_OBJECT", value: crc.digest().toString("base64") });
  await s3.restart();
  expect(s3.bodies()).toBe(2);
  const read = s3.objects.read(s3.objects.get(location), { start: 5 * MiB - 2, end: 5 * MiB + 1 });
  expect(Buffer.concat(await read.toArray())).toEqual(whole.subarray(5 * MiB - 2, 5 * MiB + 2));
  expect(await refusal(() => s3.uploads.get({ ...location, uploadId }))).toBe("404 NoSuchUpload");
});

test("a checksum that was chosen is of the parts' checksums, and every part has to name its own", async () => {
  const { uploadId } = await s3.uploads.begin(location, plain, { name: "SHA256" });
  const bodies = [randomBytes(5 * MiB), randomBytes(10)];
  expect(await refusal(() => uploadParts(uploadId, bodies))).toBe("400 InvalidRequest");
  const parts = await uploadParts(uploadId, bodies, { checksumName: "SHA256" });
  const nameless = parts.map(({ number, etag }) => ({ number, etag }));
  const complete = (completion: Parameters<typeof s3.uploads.complete>[1]) =>
    s3.uploads.complete({ ...location, uploadId }, completion);
  expect(await refusal(() => complete({ parts: nameless }))).toBe("400 InvalidRequest");
  expect(await refusal(() => complete({ parts, checksum: "AAAA-2" }))).toBe("400 BadDigest");
  const digest = digestOf("SHA256");
  for (const body of bodies) {
    const part = digestOf("SHA256");
    part.update(body);
    digest.update(part.digest());
  }
  const value = `${digest.digest().toString("base64")}-2`;
  const object = await complete({ parts, checksum: value });
  expect(object.checksum).toEqual({ name: "SHA256", type: "COMPOSITE", value });
});

test("a part may carry another checksum than the upload, which is checked", async () => {
  const { uploadId } = await s3.uploads.begin(location, plain);
  const at = { ...location, uploadId };
  const body = Buffer.from("123456789");
  const given = (value: string) => incoming(body, { checksumName: "CRC32", checksum: () => value });
  expect(await refusal(() => s3.uploads.putPart(at, 1, given("AAAAAA==")))).toBe("400 BadDigest");
  expect(await s3.uploads.putPart(at, 1, given("y/Q5Jg=="))).toMatchObject({ checksum: "rosUhgp5mIg=" });
});

test("what cannot be completed is refused, and the upload is still there", async () => {
  const { uploadId } = await s3.uploads.begin(location, plain);
  const at = { ...location, uploadId };
  const parts = await uploadParts(uploadId, [Buffer.from("tiny"), Buffer.from("tiny")]);
  const [first, second] = [parts[0]!, parts[1]!];
  const complete = (...chosen: typeof parts) => refusal(() => s3.uploads.complete(at, { parts: chosen }));
  expect(await complete()).toBe("400 MalformedXML");
  expect(await complete(first, second)).toBe("400 EntityTooSmall");
  expect(await complete(second, first)).toBe("400 InvalidPartOrder");
  expect(await complete({ number: 3, etag: first.etag, checksum: first.checksum })).toBe("400 InvalidPart");
  expect(await complete({ ...first, etag: "0".repeat(32) })).toBe("400 InvalidPart");
  await s3.put(B, "k", "there");
  const taken = { parts: [first], conditions: { ifNoneMatch: "*" } };
  expect(await refusal(() => s3.uploads.complete(at, taken))).toBe("412 PreconditionFailed");
  const wrongSize = { parts: [first], size: 5 };
  expect(await refusal(() => s3.uploads.complete(at, wrongSize))).toBe("400 InvalidRequest");
  expect(await complete(first)).toBe("none");
});

test("an aborted upload leaves no file, and takes no part that was on its way", async () => {
  const { uploadId } = await s3.uploads.begin(location, plain);
  await uploadParts(uploadId, [Buffer.from("1")]);
  const at = { ...location, uploadId };
  const late = s3.uploads.putPart(at, 2, incoming(Buffer.from("2")));
  await s3.uploads.abort(at);
  expect(await refusal(() => late)).toBe("404 NoSuchUpload");
  await s3.settle();
  expect(s3.bodies()).toBe(0);
});

test("a part is copied from a piece of another object", async () => {
  await s3.put(B, "source", "0123456789");
  const { uploadId } = await s3.uploads.begin(location, plain);
  const at = { ...location, uploadId };
  const source = { bucket: B, key: "source" };
  expect(await refusal(() => s3.uploads.copyPart(at, 1, source, "bytes=-3"))).toBe("400 InvalidArgument");
  const { part } = await s3.uploads.copyPart(at, 1, source, "bytes=2-4");
  expect(part).toMatchObject({ size: 3, etag: md5Of(Buffer.from("234")) });
  await s3.uploads.complete(at, { parts: [part] });
  await s3.objects.delete(source);
  await s3.restart();
  expect(await s3.text(B, "k")).toBe("234");
});

test.each([0, 10_001, 1.5])("there is no part %d", async (number) => {
  const { uploadId } = await s3.uploads.begin(location, plain);
  const put = () => s3.uploads.putPart({ ...location, uploadId }, number, incoming(Buffer.from("1")));
  expect(await refusal(put)).toBe("400 InvalidArgument");
});
