import { isDeepStrictEqual } from "node:util";
import { AwsError } from "../../aws/errors";
import { checkPolicyDocument } from "../../aws/policy-document";

/** What a queue can be told, with its default and the range of a number. */
interface Setting {
  fallback?: string;
  range?: readonly [low: number, high: number];
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const settings: Readonly<Record<string, Setting>> = {
  DelaySeconds: { fallback: "0", range: [0, 900] },
  // 1 MiB since August 2025.
  MaximumMessageSize: { fallback: "1048576", range: [1_024, 1_048_576] },
  MessageRetentionPeriod: { fallback: "345600", range: [60, 1_209_600] },
  ReceiveMessageWaitTimeSeconds: { fallback: "0", range: [0, 20] },
  VisibilityTimeout: { fallback: "30", range: [0, 43_200] },
  KmsMasterKeyId: {},
  KmsDataKeyReusePeriodSeconds: { range: [60, 86_400] },
  SqsManagedSseEnabled: { fallback: "true" },
  Policy: {},
  RedrivePolicy: {},
  RedriveAllowPolicy: {},
};

/** What a queue gives up a message to, and after how many receipts. */
export interface RedrivePolicy {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

export const invalidValue = (name: string) =>
  new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`);

/** @throws AwsError `InvalidAttributeName`, `InvalidAttributeValue`, `UnsupportedOperation` */
export function checkAttributes(given: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"].includes(name))
      throw new AwsError("UnsupportedOperation", `The sandbox has standard queues only, which take no ${name}.`);
    const { range } = Object.hasOwn(settings, name) ? settings[name]! : {};
    if (!Object.hasOwn(settings, name)) throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    if (range && !(/^\d+$/.test(value) && Number(value) >= range[0] && Number(value) <= range[1]))
      throw invalidValue(name);
    if (name === "SqsManagedSseEnabled" && !/^(true|false)$/.test(value)) throw invalidValue(name);
    if (value === "") continue;
    if (name === "Policy") checkPolicyDocument(value, "InvalidAttributeValue");
    if (name === "RedrivePolicy") redrivePolicy(value);
    if (name === "RedriveAllowPolicy" && !isObject(parsed(value))) throw invalidValue(name);
  }
}

/** Whether an attribute has that value already. Redrive policies are compared by what they say. */
export function isSame(name: string, present: string | undefined, given: string): boolean {
  if (present === undefined || !/^Redrive/.test(name)) return present === given;
  return isDeepStrictEqual(parsed(present), parsed(given));
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Receipts may be 1 to 1000: QueueDlqProps of aws/modern-data-architecture-accelerator.
 * @throws AwsError `InvalidAttributeValue`
 */
export function redrivePolicy(text: string): RedrivePolicy {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text) as Partial<Record<string, unknown>>;
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === "string" && Number.isInteger(count) && count >= 1 && count <= 1_000)
      return { deadLetterTargetArn, maxReceiveCount: count };
  } catch {
    // What is no JSON is as wrong as what lacks something.
  }
  throw new AwsError(
    "InvalidAttributeValue",
    `Value ${text} for parameter RedrivePolicy is invalid. Reason: it must have deadLetterTargetArn and a maxReceiveCount of 1 to 1000.`,
  );
}

/** Given attributes over the defaults; what was given empty is none. */
export function withDefaults(given: Readonly<Record<string, string>>): Record<string, string> {
  const defaults = Object.entries(settings).flatMap(([name, { fallback }]) =>
    fallback === undefined ? [] : [[name, fallback]],
  );
  const own = Object.entries(given).filter(([, value]) => value !== "");
  // A queue under a key of KMS is not under SQS's own.
  const managed = given.KmsMasterKeyId ? { SqsManagedSseEnabled: "false" } : {};
  return { ...Object.fromEntries(defaults), ...managed, ...Object.fromEntries(own) };
}
