import { createHash, randomUUID } from "node:crypto";
import type { Collection, Store } from "../../store/store";
import type { MessageAttribute, MessageRecord } from "./records";

/** Taken from a queue; the handle is the only way back to the message. */
export interface Received {
  message: MessageRecord;
  handle: string;
}

/** The messages of one queue, kept over restarts. Those who wait for one are told when there may be one. */
export class Messages {
  private readonly stored: Collection<MessageRecord>;
  private readonly held: Map<string, MessageRecord>;
  private readonly waiting = new Set<() => void>();

  constructor(
    store: Store,
    queue: string,
    private readonly now: () => number,
  ) {
    this.stored = store.collection<MessageRecord>(`sqs/messages/${queue}`);
    this.held = new Map(this.stored.list().map((message) => [message.id, message]));
  }

  add(message: Omit<MessageRecord, "id" | "sentAt" | "receiveCount" | "visibleAt">, delayMs: number): MessageRecord {
    const now = this.now();
    return this.accept({ ...message, id: randomUUID(), sentAt: now, visibleAt: now + delayMs, receiveCount: 0 });
  }

  /** Takes a message as it is, such as one that another queue gave up. */
  accept(message: MessageRecord): MessageRecord {
    this.put(message);
    return message;
  }

  /** Hides up to so many messages that can be seen, oldest first, and counts them as received. */
  take(most: number, hiddenMs: number): Received[] {
    const now = this.now();
    return this.visible()
      .slice(0, most)
      .map((before) => {
        const { receiveCount, firstReceivedAt = now } = before;
        const message = { ...before, receiveCount: receiveCount + 1, firstReceivedAt, visibleAt: now + hiddenMs };
        this.put(message);
        return { message, handle: handleOf(message) };
      });
  }

  visible(): MessageRecord[] {
    const now = this.now();
    return [...this.held.values()].filter(({ visibleAt }) => visibleAt <= now).sort((a, b) => a.sentAt - b.sentAt);
  }

  /** When the next message can be seen, of those that cannot be now. */
  nextVisibleAt(): number {
    return Math.min(...[...this.held.values()].map(({ visibleAt }) => visibleAt).filter((at) => at > this.now()));
  }

  /** The message that a handle is of; undefined where that is an old one, or the message is gone. */
  byHandle(handle: string): MessageRecord | undefined {
    const [id = ""] = Buffer.from(handle, "base64url").toString().split(" ");
    const found = this.held.get(id);
    return found && handleOf(found) === handle ? found : undefined;
  }

  hide(message: MessageRecord, ms: number): void {
    this.put({ ...message, visibleAt: this.now() + ms });
  }

  remove({ id }: Pick<MessageRecord, "id">): void {
    this.held.delete(id);
    this.stored.delete(id);
  }

  /** Drops what was sent before. */
  dropBefore(time: number): void {
    for (const message of this.held.values()) if (message.sentAt < time) this.remove(message);
  }

  /** How many can be seen, are with somebody, and have never been seen. */
  counts(): { visible: number; inFlight: number; delayed: number } {
    const hidden = [...this.held.values()].filter(({ visibleAt }) => visibleAt > this.now());
    const delayed = hidden.filter(({ receiveCount }) => receiveCount === 0).length;
    return { visible: this.held.size - hidden.length, inFlight: hidden.length - delayed, delayed };
  }

  /** Resolves when something was sent or shown, when time has passed, or when whoever waits has gone. */
  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, Math.min(ms, this.nextVisibleAt() - this.now())));
      signal?.addEventListener("abort", wake, { once: true });
      this.waiting.add(wake);
    });
  }

  wakeAll(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private put(message: MessageRecord): void {
    this.held.set(message.id, message);
    this.stored.put(message.id, message);
    this.wakeAll();
  }
}

/** Another receipt, another handle. */
function handleOf({ id, receiveCount }: MessageRecord): string {
  return Buffer.from(`${id} ${receiveCount}`).toString("base64url");
}

export function isHandle(text: string): boolean {
  return /^[0-9a-f-]{36} \d+$/.test(Buffer.from(text, "base64url").toString());
}

export const md5 = (text: string | Buffer) => createHash("md5").update(text).digest("hex");

/**
 * The digest over attributes in the order of their names: each name, type and value with its length before it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function digestOfAttributes(attributes: Readonly<Record<string, MessageAttribute>>): string | undefined {
  const entries = Object.entries(attributes).sort(([one], [other]) => (one < other ? -1 : 1));
  if (entries.length === 0) return undefined;
  const sized = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const parts = entries.flatMap(([name, { type, text, bytes }]) => [
    sized(Buffer.from(name)),
    sized(Buffer.from(type)),
    Buffer.from([bytes === undefined ? 1 : 2]),
    sized(bytes === undefined ? Buffer.from(text ?? "") : Buffer.from(bytes, "base64")),
  ]);
  return md5(Buffer.concat(parts));
}
