import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { noSuchBucket } from "./errors";
import { Objects } from "./objects/objects";
import type { BucketState } from "./objects/ports";
import { Uploads } from "./objects/uploads";
import { Ledger } from "./storage/ledger";
import type { Attributes, ObjectEvent } from "./storage/records";

export const plain: Attributes = { headers: {}, metadata: {}, tags: {}, encryption: { algorithm: "AES256" } };

/** Objects in a folder of their own, with buckets that are set as tests need them. */
export class TestObjects {
  readonly dir = fs.mkdtempSync(join(tmpdir(), "s3-"));
  readonly events: ObjectEvent[] = [];
  private readonly states = new Map<string, BucketState>();
  private parts: { objects: Objects; uploads: Uploads } | undefined;

  static async open(...buckets: string[]): Promise<TestObjects> {
    const test = new TestObjects();
    for (const name of buckets) test.setVersioning(name, undefined);
    test.start();
    return test;
  }

  get objects(): Objects {
    return this.opened.objects;
  }

  get uploads(): Uploads {
    return this.opened.uploads;
  }

  setVersioning(name: string, versioning: BucketState["versioning"]): void {
    this.states.set(name, { name, versioning, encryption: { algorithm: "AES256" } });
  }

  put(bucket: string, key: string, text: string | Uint8Array, conditions = {}) {
    return this.objects.put({ bucket, key }, { body: Readable.from([Buffer.from(text)]) }, plain, conditions);
  }

  async text(bucket: string, key: string, versionId?: string): Promise<string> {
    return (await read(this.objects.read(this.objects.get({ bucket, key }, versionId)))).toString();
  }

  /** How many files hold bodies. */
  bodies(): number {
    return fs.readdirSync(join(this.dir, "bodies")).length;
  }

  /** Until what is removed in the background is gone. */
  async settle(): Promise<void> {
    for (let before = -1; before !== this.bodies(); await sleep(20)) before = this.bodies();
  }

  /** Ends without a word to the store, as a kill would, and begins anew. */
  async restart(): Promise<void> {
    this.objects.ledger.close();
    this.start();
  }

  close(): void {
    this.objects.ledger.close();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }

  private get opened() {
    if (!this.parts) throw new Error("not open");
    return this.parts;
  }

  private start(): void {
    const log = (line: string) => {
      throw new Error(line);
    };
    const ledger = Ledger.open({ dir: this.dir, synced: false, log });
    const state = (name: string) => {
      const known = this.states.get(name);
      if (!known) throw noSuchBucket(name);
      return known;
    };
    const objects = new Objects(
      ledger,
      { state },
      {
        wants: () => true,
        happened: (event) => this.events.push(event),
      },
    );
    this.parts = { objects, uploads: new Uploads(objects) };
  }
}

export async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `status code` of a refusal, as S3 answers it; `none` where nothing was refused. */
export async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
    return "none";
  } catch (error) {
    const { httpStatus, code } = error as { httpStatus: number; code: string };
    return `${httpStatus} ${code}`;
  }
}
