import { randomBytes } from "node:crypto";
import type { NotificationConfiguration, NotificationConfigurationFilter } from "@aws-sdk/client-s3";
import { invalidArgument } from "../errors";

/** One entry of a configuration, whatever kind of target it has. */
export interface Entry {
  id: string;
  kind: "queue" | "topic" | "function";
  arn: string;
  /** Such as `s3:ObjectCreated:*`. */
  events: readonly string[];
  prefix: string;
  suffix: string;
}

export function entriesOf(configuration: NotificationConfiguration): Entry[] {
  const { QueueConfigurations = [], TopicConfigurations = [], LambdaFunctionConfigurations = [] } = configuration;
  return [
    ...QueueConfigurations.map((each) => entryOf("queue", each.QueueArn, each)),
    ...TopicConfigurations.map((each) => entryOf("topic", each.TopicArn, each)),
    ...LambdaFunctionConfigurations.map((each) => entryOf("function", each.LambdaFunctionArn, each)),
  ];
}

interface Configured {
  Id?: string;
  Events?: readonly string[];
  Filter?: NotificationConfigurationFilter;
}

function entryOf(kind: Entry["kind"], arn = "", { Id = "", Events = [], Filter }: Configured): Entry {
  const rules = Filter?.Key?.FilterRules ?? [];
  const ruleOf = (name: string) => rules.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? "";
  return { id: Id, kind, arn, events: Events, prefix: ruleOf("prefix"), suffix: ruleOf("suffix") };
}

/** @param name without `s3:`, such as `ObjectCreated:Put` */
export function wants({ events, prefix, suffix }: Entry, name: string, key: string): boolean {
  return events.some((asked) => covers(asked, `s3:${name}`)) && key.startsWith(prefix) && key.endsWith(suffix);
}

function covers(asked: string, name: string): boolean {
  return asked === name || (asked.endsWith("*") && name.startsWith(asked.slice(0, -1)));
}

/** The configuration with a name for every entry that has none, as S3 gives them. */
export function named(configuration: NotificationConfiguration): NotificationConfiguration {
  const name = <T extends { Id?: string }>(entries: T[] | undefined) =>
    entries?.map((entry) => ({ ...entry, Id: entry.Id ?? randomBytes(24).toString("base64url") }));
  return {
    QueueConfigurations: name(configuration.QueueConfigurations),
    TopicConfigurations: name(configuration.TopicConfigurations),
    LambdaFunctionConfigurations: name(configuration.LambdaFunctionConfigurations),
    EventBridgeConfiguration: configuration.EventBridgeConfiguration,
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const knownEvent = new RegExp(
  `^s3:(?:${[
    "ReducedRedundancyLostObject",
    "ObjectCreated:(?:\\*|Put|Post|Copy|CompleteMultipartUpload)",
    "ObjectRemoved:(?:\\*|Delete|DeleteMarkerCreated)",
    "ObjectRestore:(?:\\*|Post|Completed|Delete)",
    "ObjectTagging:(?:\\*|Put|Delete)",
    "ObjectAcl:Put",
    "Replication:(?:\\*|Operation\\w+)",
    "LifecycleExpiration:(?:\\*|Delete|DeleteMarkerCreated)",
    "LifecycleTransition",
    "IntelligentTiering",
  ].join("|")})$`,
);

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html: entries that ask for the same
 * events may not have filters that overlap.
 * @throws S3Error `InvalidArgument`
 */
export function checkEntries(entries: readonly Entry[]): void {
  const ids = entries.map(({ id }) => id);
  if (new Set(ids).size < ids.length) {
    throw invalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id", ids.join(", "));
  }
  for (const { arn, events } of entries) {
    if (/^arn:[^:]+:sqs:.*\.fifo$/.test(arn)) {
      throw invalidArgument("FIFO SQS queues are not supported as event notification destinations.", "Queue", arn);
    }
    const unknown = events.find((name) => !knownEvent.test(name));
    if (unknown !== undefined || events.length === 0) {
      throw invalidArgument("The event is not supported for notifications", "Event", unknown ?? "");
    }
  }
  entries.forEach((one, index) => {
    const other = entries.slice(index + 1).find((each) => overlap(one, each));
    if (!other) return;
    const rule =
      "Configurations overlap. Configurations on the same bucket cannot share a common event type with overlapping prefixes and suffixes.";
    throw invalidArgument(rule, "Id", `${one.id}, ${other.id}`);
  });
}

function overlap(one: Entry, other: Entry): boolean {
  const eitherWay = (a: string, b: string, has: (text: string, part: string) => boolean) => has(a, b) || has(b, a);
  return (
    one.events.some((event) => other.events.some((each) => eitherWay(event, each, covers))) &&
    eitherWay(one.prefix, other.prefix, (text, part) => text.startsWith(part)) &&
    eitherWay(one.suffix, other.suffix, (text, part) => text.endsWith(part))
  );
}
