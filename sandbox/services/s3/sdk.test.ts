import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import type * as sdk from "@aws-sdk/client-s3";
import { presigned, TestS3 } from "./testing-server";

// S3 as the JavaScript SDK sees it. What AWS documents of each case stands where the sandbox does it.

let s3: TestS3;
let client: sdk.S3;
let bucket: string;

beforeAll(async () => {
  s3 = await TestS3.open();
  client = s3.client;
});
afterAll(() => s3.close());
beforeEach(async () => {
  bucket = `bucket-${randomBytes(4).toString("hex")}`;
  await client.createBucket({ Bucket: bucket });
});

const at = (Key: string) => ({ Bucket: bucket, Key });
const put = (Key: string, Body: string | Uint8Array = "1", more = {}) =>
  client.putObject({ ...at(Key), Body, ...more });
const text = async (Key: string, more = {}) =>
  (await client.getObject({ ...at(Key), ...more })).Body!.transformToString();

/** How the SDK tells of a refusal: status and name. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "none";
  } catch (error) {
    const { name, $metadata } = error as sdk.S3ServiceException;
    return `${$metadata?.httpStatusCode} ${name}`;
  }
}

describe("buckets", () => {
  test("are made, found, listed and deleted", async () => {
    expect((await client.headBucket({ Bucket: bucket })).BucketRegion).toBe("us-east-1");
    const { Buckets = [] } = await client.listBuckets({ Prefix: bucket });
    expect(Buckets.map(({ Name }) => Name)).toEqual([bucket]);
    expect(Buckets[0]!.CreationDate).toBeInstanceOf(Date);
    expect((await client.getBucketLocation({ Bucket: bucket })).LocationConstraint).toBeFalsy();
    await put("k");
    expect(await refusal(client.deleteBucket({ Bucket: bucket }))).toBe("409 BucketNotEmpty");
    await client.deleteObject(at("k"));
    await client.deleteBucket({ Bucket: bucket });
    expect(await refusal(client.headBucket({ Bucket: bucket }))).toBe("404 NotFound");
    expect(await refusal(client.listObjectsV2({ Bucket: bucket }))).toBe("404 NoSuchBucket");
  });

  test.each(["Upper", "a", "a..b", "192.168.0.1", "xn--a"])("cannot be called %s", async (Bucket) => {
    expect(await refusal(client.createBucket({ Bucket }))).toBe("400 InvalidBucketName");
  });
});

describe("objects", () => {
  test("come back as they were put, with all that was said of them", async () => {
    const said = {
      CacheControl: "no-cache",
      ContentDisposition: 'attachment; filename="a.csv"',
      ContentEncoding: "gzip",
      ContentLanguage: "de",
      ContentType: "text/csv",
      Expires: new Date("2030-01-01T00:00:00Z"),
      Metadata: { who: "me", "with-dash": "two words" },
      StorageClass: "STANDARD_IA" as const,
    };
    const { ETag } = await put("a/1.csv", "x,y\n", { ...said, Tagging: "k=v&l=w+w" });
    expect(ETag).toBe(`"${createHash("md5").update("x,y\n").digest("hex")}"`);
    const found = await client.getObject(at("a/1.csv"));
    expect(await found.Body!.transformToString()).toBe("x,y\n");
    expect(found).toMatchObject({ ...said, ETag, ContentLength: 4, TagCount: 2, ServerSideEncryption: "AES256" });
    const { TagSet } = await client.getObjectTagging(at("a/1.csv"));
    expect(TagSet).toEqual([
      { Key: "k", Value: "v" },
      { Key: "l", Value: "w w" },
    ]);
    const head = await client.headObject(at("a/1.csv"));
    expect(head).toMatchObject({ ...said, ETag, ContentLength: 4 });
  });

  test.each([
    "o d+d/ü&k=v.csv",
    "a//b",
    "/a",
    "../../etc/passwd",
    "a/./b/../c",
    "%2F",
    "ключ",
    "\u{1f600}",
    "a?b#c",
    "*'()!~",
  ])("may be called %j", async (Key) => {
    await put(Key, Key);
    expect(await text(Key)).toBe(Key);
    const { Contents = [] } = await client.listObjectsV2({ Bucket: bucket });
    expect(Contents.map((each) => each.Key)).toEqual([Key]);
    const coded = await client.listObjectsV2({ Bucket: bucket, EncodingType: "url" });
    expect(decodeURIComponent(coded.Contents![0]!.Key!.replaceAll("+", " "))).toBe(Key);
    await client.copyObject({ ...at("copy"), CopySource: encodeURIComponent(`${bucket}/${Key}`) });
    expect(await text("copy")).toBe(Key);
    const { Deleted = [] } = await client.deleteObjects({ Bucket: bucket, Delete: { Objects: [{ Key }] } });
    expect(Deleted).toEqual([{ Key }]);
    expect(await refusal(client.getObject(at(Key)))).toBe("404 NoSuchKey");
  });

  test("have keys of up to 1024 bytes", async () => {
    await put("k".repeat(1_024));
    expect(await refusal(put("k".repeat(1_025)))).toBe("400 KeyTooLongError");
  });

  test("are streamed in chunks, with a checksum behind the last", async () => {
    const data = randomBytes(3_000_000);
    const Body = Readable.from([data.subarray(0, 70_000), data.subarray(70_000)]);
    await client.putObject({ ...at("k"), Body, ContentLength: data.length, ChecksumAlgorithm: "SHA256" });
    const found = await client.getObject({ ...at("k"), ChecksumMode: "ENABLED" });
    expect(Buffer.from(await found.Body!.transformToByteArray()).equals(data)).toBe(true);
    expect(found.ChecksumSHA256).toBe(createHash("sha256").update(data).digest("base64"));
    expect(found.ContentEncoding).toBeUndefined();
  });

  test.each(["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const)(
    "are checked by %s",
    async (ChecksumAlgorithm) => {
      const answer = await put("k", "body", { ChecksumAlgorithm });
      const member = `Checksum${ChecksumAlgorithm}` as const;
      const head = await client.headObject({ ...at("k"), ChecksumMode: "ENABLED" });
      expect(head[member]).toBe(answer[member]);
      expect(head.ChecksumType).toBe("FULL_OBJECT");
      const wrong = { [member]: Buffer.alloc(Buffer.from(answer[member]!, "base64").length).toString("base64") };
      expect(await refusal(put("k", "other", wrong))).toBe("400 BadDigest");
      expect(await refusal(put("k", "other", { [member]: "AAAA" }))).toBe("400 InvalidRequest");
      expect(await text("k")).toBe("body");
    },
  );

  test("are refused where Content-MD5 says otherwise, or nothing", async () => {
    expect(await refusal(put("k", "1", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" }))).toBe("400 BadDigest");
    expect(await refusal(put("k", "1", { ContentMD5: "AAA" }))).toBe("400 InvalidDigest");
  });

  test("are read in pieces", async () => {
    await put("k", "0123456789");
    const found = await client.getObject({ ...at("k"), Range: "bytes=2-4" });
    expect(found).toMatchObject({ ContentRange: "bytes 2-4/10", ContentLength: 3 });
    expect(found.$metadata.httpStatusCode).toBe(206);
    expect(await found.Body!.transformToString()).toBe("234");
    expect(await text("k", { Range: "bytes=-3" })).toBe("789");
    expect(await refusal(client.getObject({ ...at("k"), Range: "bytes=50-60" }))).toBe("416 InvalidRange");
    await put("empty", new Uint8Array());
    expect(await text("empty")).toBe("");
    expect(await refusal(client.getObject({ ...at("empty"), Range: "bytes=0-" }))).toBe("416 InvalidRange");
  });

  test("are read on conditions", async () => {
    const { ETag } = await put("k");
    const { LastModified } = await client.headObject(at("k"));
    expect(await refusal(client.getObject({ ...at("k"), IfNoneMatch: ETag }))).toMatch(/^304/);
    expect(await refusal(client.getObject({ ...at("k"), IfMatch: '"0"' }))).toBe("412 PreconditionFailed");
    expect(await refusal(client.headObject({ ...at("k"), IfModifiedSince: LastModified }))).toMatch(/^304/);
    expect(await text("k", { IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).toBe("1");
  });

  test("are written on conditions", async () => {
    const { ETag } = await put("k", "1", { IfNoneMatch: "*" });
    expect(await refusal(put("k", "2", { IfNoneMatch: "*" }))).toBe("412 PreconditionFailed");
    expect(await refusal(put("k", "2", { IfMatch: '"0"' }))).toBe("412 PreconditionFailed");
    expect(await refusal(put("none", "2", { IfMatch: ETag }))).toBe("404 NoSuchKey");
    expect(await refusal(put("k", "2", { IfNoneMatch: ETag }))).toBe("501 NotImplemented");
    await put("k", "2", { IfMatch: ETag });
    const racing = Array.from({ length: 20 }, (_, index) => put("race", String(index), { IfNoneMatch: "*" }));
    const settled = await Promise.allSettled(racing);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("are deleted on conditions, one by one in a batch", async () => {
    const { ETag } = await put("a");
    await put("b", "2");
    expect(await refusal(client.deleteObject({ ...at("b"), IfMatch: ETag }))).toBe("412 PreconditionFailed");
    const Objects = [{ Key: "a", ETag }, { Key: "b", ETag }, { Key: "none" }];
    const { Deleted = [], Errors = [] } = await client.deleteObjects({ Bucket: bucket, Delete: { Objects } });
    expect(Deleted.map(({ Key }) => Key)).toEqual(["a", "none"]);
    expect(Errors).toMatchObject([{ Key: "b", Code: "PreconditionFailed" }]);
  });

  test("are copied with what they have, or with other things", async () => {
    await put("k", "1", { Metadata: { a: "1" }, ContentType: "text/csv", Tagging: "k=v" });
    const CopySource = `${bucket}/k`;
    const { CopyObjectResult } = await client.copyObject({ ...at("same"), CopySource });
    expect(CopyObjectResult?.LastModified).toBeInstanceOf(Date);
    expect(await client.headObject(at("same"))).toMatchObject({
      Metadata: { a: "1" },
      ContentType: "text/csv",
      TagCount: 1,
    });
    const replace = { MetadataDirective: "REPLACE", Metadata: { b: "2" }, TaggingDirective: "REPLACE" } as const;
    await client.copyObject({ ...at("other"), CopySource, ...replace, Tagging: "l=w" });
    expect((await client.headObject(at("other"))).Metadata).toEqual({ b: "2" });
    expect((await client.getObjectTagging(at("other"))).TagSet).toEqual([{ Key: "l", Value: "w" }]);
    expect(await refusal(client.copyObject({ ...at("k"), CopySource }))).toBe("400 InvalidRequest");
    expect(await refusal(client.copyObject({ ...at("x"), CopySource: `${bucket}/none` }))).toBe("404 NoSuchKey");
    const conditions = { CopySource, CopySourceIfMatch: '"0"' };
    expect(await refusal(client.copyObject({ ...at("x"), ...conditions }))).toBe("412 PreconditionFailed");
    expect(await refusal(client.copyObject({ ...at("other"), CopySource, IfNoneMatch: "*" }))).toBe(
      "412 PreconditionFailed",
    );
  });

  test("have attributes of their own operation", async () => {
    await put("k", "123456789");
    const ObjectAttributes: sdk.ObjectAttributes[] = ["ETag", "ObjectSize", "StorageClass", "Checksum"];
    const found = await client.getObjectAttributes({ ...at("k"), ObjectAttributes });
    expect(found).toMatchObject({ ObjectSize: 9, StorageClass: "STANDARD", Checksum: { ChecksumCRC32: "y/Q5Jg==" } });
    expect(found.ETag).not.toContain('"');
  });

  test("have at most ten tags", async () => {
    await put("k");
    const TagSet = Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "v" }));
    expect(await refusal(client.putObjectTagging({ ...at("k"), Tagging: { TagSet } }))).toBe("400 BadRequest");
    await client.putObjectTagging({ ...at("k"), Tagging: { TagSet: TagSet.slice(0, 10) } });
    await client.deleteObjectTagging(at("k"));
    expect((await client.getObjectTagging(at("k"))).TagSet).toEqual([]);
  });
});

describe("lists", () => {
  const keysOf = (found: { Contents?: { Key?: string }[] }) => (found.Contents ?? []).map(({ Key }) => Key);

  test("go through pages in the order of the keys' bytes", async () => {
    const keys = ["\u{ff01}", "\u{1f600}", "a", "b/1", "b/2", "B", "é"];
    for (const key of keys) await put(key);
    const sorted = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const seen = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.listObjectsV2({ Bucket: bucket, MaxKeys: 2, ContinuationToken });
      seen.push(...keysOf(page));
      ContinuationToken = page.NextContinuationToken;
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined);
    } while (ContinuationToken);
    expect(seen).toEqual(sorted);
    expect(keysOf(await client.listObjectsV2({ Bucket: bucket, StartAfter: "b/1" }))).toEqual(
      sorted.slice(sorted.indexOf("b/2")),
    );
    const bad = client.listObjectsV2({ Bucket: bucket, ContinuationToken: "!" });
    expect(await refusal(bad)).toBe("400 InvalidArgument");
  });

  test("gather what shares a prefix", async () => {
    for (const key of ["p/x/1", "p/x/2", "p/y/1", "p/z", "q"]) await put(key);
    const first = await client.listObjectsV2({ Bucket: bucket, Prefix: "p/", Delimiter: "/", MaxKeys: 1 });
    expect(first.CommonPrefixes).toEqual([{ Prefix: "p/x/" }]);
    const ContinuationToken = first.NextContinuationToken;
    const rest = await client.listObjectsV2({ Bucket: bucket, Prefix: "p/", Delimiter: "/", ContinuationToken });
    expect(rest).toMatchObject({ CommonPrefixes: [{ Prefix: "p/y/" }], KeyCount: 2, IsTruncated: false });
    expect(keysOf(rest)).toEqual(["p/z"]);
    const old = await client.listObjects({ Bucket: bucket, Delimiter: "/", MaxKeys: 1 });
    expect(old).toMatchObject({ CommonPrefixes: [{ Prefix: "p/" }], NextMarker: "p/", IsTruncated: true });
    expect(keysOf(await client.listObjects({ Bucket: bucket, Delimiter: "/", Marker: "p/" }))).toEqual(["q"]);
    expect(await client.listObjectsV2({ Bucket: bucket, MaxKeys: 0 })).toMatchObject({
      KeyCount: 0,
      IsTruncated: false,
    });
  });
});

describe("versions", () => {
  beforeEach(async () => {
    await put("before");
    await client.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } });
  });

  test("are kept, listed, read and removed", async () => {
    const { VersionId: first } = await put("k", "1");
    await put("k", "2");
    const { DeleteMarker, VersionId: marker } = await client.deleteObject(at("k"));
    expect(DeleteMarker).toBe(true);
    const { Versions = [], DeleteMarkers = [] } = await client.listObjectVersions({ Bucket: bucket });
    expect(Versions.map(({ Key, IsLatest, VersionId }) => [Key, IsLatest, VersionId === "null"])).toEqual([
      ["before", true, true],
      ["k", false, false],
      ["k", false, false],
    ]);
    expect(DeleteMarkers).toMatchObject([{ Key: "k", IsLatest: true, VersionId: marker }]);
    expect(await refusal(client.getObject(at("k")))).toBe("404 NoSuchKey");
    expect(await refusal(client.getObject({ ...at("k"), VersionId: marker }))).toBe("405 MethodNotAllowed");
    expect(await text("k", { VersionId: first })).toBe("1");
    expect(await refusal(client.getObject({ ...at("k"), VersionId: "x".repeat(32) }))).toBe("404 NoSuchVersion");
    await client.deleteObject({ ...at("k"), VersionId: marker });
    expect(await text("k")).toBe("2");
    await client.copyObject({ ...at("copy"), CopySource: `${bucket}/k?versionId=${first}` });
    expect(await text("copy")).toBe("1");
  });

  test("are listed in pages that begin within a key", async () => {
    for (let index = 0; index < 5; index++) await put("k", String(index));
    const ids = [];
    let page: sdk.ListObjectVersionsCommandOutput | undefined;
    do {
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page ?? {};
      page = await client.listObjectVersions({ Bucket: bucket, MaxKeys: 2, KeyMarker, VersionIdMarker });
      ids.push(...(page.Versions ?? []).map(({ VersionId }) => VersionId));
    } while (page.IsTruncated);
    expect(ids).toHaveLength(6);
    expect(new Set(ids).size).toBe(6);
  });

  test("end with the suspension of versioning, what was kept stays", async () => {
    await put("k", "kept");
    await client.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: "Suspended" } });
    await put("k", "1");
    await put("k", "2");
    const { Versions = [] } = await client.listObjectVersions({ Bucket: bucket, Prefix: "k" });
    expect(Versions.map(({ VersionId }) => VersionId === "null")).toEqual([true, false]);
    expect((await client.deleteObject(at("k"))).VersionId).toBe("null");
    expect(await text("k", { VersionId: Versions[1]!.VersionId })).toBe("kept");
  });
});

describe("multipart uploads", () => {
  const begin = async (more = {}) => (await client.createMultipartUpload({ ...at("k"), ...more })).UploadId!;
  const part = async (UploadId: string, PartNumber: number, Body: Uint8Array) => {
    const { ETag, ChecksumCRC32 } = await client.uploadPart({ ...at("k"), UploadId, PartNumber, Body });
    return { ETag, PartNumber, ChecksumCRC32 };
  };

  test("make one object of many parts", async () => {
    const UploadId = await begin({ Metadata: { who: "me" }, ChecksumAlgorithm: "CRC32" });
    const data = [randomBytes(5 * 2 ** 20), randomBytes(1_000)];
    const Parts = [await part(UploadId, 1, data[0]!), await part(UploadId, 2, data[1]!)];
    const listed = await client.listParts({ ...at("k"), UploadId, MaxParts: 1 });
    expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: "1", Parts: [{ Size: 5 * 2 ** 20 }] });
    const { Uploads = [] } = await client.listMultipartUploads({ Bucket: bucket });
    expect(Uploads).toMatchObject([{ Key: "k", UploadId }]);
    const done = await client.completeMultipartUpload({ ...at("k"), UploadId, MultipartUpload: { Parts } });
    expect(done.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const found = await client.getObject(at("k"));
    expect(found.Metadata).toEqual({ who: "me" });
    expect(Buffer.from(await found.Body!.transformToByteArray()).equals(Buffer.concat(data))).toBe(true);
    const second = await client.getObject({ ...at("k"), PartNumber: 2 });
    expect(second).toMatchObject({ ContentLength: 1_000, PartsCount: 2 });
    const ObjectAttributes: sdk.ObjectAttributes[] = ["ObjectParts", "Checksum"];
    const attributes = await client.getObjectAttributes({ ...at("k"), ObjectAttributes });
    expect(attributes.ObjectParts).toMatchObject({ TotalPartsCount: 2, Parts: [{ PartNumber: 1 }, { PartNumber: 2 }] });
    expect(attributes.Checksum?.ChecksumCRC32).toMatch(/-2$/);
    expect(await refusal(client.listParts({ ...at("k"), UploadId }))).toBe("404 NoSuchUpload");
  });

  test("are refused where parts are wrong", async () => {
    const UploadId = await begin();
    const complete = (...Parts: sdk.CompletedPart[]) =>
      refusal(client.completeMultipartUpload({ ...at("k"), UploadId, MultipartUpload: { Parts } }));
    const [one, two] = [await part(UploadId, 1, Buffer.from("1")), await part(UploadId, 2, Buffer.from("2"))];
    const plain = ({ ETag, PartNumber }: typeof one) => ({ ETag, PartNumber });
    expect(await complete(plain(one), plain(two))).toBe("400 EntityTooSmall");
    expect(await complete(plain(two), plain(one))).toBe("400 InvalidPartOrder");
    expect(await complete({ ETag: '"0"', PartNumber: 1 })).toBe("400 InvalidPart");
    expect(await complete()).toBe("400 MalformedXML");
    await put("k");
    const conditional = { ...at("k"), UploadId, IfNoneMatch: "*" };
    const taken = client.completeMultipartUpload({ ...conditional, MultipartUpload: { Parts: [plain(one)] } });
    expect(await refusal(taken)).toBe("412 PreconditionFailed");
    await client.abortMultipartUpload({ ...at("k"), UploadId });
    expect(await refusal(client.abortMultipartUpload({ ...at("k"), UploadId }))).toBe("404 NoSuchUpload");
  });

  test("take parts from other objects", async () => {
    await put("source", "0123456789");
    const UploadId = await begin();
    const CopySource = `${bucket}/source`;
    const source = { CopySource, CopySourceRange: "bytes=2-4" };
    const { CopyPartResult } = await client.uploadPartCopy({ ...at("k"), UploadId, PartNumber: 1, ...source });
    const Parts = [{ PartNumber: 1, ETag: CopyPartResult?.ETag }];
    await client.completeMultipartUpload({ ...at("k"), UploadId, MultipartUpload: { Parts } });
    expect(await text("k")).toBe("234");
  });
});

describe("configurations", () => {
  test("are kept and shown", async () => {
    const Bucket = bucket;
    const Rules = [{ ID: "r", Status: "Enabled" as const, Filter: { Prefix: "in/" }, Expiration: { Days: 1 } }];
    expect(await refusal(client.getBucketLifecycleConfiguration({ Bucket }))).toBe("404 NoSuchLifecycleConfiguration");
    await client.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules } });
    expect((await client.getBucketLifecycleConfiguration({ Bucket })).Rules).toEqual(Rules);
    await client.deleteBucketLifecycle({ Bucket });
    expect(await refusal(client.getBucketLifecycleConfiguration({ Bucket }))).toBe("404 NoSuchLifecycleConfiguration");

    const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }];
    await client.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } });
    expect((await client.getBucketCors({ Bucket })).CORSRules).toEqual(CORSRules);

    const { OwnershipControls } = await client.getBucketOwnershipControls({ Bucket });
    expect(OwnershipControls?.Rules).toEqual([{ ObjectOwnership: "BucketOwnerEnforced" }]);
    expect((await client.getBucketAcl({ Bucket })).Grants).toMatchObject([{ Permission: "FULL_CONTROL" }]);

    await client.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: "k", Value: "v" }] } });
    expect((await client.getBucketTagging({ Bucket })).TagSet).toEqual([{ Key: "k", Value: "v" }]);
  });

  test("a public policy is refused until public access is no longer blocked", async () => {
    const Bucket = bucket;
    const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` };
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    expect(await refusal(client.getBucketPolicy({ Bucket }))).toBe("404 NoSuchBucketPolicy");
    expect(await refusal(client.putBucketPolicy({ Bucket, Policy }))).toBe("403 AccessDenied");
    await client.deletePublicAccessBlock({ Bucket });
    await client.putBucketPolicy({ Bucket, Policy });
    expect((await client.getBucketPolicy({ Bucket })).Policy).toBe(Policy);
    expect((await client.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic: true });
    expect(await refusal(client.putBucketPolicy({ Bucket, Policy: "{" }))).toBe("400 MalformedPolicy");
    const foreign = Policy.replaceAll(bucket, "other");
    expect(await refusal(client.putBucketPolicy({ Bucket, Policy: foreign }))).toBe("400 MalformedPolicy");
  });

  test("a bucket's key encrypts what says nothing else, and its state holds for reading", async () => {
    const Bucket = bucket;
    const { KeyMetadata } = await s3.services.call("kms", "CreateKey", {});
    const key = KeyMetadata as { Arn: string; KeyId: string };
    const rule = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: key.Arn };
    const Rules = [{ ApplyServerSideEncryptionByDefault: rule, BucketKeyEnabled: true }];
    await client.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules } });
    await put("k");
    const encrypted = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: key.Arn, BucketKeyEnabled: true };
    expect(await client.headObject(at("k"))).toMatchObject(encrypted);
    await put("plain", "1", { ServerSideEncryption: "AES256" });
    expect((await client.headObject(at("plain"))).SSEKMSKeyId).toBeUndefined();
    const unknown = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "none" };
    expect(await refusal(put("k", "1", unknown))).toBe("400 KMS.NotFoundException");
    await s3.services.call("kms", "DisableKey", { KeyId: key.KeyId });
    expect(await refusal(client.getObject(at("k")))).toBe("400 KMS.DisabledException");
  });
});

test("a presigned URL reads and writes without a header, and expires", async () => {
  const url = (query = {}) => `${s3.endpoint}/${bucket}/a%20b?${presigned(query)}`;
  expect((await fetch(url(), { method: "PUT", body: "by URL" })).status).toBe(200);
  const read = await fetch(url({ "response-content-type": "text/plain" }));
  expect([await read.text(), read.headers.get("content-type")]).toEqual(["by URL", "text/plain"]);
  const late = await fetch(url({ "X-Amz-Date": "20200101T000000Z", "X-Amz-Expires": "60" }));
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("<Message>Request has expired")]);
});
