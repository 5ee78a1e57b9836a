import { invalidArgument } from "../errors";
import type { PageQuery, Position } from "../keys/pages";
import { listObjects, listUploads, listVersions } from "../objects/lists";
import type { StoredObject } from "../storage/records";
import { quoted } from "./shown";
import type { Input, S3Handlers, S3Model } from "./types";

const most = 1_000;

/** Lists of objects, versions and uploads, in pages of up to a thousand. */
export function listOperations(model: S3Model) {
  const { buckets, objects, accountId } = model;
  const { ledger } = objects;
  const owner = { ID: ownerId(accountId), DisplayName: accountId };

  const entry = ({ key, value }: { key: string; value: StoredObject }, encode: Encode, withOwner: boolean) => ({
    Key: encode(key),
    LastModified: new Date(value.modified),
    ETag: quoted(value.etag),
    ChecksumAlgorithm: [value.checksum.name],
    ChecksumType: value.checksum.type,
    Size: value.size,
    StorageClass: value.attributes.headers.StorageClass ?? "STANDARD",
    Owner: withOwner ? owner : undefined,
  });

  return {
    ListObjectsV2(input) {
      const { Bucket = "", ContinuationToken, StartAfter, FetchOwner = false } = input;
      buckets.state(Bucket);
      const encode = encoderOf(input.EncodingType);
      const after = ContinuationToken === undefined ? positionOf(StartAfter) : positionOfToken(ContinuationToken);
      const query = { ...queryOf(input), after };
      const page = listObjects(ledger, Bucket, query);
      return {
        ...frame(input, query, encode),
        Name: Bucket,
        StartAfter: StartAfter === undefined ? undefined : encode(StartAfter),
        ContinuationToken,
        KeyCount: page.entries.length + page.prefixes.length,
        IsTruncated: page.next !== undefined,
        NextContinuationToken: page.next && Buffer.from(page.next.key).toString("base64"),
        Contents: page.entries.map((each) => entry(each, encode, FetchOwner)),
        CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
      };
    },

    ListObjects(input) {
      const { Bucket = "", Marker, Delimiter } = input;
      buckets.state(Bucket);
      const encode = encoderOf(input.EncodingType);
      const query = { ...queryOf(input), after: positionOf(Marker) };
      const page = listObjects(ledger, Bucket, query);
      return {
        ...frame(input, query, encode),
        Name: Bucket,
        Marker: encode(Marker ?? ""),
        IsTruncated: page.next !== undefined,
        // Told with a delimiter only: otherwise it is the last key.
        NextMarker: page.next && Delimiter ? encode(page.next.key) : undefined,
        Contents: page.entries.map((each) => entry(each, encode, true)),
        CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
      };
    },

    ListObjectVersions(input) {
      const { Bucket = "", KeyMarker, VersionIdMarker } = input;
      buckets.state(Bucket);
      const encode = encoderOf(input.EncodingType);
      const query = { ...queryOf(input), after: markedPosition(KeyMarker, VersionIdMarker, "version-id") };
      const page = listVersions(ledger, Bucket, query);
      const keyspace = ledger.index.keyspace(Bucket);
      const listed = page.entries.map(({ key, value }) => ({
        value,
        key,
        common: {
          Key: encode(key),
          VersionId: value.versionId,
          IsLatest: keyspace.current(key) === value,
          LastModified: new Date(value.modified),
          Owner: owner,
        },
      }));
      return {
        ...frame(input, query, encode),
        Name: Bucket,
        KeyMarker: encode(KeyMarker ?? ""),
        VersionIdMarker: VersionIdMarker ?? "",
        IsTruncated: page.next !== undefined,
        NextKeyMarker: page.next && encode(page.next.key),
        NextVersionIdMarker: page.next?.entry,
        Versions: listed.flatMap(({ key, value, common }) =>
          value.marker ? [] : [{ ...entry({ key, value }, encode, true), ...common }],
        ),
        DeleteMarkers: listed.flatMap(({ value, common }) => (value.marker ? [common] : [])),
        CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
      };
    },

    ListMultipartUploads(input) {
      const { Bucket = "", KeyMarker, UploadIdMarker, MaxUploads = most } = input;
      buckets.state(Bucket);
      const encode = encoderOf(input.EncodingType);
      const after = markedPosition(KeyMarker, UploadIdMarker, "upload-id");
      const query = { ...queryOf({ ...input, MaxKeys: MaxUploads }), after };
      const page = listUploads(ledger, Bucket, query);
      const { MaxKeys: _count, ...rest } = frame(input, query, encode);
      return {
        ...rest,
        Bucket,
        KeyMarker: encode(KeyMarker ?? ""),
        UploadIdMarker: UploadIdMarker ?? "",
        MaxUploads: query.limit,
        IsTruncated: page.next !== undefined,
        NextKeyMarker: page.next && encode(page.next.key),
        NextUploadIdMarker: page.next?.entry,
        Uploads: page.entries.map(({ key, value }) => ({
          Key: encode(key),
          UploadId: value.uploadId,
          Initiated: new Date(value.initiated),
          StorageClass: value.attributes.headers.StorageClass ?? "STANDARD",
          Owner: owner,
          Initiator: owner,
          ChecksumAlgorithm: value.checksum.name,
          ChecksumType: value.checksum.type,
        })),
        CommonPrefixes: page.prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
      };
    },
  } satisfies S3Handlers;
}

/** The canonical id of an account: 64 hexadecimal digits. */
export const ownerId = (accountId: string) => accountId.padStart(64, "0");

type Listing = Pick<Input<"ListObjectsV2">, "Prefix" | "Delimiter" | "MaxKeys" | "EncodingType">;

function queryOf({ Prefix, Delimiter, MaxKeys = most }: Listing): PageQuery {
  if (MaxKeys < 0) {
    const rule = "Argument maxKeys must be an integer between 0 and 2147483647";
    throw invalidArgument(rule, "max-keys", String(MaxKeys));
  }
  return { prefix: Prefix, delimiter: Delimiter, limit: Math.min(MaxKeys, most) };
}

function frame({ Prefix = "", Delimiter, EncodingType }: Listing, { limit }: PageQuery, encode: Encode) {
  return {
    Prefix: encode(Prefix),
    Delimiter: Delimiter === undefined ? undefined : encode(Delimiter),
    MaxKeys: limit,
    EncodingType,
  };
}

type Encode = (text: string) => string;

/** Keys may have characters that XML has not: clients ask for them encoded as in a URL. */
function encoderOf(type: string | undefined): Encode {
  if (type === undefined) return (text) => text;
  if (type !== "url") throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", type);
  return (text) => encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+");
}

const positionOf = (key: string | undefined): Position | undefined => (key ? { key } : undefined);

function positionOfToken(token: string): Position {
  const key = Buffer.from(token, "base64").toString("utf8");
  if (token !== "" && Buffer.from(key).toString("base64") === token) return { key };
  throw invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
}

function markedPosition(key: string | undefined, entry: string | undefined, what: string): Position | undefined {
  if (key) return entry ? { key, entry } : { key };
  if (!entry) return undefined;
  throw invalidArgument(`A ${what} marker cannot be specified without a key marker.`, `${what}-marker`, entry);
}
