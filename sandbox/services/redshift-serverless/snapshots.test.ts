import type { JsonObject } from "../../aws/json";
import { TestAccount } from "./testing";

let account: TestAccount;
beforeEach(async () => {
  account = await TestAccount.open();
  await account.create("sales", {});
});
afterEach(() => account.close());

/** Waits until a snapshot is no longer being made. */
async function ended(snapshotName: string): Promise<JsonObject> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { snapshot } = (await account.call("GetSnapshot", { snapshotName })) as { snapshot: JsonObject };
    if (snapshot.status !== "CREATING") return snapshot;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${snapshotName} is still being made`);
}

const make = (snapshotName: string, more: JsonObject = {}) =>
  account.call("CreateSnapshot", { namespaceName: "sales", snapshotName, ...more });

const restore = (snapshotName: string, more: JsonObject = {}) =>
  account.call("RestoreFromSnapshot", { namespaceName: "sales", workgroupName: "sales", snapshotName, ...more });

async function namespaceNamed(namespaceName: string): Promise<JsonObject> {
  const { namespace } = (await account.call("GetNamespace", { namespaceName })) as { namespace: JsonObject };
  return namespace;
}

/** Waits until nothing happens to a namespace any more. */
async function idle(namespaceName: string): Promise<JsonObject> {
  for (let tries = 0; tries < 200; tries += 1) {
    const namespace = await namespaceNamed(namespaceName);
    if (namespace.status === "AVAILABLE") return namespace;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${namespaceName} is still being changed`);
}

const secretOf = ({ adminPasswordSecretArn }: JsonObject) =>
  JSON.parse(account.secrets.read(String(adminPasswordSecretArn))) as JsonObject;

const inConflict = { code: "ConflictException" };

/** Whatever changes the namespace is refused now. */
async function expectOccupied(): Promise<void> {
  expect(await namespaceNamed("sales")).toMatchObject({ status: "MODIFYING" });
  for (const refused of [
    make("another"),
    restore("before"),
    account.call("DeleteWorkgroup", { workgroupName: "sales" }),
    account.call("DeleteNamespace", { namespaceName: "sales" }),
  ])
    await expect(refused).rejects.toMatchObject(inConflict);
}

test("a snapshot is made, found, restored and deleted", async () => {
  expect(await make("before")).toMatchObject({ snapshot: { status: "CREATING", namespaceName: "sales" } });
  expect(await ended("before")).toMatchObject({ status: "AVAILABLE", snapshotRetentionPeriod: -1 });
  await expect(make("before")).rejects.toMatchObject({ code: "ConflictException" });
  expect(await account.call("ListSnapshots", { namespaceName: "sales" })).toMatchObject({
    snapshots: [{ snapshotName: "before" }],
  });
  expect(await account.call("ListSnapshots", { namespaceName: "other" })).toMatchObject({ snapshots: [] });
  expect(await restore("before")).toMatchObject({
    snapshotName: "before",
    namespace: { status: "MODIFYING" },
  });
  for (let tries = 0; account.warehouse.calls.at(-1) !== "restore before dev" && tries < 200; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await idle("sales");
  expect(account.warehouse.calls.slice(-2)).toEqual(["save before", "restore before dev"]);
  expect(await account.call("DeleteSnapshot", { snapshotName: "before" })).toMatchObject({
    snapshot: { status: "DELETED" },
  });
  await expect(account.call("GetSnapshot", { snapshotName: "before" })).rejects.toMatchObject({
    code: "ResourceNotFoundException",
  });
});

test("what cannot be made or restored is refused, and one that failed says so", async () => {
  await expect(make("X")).rejects.toMatchObject({ code: "ValidationException" });
  account.warehouse.refusal = "no room";
  await make("failing");
  expect(await ended("failing")).toMatchObject({ status: "FAILED" });
  await expect(restore("failing")).rejects.toMatchObject({ code: "ConflictException" });
  await expect(restore("none")).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});

test("a namespace is changed by one at a time, and a snapshot stays while it is restored", async () => {
  await make("before");
  await idle("sales");
  await account.restart("aws");
  await make("slow");
  await expectOccupied();
  await account.restart();
  await account.service.resume();
  expect(await ended("slow")).toMatchObject({ status: "FAILED" });
  expect(await idle("sales")).toMatchObject({ status: "AVAILABLE" });
  expect(account.warehouse.calls).toContain("forget slow");

  await account.restart("aws");
  await restore("before");
  await expectOccupied();
  await expect(account.call("DeleteSnapshot", { snapshotName: "before" })).rejects.toMatchObject(inConflict);
  expect(account.warehouse.calls).not.toContain("restore before dev");
  // The next process does it again from the beginning.
  await account.restart();
  await account.service.resume();
  expect(await idle("sales")).not.toHaveProperty("restoring");
  expect(account.warehouse.calls.at(-1)).toBe("restore before dev");
  await account.call("DeleteSnapshot", { snapshotName: "before" });
});

test("a restore that fails changes nothing of the namespace", async () => {
  await make("before");
  const before = await idle("sales");
  account.warehouse.refusal = "no room";
  await restore("before");
  expect(await idle("sales")).toEqual(before);
});

test("a restored namespace has the administrator of the snapshot, and a secret only where it is right", async () => {
  await account.call("CreateNamespace", { namespaceName: "other", adminUsername: "boss", manageAdminPassword: true });
  await account.call("CreateSnapshot", { namespaceName: "other", snapshotName: "others" });
  expect(await ended("others")).toMatchObject({
    adminUsername: "boss",
    adminPasswordSecretArn: (await idle("other")).adminPasswordSecretArn,
  });
  const key = "alias/own";
  await expect(restore("others", { adminPasswordSecretKmsKeyId: key })).rejects.toThrow(/needs manageAdminPassword/);
  await expect(restore("others", { snapshotArn: "a" })).rejects.toThrow(/cannot be given together/);

  await restore("others", { manageAdminPassword: true });
  const managed = await idle("sales");
  expect(managed).toMatchObject({ adminUsername: "boss", adminPasswordSecretKmsKeyId: "alias/aws/secretsmanager" });
  const { username, password } = secretOf(managed);
  expect(username).toBe("boss");
  expect(account.warehouse.calls.slice(-2)).toEqual(["restore others dev", `admin boss ${password}`]);

  await make("own");
  await idle("sales");
  await restore("own");
  expect(await idle("sales")).toEqual(managed);
  expect(account.warehouse.calls.at(-1)).toBe(`admin boss ${password}`);

  await restore("others", { manageAdminPassword: true, adminPasswordSecretKmsKeyId: key });
  const moved = await idle("sales");
  expect([moved.adminPasswordSecretKmsKeyId, secretOf(moved)]).toEqual([key, { username, password }]);

  await restore("others");
  const unmanaged = await idle("sales");
  expect(unmanaged).toMatchObject({ adminUsername: "boss" });
  expect(unmanaged).not.toHaveProperty("adminPasswordSecretArn");
  expect(() => secretOf(moved)).toThrow(/can't find/);
  expect(account.warehouse.calls.at(-1)).toBe("restore others dev");
});

test("snapshots have tags and are listed by time", async () => {
  const { snapshot } = (await make("before", { tags: [{ key: "for", value: "audit" }] })) as { snapshot: JsonObject };
  const resourceArn = String(snapshot.snapshotArn);
  await idle("sales");
  await account.call("TagResource", { resourceArn, tags: [{ key: "by", value: "us" }] });
  await account.call("UntagResource", { resourceArn, tagKeys: ["for"] });
  expect(await account.call("ListTagsForResource", { resourceArn })).toEqual({ tags: [{ key: "by", value: "us" }] });
  const made = new Date(String(snapshot.snapshotCreateTime)).getTime();
  const at = (milliseconds: number) => new Date(made + milliseconds).toISOString();
  const listed = async (bounds: JsonObject) => {
    const { snapshots } = (await account.call("ListSnapshots", bounds)) as { snapshots: JsonObject[] };
    return snapshots.map(({ snapshotName }) => snapshotName);
  };
  expect(await listed({ startTime: at(0), endTime: at(0) })).toEqual(["before"]);
  expect(await listed({ endTime: at(-1) })).toEqual([]);
  expect(await listed({ startTime: at(1) })).toEqual([]);
  expect(await listed({ ownerAccount: "210987654321" })).toEqual([]);
});

test("a workgroup whose databases do not start says why, and serves when they do again", async () => {
  account.warehouse.refusal = "namespace 1 does not run: no databases";
  await account.restart();
  await account.service.resume();
  const get = () => account.call("GetWorkgroup", { workgroupName: "sales" });
  await expect(get()).rejects.toThrow("The workgroup sales did not come up: namespace 1 does not run: no databases");
  account.warehouse.refusal = undefined;
  await account.restart();
  await account.service.resume();
  expect(await get()).toMatchObject({ workgroup: { status: "AVAILABLE" } });
});
