import { any, boolean, map, object, type Property, string } from "../../../provider/resource/property";
import { lookUp } from "../../../provider/resource/resource";
import type { ResourceType, TypeContext } from "../../../provider/resource/resource-type";
import { tagList, tagRecord } from "../../../provider/resource/tagging";
import { defined, isMap, maps, optionalText, text, textMap, type Value, type ValueMap } from "../../../provider/values";

/** Arguments that are members of PutObject under another name, or the same with a capital letter. */
const members = {
  acl: "ACL",
  bucketKeyEnabled: "BucketKeyEnabled",
  cacheControl: "CacheControl",
  checksumAlgorithm: "ChecksumAlgorithm",
  contentDisposition: "ContentDisposition",
  contentEncoding: "ContentEncoding",
  contentLanguage: "ContentLanguage",
  contentType: "ContentType",
  kmsKeyId: "SSEKMSKeyId",
  metadata: "Metadata",
  serverSideEncryption: "ServerSideEncryption",
  storageClass: "StorageClass",
  websiteRedirect: "WebsiteRedirectLocation",
} as const;

const checksums = ["checksumCrc32", "checksumCrc32c", "checksumCrc64nvme", "checksumSha1", "checksumSha256"];

/** https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketobjectv2/; `bucketObject` is its older kind. */
export function objectType(name: "bucketObject" | "bucketObjectv2"): ResourceType {
  const isNew = name === "bucketObjectv2";
  const newer: Record<string, Property> = isNew ? { checksumAlgorithm: string(), overrideProvider: object() } : {};
  return {
    token: `aws:s3/${name}:${isNew ? "BucketObjectv2" : "BucketObject"}`,
    label: "S3 Object",
    tagged: true,
    autoName: { property: "key", maxLength: 1_024 },
    properties: {
      acl: string({ computed: true }),
      bucket: string({ required: true, replaces: true }),
      bucketKeyEnabled: boolean({ computed: true }),
      cacheControl: string(),
      content: string(),
      contentBase64: string(),
      contentDisposition: string(),
      contentEncoding: string(),
      contentLanguage: string(),
      contentType: string({ computed: true }),
      etag: string({ computed: true }),
      forceDestroy: boolean({ default: false }),
      key: string({ computed: true, replaces: true }),
      kmsKeyId: string({ computed: true }),
      metadata: map(),
      objectLockLegalHoldStatus: string(),
      objectLockMode: string(),
      objectLockRetainUntilDate: string(),
      region: string({ computed: true, replaces: true }),
      serverSideEncryption: string({ computed: true }),
      source: any(),
      sourceHash: string(),
      storageClass: string({ computed: true }),
      websiteRedirect: string(),
      ...newer,
    },
    outputs: ["arn", "versionId", ...(isNew ? checksums : [])],
    async create(inputs, context) {
      await put(inputs, context);
      return `${text(inputs, "bucket")}/${text(inputs, "key")}`;
    },
    async read(id, context) {
      const [, Bucket = "", Key = ""] = /^([^/]+)\/(.+)$/s.exec(id) ?? [];
      const found = await lookUp(context, "HeadObject", { Bucket, Key, ChecksumMode: "ENABLED" });
      if (!found) return undefined;
      const tags = await lookUp(context, "GetObjectTagging", { Bucket, Key });
      const shown = Object.entries(members).filter(([, member]) => found[member] !== undefined);
      const sums = checksums.map((key) => [
        key,
        found[key.replace("checksumC", "ChecksumC").replace("checksumS", "ChecksumS")],
      ]);
      return defined({
        ...Object.fromEntries(shown.map(([key, member]) => [key, found[member]])),
        ...(isNew ? Object.fromEntries(sums) : {}),
        acl: undefined,
        arn: context.account.arn("s3", id, { region: "", account: "" }),
        bucket: Bucket,
        bucketKeyEnabled: found.BucketKeyEnabled ?? false,
        etag: String(found.ETag).replaceAll('"', ""),
        key: Key,
        storageClass: found.StorageClass ?? "STANDARD",
        tagsAll: tagRecord(tags?.TagSet),
        versionId: found.VersionId ?? "",
      });
    },
    async update(_id, { news, changed }, context) {
      const [Bucket, Key] = [text(news, "bucket"), text(news, "key")];
      const isTagging = [...changed].every((key) => key === "tags" || key === "tagsAll");
      if (!isTagging) return put(news, context);
      const Tagging = { TagSet: tagList(textMap(news, "tagsAll")) };
      await context.call("PutObjectTagging", { Bucket, Key, Tagging });
    },
    async delete(_id, state, context) {
      const [Bucket, Key] = [text(state, "bucket"), text(state, "key")];
      if (state.forceDestroy !== true && !optionalText(state, "versionId")) {
        await context.call("DeleteObject", { Bucket, Key });
      } else await deleteVersions(Bucket, Key, context);
    },
  };
}

async function put(inputs: ValueMap, { call }: TypeContext): Promise<void> {
  const given = Object.entries(members).flatMap(([key, member]) => {
    const value = inputs[key];
    return value === undefined || value === null || value === "" ? [] : [[member, value] as const];
  });
  const tags = new URLSearchParams(textMap(inputs, "tagsAll")).toString();
  await call("PutObject", {
    Bucket: text(inputs, "bucket"),
    Key: text(inputs, "key"),
    Body: bodyOf(inputs),
    ...Object.fromEntries(given),
    ...(optionalText(inputs, "kmsKeyId") && !optionalText(inputs, "serverSideEncryption")
      ? { ServerSideEncryption: "aws:kms" }
      : {}),
    ...(tags === "" ? {} : { Tagging: tags }),
  });
}

/** What S3's operation takes of those who call it in this process: text, `{ base64 }` or `{ file }`. */
function bodyOf({ content, contentBase64, source }: ValueMap): Value {
  if (typeof content === "string") return content;
  if (typeof contentBase64 === "string") return { base64: contentBase64 };
  if (!isMap(source)) return "";
  if (typeof source.text === "string") return source.text;
  if (typeof source.path === "string") return { file: source.path };
  throw new Error("The sandbox makes objects of text and files only: give `content`, or a StringAsset or FileAsset.");
}

/** With versions, all of the object's: the resource made the key, whoever wrote to it since. */
async function deleteVersions(Bucket: string, Key: string, { call }: TypeContext): Promise<void> {
  const page = await call("ListObjectVersions", { Bucket, Prefix: Key });
  const versions = [...maps(page, "Versions"), ...maps(page, "DeleteMarkers")].filter((version) => version.Key === Key);
  for (const { VersionId } of versions) await call("DeleteObject", { Bucket, Key, VersionId: VersionId ?? null });
}
