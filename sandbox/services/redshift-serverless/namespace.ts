import { isNotFound } from "../../aws/errors";
import { boolean, each, isArn, length, matches, number, oneOf, set, string } from "../../provider/resource/property";
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { tagChange, tagList, tagRecord } from "../../provider/resource/tagging";
import { defined, isEmpty, isMap, optionalText, text, textMap, type Value, type ValueMap } from "../../provider/values";

export const NAME = matches(/^[a-z0-9-]+$/, "expected lower-case letters, digits and hyphens only");

/** One member of a Get operation's answer, or undefined where the API says that there is no such thing. */
export async function get(
  context: TypeContext,
  operation: string,
  input: ValueMap,
  member: string,
): Promise<ValueMap | undefined> {
  try {
    const answer: ValueMap = await context.call(operation, input);
    const found = answer[member];
    return isMap(found) ? found : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Tags are asked for apart: the Get operations of this service do not tell them. */
export async function tagsOf(context: TypeContext, arn: Value | undefined): Promise<Record<string, string>> {
  const { tags } = await context.call("ListTagsForResource", { resourceArn: String(arn) });
  return tagRecord(tags);
}

export async function setTags(context: TypeContext, arn: string, olds: ValueMap, news: ValueMap): Promise<void> {
  const { put, remove } = tagChange(olds, news);
  if (Object.keys(put).length > 0)
    await context.call("TagResource", { resourceArn: arn, tags: tagList(put, "key", "value") });
  if (remove.length > 0) await context.call("UntagResource", { resourceArn: arn, tagKeys: remove });
}

const find = (context: TypeContext, id: string) => get(context, "GetNamespace", { namespaceName: id }, "namespace");

function available(context: TypeContext, id: string): Promise<ValueMap> {
  return context.until(`Redshift Serverless Namespace (${id}) to be available`, async () => {
    const found = await find(context, id);
    return found?.status === "AVAILABLE" ? found : undefined;
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/namespace/ */
export const namespace: ResourceType = {
  token: "aws:redshiftserverless/namespace:Namespace",
  label: "Redshift Serverless Namespace",
  tagged: true,
  properties: {
    adminPasswordSecretKmsKeyId: string({ computed: true }),
    adminUserPassword: string({ sensitive: true }),
    adminUserPasswordWo: string({ writeOnly: true, sensitive: true }),
    adminUserPasswordWoVersion: number(),
    adminUsername: string({ computed: true, sensitive: true }),
    dbName: string({ computed: true, replaces: true }, length(1, 64)),
    defaultIamRoleArn: string({}, isArn),
    iamRoles: set({ computed: true, emptied: true }, each(isArn)),
    kmsKeyId: string({ computed: true }, isArn),
    logExports: set({}, each(oneOf("userlog", "connectionlog", "useractivitylog"))),
    manageAdminPassword: boolean(),
    namespaceName: string({ required: true, replaces: true }, length(3, 64), NAME),
    region: string({ computed: true, replaces: true }),
  },
  outputs: ["adminPasswordSecretArn", "arn", "namespaceId"],
  check(inputs) {
    const managed = inputs.manageAdminPassword === true;
    const clash = ["adminUserPassword", "adminUserPasswordWo"].find((key) => managed && inputs[key] !== undefined);
    return clash === undefined ? [] : [{ property: clash, reason: `"${clash}" conflicts with manageAdminPassword` }];
  },
  async create(inputs, context) {
    const name = text(inputs, "namespaceName");
    const tags = textMap(inputs, "tagsAll");
    await context.call("CreateNamespace", {
      namespaceName: name,
      ...request(inputs, CREATED_WITH),
      tags: tagList(tags, "key", "value"),
    });
    await available(context, name);
    return name;
  },
  async read(id, context, before) {
    const found = await find(context, id);
    if (!found) return undefined;
    return {
      adminPasswordSecretArn: found.adminPasswordSecretArn ?? "",
      adminPasswordSecretKmsKeyId: found.adminPasswordSecretKmsKeyId ?? "",
      adminUsername: found.adminUsername ?? "",
      arn: found.namespaceArn ?? "",
      dbName: found.dbName ?? "",
      defaultIamRoleArn: found.defaultIamRoleArn ?? "",
      iamRoles: roleArns(found.iamRoles),
      kmsKeyId: await sameKey(context, before.kmsKeyId, found.kmsKeyId),
      logExports: found.logExports ?? [],
      manageAdminPassword: !isEmpty(found.adminPasswordSecretArn),
      namespaceId: found.namespaceId ?? "",
      namespaceName: id,
      tagsAll: await tagsOf(context, found.namespaceArn),
    };
  },
  async update(id, { news, olds, changed }, context) {
    const input = changedTogether(request(news, CREATED_WITH), changed);
    if (Object.keys(input).length > 0) {
      await context.call("UpdateNamespace", { namespaceName: id, ...input });
      await available(context, id);
    }
    await setTags(context, text(olds, "arn"), olds, news);
  },
  async delete(id, _state, context) {
    await context.settle(() => context.call("DeleteNamespace", { namespaceName: id }));
    await context.until(`Redshift Serverless Namespace (${id}) to be deleted`, async () =>
      (await find(context, id)) ? undefined : true,
    );
  },
};

const CREATED_WITH = [
  "adminPasswordSecretKmsKeyId",
  "adminUserPassword",
  "adminUsername",
  "dbName",
  "defaultIamRoleArn",
  "iamRoles",
  "kmsKeyId",
  "logExports",
  "manageAdminPassword",
];

/**
 * Everything that changes goes into one request, which AWS refuses when it is of several kinds; what the program took away
 * is sent empty (namespace.go of hashicorp/terraform-provider-aws; its issue #39249).
 */
function changedTogether(wanted: ValueMap, changed: ReadonlySet<string>): ValueMap {
  const input: ValueMap = {};
  const credentials = ["adminUsername", "adminUserPassword", "adminUserPasswordWoVersion"].some((key) =>
    changed.has(key),
  );
  if (credentials) {
    input.adminUsername = wanted.adminUsername ?? "";
    input.adminUserPassword = wanted.adminUserPassword ?? "";
  }
  for (const key of ["adminPasswordSecretKmsKeyId", "defaultIamRoleArn", "kmsKeyId"])
    if (changed.has(key)) input[key] = wanted[key] ?? "";
  for (const key of ["iamRoles", "logExports"]) if (changed.has(key)) input[key] = wanted[key] ?? [];
  if (changed.has("manageAdminPassword")) input.manageAdminPassword = wanted.manageAdminPassword ?? false;
  return input;
}

function request(inputs: ValueMap, keys: readonly string[]): ValueMap {
  const input = defined(Object.fromEntries(keys.map((key) => [key, isEmpty(inputs[key]) ? undefined : inputs[key]])));
  const writeOnly = optionalText(inputs, "adminUserPasswordWo");
  if (writeOnly !== undefined) input.adminUserPassword = writeOnly;
  return input as ValueMap;
}

/** The API tells roles as `IamRole(applyStatus=in-sync, iamRoleArn=arn:…)`. */
function roleArns(roles: Value | undefined): string[] {
  if (!Array.isArray(roles)) return [];
  return roles.map((role) => /iamRoleArn=([^),\s]+)/.exec(String(role))?.[1] ?? String(role));
}

/** A key may be given by id or by ARN; either stays as it was given. */
async function sameKey(context: TypeContext, given: Value | undefined, actual: Value | undefined): Promise<Value> {
  if (typeof given !== "string" || typeof actual !== "string" || given === actual) return actual ?? "";
  return (await keyArn(context, given)) === (await keyArn(context, actual)) ? given : actual;
}

async function keyArn({ call }: TypeContext, KeyId: string): Promise<Value> {
  try {
    const { KeyMetadata } = await call("DescribeKey", { KeyId }, "kms");
    return isMap(KeyMetadata) ? (KeyMetadata.Arn ?? KeyId) : KeyId;
  } catch (error) {
    if (isNotFound(error)) return KeyId;
    throw error;
  }
}
