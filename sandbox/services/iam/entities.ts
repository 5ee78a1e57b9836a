import { randomBytes } from "node:crypto";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { checkPolicyDocument } from "../../aws/policy-document";
import type { Tags } from "../../aws/tags";

export interface Role {
  roleName: string;
  roleId: string;
  arn: string;
  path: string;
  assumeRolePolicy: string;
  description: string;
  maxSessionDuration: number;
  permissionsBoundary?: string;
  createDate: string;
  tags: Tags;
}

export interface InlinePolicy {
  roleName: string;
  policyName: string;
  policy: string;
}

export interface ManagedPolicy {
  arn: string;
  policyId: string;
  policyName: string;
  path: string;
  description: string;
  policy: string;
  /** Number of the version in force, the only one that is kept. @default 1 */
  version?: number;
  tags: Tags;
}

export interface Attachment {
  roleName: string;
  policyArn: string;
}

export type NewRole = Pick<Role, "roleName" | "assumeRolePolicy"> &
  Partial<Omit<Role, "roleId" | "arn" | "createDate">>;
export type RoleChange = Partial<
  Pick<Role, "assumeRolePolicy" | "description" | "maxSessionDuration" | "permissionsBoundary" | "tags">
>;

/** Roles and policies as records: documents are checked for form, nothing is enforced. */
export class Iam {
  private readonly roles;
  private readonly inline;
  private readonly managed;
  private readonly attachments;

  constructor(private readonly context: Context) {
    this.roles = context.store.collection<Role>("iam/roles");
    this.inline = context.store.collection<InlinePolicy>("iam/role-policies");
    this.managed = context.store.collection<ManagedPolicy>("iam/policies");
    this.attachments = context.store.collection<Attachment>("iam/attachments");
  }

  /** @throws AwsError `EntityAlreadyExists`, `MalformedPolicyDocument` */
  createRole(request: NewRole): Role {
    const { roleName, path = "/" } = request;
    if (this.roles.get(roleName)) throw exists(`Role with name ${roleName} already exists.`);
    checkPolicyDocument(request.assumeRolePolicy);
    const role: Role = {
      ...request,
      path,
      roleId: uniqueId("AROA"),
      arn: this.arn(`role${path}${roleName}`),
      description: request.description ?? "",
      maxSessionDuration: request.maxSessionDuration ?? 3600,
      createDate: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      tags: request.tags ?? {},
    };
    this.roles.put(roleName, role);
    return role;
  }

  /** @throws AwsError `NoSuchEntity` */
  getRole(roleName: string): Role {
    const role = this.roles.get(roleName);
    if (!role) throw missing(`The role with name ${roleName} cannot be found.`);
    return role;
  }

  listRoles(): Role[] {
    return this.roles.list();
  }

  updateRole(roleName: string, change: RoleChange): Role {
    if (change.assumeRolePolicy !== undefined) checkPolicyDocument(change.assumeRolePolicy);
    const role = { ...this.getRole(roleName), ...change };
    this.roles.put(roleName, role);
    return role;
  }

  /** @throws AwsError `DeleteConflict` while policies are left on it. */
  deleteRole(roleName: string): void {
    this.getRole(roleName);
    if (this.attachments.list().some((attachment) => attachment.roleName === roleName)) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    }
    if (this.rolePolicies(roleName).length > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
    }
    this.roles.delete(roleName);
  }

  putRolePolicy(policy: InlinePolicy): void {
    this.getRole(policy.roleName);
    checkPolicyDocument(policy.policy);
    this.inline.put(`${policy.roleName}:${policy.policyName}`, policy);
  }

  /** @throws AwsError `NoSuchEntity` */
  rolePolicy(roleName: string, policyName: string): InlinePolicy {
    const policy = this.inline.get(`${roleName}:${policyName}`);
    if (!policy) throw missing(`The role policy with name ${policyName} cannot be found.`);
    return policy;
  }

  rolePolicies(roleName: string): InlinePolicy[] {
    return this.inline.list().filter((policy) => policy.roleName === roleName);
  }

  deleteRolePolicy(roleName: string, policyName: string): void {
    this.rolePolicy(roleName, policyName);
    this.inline.delete(`${roleName}:${policyName}`);
  }

  /** @throws AwsError `EntityAlreadyExists`, `MalformedPolicyDocument` */
  createPolicy(request: Pick<ManagedPolicy, "policyName" | "policy"> & Partial<ManagedPolicy>): ManagedPolicy {
    const { policyName, path = "/" } = request;
    checkPolicyDocument(request.policy);
    const arn = this.arn(`policy${path}${policyName}`);
    if (this.managed.get(arn))
      throw exists(`A policy called ${policyName} already exists. Duplicate names are not allowed.`);
    const policy: ManagedPolicy = {
      ...request,
      arn,
      path,
      policyId: uniqueId("ANPA"),
      description: request.description ?? "",
      tags: request.tags ?? {},
    };
    this.managed.put(arn, policy);
    return policy;
  }

  /** @throws AwsError `NoSuchEntity` */
  getPolicy(arn: string): ManagedPolicy {
    const policy = this.managed.get(arn);
    if (!policy) throw noPolicy(arn);
    return policy;
  }

  updatePolicy(arn: string, change: Partial<Pick<ManagedPolicy, "policy" | "version" | "tags">>): ManagedPolicy {
    if (change.policy !== undefined) checkPolicyDocument(change.policy);
    const policy = { ...this.getPolicy(arn), ...change };
    this.managed.put(arn, policy);
    return policy;
  }

  deletePolicy(arn: string): void {
    this.getPolicy(arn);
    if (this.attachmentCount(arn) > 0) {
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    }
    this.managed.delete(arn);
  }

  attachmentCount(policyArn: string): number {
    return this.attachments.list().filter((attachment) => attachment.policyArn === policyArn).length;
  }

  /** AWS's own managed policies need no record: any ARN under `iam::aws:policy/` can be attached. */
  attachRolePolicy(attachment: Attachment): void {
    this.getRole(attachment.roleName);
    const { policyArn } = attachment;
    if (!policyArn.includes(":iam::aws:policy/") && !this.managed.get(policyArn)) throw noPolicy(policyArn);
    this.attachments.put(`${attachment.roleName}/${policyArn}`, attachment);
  }

  attachmentsOf(roleName: string): string[] {
    const own = this.attachments.list().filter((attachment) => attachment.roleName === roleName);
    return own.map((attachment) => attachment.policyArn);
  }

  detachRolePolicy(roleName: string, policyArn: string): void {
    if (!this.attachments.delete(`${roleName}/${policyArn}`)) throw missing(`Policy ${policyArn} was not found.`);
  }

  private arn(resource: string): string {
    return this.context.account.arn("iam", resource, { region: "" });
  }
}

function uniqueId(prefix: string): string {
  return prefix + randomBytes(9).toString("hex").toUpperCase().slice(0, 17);
}

function exists(message: string): AwsError {
  return new AwsError("EntityAlreadyExists", message, 409);
}

function missing(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, 404);
}

function noPolicy(arn: string): AwsError {
  return missing(`Policy ${arn} does not exist or is not attachable.`);
}
