import { invalidArgument, invalidRequest } from "../errors";
import { type CopySource, copyObject } from "../objects/copies";
import type { Attributes, StoredObject } from "../storage/records";
import { attributesOf, encryptionOf, headersOf } from "./attributes";
import { nameOf } from "./incoming";
import { expiresOf, writeConditionsOf } from "./objects";
import { checksumShown, encryptionShown, quoted, versionShown } from "./shown";
import type { Input, S3Handlers, S3Model } from "./types";

export function copyOperations(model: S3Model) {
  const { objects, buckets, keys } = model;
  return {
    async CopyObject(input, call) {
      const { Bucket = "", Key = "", MetadataDirective = "COPY", TaggingDirective = "COPY" } = input;
      const { encryption } = buckets.state(Bucket);
      const given = attributesOf(input, expiresOf(call), encryption, keys);
      const attributes = ({ attributes: of }: StoredObject): Attributes => ({
        headers: MetadataDirective === "REPLACE" ? given.headers : headersOfCopy(of, input),
        metadata: MetadataDirective === "REPLACE" ? given.metadata : of.metadata,
        tags: TaggingDirective === "REPLACE" ? given.tags : of.tags,
        encryption: encryptionOf(input, encryption, keys),
      });
      const { StorageClass, ServerSideEncryption, WebsiteRedirectLocation } = input;
      const asked = [StorageClass, ServerSideEncryption, WebsiteRedirectLocation].some((one) => one !== undefined);
      const from = copySourceOf(input);
      const { source, copy } = await copyObject(
        objects,
        from,
        { bucket: Bucket, key: Key },
        {
          attributes,
          isChange: asked || MetadataDirective === "REPLACE" || TaggingDirective === "REPLACE",
          checksumName: nameOf(input.ChecksumAlgorithm),
          conditions: writeConditionsOf(input),
        },
      );
      return {
        CopySourceVersionId: versionShown(model, from.bucket, source.versionId),
        VersionId: versionShown(model, Bucket, copy.versionId),
        CopyObjectResult: {
          ETag: quoted(copy.etag),
          LastModified: new Date(copy.modified),
          ...checksumShown(copy.checksum),
        },
        ...encryptionShown(copy.attributes.encryption),
      };
    },
  } satisfies S3Handlers;
}

/** Storage class and redirect belong to the copy, whatever becomes of the rest. */
function headersOfCopy({ headers }: Attributes, input: Input<"CopyObject">): Attributes["headers"] {
  const { StorageClass, WebsiteRedirectLocation } = headersOf(input, undefined);
  return { ...headers, StorageClass, WebsiteRedirectLocation };
}

type Copying = Pick<
  Input<"CopyObject">,
  | "CopySource"
  | "CopySourceIfMatch"
  | "CopySourceIfModifiedSince"
  | "CopySourceIfNoneMatch"
  | "CopySourceIfUnmodifiedSince"
  | "CopySourceSSECustomerAlgorithm"
>;

/** `bucket/key`, `/bucket/key` or `bucket/key?versionId=id`, encoded as in a URL. @throws S3Error */
export function copySourceOf(input: Copying): CopySource {
  const header = input.CopySource ?? "";
  if (header.startsWith("arn:")) {
    throw invalidRequest("The sandbox copies from buckets only, not from access points.");
  }
  const [, bucket, encoded, version] = /^\/?([^/?]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(decodeSlash(header)) ?? [];
  const key = encoded === undefined ? undefined : decoded(encoded);
  if (!bucket || !key) {
    const rule = "Invalid copy source object key";
    throw invalidArgument(rule, "x-amz-copy-source", header);
  }
  return {
    bucket,
    key,
    versionId: version,
    conditions: {
      ifMatch: input.CopySourceIfMatch,
      ifNoneMatch: input.CopySourceIfNoneMatch,
      ifModifiedSince: input.CopySourceIfModifiedSince,
      ifUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    },
  };
}

/** Some clients encode all of it, the slash behind the bucket included. */
function decodeSlash(header: string): string {
  return header.replace(/^(\/|%2F)?([^/%?]+)%2F/i, "$2/");
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
