import type { Readable } from "node:stream";
import type { Tags } from "../../../aws/tags";
import { invalidArgument, markerNotAllowed, noSuchKey, noSuchVersion } from "../errors";
import { validateKey } from "../keys/validate";
import type { ObjectLocation } from "../object-store";
import type { Ledger } from "../storage/ledger";
import { type Attributes, nullVersion, type StoredObject, type Version } from "../storage/records";
import { Commits, etagOf } from "./commits";
import { checkDelete, checkWrite, type WriteConditions } from "./conditions";
import type { BucketStates, EventSink } from "./ports";
import { cut, type Extent } from "./range";
import { type Incoming, receive } from "./receive";

/** What a deletion did. */
export interface Deletion {
  /** The version that was removed, or that of the delete marker that was made; undefined without versions. */
  versionId?: string;
  /** Whether a marker was made or removed. */
  marker: boolean;
}

/** The objects of all buckets: single ones. Multipart uploads, copies and lists stand beside it. */
export class Objects {
  readonly commits: Commits;

  constructor(
    readonly ledger: Ledger,
    readonly buckets: BucketStates,
    events: EventSink,
  ) {
    this.commits = new Commits(ledger, buckets, events);
  }

  async put(
    location: ObjectLocation,
    incoming: Incoming,
    attributes: Attributes,
    conditions: WriteConditions = {},
  ): Promise<StoredObject> {
    const { bucket, key } = location;
    validateKey(key);
    this.buckets.state(bucket);
    const { blobs } = this.ledger;
    const conditional = this.commits.conditional.begin(bucket, key, conditions);
    try {
      // Whoever would be refused anyway need not send all of it first.
      checkWrite(key, this.current(location), conditions);
      const { body, size, md5, checksum } = await receive(blobs, incoming);
      try {
        // From here to the commit nobody else gets a turn: of racing writers one wins.
        this.buckets.state(bucket);
        conditional.check();
        checkWrite(key, this.current(location), conditions);
        const object = { size, etag: etagOf(md5, attributes), body, attributes };
        const added = { ...object, checksum: { ...checksum, type: "FULL_OBJECT" as const } };
        return await this.commits.add(location, added, "ObjectCreated:Put");
      } finally {
        await blobs.discard(body);
      }
    } finally {
      conditional.end();
    }
  }

  /** @throws S3Error `NoSuchKey`, `NoSuchVersion`, `MethodNotAllowed` where the version is a delete marker */
  get({ bucket, key }: ObjectLocation, versionId?: string, method = "GET"): StoredObject {
    this.buckets.state(bucket);
    const keyspace = this.ledger.index.keyspace(bucket);
    if (versionId === undefined) {
      const version = keyspace.current(key);
      if (!version) throw noSuchKey(key);
      if (!version.marker) return version;
      throw noSuchKey(key, { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId });
    }
    validateVersionId(versionId);
    const version = keyspace.version(key, versionId);
    if (!version) throw noSuchVersion(key, versionId);
    if (version.marker) throw markerNotAllowed(method, versionId);
    return version;
  }

  /** The object's bytes as they are now, whatever becomes of the object meanwhile. */
  read({ body }: StoredObject, extent?: Extent): Readable {
    return this.ledger.blobs.read(extent ? cut(body, extent) : body);
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
  async delete(
    location: ObjectLocation,
    { versionId, ifMatch }: { versionId?: string; ifMatch?: string } = {},
  ): Promise<Deletion> {
    const { bucket, key } = location;
    validateKey(key);
    const { versioning } = this.buckets.state(bucket);
    const keyspace = this.ledger.index.keyspace(bucket);
    checkDelete(key, keyspace.current(key), ifMatch);
    if (versionId !== undefined || versioning === undefined) {
      if (versionId !== undefined) validateVersionId(versionId);
      const version = keyspace.version(key, versionId ?? nullVersion);
      if (version) await this.commits.remove(location, version);
      return { versionId, marker: version?.marker ?? false };
    }
    const { versionId: made } = await this.commits.addMarker(location);
    return { versionId: made, marker: true };
  }

  /** @param tags undefined to remove them all */
  async setTags(
    location: ObjectLocation,
    versionId: string | undefined,
    tags: Tags | undefined,
  ): Promise<StoredObject> {
    const object = this.get(location, versionId);
    const tagged = { ...object, attributes: { ...object.attributes, tags: tags ?? {} } };
    await this.commits.replace(location, tagged, tags ? "ObjectTagging:Put" : "ObjectTagging:Delete");
    return tagged;
  }

  /** Whether a bucket has anything in it, versions and markers included. */
  isEmpty(bucket: string): boolean {
    return this.ledger.index.keyspace(bucket).size === 0;
  }

  private current({ bucket, key }: ObjectLocation): Version | undefined {
    return this.ledger.index.keyspace(bucket).current(key);
  }
}

/** S3's ids of versions are of up to 1,024 characters; it tells those that cannot be ids from those that are not there. */
function validateVersionId(versionId: string): void {
  if (versionId === nullVersion || /^[\w.-]{32}$/.test(versionId)) return;
  throw invalidArgument("Invalid version id specified", "versionId", versionId);
}
