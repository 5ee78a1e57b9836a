import { addAbortSignal, Readable } from "node:stream";
import type { ByteRange, ObjectLocation, ObjectStore, ObjectSummary, PutOptions } from "./object-store";
import { listObjects } from "./objects/lists";
import type { Objects } from "./objects/objects";
import { parseRange } from "./objects/range";
import { type Encryption, nullVersion, type StoredObject } from "./storage/records";

/** The account's objects without HTTP. */
export class LocalObjects implements ObjectStore {
  /** @param encryptionWith what encrypts an object by a key, whose ARN it finds */
  constructor(
    private readonly objects: Objects,
    private readonly encryptionWith: (kmsKeyId: string) => Encryption,
  ) {}

  async *list(bucket: string, prefix: string): AsyncIterable<ObjectSummary> {
    let after: { key: string } | undefined;
    do {
      this.objects.buckets.state(bucket);
      const page = listObjects(this.objects.ledger, bucket, { prefix, after, limit: 1_000 });
      for (const { key, value } of page.entries) yield summaryOf(key, value);
      after = page.next;
    } while (after);
  }

  async head({ bucket, key }: ObjectLocation): Promise<ObjectSummary | undefined> {
    this.objects.buckets.state(bucket);
    const current = this.objects.ledger.index.keyspace(bucket).current(key);
    return current && !current.marker ? summaryOf(key, current) : undefined;
  }

  async open(location: ObjectLocation, range?: ByteRange): Promise<{ object: ObjectSummary; body: Readable }> {
    const object = this.objects.get(location);
    const extent = range && parseRange(`bytes=${range.start}-${range.end ?? ""}`, object.size);
    return { object: summaryOf(location.key, object), body: this.objects.read(object, extent) };
  }

  async put(
    location: ObjectLocation,
    body: AsyncIterable<Uint8Array>,
    { contentType, kmsKeyId, signal }: PutOptions = {},
  ): Promise<ObjectSummary> {
    const { encryption } = this.objects.buckets.state(location.bucket);
    const stored = await this.objects.put(
      location,
      { body: signal ? addAbortSignal(signal, Readable.from(body, { objectMode: false })) : body },
      {
        headers: { ContentType: contentType },
        metadata: {},
        tags: {},
        encryption: kmsKeyId === undefined ? encryption : this.encryptionWith(kmsKeyId),
      },
    );
    return summaryOf(location.key, stored);
  }

  async delete(location: ObjectLocation): Promise<void> {
    await this.objects.delete(location);
  }
}

function summaryOf(key: string, { size, etag, modified, versionId }: StoredObject): ObjectSummary {
  const summary = { key, size, etag: `"${etag}"`, lastModified: new Date(modified) };
  return versionId === nullVersion ? summary : { ...summary, versionId };
}
