import { randomUUID } from "node:crypto";
import type {
  CreateNamespaceRequest,
  DeleteNamespaceRequest,
  UpdateNamespaceRequest,
} from "@aws-sdk/client-redshift-serverless";
import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import { createAdminSecret, generatePassword, secretsKey } from "./admin-secret";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound, quotaExceeded, underOperation } from "./errors";
import { checkAdminPassword, checkAdminUsername, checkDatabaseName, checkName } from "./names";
import type { NamespaceRecord } from "./records";
import { toTags } from "./tags";

const logExports = ["useractivitylog", "userlog", "connectionlog"];

/** Namespaces: databases, their admin and their key. */
export class Namespaces {
  /** Names whose databases are being made, until they are; there is no record yet. */
  private readonly beingCreated = new Map<string, Promise<void>>();
  /** Names whose admin is being changed. */
  private readonly beingUpdated = new Set<string>();

  constructor(private readonly context: ServerlessContext) {}

  async create(input: CreateNamespaceRequest) {
    const { account, namespaces, warehouse, latency } = this.context;
    const { quotas } = account;
    const namespaceName = checkName("namespaceName", input.namespaceName);
    const adminUsername = checkAdminUsername(input.adminUsername ?? "admin");
    const dbName = checkDatabaseName(input.dbName ?? "dev");
    checkLogExports(input.logExports);
    checkDefaultRole(input.defaultIamRoleArn, input.iamRoles);
    if (input.manageAdminPassword && input.adminUserPassword !== undefined) {
      throw invalid("adminUserPassword cannot be given together with manageAdminPassword.");
    }
    if (input.adminPasswordSecretKmsKeyId !== undefined && !input.manageAdminPassword) {
      throw invalid("adminPasswordSecretKmsKeyId needs manageAdminPassword.");
    }
    const password =
      input.adminUserPassword === undefined ? generatePassword() : checkAdminPassword(input.adminUserPassword);
    if (namespaces.get(namespaceName) || this.beingCreated.has(namespaceName)) {
      throw conflict(`The namespace ${namespaceName} already exists.`);
    }
    if (namespaces.list().length + this.beingCreated.size >= quotas.namespaces) {
      throw quotaExceeded(`The account may have ${quotas.namespaces} namespaces.`);
    }
    const namespaceId = randomUUID();
    const { promise, resolve } = deferred();
    this.beingCreated.set(namespaceName, promise);
    try {
      // Before there is a record: a kill in between leaves a database that nobody names, removed at the next start.
      await warehouse.createNamespace({ namespaceId, database: dbName, adminUsername, adminPassword: password });
      const secretArn = input.manageAdminPassword
        ? createAdminSecret(
            this.context.secrets,
            namespaceName,
            adminUsername,
            password,
            input.adminPasswordSecretKmsKeyId,
          )
        : undefined;
      const record: NamespaceRecord = {
        namespaceId,
        namespaceArn: account.arn("redshift-serverless", `namespace/${namespaceId}`),
        namespaceName,
        adminUsername,
        dbName,
        kmsKeyId: input.kmsKeyId ?? "AWS_OWNED_KMS_KEY",
        defaultIamRoleArn: input.defaultIamRoleArn,
        iamRoles: input.iamRoles ?? [],
        logExports: input.logExports ?? [],
        status: "AVAILABLE",
        creationDate: new Date().toISOString(),
        adminPasswordSecretArn: secretArn,
        adminPasswordSecretKmsKeyId: secretArn ? (input.adminPasswordSecretKmsKeyId ?? secretsKey) : undefined,
        tags: toTags(input.tags),
        visibleAt: new Date(Date.now() + latency.delays["namespace-visible"]).toISOString(),
      };
      namespaces.put(namespaceName, record);
      return { namespace: present(record) };
    } finally {
      this.beingCreated.delete(namespaceName);
      resolve();
    }
  }

  /** One whose creation was accepted is there, also for somebody who did not wait for the answer. */
  async get(input: { namespaceName?: string }) {
    await this.beingCreated.get(input.namespaceName ?? "");
    return { namespace: present(this.require(input.namespaceName)) };
  }

  list(input: { nextToken?: string; maxResults?: number }) {
    const page = paginate(this.context.namespaces.list().map(present), input.nextToken, input.maxResults);
    return { namespaces: page.items, nextToken: page.nextToken };
  }

  async update(input: UpdateNamespaceRequest) {
    const { namespaces, background, latency, secrets } = this.context;
    const record = this.requireIdle(input.namespaceName);
    checkOneChange(input, record.namespaceName);
    // In these words: hashicorp/terraform-provider-aws#28122.
    if (!input.manageAdminPassword && (input.adminUsername === undefined) !== (input.adminUserPassword === undefined))
      throw invalid("Specify both the user name and password, or neither.");
    checkLogExports(input.logExports);
    if (input.defaultIamRoleArn !== undefined && input.iamRoles === undefined)
      throw invalid("To change the default IAM role, you must specify the entire list of IAM roles.");
    checkDefaultRole(input.defaultIamRoleArn ?? record.defaultIamRoleArn, input.iamRoles ?? record.iamRoles);
    if (input.manageAdminPassword === true && input.adminUserPassword !== undefined) {
      throw invalid("adminUserPassword cannot be given together with manageAdminPassword.");
    }
    const next: NamespaceRecord = {
      ...record,
      kmsKeyId: input.kmsKeyId ?? record.kmsKeyId,
      // An empty one takes the default away.
      defaultIamRoleArn: (input.defaultIamRoleArn ?? record.defaultIamRoleArn) || undefined,
      iamRoles: input.iamRoles ?? record.iamRoles,
      logExports: input.logExports ?? record.logExports,
      adminUsername: input.adminUsername === undefined ? record.adminUsername : checkAdminUsername(input.adminUsername),
      status: "MODIFYING",
    };
    const given = input.adminUserPassword === undefined ? undefined : checkAdminPassword(input.adminUserPassword);
    const secretArn = record.adminPasswordSecretArn;
    if (input.manageAdminPassword === true && !secretArn) {
      const password = generatePassword();
      await this.setAdmin(record, next.adminUsername, password);
      const kmsKeyId = input.adminPasswordSecretKmsKeyId;
      next.adminPasswordSecretKmsKeyId = kmsKeyId ?? secretsKey;
      next.adminPasswordSecretArn = createAdminSecret(
        secrets,
        record.namespaceName,
        next.adminUsername,
        password,
        kmsKeyId,
      );
    } else if (input.manageAdminPassword === false && secretArn) {
      if (given === undefined) throw invalid("adminUserPassword is needed when manageAdminPassword is turned off.");
      await this.setAdmin(record, next.adminUsername, given);
      secrets.deleteManaged(secretArn);
      next.adminPasswordSecretArn = undefined;
      next.adminPasswordSecretKmsKeyId = undefined;
    } else if (given !== undefined) {
      if (secretArn) throw invalid(`The admin password of ${record.namespaceName} is managed by Secrets Manager.`);
      await this.setAdmin(record, next.adminUsername, given);
    }
    namespaces.put(record.namespaceName, next);
    background.run(`Updating namespace ${record.namespaceName}`, latency.delays["namespace-update"], async () =>
      this.settle(record.namespaceName),
    );
    return { namespace: present(next) };
  }

  /** Before the update is accepted: no record keeps passwords, so that after a kill nobody could set it any more. */
  private async setAdmin(record: NamespaceRecord, username: string, password: string): Promise<void> {
    this.beingUpdated.add(record.namespaceName);
    try {
      await this.context.warehouse.setAdmin(record.namespaceId, username, password);
    } finally {
      this.beingUpdated.delete(record.namespaceName);
    }
  }

  delete(input: DeleteNamespaceRequest) {
    if (input.finalSnapshotName !== undefined) {
      throw new AwsError("NotImplemented", "The sandbox takes no final snapshots; delete without finalSnapshotName.");
    }
    const record = this.requireIdle(input.namespaceName);
    const holder = this.context.workgroups.list().find((workgroup) => workgroup.namespaceName === record.namespaceName);
    if (holder) {
      throw conflict(
        `The namespace ${record.namespaceName} is used by the workgroup ${holder.workgroupName}. Delete the workgroup first.`,
      );
    }
    const next: NamespaceRecord = { ...record, status: "DELETING" };
    this.context.namespaces.put(record.namespaceName, next);
    this.finishDeletion(next);
    return { namespace: present(next) };
  }

  /** Takes up what the end of the last process interrupted. */
  resume(): void {
    for (const record of this.context.namespaces.list()) {
      if (record.status === "MODIFYING" && !record.restoring) this.settle(record.namespaceName);
      if (record.status === "DELETING") this.finishDeletion(record);
    }
  }

  /** @throws ResourceNotFoundException */
  require(name: string | undefined): NamespaceRecord {
    const record = this.context.namespaces.get(name ?? "");
    if (!record) throw notFound(`The namespace ${name ?? ""} does not exist.`);
    return record;
  }

  /** @throws ConflictException while something happens to the namespace, to a workgroup in it or to an endpoint of that. */
  requireIdle(name: string | undefined): NamespaceRecord {
    const record = this.require(name);
    const workgroups = this.context.workgroups.list().filter((one) => one.namespaceName === record.namespaceName);
    const busy =
      workgroups.some(({ status }) => status !== "AVAILABLE") ||
      this.context.endpoints
        .list()
        .some(
          (endpoint) =>
            endpoint.endpointStatus !== "ACTIVE" &&
            workgroups.some(({ workgroupName }) => workgroupName === endpoint.workgroupName),
        );
    if (busy || this.beingUpdated.has(record.namespaceName) || record.status !== "AVAILABLE")
      throw underOperation(record.namespaceName);
    return record;
  }

  /** As the API shows it. */
  describe(record: NamespaceRecord): object {
    return present(record);
  }

  /** Shows a namespace as being changed, which keeps everybody else from changing it until `settle`. */
  occupy(name: string, more: Pick<NamespaceRecord, "restoring"> = {}): NamespaceRecord {
    const next: NamespaceRecord = { ...this.require(name), ...more, status: "MODIFYING" };
    this.context.namespaces.put(name, next);
    return next;
  }

  /** What was done to a namespace has ended. */
  settle(name: string): void {
    const record = this.context.namespaces.get(name);
    if (record) this.context.namespaces.put(name, { ...record, status: "AVAILABLE", restoring: undefined });
  }

  private finishDeletion(record: NamespaceRecord): void {
    const { background, latency, warehouse, secrets, namespaces, policies } = this.context;
    background.run(`Deleting namespace ${record.namespaceName}`, latency.delays["namespace-delete"], async () => {
      await warehouse.deleteNamespace(record.namespaceId);
      if (record.adminPasswordSecretArn) secrets.deleteManaged(record.adminPasswordSecretArn);
      policies.delete(record.namespaceArn);
      namespaces.delete(record.namespaceName);
    });
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

function present(record: NamespaceRecord) {
  const { tags: _tags, visibleAt: _visibleAt, restoring: _restoring, ...namespace } = record;
  return namespace;
}

function checkLogExports(exports: string[] | undefined): void {
  const unknown = exports?.find((name) => !logExports.includes(name));
  if (unknown !== undefined) throw invalid(`logExports has "${unknown}"; allowed are ${logExports.join(", ")}.`);
}

function checkDefaultRole(role: string | undefined, roles: string[] | undefined): void {
  if (role && !roles?.includes(role))
    throw invalid("The list of customer IAM roles must contain the default IAM role.");
}

/** Members of UpdateNamespace that belong together; only one of the groups can be changed by a request. */
const changes: readonly (readonly (keyof UpdateNamespaceRequest)[])[] = [
  ["adminUsername", "adminUserPassword", "manageAdminPassword", "adminPasswordSecretKmsKeyId"],
  ["defaultIamRoleArn", "iamRoles"],
  ["kmsKeyId"],
  ["logExports"],
];

/** hashicorp/terraform-provider-aws#39249 has the refusal's words. @throws ValidationException */
function checkOneChange(input: UpdateNamespaceRequest, namespaceName: string): void {
  const isGiven = (key: keyof UpdateNamespaceRequest) => input[key] !== undefined && input[key] !== null;
  if (changes.filter((group) => group.some(isGiven)).length > 1)
    throw invalid(
      `Amazon Redshift Serverless can't update multiple configurations at the same time for namespace ${namespaceName}.`,
    );
}
