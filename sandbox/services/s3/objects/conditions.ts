import { conditionalConflict, noSuchKey, notModified, preconditionFailed } from "../errors";
import type { StoredObject, Version } from "../storage/records";

/** Headers on which a read depends. Times in whole seconds, as HTTP has them. */
export interface ReadConditions {
  ifMatch?: string;
  ifNoneMatch?: string;
  ifModifiedSince?: Date;
  ifUnmodifiedSince?: Date;
}

/** Headers on which a write depends. */
export interface WriteConditions {
  ifMatch?: string;
  ifNoneMatch?: string;
}

/** @param condition one ETag, several with commas between, or `*`; quotes may be left out */
export function matchesEtag(condition: string, etag: string): boolean {
  const tags = condition.split(",").map((tag) => tag.trim().replace(/^(?:W\/)?"?(.*?)"?$/, "$1"));
  return tags.includes("*") || tags.includes(etag);
}

/**
 * The order of RFC 9110, section 13.2.2, which S3's pages describe for the pairs.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @param unchanged what is thrown where the object is as the caller knows it
 */
export function checkRead(
  { etag, modified }: StoredObject,
  conditions: ReadConditions,
  unchanged: () => Error = () => notModified(),
): void {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  const seconds = Math.floor(modified / 1_000);
  const isAfter = (date: Date) => seconds > Math.floor(date.getTime() / 1_000);
  if (ifMatch !== undefined) {
    if (!matchesEtag(ifMatch, etag)) throw preconditionFailed("If-Match");
  } else if (ifUnmodifiedSince && isAfter(ifUnmodifiedSince)) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  if (ifNoneMatch !== undefined) {
    if (matchesEtag(ifNoneMatch, etag)) throw unchanged();
  } else if (ifModifiedSince && !isAfter(ifModifiedSince)) {
    throw unchanged();
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export function checkWrite(key: string, current: Version | undefined, { ifMatch, ifNoneMatch }: WriteConditions): void {
  const object = current?.marker ? undefined : current;
  if (ifNoneMatch !== undefined && object) throw preconditionFailed("If-None-Match");
  if (ifMatch === undefined) return;
  if (!object) throw noSuchKey(key);
  if (!matchesEtag(ifMatch, object.etag)) throw preconditionFailed("If-Match");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html */
export function checkDelete(key: string, current: Version | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined) return;
  if (!current) throw noSuchKey(key);
  if (current.marker || !matchesEtag(ifMatch, current.etag)) throw preconditionFailed("If-Match");
}

/**
 * Conditional writes under way. S3 answers 409 to one whose key was deleted while its body came: the caller looks again.
 */
export class ConditionalWrites {
  private readonly underWay = new Set<{ bucket: string; key: string; disturbed: boolean }>();

  /** @returns `check`, to be called in the tick that commits; `end`, whatever comes of the write */
  begin(bucket: string, key: string, { ifMatch, ifNoneMatch }: WriteConditions) {
    const write = { bucket, key, disturbed: false };
    const condition = ifMatch !== undefined ? "If-Match" : ifNoneMatch !== undefined ? "If-None-Match" : undefined;
    if (condition) this.underWay.add(write);
    return {
      check: () => {
        if (condition && write.disturbed) throw conditionalConflict(condition, key);
      },
      end: () => this.underWay.delete(write),
    };
  }

  deleted(bucket: string, key: string): void {
    for (const write of this.underWay) if (write.bucket === bucket && write.key === key) write.disturbed = true;
  }
}
