import type {
  CreateSnapshotRequest,
  DeleteSnapshotRequest,
  GetSnapshotRequest,
  ListSnapshotsRequest,
  RestoreFromSnapshotRequest,
} from "@aws-sdk/client-redshift-serverless";
import { paginate } from "../../aws/paginate";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound } from "./errors";
import { checkName } from "./names";
import type { Namespaces } from "./namespaces";
import type { SnapshotRecord } from "./records";
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
    const snapshotName = checkName("snapshotName", input.snapshotName);
    const namespace = this.namespaces.requireIdle(input.namespaceName);
    if (snapshots.get(snapshotName)) throw conflict(`The snapshot ${snapshotName} already exists.`);
    const { namespaceName, namespaceArn, namespaceId, adminUsername, dbName, kmsKeyId } = namespace;
    const record: SnapshotRecord = {
      snapshotName,
      snapshotArn: account.arn("redshift-serverless", `snapshot/${snapshotName}`),
      namespaceName,
      namespaceArn,
      adminUsername,
      dbName,
      kmsKeyId,
      ownerAccount: account.accountId,
      snapshotCreateTime: new Date().toISOString(),
      snapshotRetentionPeriod: input.retentionPeriod ?? -1,
      status: "CREATING",
    };
    snapshots.put(snapshotName, record);
    background.run(
      `Snapshot ${snapshotName}`,
      latency.delays["snapshot-create"],
      async () => {
        await warehouse.saveSnapshot(namespaceId, snapshotName);
        snapshots.put(snapshotName, { ...record, status: "AVAILABLE" });
      },
      () => snapshots.put(snapshotName, { ...record, status: "FAILED" }),
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
      .filter(({ namespaceArn }) => input.namespaceArn === undefined || namespaceArn === input.namespaceArn);
    const page = paginate(wanted.map(present), input.nextToken, input.maxResults);
    return { snapshots: page.items, nextToken: page.nextToken };
  }

  async delete({ snapshotName }: DeleteSnapshotRequest) {
    const record = this.require(snapshotName);
    if (record.status === "CREATING") throw conflict(`The snapshot ${record.snapshotName} is being created.`);
    await this.context.warehouse.deleteSnapshot(record.snapshotName);
    this.context.snapshots.delete(record.snapshotName);
    return { snapshot: present({ ...record, status: "DELETED" }) };
  }

  /** In place of all that the namespace holds. Its administrator's password stays what the secret says. */
  restore(input: RestoreFromSnapshotRequest) {
    const { namespaces, background, latency, warehouse } = this.context;
    const snapshot = this.require(input.snapshotName ?? nameIn(input.snapshotArn));
    const workgroup = this.workgroups.require(input.workgroupName);
    const namespace = this.namespaces.requireIdle(input.namespaceName);
    if (workgroup.namespaceName !== namespace.namespaceName)
      throw invalid(`The workgroup ${workgroup.workgroupName} is not of the namespace ${namespace.namespaceName}.`);
    if (snapshot.status !== "AVAILABLE") throw conflict(`The snapshot ${snapshot.snapshotName} is ${snapshot.status}.`);
    const next = { ...namespace, status: "MODIFYING" as const };
    namespaces.put(namespace.namespaceName, next);
    const settle = (restored: object) =>
      namespaces.put(namespace.namespaceName, { ...next, ...restored, status: "AVAILABLE" });
    background.run(
      `Restoring namespace ${namespace.namespaceName} from ${snapshot.snapshotName}`,
      latency.delays["snapshot-restore"],
      async () => {
        const { adminUsername, dbName } = snapshot;
        await warehouse.restoreSnapshot(namespace.namespaceId, snapshot.snapshotName, {
          adminUsername,
          database: dbName,
        });
        settle({ adminUsername, dbName });
      },
      () => settle({}),
    );
    const { snapshotName, ownerAccount } = snapshot;
    return { snapshotName, ownerAccount, namespace: this.namespaces.describe(next) };
  }

  /** Takes up what the end of the last process interrupted: a half-made one is none. */
  resume(): void {
    for (const record of this.context.snapshots.list())
      if (record.status === "CREATING")
        this.context.snapshots.put(record.snapshotName, { ...record, status: "FAILED" });
  }

  private require(name: string | undefined): SnapshotRecord {
    const record = this.context.snapshots.get(name ?? "");
    if (!record) throw notFound(`The snapshot ${name ?? ""} does not exist.`);
    return record;
  }
}

const nameIn = (arn: string | undefined) => arn?.split("/").at(-1);

function present({ dbName: _, ...snapshot }: SnapshotRecord) {
  return snapshot;
}
