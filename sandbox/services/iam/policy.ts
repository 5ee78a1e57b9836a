import { json, length, number, string } from "../../provider/resource/property";
import { isMap, text } from "../../provider/values";
import { autoName, decoded, nameRule, path, resourceNamed } from "./role";

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/policy/ */
export const iamPolicy = resourceNamed(
  "Policy",
  "PolicyArn",
)({
  token: "aws:iam/policy:Policy",
  label: "IAM Policy",
  global: true,
  tagged: true,
  autoName: autoName(128),
  properties: {
    delayAfterPolicyCreationInMs: number(),
    description: string({ replaces: true }, length(0, 1000)),
    name: string({ computed: true, replaces: true }, length(1, 128), nameRule),
    path: string({ default: "/", replaces: true }, path),
    policy: json({ required: true }),
  },
  outputs: ["arn", "attachmentCount", "policyId"],
  id: "PolicyArn",
  made: "Arn",
  members: { name: "PolicyName", policy: "PolicyDocument" },
  create: ["CreatePolicy", "name", "policy", "path", "description"],
  read: { operation: "GetPolicy", at: "Policy" },
  async state({ DefaultVersionId = "" }, { call }, _before, PolicyArn) {
    const { PolicyVersion } = await call("GetPolicyVersion", { PolicyArn, VersionId: DefaultVersionId });
    return { policy: decoded(isMap(PolicyVersion) ? PolicyVersion.Document : undefined) };
  },
  async apply(PolicyArn, { news, olds, changed }, { call }) {
    if (olds.policy === undefined || !changed.has("policy")) return;
    await call("CreatePolicyVersion", { PolicyArn, PolicyDocument: text(news, "policy"), SetAsDefault: true });
  },
  delete: "DeletePolicy",
});
