import { tagList } from "../../../aws/tags";
import { objectTags } from "./attributes";
import { versionShown } from "./shown";
import type { S3Handlers, S3Model } from "./types";

/** Tags of objects. Those of buckets are among their configurations. */
export function taggingOperations(model: S3Model) {
  const { objects } = model;
  return {
    GetObjectTagging({ Bucket = "", Key = "", VersionId }) {
      const object = objects.get({ bucket: Bucket, key: Key }, VersionId);
      return {
        TagSet: tagList(object.attributes.tags),
        VersionId: versionShown(model, Bucket, object.versionId),
      };
    },
    async PutObjectTagging({ Bucket = "", Key = "", VersionId, Tagging }) {
      const tags = objectTags(Tagging?.TagSet ?? []);
      const object = await objects.setTags({ bucket: Bucket, key: Key }, VersionId, tags);
      return { VersionId: versionShown(model, Bucket, object.versionId) };
    },
    async DeleteObjectTagging({ Bucket = "", Key = "", VersionId }) {
      const object = await objects.setTags({ bucket: Bucket, key: Key }, VersionId, undefined);
      return { VersionId: versionShown(model, Bucket, object.versionId) };
    },
  } satisfies S3Handlers;
}
