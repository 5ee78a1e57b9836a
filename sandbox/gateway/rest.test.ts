import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { AwsError } from "../aws/errors";
import { type Handlers, operationsOf } from "../aws/handlers";
import type { CallContext } from "../aws/service";
import type { ApiServer } from "./server";
import { send, signature, startGateway } from "./testing";

const megabyte = 1_024 * 1_024;

describe("REST", () => {
  const seen: { name: string; input: object; call?: CallContext }[] = [];
  const stored = new Map<string, { bytes: number; sha256: string; trailers: Record<string, string> }>();
  const noted =
    <T extends object>(name: string, answer: T) =>
    (input: object, call?: CallContext) => {
      seen.push({ name, input, call });
      return answer;
    };
  let place: { LocationConstraint?: "eu-west-1" } = { LocationConstraint: "eu-west-1" };
  const handlers: Handlers<typeof import("@aws-sdk/client-s3")> = {
    async PutObject(input, call) {
      const hash = createHash("sha256");
      let bytes = 0;
      for await (const chunk of input.Body ?? []) {
        bytes += chunk.length;
        hash.update(chunk);
      }
      const { Body: _, ...rest } = input;
      seen.push({ name: "PutObject", input: rest, call });
      const trailers = Object.fromEntries(call?.trailers ?? []);
      stored.set(`${input.Bucket}/${input.Key}`, { bytes, sha256: hash.digest("hex"), trailers });
      return { ETag: '"etag"' };
    },
    GetObject(input) {
      if (input.Key === "none") {
        throw new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: input.Key });
      }
      if (input.Key === "early") {
        return {
          ContentLength: 2 * megabyte,
          Body: Readable.from(
            (function* () {
              yield Buffer.alloc(megabyte);
              throw new Error("the disk is gone");
            })(),
          ),
        };
      }
      const part = input.Range === undefined ? {} : { ContentRange: "bytes 0-9/100" };
      const bytes = input.Range === undefined ? 8 * megabyte : 10;
      const content = Readable.from([Buffer.alloc(bytes, 7)]);
      const LastModified = new Date(1_790_000_000_000);
      return { Body: content, ContentLength: bytes, LastModified, Metadata: { kind: "data" }, ...part };
    },
    HeadObject: noted("HeadObject", { ContentLength: 42, ETag: '"e"' }),
    CreateBucket: noted("CreateBucket", { Location: "/orders" }),
    GetBucketLocation: () => place,
    ListBuckets: noted("ListBuckets", { Buckets: [{ Name: "orders", CreationDate: "2026-11-29T12:00:00.000Z" }] }),
    ListObjects: noted("ListObjects", { Name: "orders" }),
    ListObjectsV2: noted("ListObjectsV2", {
      Contents: [{ Key: "<a&b>\r\n", Size: 1 }, { Key: "b" }],
      CommonPrefixes: [{ Prefix: "p/" }],
      KeyCount: 2,
    }),
    DeleteObjects: noted("DeleteObjects", { Deleted: [{ Key: "a" }] }),
    CompleteMultipartUpload: noted("CompleteMultipartUpload", { ETag: '"x"' }),
    CopyObject: noted("CopyObject", { CopyObjectResult: { ETag: '"c"' } }),
    ListParts: noted("ListParts", { UploadId: "u" }),
    UploadPart: noted("UploadPart", { ETag: '"p"' }),
  };
  let gateway: ApiServer;
  const logged: string[] = [];
  let client: S3Client;
  beforeAll(async () => {
    gateway = await startGateway({ s3: { operations: operationsOf(handlers) } }, (line) => logged.push(line));
    client = clientOf({});
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterAll(() => {
    client.destroy();
    return gateway.close();
  });
  const clientOf = (more: ConstructorParameters<typeof S3Client>[0]) =>
    new S3Client({
      endpoint: `http://127.0.0.1:${gateway.port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
      ...more,
    });
  const raw = (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) =>
    send(gateway.port, {
      method,
      path,
      headers: { authorization: signature("s3"), "x-amz-date": "20261129T120000Z", ...headers },
      body,
    });

  test("finds the operation by method, path, parameters and headers", async () => {
    const Bucket = "orders";
    await client.send(new ListBucketsCommand({}));
    await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "EU" } }));
    await client.send(new ListObjectsCommand({ Bucket }));
    await client.send(new ListObjectsV2Command({ Bucket, Prefix: "a b/ü", MaxKeys: 7 }));
    await client.send(new HeadObjectCommand({ Bucket, Key: "a/b c+d%.csv" }));
    await client.send(new CopyObjectCommand({ Bucket, Key: "k", CopySource: "other/x", Metadata: { One: "1" } }));
    await client.send(new ListPartsCommand({ Bucket, Key: "/lead//ing/", UploadId: "u" }));
    await client.send(new UploadPartCommand({ Bucket, Key: "k", UploadId: "u", PartNumber: 2, Body: "abc" }));
    await client.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key: "k",
        UploadId: "u",
        MultipartUpload: { Parts: [{ ETag: '"1"', PartNumber: 1 }] },
      }),
    );
    const deleted = { Bucket, Delete: { Objects: [{ Key: "a" }, { Key: "<b>\r" }], Quiet: true } };
    await client.send(new DeleteObjectsCommand(deleted));
    expect(seen.map(({ name, input }) => [name, input])).toEqual([
      ["ListBuckets", {}],
      ["CreateBucket", { Bucket, CreateBucketConfiguration: { LocationConstraint: "EU" } }],
      ["ListObjects", { Bucket }],
      ["ListObjectsV2", { Bucket, Prefix: "a b/ü", MaxKeys: 7 }],
      ["HeadObject", { Bucket, Key: "a/b c+d%.csv" }],
      ["CopyObject", { Bucket, Key: "k", CopySource: "other/x", Metadata: { one: "1" } }],
      ["ListParts", { Bucket, Key: "/lead//ing/", UploadId: "u" }],
      ["UploadPart", expect.objectContaining({ Bucket, Key: "k", UploadId: "u", PartNumber: 2 })],
      [
        "CompleteMultipartUpload",
        expect.objectContaining({ MultipartUpload: { Parts: [{ ETag: '"1"', PartNumber: 1 }] } }),
      ],
      ["DeleteObjects", expect.objectContaining(deleted)],
    ]);
  });

  test("writes headers, elements, lists without an element around them, and the Region of a bucket", async () => {
    const head = await client.send(new HeadObjectCommand({ Bucket: "orders", Key: "k" }));
    expect(head).toMatchObject({ ContentLength: 42, ETag: '"e"' });
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toEqual([{ Name: "orders", CreationDate: new Date("2026-11-29T12:00:00Z") }]);
    const listed = await client.send(new ListObjectsV2Command({ Bucket: "orders" }));
    expect(listed).toMatchObject({ Contents: [{ Key: "<a&b>\r\n", Size: 1 }, { Key: "b" }], KeyCount: 2 });
    expect(listed.CommonPrefixes).toEqual([{ Prefix: "p/" }]);
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: "orders" }));
    expect(LocationConstraint).toBe("eu-west-1");
    const { text } = await raw("GET", "/orders?location");
    expect(text).toMatch(/<LocationConstraint xmlns="[^"]+">eu-west-1<\/LocationConstraint>$/);
    place = {};
    expect((await raw("GET", "/orders?location")).text).toMatch(
      /<LocationConstraint xmlns="[^"]+"(\/>|><\/LocationConstraint>)$/,
    );
  });

  test("streams bodies both ways", async () => {
    const { Body, LastModified, Metadata } = await client.send(
      new GetObjectCommand({ Bucket: "orders", Key: "large" }),
    );
    const bytes = await Body?.transformToByteArray();
    expect({ length: bytes?.length, LastModified, Metadata }).toEqual({
      length: 8 * megabyte,
      LastModified: new Date(1_790_000_000_000),
      Metadata: { kind: "data" },
    });
    const part = await client.send(new GetObjectCommand({ Bucket: "orders", Key: "large", Range: "bytes=0-9" }));
    expect(part.$metadata.httpStatusCode).toBe(206);
    await part.Body?.transformToByteArray();
    const content = Buffer.alloc(5 * megabyte + 17, "redshift");
    await client.send(new PutObjectCommand({ Bucket: "orders", Key: "k", Body: content, ContentType: "text/csv" }));
    const sha256 = createHash("sha256").update(content).digest("hex");
    expect(stored.get("orders/k")).toMatchObject({ bytes: content.length, sha256 });
    expect(seen.at(-1)?.input).toMatchObject({ ContentType: "text/csv", ContentLength: content.length });
  });

  test("takes chunks apart, with trailing checksums and without their framing in length and encoding", async () => {
    const content = Buffer.alloc(3 * megabyte + 5, "x");
    const Body = Readable.from(
      (function* () {
        for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
      })(),
    );
    const ContentLength = content.length;
    await client.send(
      new PutObjectCommand({ Bucket: "orders", Key: "streamed", Body, ContentLength, ContentEncoding: "gzip" }),
    );
    expect(stored.get("orders/streamed")).toMatchObject({
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      trailers: { "x-amz-checksum-crc32": expect.stringMatching(/^[A-Za-z0-9+/]{6}==$/) },
    });
    expect(seen.at(-1)?.input).toMatchObject({ ContentEncoding: "gzip", ContentLength: content.length });
  });

  test.each([
    ["a size that is none", "zz\r\nabc\r\n0\r\n\r\n"],
    ["less than was said", "3\r\nabc\r\n0\r\n\r\n", "4"],
    ["no last chunk", "3\r\nabc\r\n"],
    ["data longer than its size", "2\r\nabc\r\n0\r\n\r\n"],
    ["a line without end", "a".repeat(20_000)],
  ])("refuses chunks with %s", async (_, body, length = "3") => {
    const headers = { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": length };
    const { status, text } = await raw("PUT", "/orders/broken", body, headers);
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining("<Code>IncompleteBody</Code>") });
    expect(stored.has("orders/broken")).toBe(false);
  });

  test("takes the bucket from the host", async () => {
    for (const host of ["my.bucket.localhost:80", "my.bucket.s3.localhost", "my.bucket.s3.us-east-1.localhost"]) {
      await raw("HEAD", "/a/b", undefined, { host });
      expect(seen.at(-1)?.input).toEqual({ Bucket: "my.bucket", Key: "a/b" });
    }
    await raw("GET", "/orders", undefined, { host: "s3.localhost" });
    expect(seen.at(-1)).toMatchObject({ name: "ListObjects", input: { Bucket: "orders" } });
  });

  test("reads the headers of presigned requests from the URI", async () => {
    const query = new URLSearchParams({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Credential": "AKIA/20261129/us-east-1/s3/aws4_request",
      "X-Amz-Date": "20261129T120000Z",
      "X-Amz-Expires": "60",
      "X-Amz-SignedHeaders": "host",
      "X-Amz-Signature": "a".repeat(64),
      "x-amz-meta-kind": "data",
      "x-amz-storage-class": "GLACIER",
    });
    const sent = await send(gateway.port, { method: "PUT", path: `/orders/p?${query}`, headers: {}, body: "abc" });
    expect(sent.status).toBe(200);
    expect(seen.at(-1)?.input).toMatchObject({ Key: "p", Metadata: { kind: "data" }, StorageClass: "GLACIER" });
  });

  test("answers errors as S3 does", async () => {
    const wrong = client.send(new GetObjectCommand({ Bucket: "orders", Key: "none" }));
    await expect(wrong).rejects.toBeInstanceOf(NoSuchKey);
    const { text } = await raw("GET", "/orders/none");
    expect(text).toMatch(/^<\?xml .*\n<Error><Code>NoSuchKey<\/Code><Message>.*<Key>none<\/Key><RequestId>/);
    expect(await raw("HEAD", "/orders/none/%ff")).toMatchObject({ status: 400, text: "" });
    expect(await raw("GET", "/orders?tagging")).toMatchObject({
      status: 501,
      text: expect.stringContaining("GetBucketTagging"),
    });
    expect(await raw("PATCH", "/orders")).toMatchObject({
      status: 405,
      text: expect.stringContaining("MethodNotAllowed"),
    });
  });

  test.each([
    ["nothing", ""],
    ["no XML", "{}"],
    ["half of it", "<Delete><Object>"],
    ["another end", "<Delete></Deleted>"],
    ["a document type", '<!DOCTYPE a [<!ENTITY b "c">]><Delete><Object><Key>&b;</Key></Object></Delete>'],
    ["an entity of its own", "<Delete><Object><Key>&b;</Key></Object></Delete>"],
    ["depth", "<a>".repeat(100_000)],
    ["no key", "<Delete><Object></Object></Delete>"],
    ["another type", "<Delete><Object><Key>a</Key></Object><Quiet>maybe</Quiet></Delete>"],
    ["elements where text belongs", "<Delete><Object><Key><a/></Key></Object></Delete>"],
    ["bytes that are no text", Buffer.from([0x3c, 0xff, 0xfe])],
  ])("refuses a body of %s", async (_, body) => {
    const { status, text } = await raw("POST", "/orders?delete", body);
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining("<Code>MalformedXML</Code>") });
    expect(seen).toEqual([]);
  });

  test("cuts an answer short whose content fails, and goes on for others", async () => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: "orders", Key: "early" }));
    await expect(Body?.transformToByteArray()).rejects.toThrow();
    expect(logged.some((line) => line.includes("ended early"))).toBe(true);
    expect((await raw("GET", "/orders")).status).toBe(200);
  });

  test("answers before a large body that nobody wants has come", async () => {
    const { status } = await raw("PUT", "/orders/x?acl", Buffer.alloc(20 * megabyte));
    expect(status).toBe(501);
  });
});
