import { randomBytes } from "node:crypto";
import type { ObjectLocation } from "../object-store";
import type { Ledger } from "../storage/ledger";
import { type DeleteMarker, NULL_VERSION, type StoredObject, type Version } from "../storage/records";
import { ConditionalWrites } from "./conditions";
import { md5Of } from "./digests";
import type { BucketState, BucketStates, EventName, ObjectEvent } from "./ports";

/** An object about to exist: it has no version yet. */
export type NewObject = Omit<StoredObject, "versionId" | "modified" | "marker">;

/** What changes keys, whatever operation does it: versions by the bucket's state, and one event for each change. */
export class Commits {
  readonly conditional = new ConditionalWrites();
  private lastSequence = 0n;

  constructor(
    readonly ledger: Ledger,
    readonly buckets: BucketStates,
    private readonly emit: (event: ObjectEvent) => void,
  ) {}

  /** @param upload the multipart upload that ends by this */
  async add(location: ObjectLocation, object: NewObject, name: EventName, upload?: string): Promise<StoredObject> {
    const { bucket, key } = location;
    const version: StoredObject = { ...object, ...newVersion(this.buckets.state(bucket)) };
    await this.change(name, location, version, this.ledger.commit({ do: "insert", bucket, key, version, upload }));
    return version;
  }

  async addMarker(location: ObjectLocation): Promise<DeleteMarker> {
    const { bucket, key } = location;
    const version: DeleteMarker = { ...newVersion(this.buckets.state(bucket)), marker: true };
    this.conditional.deleted(bucket, key);
    const committed = this.ledger.commit({ do: "insert", bucket, key, version });
    await this.change("ObjectRemoved:DeleteMarkerCreated", location, version, committed);
    return version;
  }

  /** Removes a version that there is. */
  async remove(location: ObjectLocation, version: Version): Promise<void> {
    const { bucket, key } = location;
    const { versionId } = version;
    this.conditional.deleted(bucket, key);
    const committed = this.ledger.commit({ do: "remove", bucket, key, versionId });
    await this.change("ObjectRemoved:Delete", location, { versionId, modified: Date.now(), marker: true }, committed);
  }

  async replace(location: ObjectLocation, version: StoredObject, name: EventName): Promise<void> {
    await this.change(name, location, version, this.ledger.commit({ do: "replace", ...location, version }));
  }

  private async change(
    name: EventName,
    location: ObjectLocation,
    version: Version,
    committed: Promise<void>,
  ): Promise<void> {
    const sequencer = this.nextSequencer();
    const isVersioned = this.buckets.state(location.bucket).versioning !== undefined;
    await committed;
    this.emit({
      name,
      ...location,
      ...(isVersioned && { versionId: version.versionId }),
      ...(!version.marker && { size: version.size, etag: version.etag }),
      sequencer,
      time: new Date(version.modified),
    });
  }

  /** By the clock, so that it grows over restarts too. */
  private nextSequencer(): string {
    const byClock = BigInt(Date.now()) << 24n;
    this.lastSequence = byClock > this.lastSequence ? byClock : this.lastSequence + 1n;
    return this.lastSequence.toString(16).toUpperCase().padStart(18, "0");
  }
}

function newVersion({ versioning }: BucketState): { versionId: string; modified: number } {
  const versionId = versioning === "Enabled" ? randomBytes(24).toString("base64url") : NULL_VERSION;
  return { versionId, modified: Date.now() };
}

/**
 * The ETag of an object that a KMS key encrypts is not the MD5 of what its readers see.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function etagOf(md5: string, { encryption }: StoredObject["attributes"]): string {
  return encryption.algorithm === "AES256" ? md5 : md5Of(Buffer.from(md5, "hex"), randomBytes(16));
}
