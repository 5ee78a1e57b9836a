import type {
  CreateSnapshotRequest,
  DeleteSnapshotRequest,
  GetSnapshotRequest,
  ListSnapshotsRequest,
  RestoreFromSnapshotRequest,
} from "@aws-sdk/client-redshift-serverless";
import { paginate } from "../../aws/paginate";
import { adoptAdmin } from "./admin-secret";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound } from "./errors";
import { checkName } from "./names";
import type { Namespaces } from "./namespaces";
import type { NamespaceRecord, SnapshotRecord } from "./records";
import { toTags } from "./tags";
import type { Workgroups } from "./workgroups";

/** Manual snapshots: what a namespace holds, kept until somebody deletes it. */
export class Snapshots {
  constructor(
    private readonly context: ServerlessContext,
    private readonly namespaces: Namespaces,
    private readonly workgroups: Workgroups,
  ) {}

  create(input: CreateSnapshotRequest) {
    const { account, snapshots, background, latency, warehouse } = this.context;
    // Of 3 to 64 characters, as the schema of CloudFormation's AWS::RedshiftServerless::Snapshot has it.
    const snapshotName = checkName("snapshotName", input.snapshotName);
    const namespace = this.namespaces.requireIdle(input.namespaceName);
    if (snapshots.get(snapshotName)) throw conflict(`The snapshot ${snapshotName} already exists.`);
    const { namespaceName, namespaceArn, namespaceId, adminUsername, dbName, kmsKeyId } = namespace;
    const { adminPasswordSecretArn, adminPasswordSecretKmsKeyId } = namespace;
    const record: SnapshotRecord = {
      snapshotName,
      snapshotArn: account.arn("redshift-serverless", `snapshot/${snapshotName}`),
      namespaceName,
      namespaceArn,
      adminUsername,
      dbName,
      kmsKeyId,
      adminPasswordSecretArn,
      adminPasswordSecretKmsKeyId,
      ownerAccount: account.accountId,
      snapshotCreateTime: new Date().toISOString(),
      snapshotRetentionPeriod: input.retentionPeriod ?? -1,
      status: "CREATING",
      tags: toTags(input.tags),
    };
    const end = (status: SnapshotRecord["status"]) => {
      snapshots.put(snapshotName, { ...this.require(snapshotName), status });
      this.namespaces.settle(namespaceName);
    };
    snapshots.put(snapshotName, record);
    this.namespaces.occupy(namespaceName);
    background.run(
      `Snapshot ${snapshotName}`,
      latency.delays["snapshot-create"],
      async () => {
        await warehouse.saveSnapshot(namespaceId, snapshotName);
        end("AVAILABLE");
      },
      () => end("FAILED"),
    );
    return { snapshot: present(record) };
  }

  get({ snapshotName, snapshotArn }: GetSnapshotRequest) {
    return { snapshot: present(this.require(snapshotName ?? nameIn(snapshotArn))) };
  }

  list(input: ListSnapshotsRequest) {
    const wanted = this.context.snapshots
      .list()
      .filter(({ namespaceName }) => input.namespaceName === undefined || namespaceName === input.namespaceName)
      .filter(({ namespaceArn }) => input.namespaceArn === undefined || namespaceArn === input.namespaceArn)
      .filter(({ ownerAccount }) => input.ownerAccount === undefined || ownerAccount === input.ownerAccount)
      .filter(({ snapshotCreateTime: made }) => isWithin(Date.parse(made), input.startTime, input.endTime));
    const page = paginate(wanted.map(present), input.nextToken, input.maxResults);
    return { snapshots: page.items, nextToken: page.nextToken };
  }

  async delete({ snapshotName }: DeleteSnapshotRequest) {
    const record = this.require(snapshotName);
    if (record.status === "CREATING") throw conflict(`The snapshot ${record.snapshotName} is being created.`);
    const reader = this.context.namespaces.list().find((one) => one.restoring?.snapshotName === record.snapshotName);
    if (reader)
      throw conflict(
        `The namespace ${reader.namespaceName} is being restored from the snapshot ${record.snapshotName}.`,
      );
    await this.context.warehouse.deleteSnapshot(record.snapshotName);
    this.context.snapshots.delete(record.snapshotName);
    return { snapshot: present({ ...record, status: "DELETED" }) };
  }

  /** In place of all that the namespace holds, its administrator included. */
  restore(input: RestoreFromSnapshotRequest) {
    if (input.snapshotName !== undefined && input.snapshotArn !== undefined)
      throw invalid("snapshotName and snapshotArn cannot be given together.");
    if (input.adminPasswordSecretKmsKeyId !== undefined && !input.manageAdminPassword)
      throw invalid("adminPasswordSecretKmsKeyId needs manageAdminPassword.");
    const snapshot = this.require(input.snapshotName ?? nameIn(input.snapshotArn));
    const workgroup = this.workgroups.require(input.workgroupName);
    const namespace = this.namespaces.requireIdle(input.namespaceName);
    if (workgroup.namespaceName !== namespace.namespaceName)
      throw invalid(`The workgroup ${workgroup.workgroupName} is not of the namespace ${namespace.namespaceName}.`);
    if (snapshot.status !== "AVAILABLE") throw conflict(`The snapshot ${snapshot.snapshotName} is ${snapshot.status}.`);
    const { snapshotName, ownerAccount } = snapshot;
    const managed = input.manageAdminPassword === true;
    const secretKmsKeyId = input.adminPasswordSecretKmsKeyId;
    const next = this.namespaces.occupy(namespace.namespaceName, {
      restoring: { snapshotName, managed, secretKmsKeyId },
    });
    this.finishRestore(next);
    return { snapshotName, ownerAccount, namespace: this.namespaces.describe(next) };
  }

  /** Takes up what the end of the last process interrupted: a half-made one is none, a restore is done again. */
  async resume(): Promise<void> {
    const { snapshots, namespaces, warehouse } = this.context;
    for (const record of snapshots.list()) {
      if (record.status !== "CREATING") continue;
      await warehouse.deleteSnapshot(record.snapshotName);
      snapshots.put(record.snapshotName, { ...record, status: "FAILED" });
    }
    for (const record of namespaces.list()) if (record.restoring) this.finishRestore(record);
  }

  private finishRestore(namespace: NamespaceRecord): void {
    const { namespaceName, namespaceId, restoring } = namespace;
    if (!restoring) return;
    const { background, latency, warehouse } = this.context;
    const { snapshotName } = restoring;
    background.run(
      `Restoring namespace ${namespaceName} from ${snapshotName}`,
      latency.delays["snapshot-restore"],
      async () => {
        const snapshot = this.require(snapshotName);
        const { adminUsername, dbName } = snapshot;
        await warehouse.restoreSnapshot(namespaceId, snapshotName, { adminUsername, database: dbName });
        await adoptAdmin(this.context, snapshot, namespace);
        this.namespaces.settle(namespaceName);
      },
      () => this.namespaces.settle(namespaceName),
    );
  }

  private require(name: string | undefined): SnapshotRecord {
    const record = this.context.snapshots.get(name ?? "");
    if (!record) throw notFound(`The snapshot ${name ?? ""} does not exist.`);
    return record;
  }
}

const nameIn = (arn: string | undefined) => arn?.split("/").at(-1);

/** Times come as a Date or as ISO 8601. */
const isWithin = (time: number, from: Date | undefined, to: Date | undefined) =>
  (from === undefined || time >= Number(new Date(from))) && (to === undefined || time <= Number(new Date(to)));

function present({ dbName: _, tags: _tags, ...snapshot }: SnapshotRecord) {
  return snapshot;
}
