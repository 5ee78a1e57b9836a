import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "../../../provider/aws-provider";
import type { ValueMap } from "../../../provider/values";
import { TestServices } from "../../testing";

// What programs make is what the API serves, and what the API says is what programs read.

let services: TestServices;
let provider: AwsProvider;
let folder: string;
beforeAll(async () => {
  services = TestServices.open();
  await services.resume();
  provider = new AwsProvider({ account: services.account, services });
  folder = fs.mkdtempSync(join(tmpdir(), "s3-resources-"));
});
afterAll(async () => {
  await services.dispose();
  fs.rmSync(folder, { recursive: true });
});

const Bucket = "fleet-files";
const ask = (operation: string, input: ValueMap = {}) => services.call("s3", operation, { Bucket, ...input } as never);
const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });
const target = (type: string) => ({
  urn: `urn:${type}`,
  type,
  name: "files",
  session: "",
  signal: new AbortController().signal,
});

interface Made {
  type: string;
  id: string;
  inputs: ValueMap;
  state: ValueMap;
}

/** Makes a resource as the engine does; afterwards nothing differs, and a refresh finds what is known. */
async function make(type: string, news: ValueMap): Promise<Made> {
  const check = { ...target(type), olds: properties({}), news: properties(news), randomSeed: new Uint8Array([7]) };
  const { inputs, failures } = await provider.check(check);
  expect(failures).toEqual([]);
  const { id, state } = await provider.create({ ...target(type), news: properties(inputs), preview: false });
  const known = { oldState: properties(state), oldInputs: properties(inputs) };
  const diff = await provider.diff({ ...target(type), id, ...known, news: properties(inputs), ignoreChanges: [] });
  expect(diff.details).toEqual({});
  const found = await provider.read({ ...target(type), id, state: properties(state), inputs: properties(inputs) });
  expect(found?.state).toEqual(state);
  return { type, id, inputs, state };
}

const remove = ({ type, id, state }: Made) => provider.delete({ ...target(type), id, state: properties(state) });

test("a bucket with all that is configured of it", async () => {
  await services.call("sqs", "CreateQueue", { QueueName: "q" });
  const made = [await make("aws:s3/bucket:Bucket", { bucket: Bucket, tags: { team: "fleet" } })];
  expect((await ask("GetBucketTagging")).TagSet).toEqual([{ Key: "team", Value: "fleet" }]);
  const key = "arn:aws:kms:us-east-1:000000000000:key/1";
  const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: `arn:aws:s3:::${Bucket}/*` };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const filtered = { events: ["s3:ObjectCreated:*"], filterPrefix: "in/", filterSuffix: ".csv" };
  for (const [type, more] of Object.entries<ValueMap>({
    "bucketPolicy:BucketPolicy": { policy },
    "bucketPublicAccessBlock:BucketPublicAccessBlock": { blockPublicAcls: true, blockPublicPolicy: true },
    "bucketVersioning:BucketVersioning": { versioningConfiguration: { status: "Enabled" } },
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
          bucketKeyEnabled: true,
        },
      ],
    },
    "bucketOwnershipControls:BucketOwnershipControls": { rule: { objectOwnership: "BucketOwnerPreferred" } },
    "bucketLogging:BucketLogging": { targetBucket: Bucket, targetPrefix: "logs/" },
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
      rules: [
        {
          id: "old",
          status: "Enabled",
          filter: { and: { prefix: "in/", tags: { a: "b" } } },
          expiration: { days: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
        },
      ],
    },
    "bucketNotification:BucketNotification": {
      eventbridge: true,
      queues: [{ queueArn: "arn:aws:sqs:us-east-1:000000000000:q", ...filtered }],
    },
  })) {
    made.push(await make(`aws:s3/${type}`, { bucket: Bucket, ...more }));
  }
  expect((await ask("GetBucketPolicy")).Policy).toBe(policy);
  expect((await ask("GetPublicAccessBlock")).PublicAccessBlockConfiguration).toMatchObject({
    BlockPublicAcls: true,
    RestrictPublicBuckets: false,
  });
  expect(await ask("GetBucketVersioning")).toEqual({ Status: "Enabled" });
  expect(await ask("GetBucketEncryption")).toMatchObject({
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key } }],
    },
  });
  expect((await ask("GetBucketLifecycleConfiguration")).Rules).toEqual([
    {
      ID: "old",
      Status: "Enabled",
      Filter: { And: { Prefix: "in/", Tags: [{ Key: "a", Value: "b" }] } },
      Expiration: { Days: 7 },
      NoncurrentVersionExpiration: { NoncurrentDays: 1 },
    },
  ]);
  expect(await ask("GetBucketNotificationConfiguration")).toMatchObject({
    EventBridgeConfiguration: {},
    QueueConfigurations: [{ Filter: { Key: { FilterRules: [{ Name: "Prefix", Value: "in/" }, { Name: "Suffix" }] } } }],
  });
  for (const one of made.reverse()) await remove(one);
  await expect(ask("HeadBucket")).rejects.toMatchObject({ code: "NoSuchBucket" });
});

test("objects of text and of files, and a bucket that is emptied before it goes", async () => {
  const bucket = await make("aws:s3/bucketV2:BucketV2", {
    bucket: Bucket,
    forceDestroy: true,
    versionings: [{ enabled: true }],
  });
  const text = { bucket: Bucket, key: "a b.txt", content: "text", contentType: "text/plain", metadata: { who: "me" } };
  const made = await make("aws:s3/bucketObjectv2:BucketObjectv2", { ...text, tags: { k: "v w" } });
  expect(made.state.etag).toBe("1cb251ec0d568de6a929b520c4aed8d1");
  expect(await ask("HeadObject", { Key: "a b.txt" })).toMatchObject({ ContentType: "text/plain", TagCount: 1 });
  const path = join(folder, "file.bin");
  fs.writeFileSync(path, Buffer.from([0, 255, 1]));
  const source = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path, hash: "h" };
  const file = await make("aws:s3/bucketObject:BucketObject", { bucket: Bucket, key: "file", source });
  expect(await ask("HeadObject", { Key: "file" })).toMatchObject({ ContentLength: 3 });
  await remove(file);
  await remove(bucket);
  await expect(ask("HeadBucket")).rejects.toMatchObject({ code: "NoSuchBucket" });
});

test("a bucket that is there is not taken over", async () => {
  await ask("CreateBucket");
  await expect(make("aws:s3/bucket:Bucket", { bucket: Bucket })).rejects.toThrow("409, BucketAlreadyExists");
});
