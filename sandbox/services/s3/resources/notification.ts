import { boolean, list, string } from "../../../provider/resource/property";
import { lookUp } from "../../../provider/resource/resource";
import type { ResourceType } from "../../../provider/resource/resource-type";
import { defined, isMap, maps, optionalText, text, texts, type ValueMap } from "../../../provider/values";

/** The properties for targets of each kind: how an entry names its target, and where the API has the entries. */
const kinds = {
  queues: { arn: "queueArn", Arn: "QueueArn", entries: "QueueConfigurations" },
  topics: { arn: "topicArn", Arn: "TopicArn", entries: "TopicConfigurations" },
  lambdaFunctions: {
    arn: "lambdaFunctionArn",
    Arn: "LambdaFunctionArn",
    entries: "LambdaFunctionConfigurations",
  },
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketnotification/ */
export const notificationType: ResourceType = {
  token: "aws:s3/bucketNotification:BucketNotification",
  label: "S3 Bucket Notification",
  properties: {
    bucket: string({ required: true, replaces: true }),
    eventbridge: boolean({ default: false }),
    lambdaFunctions: list(),
    queues: list(),
    region: string({ computed: true, replaces: true }),
    topics: list(),
  },
  outputs: [],
  async create(inputs, { call }) {
    const Bucket = text(inputs, "bucket");
    await call("PutBucketNotificationConfiguration", { Bucket, NotificationConfiguration: configurationOf(inputs) });
    return Bucket;
  },
  async read(id, context) {
    const found = await lookUp(context, "GetBucketNotificationConfiguration", { Bucket: id });
    if (!found || Object.keys(found).length === 0) return undefined;
    const eventbridge = found.EventBridgeConfiguration !== undefined;
    const lists = Object.entries(kinds).map(([key, kind]) => [key, maps(found, kind.entries).map(shownOf(kind))]);
    return { bucket: id, eventbridge, ...Object.fromEntries(lists) };
  },
  async update(id, { news }, { call }) {
    const request = { Bucket: id, NotificationConfiguration: configurationOf(news) };
    await call("PutBucketNotificationConfiguration", request);
  },
  async delete(id, _state, { call }) {
    await call("PutBucketNotificationConfiguration", { Bucket: id, NotificationConfiguration: {} });
  },
};

function configurationOf(inputs: ValueMap): ValueMap {
  const lists = Object.entries(kinds).flatMap(([key, kind]) => {
    const entries = maps(inputs, key).map(entryOf(kind));
    return entries.length > 0 ? [[kind.entries, entries]] : [];
  });
  return { ...Object.fromEntries(lists), ...(inputs.eventbridge === true ? { EventBridgeConfiguration: {} } : {}) };
}

function entryOf({ arn, Arn }: Kind) {
  return (entry: ValueMap): ValueMap => {
    const [prefix, suffix] = [optionalText(entry, "filterPrefix"), optionalText(entry, "filterSuffix")];
    const FilterRules = [
      ...(prefix === undefined ? [] : [{ Name: "Prefix", Value: prefix }]),
      ...(suffix === undefined ? [] : [{ Name: "Suffix", Value: suffix }]),
    ];
    return defined({
      Id: optionalText(entry, "id"),
      [Arn]: text(entry, arn),
      Events: texts(entry, "events"),
      Filter: FilterRules.length > 0 ? { Key: { FilterRules } } : undefined,
    });
  };
}

function shownOf({ arn, Arn }: Kind) {
  return (entry: ValueMap): ValueMap => {
    const { Filter } = entry;
    const rules = isMap(Filter) && isMap(Filter.Key) ? maps(Filter.Key, "FilterRules") : [];
    const ruleOf = (name: string) => rules.find((rule) => String(rule.Name).toLowerCase() === name)?.Value ?? "";
    return {
      id: entry.Id ?? "",
      [arn]: entry[Arn] ?? "",
      events: entry.Events ?? [],
      filterPrefix: ruleOf("prefix"),
      filterSuffix: ruleOf("suffix"),
    };
  };
}
