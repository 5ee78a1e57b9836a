import { type Invoke, look } from "../../provider/resource/invoke";
import {
  between,
  boolean,
  isArn,
  json,
  length,
  list,
  matches,
  number,
  set,
  string,
} from "../../provider/resource/property";
import { lookUp, resourcesOf } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { isMap, maps, text, textMap, texts, type Value, type ValueMap } from "../../provider/values";

export const nameRule = matches(/^[\w+=,.@-]+$/, "expected letters, digits and +=,.@_- only");
export const path = matches(/^\/([!-~]+\/)?$/, "expected a path that begins and ends with a slash");
export const autoName = (maxLength: number) => ({ property: "name", maxLength, prefixProperty: "namePrefix" });

/** Roles and policies are tagged by operations of their own. @param id the member that names one */
export const resourceNamed = (kind: "Role" | "Policy", id: string) =>
  resourcesOf({
    capitals: true,
    tagging: {
      given: (inputs) => ({ Tags: tagList(textMap(inputs, "tagsAll")) }),
      read: ({ Tags }) => tagRecord(Tags),
      put: (tags, named) => [`Tag${kind}`, { [id]: named, Tags: tagList(tags) }],
      remove: (keys, named) => [`Untag${kind}`, { [id]: named, TagKeys: keys }],
    },
  });
const resource = resourceNamed("Role", "RoleName");

/** IAM answers documents encoded as for URLs. */
export function decoded(document: Value | undefined): Value {
  return typeof document === "string" ? decodeURIComponent(document) : "";
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const iamRole = resource({
  token: "aws:iam/role:Role",
  label: "IAM Role",
  global: true,
  tagged: true,
  autoName: autoName(64),
  properties: {
    assumeRolePolicy: json({ required: true }),
    description: string({}, length(0, 1000)),
    forceDetachPolicies: boolean({ default: false }),
    inlinePolicies: list({ computed: true, unordered: true }),
    managedPolicyArns: set({ computed: true }),
    maxSessionDuration: number({ default: 3600 }, between(3600, 43_200)),
    name: string({ computed: true, replaces: true }, length(1, 64), nameRule),
    path: string({ default: "/", replaces: true }, path),
    permissionsBoundary: string({}, isArn),
  },
  outputs: ["arn", "createDate", "uniqueId"],
  id: "RoleName",
  members: { assumeRolePolicy: "AssumeRolePolicyDocument", name: "RoleName", uniqueId: "RoleId" },
  create: [
    "CreateRole",
    ...["name", "assumeRolePolicy", "description", "maxSessionDuration", "path", "permissionsBoundary"],
  ],
  read: { operation: "GetRole", at: "Role" },
  async state({ AssumeRolePolicyDocument, PermissionsBoundary }, context, _before, RoleName) {
    const boundary = isMap(PermissionsBoundary) ? PermissionsBoundary.PermissionsBoundaryArn : undefined;
    return {
      assumeRolePolicy: decoded(AssumeRolePolicyDocument),
      inlinePolicies: await inlinePolicies(RoleName, context),
      managedPolicyArns: await attached(RoleName, context),
      permissionsBoundary: boundary ?? "",
    };
  },
  async apply(RoleName, { news, olds, changed }, context) {
    const { call } = context;
    const isNew = olds.assumeRolePolicy === undefined;
    if (!isNew && (changed.has("description") || changed.has("maxSessionDuration"))) {
      const { description = "", maxSessionDuration = 3600 } = news;
      await call("UpdateRole", { RoleName, Description: description, MaxSessionDuration: maxSessionDuration });
    }
    if (!isNew && changed.has("assumeRolePolicy"))
      await call("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: text(news, "assumeRolePolicy") });
    if (!isNew && changed.has("permissionsBoundary")) {
      const { permissionsBoundary: boundary } = news;
      if (boundary === undefined) await call("DeleteRolePermissionsBoundary", { RoleName });
      else await call("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary: boundary });
    }
    await setPolicies(RoleName, news, context);
  },
  async delete(RoleName, state, context) {
    // Policies that were part of the role itself go with it; those attached by other resources stand in its way.
    if (state.forceDetachPolicies === true) {
      await detachAll(RoleName, context);
      await deleteInline(RoleName, context);
    }
    await context.call("DeleteRole", { RoleName });
  },
});

async function inlinePolicies(RoleName: string, { call }: TypeContext): Promise<ValueMap[]> {
  const names = texts(await call("ListRolePolicies", { RoleName }), "PolicyNames");
  const policies: ValueMap[] = [];
  for (const name of names) {
    const { PolicyDocument } = await call("GetRolePolicy", { RoleName, PolicyName: name });
    policies.push({ name, policy: decoded(PolicyDocument) });
  }
  return policies;
}

async function attached(RoleName: string, { call }: TypeContext): Promise<string[]> {
  const answer = await call("ListAttachedRolePolicies", { RoleName });
  return maps(answer, "AttachedPolicies").map(({ PolicyArn }) => String(PolicyArn));
}

async function detachAll(RoleName: string, context: TypeContext): Promise<void> {
  for (const PolicyArn of await attached(RoleName, context))
    await context.call("DetachRolePolicy", { RoleName, PolicyArn });
}

async function deleteInline(RoleName: string, { call }: TypeContext): Promise<void> {
  for (const PolicyName of texts(await call("ListRolePolicies", { RoleName }), "PolicyNames"))
    await call("DeleteRolePolicy", { RoleName, PolicyName });
}

/** Inline and managed policies given with the role itself: exactly these, when given at all. */
async function setPolicies(RoleName: string, inputs: ValueMap, context: TypeContext): Promise<void> {
  if (inputs.inlinePolicies !== undefined) {
    await deleteInline(RoleName, context);
    for (const block of maps(inputs, "inlinePolicies")) {
      const policy = { PolicyName: text(block, "name"), PolicyDocument: text(block, "policy") };
      await context.call("PutRolePolicy", { RoleName, ...policy });
    }
  }
  if (inputs.managedPolicyArns !== undefined) {
    await detachAll(RoleName, context);
    for (const PolicyArn of texts(inputs, "managedPolicyArns"))
      await context.call("AttachRolePolicy", { RoleName, PolicyArn });
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/ Its id is `<role>:<policy>`. */
export const iamRolePolicy = resource({
  token: "aws:iam/rolePolicy:RolePolicy",
  label: "IAM Role Policy",
  global: true,
  autoName: autoName(128),
  properties: {
    name: string({ computed: true, replaces: true }, length(1, 128), nameRule),
    policy: json({ required: true }),
    role: string({ required: true, replaces: true }),
  },
  id: "PolicyName",
  async create(inputs, { call }) {
    const [RoleName, PolicyName] = [text(inputs, "role"), text(inputs, "name")];
    await call("PutRolePolicy", { RoleName, PolicyName, PolicyDocument: text(inputs, "policy") });
    return `${RoleName}:${PolicyName}`;
  },
  async read(id, context) {
    const found = await lookUp(context, "GetRolePolicy", inRole(id));
    const { RoleName, PolicyName } = inRole(id);
    return found && { name: PolicyName, namePrefix: "", role: RoleName, policy: decoded(found.PolicyDocument) };
  },
  async apply(id, { news, olds }, { call }) {
    if (olds.policy !== undefined) await call("PutRolePolicy", { ...inRole(id), PolicyDocument: text(news, "policy") });
  },
  async delete(id, _state, { call }) {
    await call("DeleteRolePolicy", inRole(id));
  },
});

function inRole(id: string): { RoleName: string; PolicyName: string } {
  const [RoleName = "", PolicyName = ""] = id.split(":");
  return { RoleName, PolicyName };
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicyattachment/ Its id is `<role>/<policy's ARN>`. */
export const iamRolePolicyAttachment = resource({
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  label: "IAM Role Policy Attachment",
  global: true,
  properties: {
    policyArn: string({ required: true, replaces: true }, isArn),
    role: string({ required: true, replaces: true }),
  },
  id: "PolicyArn",
  async create(inputs, { call }) {
    const attachment = { RoleName: text(inputs, "role"), PolicyArn: text(inputs, "policyArn") };
    await call("AttachRolePolicy", attachment);
    return `${attachment.RoleName}/${attachment.PolicyArn}`;
  },
  async read(id, context) {
    const { RoleName, PolicyArn } = attachment(id);
    if (!(await lookUp(context, "GetRole", { RoleName }, "Role"))) return undefined;
    return (await attached(RoleName, context)).includes(PolicyArn)
      ? { role: RoleName, policyArn: PolicyArn }
      : undefined;
  },
  async delete(id, _state, { call }) {
    await call("DetachRolePolicy", attachment(id));
  },
});

function attachment(id: string): { RoleName: string; PolicyArn: string } {
  const at = id.indexOf("/");
  return { RoleName: id.slice(0, at), PolicyArn: id.slice(at + 1) };
}

export const getRole: Invoke = {
  regional: false,
  async run(args, context) {
    return { ...(await look(iamRole, text(args, "name"), context)), roleLastUseds: [] };
  },
};
