import { randomBytes } from "node:crypto";
import type { ObjectLocation } from "../object-store";
import type { Ledger } from "../storage/ledger";
import {
  type DeleteMarker,
  type EventName,
  type NotableChange,
  nullVersion,
  type ObjectEvent,
  type StoredObject,
  type Version,
} from "../storage/records";
import { ConditionalWrites } from "./conditions";
import { md5Of } from "./digests";
import type { BucketState, BucketStates, EventSink } from "./ports";

/** An object about to exist: it has no version yet. */
export type NewObject = Omit<StoredObject, "versionId" | "modified" | "marker">;

/** What changes keys, whatever operation does it: versions by the bucket's state, and one event for each change. */
export class Commits {
  readonly conditional = new ConditionalWrites();
  private lastSequence = 0n;

  constructor(
    readonly ledger: Ledger,
    readonly buckets: BucketStates,
    private readonly events: EventSink,
  ) {}

  /** @param upload the multipart upload that ends by this */
  async add(location: ObjectLocation, object: NewObject, name: EventName, upload?: string): Promise<StoredObject> {
    const version: StoredObject = { ...object, ...newVersion(this.buckets.state(location.bucket)) };
    await this.commit({ do: "insert", ...location, version, upload }, this.eventOf(name, location, version));
    return version;
  }

  async addMarker(location: ObjectLocation): Promise<DeleteMarker> {
    const version: DeleteMarker = { ...newVersion(this.buckets.state(location.bucket)), marker: true };
    this.conditional.deleted(location.bucket, location.key);
    const event = this.eventOf("ObjectRemoved:DeleteMarkerCreated", location, version);
    await this.commit({ do: "insert", ...location, version }, event);
    return version;
  }

  /** Removes a version that there is. */
  async remove(location: ObjectLocation, { versionId }: Version): Promise<void> {
    this.conditional.deleted(location.bucket, location.key);
    const gone: DeleteMarker = { versionId, modified: Date.now(), marker: true };
    const event = this.eventOf("ObjectRemoved:Delete", location, gone);
    await this.commit({ do: "remove", ...location, versionId }, event);
  }

  async replace(location: ObjectLocation, version: StoredObject, name: EventName): Promise<void> {
    const event = this.eventOf(name, location, { ...version, modified: Date.now() });
    await this.commit({ do: "replace", ...location, version }, event);
  }

  /** The event is kept in the line of its change: no kill can come between the two. */
  private async commit(change: NotableChange, event: ObjectEvent): Promise<void> {
    const isWanted = this.events.wants(event);
    await this.ledger.commit(isWanted ? { ...change, event } : change);
    if (isWanted) this.events.happened(event);
  }

  private eventOf(name: EventName, location: ObjectLocation, version: Version): ObjectEvent {
    const isVersioned = this.buckets.state(location.bucket).versioning !== undefined;
    return {
      name,
      ...location,
      ...(isVersioned && { versionId: version.versionId }),
      ...(!version.marker && { size: version.size, etag: version.etag }),
      sequencer: this.nextSequencer(),
      time: version.modified,
    };
  }

  /** By the clock, so that it grows over restarts too. */
  private nextSequencer(): string {
    const byClock = BigInt(Date.now()) << 24n;
    this.lastSequence = byClock > this.lastSequence ? byClock : this.lastSequence + 1n;
    return this.lastSequence.toString(16).toUpperCase().padStart(18, "0");
  }
}

function newVersion({ versioning }: BucketState): { versionId: string; modified: number } {
  const versionId = versioning === "Enabled" ? randomBytes(24).toString("base64url") : nullVersion;
  return { versionId, modified: Date.now() };
}

/**
 * The ETag of an object that a KMS key encrypts is not the MD5 of what its readers see.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function etagOf(md5: string, { encryption }: StoredObject["attributes"]): string {
  return encryption.algorithm === "AES256" ? md5 : md5Of(Buffer.from(md5, "hex"), randomBytes(16));
}
