import { Keyspace } from "../keys/keyspace";
import type { Change, ObjectEvent, Segment, Upload, UploadedPart, Version } from "./records";

/** An upload under way with the parts that it has, by number. */
export interface OpenUpload {
  upload: Upload;
  parts: ReadonlyMap<number, UploadedPart>;
}

/** Who holds the files of bodies. */
export interface Holders {
  hold(segments: readonly Segment[]): void;
  release(segments: readonly Segment[]): void;
}

/** Everything that the log has said, in memory. */
export class IndexOfObjects {
  private readonly keyspaces = new Map<string, Keyspace>();
  private readonly open = new Map<string, { upload: Upload; parts: Map<number, UploadedPart> }>();
  /** Events that not everybody has yet, by sequencer. */
  readonly pending = new Map<string, ObjectEvent>();
  /** Lines that it takes to say all this. */
  size = 0;

  constructor(private readonly holders: Holders) {}

  keyspace(bucket: string): Keyspace {
    let keyspace = this.keyspaces.get(bucket);
    if (!keyspace) {
      keyspace = new Keyspace();
      this.keyspaces.set(bucket, keyspace);
    }
    return keyspace;
  }

  upload(uploadId: string): OpenUpload | undefined {
    return this.open.get(uploadId);
  }

  uploadsOf(bucket: string): Upload[] {
    return [...this.open.values()].map(({ upload }) => upload).filter((upload) => upload.bucket === bucket);
  }

  buckets(): string[] {
    return [...new Set([...this.keyspaces.keys(), ...[...this.open.values()].map(({ upload }) => upload.bucket)])];
  }

  apply(change: Change): void {
    if ("event" in change && change.event) this.pending.set(change.event.sequencer, change.event);
    if (change.do === "insert") {
      this.holders.hold(bodyOf(change.version));
      this.size += 1;
      this.forget(this.keyspace(change.bucket).insert(change.key, change.version));
      if (change.upload !== undefined) this.end(change.upload);
    } else if (change.do === "remove") {
      this.forget(this.keyspace(change.bucket).remove(change.key, change.versionId));
    } else if (change.do === "replace") {
      this.holders.hold(change.version.body);
      this.size += 1;
      this.forget(this.keyspace(change.bucket).replace(change.key, change.version));
    } else if (change.do === "begin") {
      this.size += 1;
      this.open.set(change.upload.uploadId, { upload: change.upload, parts: new Map() });
    } else if (change.do === "part") {
      this.addPart(change.uploadId, change.part);
    } else if (change.do === "abort") {
      this.end(change.uploadId);
    } else if (change.do === "notified") {
      this.pending.delete(change.sequencer);
    }
  }

  /** What brings an empty index to this state. */
  *changes(): Iterable<Change> {
    for (const [bucket, keyspace] of this.keyspaces) {
      for (const [key, versions] of keyspace.entries()) {
        for (const version of [...versions].reverse()) yield { do: "insert", bucket, key, version };
      }
    }
    for (const [uploadId, { upload, parts }] of this.open) {
      yield { do: "begin", upload };
      for (const part of parts.values()) yield { do: "part", uploadId, part };
    }
    for (const event of this.pending.values()) yield { do: "event", event };
  }

  private addPart(uploadId: string, part: UploadedPart): void {
    const parts = this.open.get(uploadId)?.parts;
    if (!parts) return;
    this.holders.hold(part.body);
    const before = parts.get(part.number);
    parts.set(part.number, part);
    if (before) this.holders.release(before.body);
    else this.size += 1;
  }

  private end(uploadId: string): void {
    const ended = this.open.get(uploadId);
    if (!ended) return;
    for (const part of ended.parts.values()) this.holders.release(part.body);
    this.size -= 1 + ended.parts.size;
    this.open.delete(uploadId);
  }

  private forget(version: Version | undefined): void {
    if (!version) return;
    this.size -= 1;
    this.holders.release(bodyOf(version));
  }
}

function bodyOf(version: Version): readonly Segment[] {
  return version.marker ? [] : version.body;
}
