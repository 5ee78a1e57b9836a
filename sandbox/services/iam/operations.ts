import { type Input, operationsOf } from "../../aws/handlers";
import type { Operations } from "../../aws/service";
import { type Tags, tagList, toTags } from "../../aws/tags";
import type { Iam, ManagedPolicy, Role, RoleChange } from "./entities";

type Sdk = typeof import("@aws-sdk/client-iam");

/** IAM answers documents encoded as for URLs. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
const encoded = encodeURIComponent;

/** What of tags is left when these go. */
function without(tags: Tags, keys: string[] = []): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/ */
export function iamOperations(iam: Iam): Operations {
  return { ...roleOperations(iam), ...rolePolicyOperations(iam), ...policyOperations(iam) };
}

function roleOperations(iam: Iam): Operations {
  const view = (role: Role) => ({
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    Path: role.path,
    AssumeRolePolicyDocument: encoded(role.assumeRolePolicy),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    PermissionsBoundary: role.permissionsBoundary
      ? { PermissionsBoundaryArn: role.permissionsBoundary, PermissionsBoundaryType: "Policy" }
      : undefined,
    CreateDate: role.createDate,
    Tags: tagList(role.tags),
  });
  const change = ({ RoleName = "" }: Input<Sdk, "GetRole">, change: RoleChange) => {
    iam.updateRole(RoleName, change);
    return {};
  };
  return operationsOf<Sdk>({
    CreateRole: (input) => {
      const role = iam.createRole({
        roleName: input.RoleName ?? "",
        path: input.Path,
        assumeRolePolicy: input.AssumeRolePolicyDocument ?? "",
        description: input.Description,
        maxSessionDuration: input.MaxSessionDuration,
        permissionsBoundary: input.PermissionsBoundary,
        tags: toTags(input.Tags),
      });
      return { Role: view(role) };
    },
    GetRole: ({ RoleName = "" }) => ({ Role: view(iam.getRole(RoleName)) }),
    ListRoles: () => ({ Roles: iam.listRoles().map(view), IsTruncated: false }),
    UpdateRole: (input) => {
      const before = iam.getRole(input.RoleName ?? "");
      return change(input, {
        description: input.Description ?? before.description,
        maxSessionDuration: input.MaxSessionDuration ?? before.maxSessionDuration,
      });
    },
    UpdateAssumeRolePolicy: (input) => change(input, { assumeRolePolicy: input.PolicyDocument ?? "" }),
    PutRolePermissionsBoundary: (input) => change(input, { permissionsBoundary: input.PermissionsBoundary }),
    DeleteRolePermissionsBoundary: (input) => change(input, { permissionsBoundary: undefined }),
    TagRole: (input) => change(input, { tags: { ...iam.getRole(input.RoleName ?? "").tags, ...toTags(input.Tags) } }),
    UntagRole: (input) => change(input, { tags: without(iam.getRole(input.RoleName ?? "").tags, input.TagKeys) }),
    DeleteRole: ({ RoleName = "" }) => {
      iam.deleteRole(RoleName);
      return {};
    },
    /** Nothing of the sandbox runs on instances. */
    ListInstanceProfilesForRole: ({ RoleName = "" }) => {
      iam.getRole(RoleName);
      return { InstanceProfiles: [], IsTruncated: false };
    },
  });
}

function rolePolicyOperations(iam: Iam): Operations {
  return operationsOf<Sdk>({
    PutRolePolicy: (input) => {
      const { RoleName = "", PolicyName = "", PolicyDocument = "" } = input;
      iam.putRolePolicy({ roleName: RoleName, policyName: PolicyName, policy: PolicyDocument });
      return {};
    },
    GetRolePolicy: ({ RoleName = "", PolicyName = "" }) => {
      const { policy } = iam.rolePolicy(RoleName, PolicyName);
      return { RoleName, PolicyName, PolicyDocument: encoded(policy) };
    },
    ListRolePolicies: ({ RoleName = "" }) => {
      iam.getRole(RoleName);
      return { PolicyNames: iam.rolePolicies(RoleName).map(({ policyName }) => policyName), IsTruncated: false };
    },
    DeleteRolePolicy: ({ RoleName = "", PolicyName = "" }) => {
      iam.deleteRolePolicy(RoleName, PolicyName);
      return {};
    },
    AttachRolePolicy: ({ RoleName = "", PolicyArn = "" }) => {
      iam.attachRolePolicy({ roleName: RoleName, policyArn: PolicyArn });
      return {};
    },
    DetachRolePolicy: ({ RoleName = "", PolicyArn = "" }) => {
      iam.detachRolePolicy(RoleName, PolicyArn);
      return {};
    },
    ListAttachedRolePolicies: ({ RoleName = "" }) => {
      iam.getRole(RoleName);
      const attached = iam.attachmentsOf(RoleName);
      const policies = attached.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn }));
      return { AttachedPolicies: policies, IsTruncated: false };
    },
  });
}

function policyOperations(iam: Iam): Operations {
  const versionOf = ({ version = 1 }: ManagedPolicy) => `v${version}`;
  const view = (policy: ManagedPolicy) => ({
    Arn: policy.arn,
    PolicyId: policy.policyId,
    PolicyName: policy.policyName,
    Path: policy.path,
    Description: policy.description,
    DefaultVersionId: versionOf(policy),
    AttachmentCount: iam.attachmentCount(policy.arn),
    IsAttachable: true,
    Tags: tagList(policy.tags),
  });
  const versionView = (policy: ManagedPolicy) => ({
    VersionId: versionOf(policy),
    IsDefaultVersion: true,
    Document: encoded(policy.policy),
  });
  return operationsOf<Sdk>({
    CreatePolicy: (input) => {
      const policy = iam.createPolicy({
        policyName: input.PolicyName ?? "",
        path: input.Path,
        policy: input.PolicyDocument ?? "",
        description: input.Description,
        tags: toTags(input.Tags),
      });
      return { Policy: view(policy) };
    },
    GetPolicy: ({ PolicyArn = "" }) => ({ Policy: view(iam.getPolicy(PolicyArn)) }),
    /** Only the version in force is kept. */
    GetPolicyVersion: ({ PolicyArn = "" }) => ({
      PolicyVersion: versionView(iam.getPolicy(PolicyArn)),
    }),
    CreatePolicyVersion: (input) => {
      const { arn, version = 1 } = iam.getPolicy(input.PolicyArn ?? "");
      const next = iam.updatePolicy(arn, { policy: input.PolicyDocument ?? "", version: version + 1 });
      return { PolicyVersion: versionView(next) };
    },
    TagPolicy: (input) => {
      const { arn, tags } = iam.getPolicy(input.PolicyArn ?? "");
      iam.updatePolicy(arn, { tags: { ...tags, ...toTags(input.Tags) } });
      return {};
    },
    UntagPolicy: (input) => {
      const { arn, tags } = iam.getPolicy(input.PolicyArn ?? "");
      iam.updatePolicy(arn, { tags: without(tags, input.TagKeys) });
      return {};
    },
    DeletePolicy: ({ PolicyArn = "" }) => {
      iam.deletePolicy(PolicyArn);
      return {};
    },
  });
}
