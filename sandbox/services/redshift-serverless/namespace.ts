import { boolean, each, isArn, length, number, oneOf, set, string } from "../../provider/resource/property";
import { lookUp } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { isEmpty, optionalText, texts, type Value, type ValueMap } from "../../provider/values";
import { nameRule, resource } from "./resource";

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/namespace/ */
export const namespace = resource({
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
    namespaceName: string({ required: true, replaces: true }, length(3, 64), nameRule),
  },
  outputs: ["adminPasswordSecretArn", "arn", "namespaceId"],
  check(inputs) {
    const managed = inputs.manageAdminPassword === true;
    const clash = ["adminUserPassword", "adminUserPasswordWo"].find((key) => managed && inputs[key] !== undefined);
    return clash === undefined ? [] : [{ property: clash, reason: `"${clash}" conflicts with manageAdminPassword` }];
  },
  id: "namespaceName",
  members: { arn: "namespaceArn" },
  create: [
    "CreateNamespace",
    ...["namespaceName", "adminPasswordSecretKmsKeyId", "adminUserPassword", "adminUsername", "dbName"],
    ...["defaultIamRoleArn", "iamRoles", "kmsKeyId", "logExports", "manageAdminPassword"],
  ],
  request: (inputs) => writeOnly(inputs),
  read: { operation: "GetNamespace", at: "namespace" },
  until: ["available", ({ status }) => status === "AVAILABLE"],
  async state(found, context, before) {
    const { adminPasswordSecretArn = "", adminPasswordSecretKmsKeyId = "", logExports = [] } = found;
    return {
      adminPasswordSecretArn,
      adminPasswordSecretKmsKeyId,
      adminUsername: found.adminUsername ?? "",
      defaultIamRoleArn: found.defaultIamRoleArn ?? "",
      iamRoles: roleArns(found),
      kmsKeyId: await sameKey(context, before.kmsKeyId, found.kmsKeyId),
      logExports,
      manageAdminPassword: !isEmpty(adminPasswordSecretArn),
    };
  },
  async apply(namespaceName, change, { call }, ready) {
    const input = change.olds.namespaceName === undefined ? {} : changedTogether(change.news, change.changed);
    if (isEmpty(input)) return;
    await call("UpdateNamespace", { namespaceName, ...input });
    await ready();
  },
  delete: "DeleteNamespace",
  settles: true,
  deletedLater: true,
});

function writeOnly(inputs: ValueMap): ValueMap {
  const password = optionalText(inputs, "adminUserPasswordWo");
  return password === undefined ? {} : { adminUserPassword: password };
}

/**
 * Everything that changes goes into one request, which AWS refuses when it is of several kinds; what the program took away
 * is sent empty (namespace.go of hashicorp/terraform-provider-aws; its issue #39249).
 */
function changedTogether(news: ValueMap, changed: ReadonlySet<string>): ValueMap {
  const wanted = { ...news, ...writeOnly(news) };
  const credentials = ["adminUsername", "adminUserPassword", "adminUserPasswordWoVersion"];
  const { adminUsername = "", adminUserPassword = "" } = wanted;
  const empty: ValueMap = {
    adminPasswordSecretKmsKeyId: "",
    defaultIamRoleArn: "",
    kmsKeyId: "",
    iamRoles: [],
    logExports: [],
    manageAdminPassword: false,
  };
  const others = Object.keys(empty).filter((key) => changed.has(key));
  return {
    ...(credentials.some((key) => changed.has(key)) ? { adminUsername, adminUserPassword } : {}),
    ...Object.fromEntries(others.map((key) => [key, isEmpty(wanted[key]) ? empty[key]! : wanted[key]!])),
  };
}

/** The API tells roles as `IamRole(applyStatus=in-sync, iamRoleArn=arn:…)`. */
function roleArns(found: ValueMap): string[] {
  return texts(found, "iamRoles").map((role) => /iamRoleArn=([^),\s]+)/.exec(role)?.[1] ?? role);
}

/** A key may be given by id or by ARN; either stays as it was given. */
async function sameKey(context: TypeContext, given: Value | undefined, actual: Value | undefined): Promise<Value> {
  if (typeof given !== "string" || typeof actual !== "string" || given === actual) return actual ?? "";
  return (await keyArn(context, given)) === (await keyArn(context, actual)) ? given : actual;
}

async function keyArn(context: TypeContext, KeyId: string): Promise<Value> {
  const inKms = { call: (operation: string, input: ValueMap) => context.call(operation, input, "kms") };
  return (await lookUp(inKms, "DescribeKey", { KeyId }, "KeyMetadata"))?.Arn ?? KeyId;
}
