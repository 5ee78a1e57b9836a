import type { Tags } from "../../../aws/tags";
import { invalidArgument, notImplemented, S3Error } from "../errors";
import type { Attributes, Encryption, ObjectHeaders } from "../storage/records";
import type { EncryptionKeys, Input } from "./types";

/** What creating an object may say of it, by any of the operations that do. */
export type Creating = Pick<
  Input<"PutObject"> & Input<"CreateMultipartUpload"> & Input<"CopyObject">,
  | "ACL"
  | "BucketKeyEnabled"
  | "CacheControl"
  | "ContentDisposition"
  | "ContentEncoding"
  | "ContentLanguage"
  | "ContentType"
  | "Metadata"
  | "ObjectLockLegalHoldStatus"
  | "ObjectLockMode"
  | "SSECustomerAlgorithm"
  | "SSEKMSEncryptionContext"
  | "SSEKMSKeyId"
  | "ServerSideEncryption"
  | "StorageClass"
  | "Tagging"
  | "WebsiteRedirectLocation"
> & { Expires?: unknown };

/** What S3 says where the client says nothing. */
export const standardType = "binary/octet-stream";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
const mostMetadata = 2_048;

/** @param expires the header as it was sent, which S3 gives back unread */
export function attributesOf(
  input: Creating,
  expires: string | undefined,
  standard: Encryption,
  keys: EncryptionKeys,
): Attributes {
  return {
    headers: headersOf(input, expires),
    metadata: metadataOf(input),
    tags: tagsOfHeader(input.Tagging),
    encryption: encryptionOf(input, standard, keys),
  };
}

export function headersOf(input: Creating, expires: string | undefined): ObjectHeaders {
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType } = input;
  const { WebsiteRedirectLocation, StorageClass } = input;
  if (input.ACL !== undefined && input.ACL !== "bucket-owner-full-control" && input.ACL !== "private") {
    throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
  }
  if (input.SSECustomerAlgorithm !== undefined) throw notImplemented("Encryption by keys of customers (SSE-C)");
  if (input.ObjectLockMode !== undefined || input.ObjectLockLegalHoldStatus !== undefined) {
    throw new S3Error("InvalidRequest", "Bucket is missing Object Lock Configuration", 400);
  }
  const headers = { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, WebsiteRedirectLocation };
  return {
    ...headers,
    Expires: expires,
    ContentType: ContentType ?? standardType,
    StorageClass: storageClass(StorageClass),
  };
}

export function metadataOf({ Metadata = {} }: Creating): Record<string, string> {
  const size = Object.entries(Metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
  if (size <= mostMetadata) return Metadata;
  throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400, {
    Size: String(size),
    MaxSizeAllowed: String(mostMetadata),
  });
}

export function encryptionOf(input: Creating, standard: Encryption, keys: EncryptionKeys): Encryption {
  const { ServerSideEncryption: algorithm, SSEKMSKeyId, BucketKeyEnabled, SSEKMSEncryptionContext: context } = input;
  const isKms = algorithm === "aws:kms" || algorithm === "aws:kms:dsse";
  if (SSEKMSKeyId !== undefined && !isKms) {
    const rule = "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption";
    throw invalidArgument(`${rule} : aws:kms`, "x-amz-server-side-encryption", algorithm ?? "null");
  }
  if (algorithm === undefined) return standard;
  if (!isKms) return { algorithm: "AES256" };
  return { ...keys.encryptionWith(SSEKMSKeyId, BucketKeyEnabled ?? standard.bucketKey), algorithm, context };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const storageClasses = [
  ...["STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING"],
  ...["GLACIER", "DEEP_ARCHIVE", "GLACIER_IR"],
];

function storageClass(name: string | undefined): string | undefined {
  if (name !== undefined && !storageClasses.includes(name)) {
    throw new S3Error("InvalidStorageClass", "The storage class you specified is not valid", 400, {
      StorageClassRequested: name,
    });
  }
  // What it shows of the standard class is nothing.
  return name === "STANDARD" ? undefined : name;
}

function tagsOfHeader(header: string | undefined): Tags {
  if (header === undefined) return {};
  const pairs = [...new URLSearchParams(header)];
  if (new Set(pairs.map(([key]) => key)).size < pairs.length || pairs.some(([key]) => key === "")) {
    const rule =
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.";
    throw invalidArgument(rule, "x-amz-tagging", header);
  }
  return objectTags(pairs.map(([Key, Value]) => ({ Key, Value })));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html @throws S3Error */
export function objectTags(tags: readonly { Key?: string; Value?: string }[]): Tags {
  if (tags.length > 10) throw new S3Error("BadRequest", "Object tags cannot be greater than 10", 400);
  return tagsOf(tags);
}

/** @throws S3Error `InvalidTag` */
export function tagsOf(tags: readonly { Key?: string; Value?: string }[]): Tags {
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  const result: Tags = {};
  for (const { Key = "", Value = "" } of tags) {
    const invalid = (what: string) => new S3Error("InvalidTag", what, 400, { TagKey: Key, TagValue: Value });
    if (Key === "" || Key.length > 128 || !allowed.test(Key)) throw invalid("The TagKey you have provided is invalid");
    if (Value.length > 256 || !allowed.test(Value)) throw invalid("The TagValue you have provided is invalid");
    if (Key.startsWith("aws:")) throw invalid("System tags cannot be added/updated by requester");
    if (Object.hasOwn(result, Key)) throw invalid("Cannot provide multiple Tags with the same key");
    result[Key] = Value;
  }
  return result;
}
