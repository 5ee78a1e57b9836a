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

const make = (snapshotName: string) => account.call("CreateSnapshot", { namespaceName: "sales", snapshotName });

test("a snapshot is made, found, restored and deleted", async () => {
  expect(await make("before")).toMatchObject({ snapshot: { status: "CREATING", namespaceName: "sales" } });
  expect(await ended("before")).toMatchObject({ status: "AVAILABLE", snapshotRetentionPeriod: -1 });
  await expect(make("before")).rejects.toMatchObject({ code: "ConflictException" });
  expect(await account.call("ListSnapshots", { namespaceName: "sales" })).toMatchObject({
    snapshots: [{ snapshotName: "before" }],
  });
  expect(await account.call("ListSnapshots", { namespaceName: "other" })).toMatchObject({ snapshots: [] });
  const place = { namespaceName: "sales", workgroupName: "sales" };
  expect(await account.call("RestoreFromSnapshot", { ...place, snapshotName: "before" })).toMatchObject({
    snapshotName: "before",
    namespace: { status: "MODIFYING" },
  });
  for (let tries = 0; account.warehouse.calls.at(-1) !== "restore before dev" && tries < 200; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 5));
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
  const restore = (more: JsonObject) =>
    account.call("RestoreFromSnapshot", { namespaceName: "sales", workgroupName: "sales", ...more });
  await expect(restore({ snapshotName: "failing" })).rejects.toMatchObject({ code: "ConflictException" });
  await expect(restore({ snapshotName: "none" })).rejects.toMatchObject({ code: "ResourceNotFoundException" });
});
