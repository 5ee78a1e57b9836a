import type * as Sqs from "@aws-sdk/client-sqs";
import { AwsError } from "../../aws/errors";
import { type Handlers, operationsOf } from "../../aws/handlers";
import { paginate } from "../../aws/paginate";
import type { CallContext, Operations } from "../../aws/service";
import type { ServiceContext } from "../service";
import { digestOfAttributes, isHandle, md5, type Received } from "./messages";
import type { Queues } from "./queues";
import type { MessageAttribute, MessageRecord } from "./records";

type Client = typeof Sqs;
type Attributes = Record<string, Sqs.MessageAttributeValue>;
type ToSend = Pick<Sqs.SendMessageRequest, "MessageBody" | "DelaySeconds" | "MessageAttributes">;
interface Entry {
  Id: string | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/ */
export function sqsOperations(queues: Queues, { account, endpoint }: ServiceContext): Operations {
  const urlOf = (name: string, call?: CallContext) => {
    const host = call?.headers.host;
    return `${host === undefined ? endpoint() : `http://${host}`}/${account.accountId}/${name}`;
  };
  /** Clients may be told another address than the one that a queue was made through; its path is the same. */
  const nameIn = (url = "") => {
    const [owner = "", name = ""] = url.split("/").slice(-2);
    if (name !== "" && /^\d{12}$/.test(owner) && owner !== account.accountId)
      throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
    return url.slice(url.lastIndexOf("/") + 1);
  };
  const send = (queue: string, { MessageBody = "", DelaySeconds, MessageAttributes = {} }: ToSend) => {
    const { attributes, messages } = queues.get(queue);
    const body = MessageBody;
    const own = attributesOf(MessageAttributes);
    const size = Buffer.byteLength(body) + sizeOf(own);
    // One character at least, as the reference of SendMessage says.
    if (body === "") throw invalid("MessageBody", "must not be empty");
    // AWS's words are in artilleryio/artillery#3683.
    if (size > Number(attributes.MaximumMessageSize))
      throw invalid("Message", `must be shorter than ${attributes.MaximumMessageSize} bytes`);
    requireValid(body);
    requireRange("DelaySeconds", DelaySeconds);
    const message = messages.add({ body, attributes: own }, (DelaySeconds ?? Number(attributes.DelaySeconds)) * 1_000);
    return { MessageId: message.id, MD5OfMessageBody: md5(body), MD5OfMessageAttributes: digestOfAttributes(own) };
  };
  const remove = (queue: string, handle = "") => {
    const { messages } = queues.get(queue);
    if (!isHandle(handle)) throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle is invalid.`, 404);
    const message = messages.byHandle(handle);
    if (message) messages.remove(message);
    return {};
  };
  const change = (queue: string, handle = "", seconds = 0) => {
    const { messages } = queues.get(queue);
    if (!isHandle(handle)) throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle is invalid.`, 404);
    requireRange("VisibilityTimeout", seconds);
    const message = messages.byHandle(handle);
    if (!message || message.visibleAt <= queues.now())
      throw new AwsError("MessageNotInflight", "The message referred to is not in flight.");
    messages.hide(message, seconds * 1_000);
    return {};
  };
  const handlers: Handlers<Client> = {
    CreateQueue({ QueueName = "", Attributes = {}, tags = {} }, call) {
      queues.create(QueueName, Attributes as Record<string, string>, tags);
      return { QueueUrl: urlOf(QueueName, call) };
    },
    GetQueueUrl: ({ QueueName = "" }, call) => ({ QueueUrl: urlOf(queues.get(QueueName).record.name, call) }),
    ListQueues({ QueueNamePrefix = "", MaxResults, NextToken } = {}, call) {
      const named = queues.list().filter(({ name }) => name.startsWith(QueueNamePrefix));
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html
      const page = paginate(named, NextToken, MaxResults, { fallback: 1_000, code: "InvalidParameterValue" });
      return { QueueUrls: page.items.map(({ name }) => urlOf(name, call)), NextToken: page.nextToken };
    },
    GetQueueAttributes({ QueueUrl, AttributeNames = [] }) {
      const { record, attributes, messages } = queues.get(nameIn(QueueUrl));
      const { visible, inFlight, delayed } = messages.counts();
      const all: Record<string, string> = {
        ...attributes,
        QueueArn: queues.arn(record.name),
        CreatedTimestamp: String(record.createdAt),
        LastModifiedTimestamp: String(record.modifiedAt),
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(inFlight),
        ApproximateNumberOfMessagesDelayed: String(delayed),
      };
      const wanted = Object.entries(all).filter(([name]) =>
        AttributeNames.some((one) => one === "All" || one === name),
      );
      return { Attributes: Object.fromEntries(wanted) };
    },
    SetQueueAttributes({ QueueUrl, Attributes = {} }) {
      queues.setAttributes(nameIn(QueueUrl), Attributes as Record<string, string>);
      return {};
    },
    ListQueueTags: ({ QueueUrl }) => ({ Tags: queues.get(nameIn(QueueUrl)).record.tags }),
    TagQueue({ QueueUrl, Tags = {} }) {
      const { name, tags } = queues.get(nameIn(QueueUrl)).record;
      queues.setTags(name, { ...tags, ...Tags });
      return {};
    },
    UntagQueue({ QueueUrl, TagKeys = [] }) {
      const { name, tags } = queues.get(nameIn(QueueUrl)).record;
      queues.setTags(name, Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
      return {};
    },
    DeleteQueue({ QueueUrl }) {
      queues.delete(nameIn(QueueUrl));
      return {};
    },
    PurgeQueue({ QueueUrl }) {
      queues.purge(nameIn(QueueUrl));
      return {};
    },
    SendMessage: (input) => send(nameIn(input.QueueUrl), input),
    SendMessageBatch({ QueueUrl, Entries = [] }) {
      const queue = nameIn(QueueUrl);
      requireShort(Entries);
      return batch(Entries, (entry) => send(queue, entry));
    },
    async ReceiveMessage(input, call) {
      const { attributes } = queues.get(nameIn(input.QueueUrl));
      const { MaxNumberOfMessages = 1, VisibilityTimeout: hidden } = input;
      const wait = input.WaitTimeSeconds ?? Number(attributes.ReceiveMessageWaitTimeSeconds);
      requireRange("MaxNumberOfMessages", MaxNumberOfMessages);
      requireRange("WaitTimeSeconds", wait);
      requireRange("VisibilityTimeout", hidden);
      const hiddenMs = hidden === undefined ? undefined : hidden * 1_000;
      const queue = nameIn(input.QueueUrl);
      const taken = await queues.receive(queue, MaxNumberOfMessages, wait * 1_000, hiddenMs, call?.signal);
      return { Messages: taken.length > 0 ? taken.map((one) => view(one, input, account.accountId)) : undefined };
    },
    ChangeMessageVisibility: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }) =>
      change(nameIn(QueueUrl), ReceiptHandle, VisibilityTimeout),
    ChangeMessageVisibilityBatch({ QueueUrl, Entries = [] }) {
      const queue = nameIn(QueueUrl);
      return batch(Entries, ({ ReceiptHandle, VisibilityTimeout }) => change(queue, ReceiptHandle, VisibilityTimeout));
    },
    DeleteMessage: ({ QueueUrl, ReceiptHandle }) => remove(nameIn(QueueUrl), ReceiptHandle),
    DeleteMessageBatch({ QueueUrl, Entries = [] }) {
      const queue = nameIn(QueueUrl);
      return batch(Entries, ({ ReceiptHandle }) => remove(queue, ReceiptHandle));
    },
  };
  return operationsOf<Client>(handlers);
}

function invalid(name: string, reason: string): AwsError {
  return new AwsError("InvalidParameterValue", `One or more parameters are invalid. Reason: ${name} ${reason}.`);
}

/**
 * Limits of the references of SendMessage, ReceiveMessage and ChangeMessageVisibility. AWS's words for the first two
 * are in aws-samples/amazon-sqs-dlq-replay-backoff#8 and aws/aws-sdk-java#197.
 */
const ranges = {
  DelaySeconds: { low: 0, high: 900, reason: "DelaySeconds must be >= 0 and <= 900." },
  MaxNumberOfMessages: { low: 1, high: 10, reason: "Must be between 1 and 10, if provided." },
  WaitTimeSeconds: { low: 0, high: 20, reason: "Must be >= 0 and <= 20, if provided." },
  VisibilityTimeout: { low: 0, high: 43_200, reason: "Must be >= 0 and <= 43200, if provided." },
};

function requireRange(name: keyof typeof ranges, value: number | undefined): void {
  const { low, high, reason } = ranges[name];
  if (value === undefined || (value >= low && value <= high)) return;
  throw new AwsError("InvalidParameterValue", `Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

/**
 * Each entry by itself: what is refused of one is told under its id. Ten entries at most, in the words of
 * vinyldns/vinyldns#347. @throws AwsError about the batch as a whole
 */
function batch<T extends Entry, R extends object>(entries: readonly T[], work: (entry: T) => R) {
  if (entries.length === 0)
    throw new AwsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  if (entries.length > 10)
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  // AWS's words are in localstack/localstack#7312.
  if (entries.some(({ Id = "" }) => !/^[\w-]{1,80}$/.test(Id)))
    throw new AwsError(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
    );
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    throw new AwsError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
  const Successful: (R & { Id: string })[] = [];
  const Failed: Sqs.BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const Id = entry.Id ?? "";
    try {
      Successful.push({ ...work(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code === "QueueDoesNotExist") throw error;
      Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.httpStatus < 500 });
    }
  }
  return { Successful, Failed };
}

/** All messages of a batch together: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const largestBatch = 1_048_576;

function requireShort(entries: readonly ToSend[]): void {
  const size = entries
    .map(
      ({ MessageBody = "", MessageAttributes = {} }) =>
        Buffer.byteLength(MessageBody) + sizeOf(recordsOf(MessageAttributes)),
    )
    .reduce((sum, one) => sum + one, 0);
  if (size <= largestBatch) return;
  const rule = `Batch requests cannot be longer than ${largestBatch} bytes. You have sent ${size} bytes.`;
  throw new AwsError("BatchRequestTooLong", rule);
}

/** Characters that the reference of SendMessage allows, which are those of XML. @throws AwsError `InvalidMessageContents` */
function requireValid(text: string): void {
  if (/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text)) return;
  const rule = "Valid characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";
  throw new AwsError("InvalidMessageContents", `Invalid characters found. ${rule}`);
}

/** Attributes that a message may have: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
const mostAttributes = 10;

/** @throws AwsError `InvalidParameterValue`, `InvalidMessageContents` */
function attributesOf(given: Attributes): Record<string, MessageAttribute> {
  const count = Object.keys(given).length;
  if (count > mostAttributes) {
    const rule = `Number of message attributes [${count}] exceeds the allowed maximum [${mostAttributes}].`;
    throw new AwsError("InvalidParameterValue", rule);
  }
  for (const [name, { StringValue }] of Object.entries(given)) {
    if (StringValue === "") throw invalid(name, "must contain a non-empty value");
    requireValid(StringValue ?? "");
  }
  return recordsOf(given);
}

function recordsOf(given: Attributes): Record<string, MessageAttribute> {
  const entries = Object.entries(given).map(([name, { DataType = "", StringValue, BinaryValue }]) => {
    if (!/^(String|Number|Binary)(\.|$)/.test(DataType)) throw invalid(name, "has an unsupported type");
    const bytes = BinaryValue === undefined ? undefined : Buffer.from(BinaryValue).toString("base64");
    return [name, { type: DataType, text: StringValue, bytes }] as const;
  });
  return Object.fromEntries(entries);
}

function sizeOf(attributes: Record<string, MessageAttribute>): number {
  return Object.entries(attributes)
    .map(
      ([name, { type, text = "", bytes = "" }]) =>
        Buffer.byteLength(name + type + text) + Buffer.byteLength(bytes, "base64"),
    )
    .reduce((sum, size) => sum + size, 0);
}

function view({ message, handle }: Received, asked: Sqs.ReceiveMessageRequest, sender: string): Sqs.Message {
  const own = Object.entries(message.attributes).filter(([name]) => isAsked(name, asked.MessageAttributeNames ?? []));
  const shown = Object.fromEntries(own);
  return {
    MessageId: message.id,
    ReceiptHandle: handle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: systemAttributes(message, sender, [
      ...(asked.AttributeNames ?? []),
      ...(asked.MessageSystemAttributeNames ?? []),
    ]),
    MD5OfMessageAttributes: digestOfAttributes(shown),
    MessageAttributes:
      own.length > 0
        ? Object.fromEntries(
            own.map(([name, { type, text, bytes }]) => [
              name,
              {
                DataType: type,
                StringValue: text,
                BinaryValue: bytes === undefined ? undefined : Buffer.from(bytes, "base64"),
              },
            ]),
          )
        : undefined,
  };
}

/** Names can be given whole, or by their beginning with `.*` behind it. */
function isAsked(name: string, wanted: readonly string[]): boolean {
  return wanted.some(
    (one) => one === "All" || one === name || (one.endsWith(".*") && name.startsWith(one.slice(0, -2))),
  );
}

function systemAttributes(message: MessageRecord, sender: string, wanted: readonly string[]) {
  const all: Record<string, string | undefined> = {
    SenderId: sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
  const named = Object.entries(all).filter(([name, value]) => value !== undefined && isAsked(name, wanted));
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}
