import type { ChecksumName } from "../storage/records";
import { attributesOf } from "./attributes";
import { copySourceOf } from "./copies";
import { givenName, incomingOf, nameOf } from "./incoming";
import { ownerId } from "./lists";
import { expiresOf, writeConditionsOf } from "./objects";
import { checksumShown, encryptionShown, quoted, versionShown } from "./shown";
import type { Input, S3Handlers, S3Model } from "./types";

/** Multipart uploads. */
export function uploadOperations(model: S3Model) {
  const { uploads, buckets, keys, region } = model;
  const locationOf = ({ Bucket = "", Key = "", UploadId = "" }: Partial<Input<"AbortMultipartUpload">>) => ({
    bucket: Bucket,
    key: Key,
    uploadId: UploadId,
  });

  return {
    async CreateMultipartUpload(input, call) {
      const { Bucket = "", Key = "" } = input;
      const attributes = attributesOf(input, expiresOf(call), buckets.state(Bucket).encryption, keys);
      const asked = { name: nameOf(input.ChecksumAlgorithm), type: input.ChecksumType };
      const { uploadId, checksum } = await uploads.begin({ bucket: Bucket, key: Key }, attributes, asked);
      return {
        Bucket,
        Key,
        UploadId: uploadId,
        ...(checksum.chosen && { ChecksumAlgorithm: checksum.name, ChecksumType: checksum.type }),
        ...encryptionShown(attributes.encryption),
      };
    },

    async UploadPart(input, call) {
      const location = locationOf(input);
      const { upload } = uploads.get(location);
      const part = await uploads.putPart(location, input.PartNumber ?? 0, incomingOf(input, call));
      return {
        ETag: quoted(part.etag),
        ...partChecksum(upload.checksum.name, part.checksum),
        ...encryptionShown(upload.attributes.encryption),
      };
    },

    async UploadPartCopy(input) {
      const location = locationOf(input);
      const { upload } = uploads.get(location);
      const from = copySourceOf(input);
      const { source, part } = await uploads.copyPart(location, input.PartNumber ?? 0, from, input.CopySourceRange);
      return {
        CopySourceVersionId: versionShown(model, from.bucket, source.versionId),
        CopyPartResult: {
          ETag: quoted(part.etag),
          LastModified: new Date(part.modified),
          ...partChecksum(upload.checksum.name, part.checksum),
        },
        ...encryptionShown(upload.attributes.encryption),
      };
    },

    async AbortMultipartUpload(input) {
      await uploads.abort(locationOf(input));
      return {};
    },

    ListParts(input) {
      const { PartNumberMarker, MaxParts = 1_000 } = input;
      const { upload, parts } = uploads.get(locationOf(input));
      const limit = Math.min(MaxParts, 1_000);
      const after = [...parts.values()]
        .filter(({ number }) => number > Number(PartNumberMarker ?? 0))
        .sort((a, b) => a.number - b.number);
      const page = after.slice(0, limit);
      const owner = { ID: ownerId(model.accountId), DisplayName: model.accountId };
      return {
        Bucket: upload.bucket,
        Key: upload.key,
        UploadId: upload.uploadId,
        PartNumberMarker: PartNumberMarker ?? "0",
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts: limit,
        IsTruncated: page.length < after.length,
        Parts: page.map(({ number, size, etag, modified, checksum }) => ({
          PartNumber: number,
          Size: size,
          ETag: quoted(etag),
          LastModified: new Date(modified),
          ...(upload.checksum.chosen && partChecksum(upload.checksum.name, checksum)),
        })),
        StorageClass: upload.attributes.headers.StorageClass ?? "STANDARD",
        Owner: owner,
        Initiator: owner,
        ChecksumAlgorithm: upload.checksum.name,
        ChecksumType: upload.checksum.type,
      };
    },

    async CompleteMultipartUpload(input) {
      const { Bucket = "", Key = "", MultipartUpload: { Parts = [] } = {} } = input;
      const location = locationOf(input);
      const { upload } = uploads.get(location);
      const given = givenName(input);
      const object = await uploads.complete(location, {
        parts: Parts.map((part) => ({
          number: part.PartNumber ?? 0,
          etag: part.ETag ?? "",
          checksum: part[`Checksum${upload.checksum.name}`],
        })),
        checksum: given && input[`Checksum${given}`],
        checksumType: input.ChecksumType,
        size: input.MpuObjectSize,
        conditions: writeConditionsOf(input),
      });
      return {
        Location: `https://${Bucket}.s3.${region}.amazonaws.com/${encodeURIComponent(Key)}`,
        Bucket,
        Key,
        ETag: quoted(object.etag),
        VersionId: versionShown(model, Bucket, object.versionId),
        ...checksumShown(object.checksum),
        ...encryptionShown(object.attributes.encryption),
      };
    },
  } satisfies S3Handlers;
}

function partChecksum(name: ChecksumName, value: string) {
  return { [`Checksum${name}`]: value };
}
