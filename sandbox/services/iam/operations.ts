import { operation } from "../../aws/operation";
import type { Operations } from "../../aws/service";
import { type Tags, tagList, toTags, type WireTag } from "../../aws/tags";
import type { Iam, ManagedPolicy, Role } from "./entities";

type OfRole = { RoleName?: string };
type OfPolicy = { PolicyArn?: string };

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
    PermissionsBoundary: role.permissionsBoundary && {
      PermissionsBoundaryArn: role.permissionsBoundary,
      PermissionsBoundaryType: "Policy",
    },
    CreateDate: role.createDate,
    Tags: tagList(role.tags),
  });
  const change = (of: OfRole, change: Parameters<Iam["updateRole"]>[1]) => {
    iam.updateRole(of.RoleName ?? "", change);
    return {};
  };
  return {
    CreateRole: operation(
      (input: {
        RoleName?: string;
        Path?: string;
        AssumeRolePolicyDocument?: string;
        Description?: string;
        MaxSessionDuration?: number;
        PermissionsBoundary?: string;
        Tags?: WireTag[];
      }) => {
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
    ),
    GetRole: operation(({ RoleName = "" }: OfRole) => ({ Role: view(iam.getRole(RoleName)) })),
    ListRoles: operation(() => ({ Roles: iam.listRoles().map(view), IsTruncated: false })),
    UpdateRole: operation(
      ({ RoleName = "", ...input }: OfRole & { Description?: string; MaxSessionDuration?: number }) => {
        const before = iam.getRole(RoleName);
        return change(
          { RoleName },
          {
            description: input.Description ?? before.description,
            maxSessionDuration: input.MaxSessionDuration ?? before.maxSessionDuration,
          },
        );
      },
    ),
    UpdateAssumeRolePolicy: operation((input: OfRole & { PolicyDocument?: string }) =>
      change(input, { assumeRolePolicy: input.PolicyDocument ?? "" }),
    ),
    PutRolePermissionsBoundary: operation((input: OfRole & { PermissionsBoundary?: string }) =>
      change(input, { permissionsBoundary: input.PermissionsBoundary }),
    ),
    DeleteRolePermissionsBoundary: operation((input: OfRole) => change(input, { permissionsBoundary: undefined })),
    TagRole: operation((input: OfRole & { Tags?: WireTag[] }) =>
      change(input, { tags: { ...iam.getRole(input.RoleName ?? "").tags, ...toTags(input.Tags) } }),
    ),
    UntagRole: operation((input: OfRole & { TagKeys?: string[] }) =>
      change(input, { tags: without(iam.getRole(input.RoleName ?? "").tags, input.TagKeys) }),
    ),
    DeleteRole: operation(({ RoleName = "" }: OfRole) => {
      iam.deleteRole(RoleName);
      return {};
    }),
    /** Nothing of the sandbox runs on instances. */
    ListInstanceProfilesForRole: operation(({ RoleName = "" }: OfRole) => {
      iam.getRole(RoleName);
      return { InstanceProfiles: [], IsTruncated: false };
    }),
  };
}

function rolePolicyOperations(iam: Iam): Operations {
  type OfRolePolicy = OfRole & { PolicyName?: string };
  return {
    PutRolePolicy: operation((input: OfRolePolicy & { PolicyDocument?: string }) => {
      const { RoleName = "", PolicyName = "", PolicyDocument = "" } = input;
      iam.putRolePolicy({ roleName: RoleName, policyName: PolicyName, policy: PolicyDocument });
      return {};
    }),
    GetRolePolicy: operation(({ RoleName = "", PolicyName = "" }: OfRolePolicy) => {
      const { policy } = iam.rolePolicy(RoleName, PolicyName);
      return { RoleName, PolicyName, PolicyDocument: encoded(policy) };
    }),
    ListRolePolicies: operation(({ RoleName = "" }: OfRole) => {
      iam.getRole(RoleName);
      return { PolicyNames: iam.rolePolicies(RoleName).map(({ policyName }) => policyName), IsTruncated: false };
    }),
    DeleteRolePolicy: operation(({ RoleName = "", PolicyName = "" }: OfRolePolicy) => {
      iam.deleteRolePolicy(RoleName, PolicyName);
      return {};
    }),
    AttachRolePolicy: operation(({ RoleName = "", PolicyArn = "" }: OfRole & OfPolicy) => {
      iam.attachRolePolicy({ roleName: RoleName, policyArn: PolicyArn });
      return {};
    }),
    DetachRolePolicy: operation(({ RoleName = "", PolicyArn = "" }: OfRole & OfPolicy) => {
      iam.detachRolePolicy(RoleName, PolicyArn);
      return {};
    }),
    ListAttachedRolePolicies: operation(({ RoleName = "" }: OfRole) => {
      iam.getRole(RoleName);
      const attached = iam.attachmentsOf(RoleName);
      const policies = attached.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn }));
      return { AttachedPolicies: policies, IsTruncated: false };
    }),
  };
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
  return {
    CreatePolicy: operation(
      (input: {
        PolicyName?: string;
        Path?: string;
        PolicyDocument?: string;
        Description?: string;
        Tags?: WireTag[];
      }) => {
        const policy = iam.createPolicy({
          policyName: input.PolicyName ?? "",
          path: input.Path,
          policy: input.PolicyDocument ?? "",
          description: input.Description,
          tags: toTags(input.Tags),
        });
        return { Policy: view(policy) };
      },
    ),
    GetPolicy: operation(({ PolicyArn = "" }: OfPolicy) => ({ Policy: view(iam.getPolicy(PolicyArn)) })),
    /** Only the version in force is kept. */
    GetPolicyVersion: operation(({ PolicyArn = "" }: OfPolicy) => ({
      PolicyVersion: versionView(iam.getPolicy(PolicyArn)),
    })),
    CreatePolicyVersion: operation((input: OfPolicy & { PolicyDocument?: string }) => {
      const { arn, version = 1 } = iam.getPolicy(input.PolicyArn ?? "");
      const next = iam.updatePolicy(arn, { policy: input.PolicyDocument ?? "", version: version + 1 });
      return { PolicyVersion: versionView(next) };
    }),
    TagPolicy: operation((input: OfPolicy & { Tags?: WireTag[] }) => {
      const { arn, tags } = iam.getPolicy(input.PolicyArn ?? "");
      iam.updatePolicy(arn, { tags: { ...tags, ...toTags(input.Tags) } });
      return {};
    }),
    UntagPolicy: operation((input: OfPolicy & { TagKeys?: string[] }) => {
      const { arn, tags } = iam.getPolicy(input.PolicyArn ?? "");
      iam.updatePolicy(arn, { tags: without(tags, input.TagKeys) });
      return {};
    }),
    DeletePolicy: operation(({ PolicyArn = "" }: OfPolicy) => {
      iam.deletePolicy(PolicyArn);
      return {};
    }),
  };
}
