import { matches } from "../../provider/resource/property";
import { resourcesOf } from "../../provider/resource/resource";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { textMap } from "../../provider/values";

export const nameRule = matches(/^[a-z0-9-]+$/, "expected lower-case letters, digits and hyphens only");

/** Tags are asked for apart: the Get operations of this service do not tell them. */
export const resource = resourcesOf({
  capitals: false,
  tagging: {
    given: (inputs) => ({ tags: tagList(textMap(inputs, "tagsAll"), "key", "value") }),
    read: async ({ namespaceArn, workgroupArn }, _id, { call }) =>
      tagRecord((await call("ListTagsForResource", { resourceArn: namespaceArn ?? workgroupArn ?? "" })).tags),
    put: (tags, _id, { arn = "" }) => ["TagResource", { resourceArn: arn, tags: tagList(tags, "key", "value") }],
    remove: (tagKeys, _id, { arn = "" }) => ["UntagResource", { resourceArn: arn, tagKeys }],
  },
});
