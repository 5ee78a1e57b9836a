import type { CallContext } from "../../../aws/service";
import { notModified, S3Error } from "../errors";
import type { ReadConditions, WriteConditions } from "../objects/conditions";
import { checkRead } from "../objects/conditions";
import { type Extent, parseRange } from "../objects/range";
import type { StoredObject } from "../storage/records";
import { attributesOf } from "./attributes";
import { incomingOf } from "./incoming";
import { attributesShown, checksumShown, encryptionShown, quoted, versionShown } from "./shown";
import type { Input, S3Handlers, S3Model } from "./types";

type Reading = Input<"GetObject"> | Input<"HeadObject">;

/** Single objects: put, read, described, deleted. */
export function objectOperations(model: S3Model) {
  const { objects, buckets, keys } = model;

  /** What an object shows, and which of its bytes are wanted. */
  function shown(input: Reading, method: "GET" | "HEAD") {
    const { Bucket = "", Key = "", VersionId, Range, PartNumber } = input;
    const object = objects.get({ bucket: Bucket, key: Key }, VersionId, method);
    const unchanged = () => notModified({ etag: quoted(object.etag), "last-modified": httpDate(object) });
    checkRead(object, readConditionsOf(input), unchanged);
    if (Range !== undefined && PartNumber !== undefined) {
      throw new S3Error("InvalidRequest", "Cannot specify both Range header and partNumber query parameter", 400);
    }
    const extent = PartNumber === undefined ? parseRange(Range, object.size) : extentOfPart(object, PartNumber);
    const length = extent ? extent.end - extent.start + 1 : object.size;
    // A checksum of the whole says nothing of a piece.
    const isWhole = length === object.size;
    return {
      object,
      extent,
      answer: {
        ...attributesShown(model, Bucket, object),
        ...overridden(input),
        ...(input.ChecksumMode === "ENABLED" && isWhole ? checksumShown(object.checksum) : {}),
        ContentLength: length,
        ContentRange: extent ? `bytes ${extent.start}-${extent.end}/${object.size}` : undefined,
        PartsCount: PartNumber === undefined ? undefined : object.parts?.length,
      },
    };
  }

  return {
    async PutObject(input, call) {
      const { Bucket = "", Key = "" } = input;
      const { encryption } = buckets.state(Bucket);
      const attributes = attributesOf(input, expiresOf(call), encryption, keys);
      const location = { bucket: Bucket, key: Key };
      const object = await objects.put(location, incomingOf(input, call), attributes, writeConditionsOf(input));
      return {
        ETag: quoted(object.etag),
        VersionId: versionShown(model, Bucket, object.versionId),
        ...checksumShown(object.checksum),
        ...encryptionShown(object.attributes.encryption),
      };
    },

    GetObject(input) {
      const { object, extent, answer } = shown(input, "GET");
      keys.check(object.attributes.encryption);
      return { ...answer, Body: objects.read(object, extent) };
    },

    HeadObject: (input) => shown(input, "HEAD").answer,

    GetObjectAttributes(input) {
      const { Bucket = "", Key = "", VersionId, ObjectAttributes = [], MaxParts = 1_000, PartNumberMarker } = input;
      const object = objects.get({ bucket: Bucket, key: Key }, VersionId);
      const wants = (name: string) => ObjectAttributes.some((each) => each === name);
      const after = (object.parts ?? []).filter(({ number }) => number > Number(PartNumberMarker ?? 0));
      const page = after.slice(0, Math.min(MaxParts, 1_000));
      const parts = {
        TotalPartsCount: object.parts?.length,
        PartNumberMarker: PartNumberMarker ?? "0",
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts,
        IsTruncated: page.length < after.length,
        // Parts are listed only where they have checksums of their own.
        Parts: page
          .filter(({ checksum }) => checksum !== undefined)
          .map(({ number, size, checksum }) => ({
            PartNumber: number,
            Size: size,
            [`Checksum${object.checksum.name}`]: checksum,
          })),
      };
      return {
        LastModified: new Date(object.modified),
        VersionId: versionShown(model, Bucket, object.versionId),
        ETag: wants("ETag") ? object.etag : undefined,
        Checksum: wants("Checksum") ? checksumShown(object.checksum) : undefined,
        ObjectParts: wants("ObjectParts") && object.parts ? parts : undefined,
        StorageClass: wants("StorageClass") ? (object.attributes.headers.StorageClass ?? "STANDARD") : undefined,
        ObjectSize: wants("ObjectSize") ? object.size : undefined,
      };
    },

    async DeleteObject(input) {
      const { Bucket = "", Key = "", VersionId: versionId, IfMatch: ifMatch } = input;
      const deletion = await objects.delete({ bucket: Bucket, key: Key }, { versionId, ifMatch });
      return { DeleteMarker: deletion.marker ? true : undefined, VersionId: deletion.versionId };
    },

    /** One by one: what happens to a key is not undone by what is refused of another. */
    async DeleteObjects(input) {
      const { Bucket = "", Delete: { Objects = [], Quiet = false } = {} } = input;
      buckets.state(Bucket);
      if (Objects.length === 0 || Objects.length > 1_000) throw malformedXml();
      const deleted = [];
      const errors = [];
      for (const { Key = "", VersionId, ETag } of Objects) {
        try {
          const deletion = await objects.delete({ bucket: Bucket, key: Key }, { versionId: VersionId, ifMatch: ETag });
          deleted.push({
            Key,
            VersionId,
            DeleteMarker: deletion.marker ? true : undefined,
            DeleteMarkerVersionId: deletion.marker ? deletion.versionId : undefined,
          });
        } catch (error) {
          if (!(error instanceof S3Error)) throw error;
          errors.push({ Key, VersionId, Code: error.code, Message: error.message });
        }
      }
      return { Deleted: Quiet ? undefined : deleted, Errors: errors };
    },
  } satisfies S3Handlers;
}

export const malformedXml = () =>
  new S3Error(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
    400,
  );

/** The header as it came, which S3 does not look into. */
export function expiresOf(call: CallContext | undefined): string | undefined {
  return call?.headers.expires;
}

export function writeConditionsOf({ IfMatch, IfNoneMatch }: { IfMatch?: string; IfNoneMatch?: string }) {
  if (IfNoneMatch !== undefined && IfNoneMatch !== "*") {
    const message = "A header you provided implies functionality that is not implemented";
    throw new S3Error("NotImplemented", message, 501, { Header: "If-None-Match" });
  }
  return { ifMatch: IfMatch, ifNoneMatch: IfNoneMatch } satisfies WriteConditions;
}

function readConditionsOf({ IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: Reading): ReadConditions {
  return {
    ifMatch: IfMatch,
    ifNoneMatch: IfNoneMatch,
    ifModifiedSince: IfModifiedSince,
    ifUnmodifiedSince: IfUnmodifiedSince,
  };
}

/** What a signed reader wants the answer's headers to be. */
function overridden(input: Reading) {
  const overrides = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
  };
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

function extentOfPart({ parts, size }: StoredObject, number: number): Extent | undefined {
  const wanted = parts?.[number - 1];
  // What was not uploaded in parts is one.
  if (!parts && number === 1) return size === 0 ? undefined : { start: 0, end: size - 1 };
  if (!parts || !wanted) {
    throw new S3Error("InvalidPartNumber", "The requested partnumber is not satisfiable", 416, {
      PartNumberRequested: String(number),
      ActualPartCount: String(parts?.length ?? 1),
    });
  }
  const start = parts.slice(0, number - 1).reduce((sum, part) => sum + part.size, 0);
  return { start, end: start + wanted.size - 1 };
}

const httpDate = ({ modified }: StoredObject) => new Date(modified).toUTCString();
