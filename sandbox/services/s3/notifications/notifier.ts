import { setMaxListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import type { EventSink } from "../objects/ports";
import type { Ledger } from "../storage/ledger";
import type { ObjectEvent } from "../storage/records";
import { entriesOf, wants } from "./configuration";
import { busEventOf, recordOf, type Sender } from "./messages";
import type { NotificationTargets } from "./ports";

export interface NotifierOptions {
  targets: NotificationTargets;
  /** Undefined where there is no such bucket. */
  configuration(bucket: string): NotificationConfiguration | undefined;
  sender(bucket: string): Sender;
  /** How events come: late, twice now and then and in any order, as S3 promises no better; or one by one at once. */
  delivery: "disordered" | "in-order";
  /** Milliseconds that a disordered event may take. */
  latest: number;
  /** From 0 up to 1. */
  random(): number;
  log(line: string): void;
}

/** How often a target that refuses is tried, over about a minute. */
const attempts = 8;
/** Of so many events, one comes twice. */
const twice = 20;

/**
 * Tells queues, topics, functions and EventBridge what happens to objects: at least once, whatever is killed meanwhile.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 */
export class Notifier implements EventSink {
  private ledger: Ledger | undefined;
  private readonly stop = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private last: Promise<void> = Promise.resolve();

  constructor(private readonly options: NotifierOptions) {
    // As many wait for it as there are events on their way.
    setMaxListeners(0, this.stop.signal);
  }

  /** Goes on with what was not delivered when the sandbox ended. */
  resume(ledger: Ledger): void {
    this.ledger = ledger;
    for (const event of ledger.index.pending.values()) this.happened(event);
  }

  wants({ bucket, name, key }: ObjectEvent): boolean {
    const configuration = this.options.configuration(bucket) ?? {};
    const isAsked = entriesOf(configuration).some((entry) => wants(entry, name, key));
    return isAsked || configuration.EventBridgeConfiguration !== undefined;
  }

  happened(event: ObjectEvent): void {
    const before = this.last;
    const delivered = this.deliver(event, before).catch((error: Error) => {
      if (!this.stop.signal.aborted) this.options.log(`s3: ${event.name} of ${event.bucket}: ${error.message}`);
    });
    if (this.options.delivery === "in-order") this.last = delivered;
    this.underWay.add(delivered);
    void delivered.finally(() => this.underWay.delete(delivered));
  }

  /** Ends without waiting for what is late; the next start goes on with it. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.underWay);
  }

  private async deliver(event: ObjectEvent, before: Promise<void>): Promise<void> {
    const { delivery, random } = this.options;
    if (delivery === "in-order") await before;
    const isDoubled = delivery === "disordered" && random() < 1 / twice;
    await Promise.all(Array.from({ length: isDoubled ? 2 : 1 }, () => this.tell(event)));
    if (!this.stop.signal.aborted) await this.ledger?.commit({ do: "notified", sequencer: event.sequencer });
  }

  private async tell(event: ObjectEvent): Promise<void> {
    const { delivery, latest, random, targets } = this.options;
    if (delivery === "disordered") await this.pause(random() * latest);
    const configuration = this.options.configuration(event.bucket);
    // The bucket is gone, and with it whoever wanted to know.
    if (!configuration) return;
    const sender = this.options.sender(event.bucket);
    const sends = entriesOf(configuration)
      .filter((entry) => wants(entry, event.name, event.key))
      .map((entry) => () => targets.send(entry, { Records: [recordOf(event, sender, entry.id)] }));
    if (configuration.EventBridgeConfiguration) sends.push(() => targets.putEvent(busEventOf(event, sender)));
    await Promise.all(sends.map((send) => this.insist(event, send)));
  }

  /** A target that goes on refusing loses the event, as one of S3's does; nobody who wrote the object hears of it. */
  private async insist(event: ObjectEvent, send: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await send();
        return;
      } catch (error) {
        if (attempt === attempts) {
          this.options.log(`s3: nobody was told of ${event.name} of ${event.bucket}: ${(error as Error).message}`);
          return;
        }
        await this.pause(100 * 2 ** attempt * (0.5 + this.options.random()));
      }
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return sleep(milliseconds, undefined, { signal: this.stop.signal, ref: false });
  }
}
