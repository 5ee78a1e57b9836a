import { AwsError } from "../../aws/errors";
import type { ServiceContext } from "../service";
import { checkAttributes, isSame, redrivePolicy, withDefaults } from "./attributes";
import { Messages, type Received } from "./messages";
import type { QueueRecord } from "./records";

/**
 * How long a queue's name stays taken after its end, which is a minute on AWS and a second here.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html
 */
const nameTakenForMs = { instant: 0, aws: 1_000 };
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
const purgesApartMs = 60_000;

/** A queue with its settings in force and its messages. */
export interface Queue {
  record: QueueRecord;
  attributes: Record<string, string>;
  messages: Messages;
}

/** Standard queues: at least once, roughly in order. */
export class Queues {
  private readonly records;
  private readonly messages = new Map<string, Messages>();
  private readonly deletedAt = new Map<string, number>();
  private readonly purgedAt = new Map<string, number>();

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly context: Pick<ServiceContext, "store" | "account" | "latency">,
    readonly now: () => number = Date.now,
  ) {
    this.records = context.store.collection<QueueRecord>("sqs/queues");
  }

  /**
   * The same queue again is no fault; one with other attributes is. AWS's words are in boto/botocore#3058 (names),
   * justeattakeaway/JustSaying#208 (attributes) and queue.go of hashicorp/terraform-provider-aws (names just gone).
   * @throws AwsError `QueueNameExists` and others
   */
  create(name: string, given: Record<string, string>, tags: Record<string, string>): void {
    if (!/^[\w-]{1,80}$/.test(name)) {
      const rule = "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
      throw new AwsError("InvalidParameterValue", rule);
    }
    checkAttributes(given);
    this.checkRedrive(given);
    const before = this.records.get(name);
    if (before) {
      const now = withDefaults(before.attributes);
      const other = Object.entries(given).find(([key, value]) => !isSame(key, now[key], value));
      if (!other) return;
      const message = `A queue already exists with the same name and a different value for attribute ${other[0]}`;
      throw new AwsError("QueueNameExists", message);
    }
    if (this.now() - (this.deletedAt.get(name) ?? 0) < nameTakenForMs[this.context.latency.name]) {
      const rule = "You must wait 60 seconds after deleting a queue before you can create another with the same name.";
      throw new AwsError("QueueDeletedRecently", rule);
    }
    const createdAt = Math.floor(this.now() / 1_000);
    this.records.put(name, { name, attributes: given, tags, createdAt, modifiedAt: createdAt });
  }

  /** @throws AwsError `QueueDoesNotExist` */
  get(name: string): Queue {
    const record = this.records.get(name);
    if (!record) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
    const messages = this.messages.get(name) ?? new Messages(this.context.store, name, this.now);
    this.messages.set(name, messages);
    const attributes = withDefaults(record.attributes);
    messages.dropBefore(this.now() - Number(attributes.MessageRetentionPeriod) * 1_000);
    return { record, attributes, messages };
  }

  list(): QueueRecord[] {
    return this.records.list();
  }

  arn(name: string): string {
    return this.context.account.arn("sqs", name);
  }

  setAttributes(name: string, given: Record<string, string>): void {
    const { record } = this.get(name);
    checkAttributes(given);
    this.checkRedrive(given);
    const modifiedAt = Math.floor(this.now() / 1_000);
    this.records.put(name, { ...record, attributes: { ...record.attributes, ...given }, modifiedAt });
  }

  setTags(name: string, tags: Record<string, string>): void {
    this.records.put(name, { ...this.get(name).record, tags });
  }

  delete(name: string): void {
    const { messages } = this.get(name);
    messages.dropBefore(Number.POSITIVE_INFINITY);
    this.records.delete(name);
    this.messages.delete(name);
    this.purgedAt.delete(name);
    this.deletedAt.set(name, this.now());
    messages.wakeAll();
  }

  /** AWS's words and status are in aws/aws-sdk-js-v3#5558. @throws AwsError `PurgeQueueInProgress` */
  purge(name: string): void {
    const { messages } = this.get(name);
    if (this.now() - (this.purgedAt.get(name) ?? 0) < purgesApartMs) {
      const rule = `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`;
      throw new AwsError("PurgeQueueInProgress", rule, 403);
    }
    this.purgedAt.set(name, this.now());
    messages.dropBefore(Number.POSITIVE_INFINITY);
  }

  /** Messages that can be had within the time; what was received too often goes to the queue for such. */
  async receive(
    name: string,
    most: number,
    waitMs: number,
    hiddenMs?: number,
    signal?: AbortSignal,
  ): Promise<Received[]> {
    const until = this.now() + waitMs;
    for (;;) {
      const { attributes, messages } = this.get(name);
      this.giveUp(name, attributes.RedrivePolicy, messages);
      const taken = messages.take(most, hiddenMs ?? Number(attributes.VisibilityTimeout) * 1_000);
      const left = until - this.now();
      if (taken.length > 0 || left <= 0 || signal?.aborted) return taken;
      await messages.wait(left, signal);
    }
  }

  close(): void {
    for (const messages of this.messages.values()) messages.wakeAll();
  }

  private giveUp(name: string, policy: string | undefined, messages: Messages): void {
    if (policy === undefined) return;
    const { deadLetterTargetArn, maxReceiveCount } = redrivePolicy(policy);
    const target = this.list().find((other) => this.arn(other.name) === deadLetterTargetArn);
    // AWS keeps the messages where they are while there is no such queue.
    if (!target) return;
    for (const message of messages.visible()) {
      if (message.receiveCount < maxReceiveCount) continue;
      messages.remove(message);
      const { firstReceivedAt: _first, ...rest } = message;
      this.get(target.name).messages.accept({ ...rest, receiveCount: 0, deadLetterSource: this.arn(name) });
    }
  }

  private checkRedrive({ RedrivePolicy }: Record<string, string>): void {
    if (!RedrivePolicy) return;
    const { deadLetterTargetArn } = redrivePolicy(RedrivePolicy);
    if (this.list().some((other) => this.arn(other.name) === deadLetterTargetArn)) return;
    throw new AwsError(
      "InvalidAttributeValue",
      `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    );
  }
}
