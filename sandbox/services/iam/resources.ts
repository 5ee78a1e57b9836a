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
import type { ResourceType, TypeContext } from "../../provider/resource/resource-type";
import {
  defined,
  maps,
  optionalNumber,
  optionalText,
  text,
  textMap,
  texts,
  type ValueMap,
} from "../../provider/values";

const NAME = matches(/^[\w+=,.@-]+$/, "expected letters, digits and +=,.@_- only");
const PATH = matches(/^\/([!-~]+\/)?$/, "expected a path that begins and ends with a slash");
const autoName = (maxLength: number) => ({ property: "name", maxLength, prefixProperty: "namePrefix" });

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const iamRole: ResourceType = {
  token: "aws:iam/role:Role",
  label: "IAM Role",
  tagged: true,
  autoName: autoName(64),
  properties: {
    assumeRolePolicy: json({ required: true }),
    description: string({}, length(0, 1000)),
    forceDetachPolicies: boolean({ default: false }),
    inlinePolicies: list({ computed: true, unordered: true }),
    managedPolicyArns: set({ computed: true }),
    maxSessionDuration: number({ default: 3600 }, between(3600, 43_200)),
    name: string({ computed: true, replaces: true }, length(1, 64), NAME),
    namePrefix: string({ computed: true, replaces: true }),
    path: string({ default: "/", replaces: true }, PATH),
    permissionsBoundary: string({}, isArn),
  },
  outputs: ["arn", "createDate", "uniqueId"],
  async create(inputs, context) {
    const { iam } = context.models;
    const { roleName } = iam.createRole({
      roleName: text(inputs, "name"),
      assumeRolePolicy: text(inputs, "assumeRolePolicy"),
      ...roleChange(inputs),
      path: optionalText(inputs, "path"),
      tags: textMap(inputs, "tagsAll"),
    });
    setPolicies(roleName, inputs, context);
    return roleName;
  },
  async read(id, { models }) {
    const role = models.iam.findRole(id);
    if (!role) return undefined;
    return {
      arn: role.arn,
      assumeRolePolicy: role.assumeRolePolicy,
      createDate: role.createDate,
      description: role.description,
      inlinePolicies: models.iam.rolePolicies(id).map(({ policyName, policy }) => ({ name: policyName, policy })),
      managedPolicyArns: models.iam.attachmentsOf(id),
      maxSessionDuration: role.maxSessionDuration,
      name: role.roleName,
      namePrefix: "",
      path: role.path,
      permissionsBoundary: role.permissionsBoundary ?? "",
      tagsAll: role.tags,
      uniqueId: role.roleId,
    };
  },
  async update(id, { news }, context) {
    const assumeRolePolicy = text(news, "assumeRolePolicy");
    context.models.iam.updateRole(id, { ...roleChange(news), assumeRolePolicy, tags: textMap(news, "tagsAll") });
    setPolicies(id, news, context);
  },
  async delete(id, state, { models }) {
    const { iam } = models;
    // Policies that were part of the role itself go with it; those attached by other resources stand in its way.
    const forced = state.forceDetachPolicies === true;
    for (const arn of iam.attachmentsOf(id)) if (forced) iam.detachRolePolicy(id, arn);
    for (const { policyName } of iam.rolePolicies(id)) if (forced) iam.deleteRolePolicy(id, policyName);
    iam.deleteRole(id);
  },
};

function roleChange(inputs: ValueMap) {
  return {
    description: optionalText(inputs, "description") ?? "",
    maxSessionDuration: optionalNumber(inputs, "maxSessionDuration") ?? 3600,
    permissionsBoundary: optionalText(inputs, "permissionsBoundary"),
  };
}

/** Inline and managed policies given with the role itself: exactly these, when given at all. */
function setPolicies(roleName: string, inputs: ValueMap, { models: { iam } }: TypeContext): void {
  if (inputs.inlinePolicies !== undefined) {
    for (const { policyName } of iam.rolePolicies(roleName)) iam.deleteRolePolicy(roleName, policyName);
    for (const block of maps(inputs, "inlinePolicies")) {
      iam.putRolePolicy({ roleName, policyName: text(block, "name"), policy: text(block, "policy") });
    }
  }
  if (inputs.managedPolicyArns !== undefined) {
    for (const arn of iam.attachmentsOf(roleName)) iam.detachRolePolicy(roleName, arn);
    for (const policyArn of texts(inputs, "managedPolicyArns")) iam.attachRolePolicy({ roleName, policyArn });
  }
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/ */
export const iamRolePolicy: ResourceType = {
  token: "aws:iam/rolePolicy:RolePolicy",
  label: "IAM Role Policy",
  autoName: autoName(128),
  properties: {
    name: string({ computed: true, replaces: true }, length(1, 128), NAME),
    namePrefix: string({ computed: true, replaces: true }),
    policy: json({ required: true }),
    role: string({ required: true, replaces: true }),
  },
  outputs: [],
  async create(inputs, { models }) {
    const policyName = text(inputs, "name");
    const roleName = text(inputs, "role");
    models.iam.putRolePolicy({ roleName, policyName, policy: text(inputs, "policy") });
    return `${roleName}:${policyName}`;
  },
  async read(id, { models }) {
    const [roleName, policyName] = id.split(":") as [string, string];
    const found = models.iam.rolePolicy(roleName, policyName);
    return found && { name: policyName, namePrefix: "", role: roleName, policy: found.policy };
  },
  async update(id, { news }, { models }) {
    const [roleName, policyName] = id.split(":") as [string, string];
    models.iam.putRolePolicy({ roleName, policyName, policy: text(news, "policy") });
  },
  async delete(id, _state, { models }) {
    const [roleName, policyName] = id.split(":") as [string, string];
    models.iam.deleteRolePolicy(roleName, policyName);
  },
};

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicyattachment/ */
export const iamRolePolicyAttachment: ResourceType = {
  token: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  label: "IAM Role Policy Attachment",
  properties: {
    policyArn: string({ required: true, replaces: true }, isArn),
    role: string({ required: true, replaces: true }),
  },
  outputs: [],
  async create(inputs, { models }) {
    const attachment = { roleName: text(inputs, "role"), policyArn: text(inputs, "policyArn") };
    models.iam.attachRolePolicy(attachment);
    return `${attachment.roleName}/${attachment.policyArn}`;
  },
  async read(id, { models }) {
    const [role, policyArn] = splitOnce(id);
    return models.iam.attachment(role, policyArn) && { role, policyArn };
  },
  async delete(id, _state, { models }) {
    models.iam.detachRolePolicy(...splitOnce(id));
  },
};

function splitOnce(id: string): [string, string] {
  const at = id.indexOf("/");
  return [id.slice(0, at), id.slice(at + 1)];
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/iam/policy/ */
export const iamPolicy: ResourceType = {
  token: "aws:iam/policy:Policy",
  label: "IAM Policy",
  tagged: true,
  autoName: autoName(128),
  properties: {
    delayAfterPolicyCreationInMs: number(),
    description: string({ replaces: true }, length(0, 1000)),
    name: string({ computed: true, replaces: true }, length(1, 128), NAME),
    namePrefix: string({ computed: true, replaces: true }),
    path: string({ default: "/", replaces: true }, PATH),
    policy: json({ required: true }),
  },
  outputs: ["arn", "attachmentCount", "policyId"],
  async create(inputs, { models }) {
    const policy = models.iam.createPolicy({
      policyName: text(inputs, "name"),
      policy: text(inputs, "policy"),
      ...defined({ path: optionalText(inputs, "path"), description: optionalText(inputs, "description") }),
      tags: textMap(inputs, "tagsAll"),
    });
    return policy.arn;
  },
  async read(id, { models }) {
    const found = models.iam.findPolicy(id);
    if (!found) return undefined;
    return {
      arn: found.arn,
      attachmentCount: models.iam.attachmentCount(id),
      description: found.description,
      name: found.policyName,
      namePrefix: "",
      path: found.path,
      policy: found.policy,
      policyId: found.policyId,
      tagsAll: found.tags,
    };
  },
  async update(id, { news }, { models }) {
    models.iam.updatePolicy(id, { policy: text(news, "policy"), tags: textMap(news, "tagsAll") });
  },
  async delete(id, _state, { models }) {
    models.iam.deletePolicy(id);
  },
};
