import { AwsError } from "../../aws/errors";
import { type Invoke, look } from "../../provider/resource/invoke";
import { between, boolean, json, length, matches, number, oneOf, string } from "../../provider/resource/property";
import { lookUp, resourcesOf } from "../../provider/resource/resource";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { tagRecord } from "../../provider/resource/tagging";
import { isEmpty, optionalText, text, textMap, type Value, type ValueMap } from "../../provider/values";

/** Properties that are attributes of a queue. */
const attributes: Readonly<Record<string, string>> = {
  delaySeconds: "DelaySeconds",
  kmsDataKeyReusePeriodSeconds: "KmsDataKeyReusePeriodSeconds",
  kmsMasterKeyId: "KmsMasterKeyId",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  policy: "Policy",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  redriveAllowPolicy: "RedriveAllowPolicy",
  redrivePolicy: "RedrivePolicy",
  sqsManagedSseEnabled: "SqsManagedSseEnabled",
  visibilityTimeoutSeconds: "VisibilityTimeout",
};

const resource = resourcesOf({
  capitals: true,
  tagging: {
    given: (inputs) => ({ tags: textMap(inputs, "tagsAll") }),
    read: async (_found, QueueUrl, { call }) => tagRecord((await call("ListQueueTags", { QueueUrl })).Tags),
    put: (Tags, QueueUrl) => ["TagQueue", { QueueUrl, Tags }],
    remove: (TagKeys, QueueUrl) => ["UntagQueue", { QueueUrl, TagKeys }],
  },
});

const find = (QueueUrl: string, context: TypeContext) =>
  lookUp(context, "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] }, "Attributes");

/** Attributes are texts; what is given empty takes one away. */
function given(inputs: ValueMap, keys: Iterable<string>): ValueMap {
  const named = [...keys].filter((key) => attributes[key] !== undefined);
  return Object.fromEntries(named.map((key) => [attributes[key]!, isEmpty(inputs[key]) ? "" : String(inputs[key])]));
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/sqs/queue/ Its id is its URL. */
export const queue = resource({
  token: "aws:sqs/queue:Queue",
  label: "SQS Queue",
  tagged: true,
  autoName: { property: "name", maxLength: 80, prefixProperty: "namePrefix" },
  properties: {
    contentBasedDeduplication: boolean({ default: false }),
    deduplicationScope: string({ computed: true }, oneOf("messageGroup", "queue")),
    delaySeconds: number({ default: 0 }, between(0, 900)),
    fifoQueue: boolean({ default: false, replaces: true }),
    fifoThroughputLimit: string({ computed: true }, oneOf("perQueue", "perMessageGroupId")),
    kmsDataKeyReusePeriodSeconds: number({ computed: true }, between(60, 86_400)),
    kmsMasterKeyId: string(),
    maxMessageSize: number({ default: 262_144 }, between(1_024, 1_048_576)),
    messageRetentionSeconds: number({ default: 345_600 }, between(60, 1_209_600)),
    name: string(
      { computed: true, replaces: true },
      length(1, 80),
      matches(/^[\w-]+(\.fifo)?$/, "expected letters, digits, hyphens and underscores only"),
    ),
    policy: json({ computed: true }),
    receiveWaitTimeSeconds: number({ default: 0 }),
    redriveAllowPolicy: json({ computed: true }),
    redrivePolicy: json({ computed: true }),
    sqsManagedSseEnabled: boolean({ computed: true }),
    visibilityTimeoutSeconds: number({ default: 30 }, between(0, 43_200)),
  },
  outputs: ["arn", "url"],
  check: ({ fifoQueue, contentBasedDeduplication, sqsManagedSseEnabled, kmsMasterKeyId }) => [
    ...(contentBasedDeduplication === true && fifoQueue === false
      ? [
          {
            property: "contentBasedDeduplication",
            reason: "content-based deduplication can only be set for FIFO queue",
          },
        ]
      : []),
    ...(sqsManagedSseEnabled !== undefined && kmsMasterKeyId !== undefined
      ? [{ property: "kmsMasterKeyId", reason: '"kmsMasterKeyId" conflicts with sqsManagedSseEnabled' }]
      : []),
  ],
  id: "QueueUrl",
  members: { ...attributes, arn: "QueueArn" },
  async create(inputs, context) {
    const known = Object.keys(attributes).filter((key) => !isEmpty(inputs[key]));
    const fifo: ValueMap = inputs.fifoQueue === true ? { FifoQueue: "true" } : {};
    const request = { QueueName: text(inputs, "name"), Attributes: { ...given(inputs, known), ...fifo } };
    // queue.go of hashicorp/terraform-provider-aws waits as well until the name of a queue that is gone is free.
    const answer = await context.until(`SQS Queue (${request.QueueName}) name to be free`, async () => {
      try {
        return await context.call("CreateQueue", request);
      } catch (error) {
        if (error instanceof AwsError && error.code === "QueueDeletedRecently") return undefined;
        throw error;
      }
    });
    return text(answer, "QueueUrl");
  },
  find,
  state(found, _context, _before, url) {
    const typed = Object.entries(attributes).map(([key, name]) => [key, typedValue(key, found[name])] as const);
    return { ...Object.fromEntries(typed), name: url.slice(url.lastIndexOf("/") + 1), url };
  },
  async apply(QueueUrl, { news, olds, changed }, { call }) {
    const Attributes = given(news, changed);
    if (olds.url !== undefined && !isEmpty(Attributes)) await call("SetQueueAttributes", { QueueUrl, Attributes });
  },
  delete: "DeleteQueue",
});

function typedValue(key: string, value: Value | undefined): Value {
  if (key === "kmsDataKeyReusePeriodSeconds") return Number(value ?? 300);
  if (/Seconds$|Size$/.test(key)) return Number(value ?? 0);
  return key === "sqsManagedSseEnabled" ? value === "true" : (value ?? "");
}

/** One document of a queue that has a resource of its own. Its id is the queue's URL. */
function documentType(name: string, label: string, property: string): ResourceType {
  const attribute = attributes[property]!;
  const set = (QueueUrl: string, value: Value, { call }: TypeContext) =>
    call("SetQueueAttributes", { QueueUrl, Attributes: { [attribute]: value } });
  return resource({
    token: `aws:sqs/${name}:${name[0]!.toUpperCase()}${name.slice(1)}`,
    label,
    properties: {
      [property]: json({ required: true }),
      queueUrl: string({ required: true, replaces: true }),
    },
    id: "QueueUrl",
    async create(inputs, context) {
      const url = text(inputs, "queueUrl");
      await set(url, text(inputs, property), context);
      return url;
    },
    async read(id, context) {
      const document = (await find(id, context))?.[attribute];
      return document === undefined ? undefined : { [property]: document, queueUrl: id };
    },
    async apply(id, { news, olds }, context) {
      if (olds.queueUrl !== undefined) await set(id, text(news, property), context);
    },
    async delete(id, _state, context) {
      await set(id, "", context);
    },
  });
}

export const documents = [
  documentType("queuePolicy", "SQS Queue Policy", "policy"),
  documentType("redrivePolicy", "SQS Redrive Policy", "redrivePolicy"),
  documentType("redriveAllowPolicy", "SQS Redrive Allow Policy", "redriveAllowPolicy"),
];

const getQueue: Invoke = {
  async run(args, context) {
    const { QueueUrl } = await context.call("GetQueueUrl", { QueueName: text(args, "name") });
    const { arn = "", name = "", url = "", tags = {} } = await look(queue, String(QueueUrl), context);
    return { arn, name, url, tags, id: url };
  },
};

const getQueues: Invoke = {
  async run(args, { call, region }) {
    const prefix = optionalText(args, "queueNamePrefix");
    const { QueueUrls = [] } = await call("ListQueues", prefix === undefined ? {} : { QueueNamePrefix: prefix });
    return { ...args, id: region, queueUrls: QueueUrls };
  },
};

export const functions = {
  "aws:sqs/getQueue:getQueue": getQueue,
  "aws:sqs/getQueues:getQueues": getQueues,
};
