import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { ApiServer } from "../../gateway/server";
import { startGateway } from "../../gateway/testing";
import { AwsProvider } from "../../provider/aws-provider";
import { TestEngine } from "../../provider/testing";
import { TestServices } from "../testing";

const services = TestServices.open();
let gateway: ApiServer;
let client: SQSClient;
beforeAll(async () => {
  gateway = await startGateway({ sqs: services.api("sqs") });
  const endpoint = `http://127.0.0.1:${gateway.port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  client = new SQSClient({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await gateway.close();
  await services.dispose();
});

let made = 0;
async function create(Attributes: Record<string, string> = {}) {
  made += 1;
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: `queue-${made}`, Attributes }));
  return QueueUrl!;
}
const arnOf = async (QueueUrl: string) =>
  (await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }))).Attributes!.QueueArn!;
const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
  client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const bodies = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await receive(QueueUrl, more)).map(({ Body }) => Body).sort();

describe("a queue for clients", () => {
  test("is found by its name, made once, and refused with other attributes", async () => {
    const url = await create({ VisibilityTimeout: "5" });
    const QueueName = `queue-${made}`;
    expect(new URL(url).pathname).toBe(`/000000000000/${QueueName}`);
    await expect(client.send(new GetQueueUrlCommand({ QueueName }))).resolves.toMatchObject({ QueueUrl: url });
    const again = (Attributes: Record<string, string>) =>
      client.send(new CreateQueueCommand({ QueueName, Attributes }));
    await expect(again({ VisibilityTimeout: "5" })).resolves.toMatchObject({ QueueUrl: url });
    await expect(again({ VisibilityTimeout: "6" })).rejects.toMatchObject({ name: "QueueNameExists" });
    const { QueueUrls } = await client.send(new ListQueuesCommand({ QueueNamePrefix: QueueName }));
    expect(QueueUrls).toEqual([url]);
    await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(client.send(new GetQueueUrlCommand({ QueueName }))).rejects.toMatchObject({
      name: "QueueDoesNotExist",
    });
  });

  test.each([
    [{ VisibilityTimeout: "43201" }, "InvalidAttributeValue"],
    [{ Colour: "red" }, "InvalidAttributeName"],
    [{ RedrivePolicy: "{}" }, "InvalidAttributeValue"],
    [
      { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:none","maxReceiveCount":1}' },
      "InvalidAttributeValue",
    ],
    [{ FifoQueue: "true" }, "UnsupportedOperation"],
  ])("with %j is refused as %s", async (attributes, name) => {
    await expect(create(attributes)).rejects.toMatchObject({ name });
  });

  test("gives a message to one receiver, until its time is over, and to nobody once it is deleted", async () => {
    const url = await create({ VisibilityTimeout: "1" });
    await send(url, "work", { MessageAttributes: { kind: { DataType: "String", StringValue: "a" } } });
    const asked = { MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All" as const] };
    const [first] = await receive(url, asked);
    expect(first).toMatchObject({
      Body: "work",
      Attributes: { ApproximateReceiveCount: "1", SenderId: "000000000000" },
      MessageAttributes: { kind: { DataType: "String", StringValue: "a" } },
    });
    expect(await receive(url)).toEqual([]);
    const [second] = await receive(url, { ...asked, WaitTimeSeconds: 5 });
    expect(second).toMatchObject({ MessageId: first!.MessageId, Attributes: { ApproximateReceiveCount: "2" } });
    // The first receiver's handle is an old one by now.
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first!.ReceiptHandle }));
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: second!.ReceiptHandle, VisibilityTimeout: 0 }),
    );
    const [third] = await receive(url);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: third!.ReceiptHandle }));
    expect(await receive(url, { WaitTimeSeconds: 2 })).toEqual([]);
    const wrong = client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: "made up" }));
    await expect(wrong).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
  });

  test("answers who waits as soon as a message comes, and who has gone at no time", async () => {
    const url = await create();
    const started = Date.now();
    const waiting = bodies(url, { WaitTimeSeconds: 20 });
    const impatient = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: AbortSignal.timeout(100),
    });
    await expect(impatient).rejects.toThrow();
    await send(url, "late");
    expect(await waiting).toEqual(["late"]);
    expect(Date.now() - started).toBeLessThan(10_000);
    await send(url, "later", { DelaySeconds: 1 });
    expect(await bodies(url)).toEqual([]);
    expect(await bodies(url, { WaitTimeSeconds: 5 })).toEqual(["later"]);
  });

  test("takes batches apart: what is wrong with one entry is told of that one", async () => {
    const url = await create({ MaximumMessageSize: "1024" });
    const { Successful, Failed } = await client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: "a", MessageBody: "one" },
          { Id: "b", MessageBody: "x".repeat(1_025) },
          { Id: "c", MessageBody: "two" },
        ],
      }),
    );
    expect(Successful!.map(({ Id }) => Id)).toEqual(["a", "c"]);
    const Message = "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.";
    expect(Failed).toMatchObject([{ Id: "b", Code: "InvalidParameterValue", Message, SenderFault: true }]);
    await expect(send(url, "late", { DelaySeconds: 901 })).rejects.toMatchObject({
      message: "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.",
    });
    const messages = await receive(url);
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(deleted.Successful).toHaveLength(2);
    const twice = Entries.map((entry) => ({ ...entry, Id: "same" }));
    await expect(client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: twice }))).rejects.toMatchObject({
      name: "BatchEntryIdsNotDistinct",
    });
  });

  test("gives up a message that was received too often, and everything when it is purged", async () => {
    const dead = await create();
    const source = await create();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await arnOf(dead), maxReceiveCount: 2 });
    const Attributes = { RedrivePolicy, VisibilityTimeout: "0" };
    await client.send(new SetQueueAttributesCommand({ QueueUrl: source, Attributes }));
    const { MessageId } = await send(source, "poison");
    for (let time = 0; time < 2; time++) expect(await bodies(source)).toEqual(["poison"]);
    expect(await bodies(source)).toEqual([]);
    const [given] = await receive(dead, { MessageSystemAttributeNames: ["All"] });
    expect(given).toMatchObject({ MessageId, Attributes: { DeadLetterQueueSourceArn: await arnOf(source) } });
    await send(source, "more");
    await client.send(new PurgeQueueCommand({ QueueUrl: source }));
    expect(await bodies(source)).toEqual([]);
    const again = client.send(new PurgeQueueCommand({ QueueUrl: source }));
    await expect(again).rejects.toMatchObject({ name: "PurgeQueueInProgress" });
  });
});

describe("what AWS refuses of messages", () => {
  let url: string;
  beforeAll(async () => {
    url = await create();
  });
  const text = (StringValue: string) => ({ DataType: "String", StringValue });
  const sendAll = (Entries: { Id: string; MessageBody: string }[]) =>
    client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));

  test("has its limit for the message, however much longer its escapes make the request", async () => {
    await expect(send(url, '"'.repeat(1_048_576))).resolves.toMatchObject({ MessageId: expect.any(String) });
    await expect(send(url, "x".repeat(1_048_577))).rejects.toMatchObject({ name: "InvalidParameterValue" });
    const half = "x".repeat(524_289);
    const long = ["a", "b"].map((Id) => ({ Id, MessageBody: half }));
    await expect(sendAll(long)).rejects.toMatchObject({ name: "BatchRequestTooLong" });
  });

  test.each(["\u0000", "a\u000bb", "\uffff"])("refuses the characters of %j", async (body) => {
    await expect(send(url, body)).rejects.toMatchObject({ name: "InvalidMessageContents" });
    const MessageAttributes = { a: text(body) };
    await expect(send(url, "b", { MessageAttributes })).rejects.toMatchObject({ name: "InvalidMessageContents" });
  });

  test("refuses more than ten attributes and empty ones", async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`a${n}`, text("b")]));
    const refusal = { name: "InvalidParameterValue" };
    await send(url, "a", { MessageAttributes: many(10) });
    await expect(send(url, "a", { MessageAttributes: many(11) })).rejects.toMatchObject(refusal);
    await expect(send(url, "a", { MessageAttributes: { a: text("") } })).rejects.toMatchObject(refusal);
  });

  test.each(["a.b", "", "x".repeat(81)])("refuses a batch with the id %j", async (Id) => {
    await expect(sendAll([{ Id, MessageBody: "a" }])).rejects.toMatchObject({ name: "InvalidBatchEntryId" });
  });

  test("knows no queue of another account", async () => {
    const other = url.replace("000000000000", "111111111111");
    await expect(send(other, "a")).rejects.toMatchObject({ name: "QueueDoesNotExist" });
  });

  test("compares redrive policies by what they say; those that allow are JSON", async () => {
    const deadLetterTargetArn = await arnOf(url);
    const QueueName = "redriven";
    const made = (RedrivePolicy: string) =>
      client.send(new CreateQueueCommand({ QueueName, Attributes: { RedrivePolicy } }));
    await made(JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }));
    await made(JSON.stringify({ maxReceiveCount: 3, deadLetterTargetArn }, undefined, 2));
    const other = made(JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 4 }));
    await expect(other).rejects.toMatchObject({ name: "QueueNameExists" });
    await expect(create({ RedriveAllowPolicy: "all" })).rejects.toMatchObject({ name: "InvalidAttributeValue" });
  });

  test("purges a queue that was made anew", async () => {
    const QueueName = "anew";
    for (let time = 0; time < 2; time++) {
      const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName }));
      await client.send(new PurgeQueueCommand({ QueueUrl }));
      await client.send(new DeleteQueueCommand({ QueueUrl }));
    }
  });
});

describe("a queue for programs", () => {
  const provider = new AwsProvider({ account: services.account, services });
  const engine = new TestEngine(provider);

  test("is the one that clients use, with its tags, its policy and its queue for dead letters", async () => {
    const dead = await engine.make("aws:sqs/queue:Queue", { name: "dead" });
    const jobs = await engine.make("aws:sqs/queue:Queue", { visibilityTimeoutSeconds: 60, tags: { team: "data" } });
    expect(jobs.state).toMatchObject({ visibilityTimeoutSeconds: 60, maxMessageSize: 262_144, tags: { team: "data" } });
    const redrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.state.arn, maxReceiveCount: 3 });
    await engine.make("aws:sqs/redrivePolicy:RedrivePolicy", { queueUrl: jobs.id, redrivePolicy });
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: jobs.state.arn! }];
    const policy = JSON.stringify({ Version: "2012-10-17", Statement });
    await engine.make("aws:sqs/queuePolicy:QueuePolicy", { queueUrl: jobs.id, policy });
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: String(jobs.state.name) }));
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ VisibilityTimeout: "60", Policy: policy, RedrivePolicy: redrivePolicy });
    await send(QueueUrl!, "hello");
    expect(await bodies(QueueUrl!)).toEqual(["hello"]);
    const changed = await engine.change(jobs, { delaySeconds: 3, tags: { team: "ops" }, tagsAll: { team: "ops" } });
    expect(changed.state).toMatchObject({ delaySeconds: 3, visibilityTimeoutSeconds: 60, tagsAll: { team: "ops" } });
    const found = await engine.invoke("aws:sqs/getQueue:getQueue", { name: "dead" });
    expect(found).toMatchObject({ arn: dead.state.arn, url: dead.id });
    await engine.remove(changed);
    expect(await engine.read(changed)).toBeUndefined();
  });
});
