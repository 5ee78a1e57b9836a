import * as pulumi from "@pulumi/pulumi";
import { Datashare } from "../datashare/datashare";
import { Recorder } from "../testing/recorder";
import type { WarehouseTarget } from "../warehouse-target";
import { Readers, type ReadersArgs } from "./readers";

const warehouse = (name: string, digit: number): WarehouseTarget => ({
  name,
  namespaceId: `${String(digit).repeat(8)}-0000-4000-8000-000000000000`,
  workgroupName: `wg-${name}`,
  database: "fleet",
  adminSecretArn: `arn:${name}`,
});
const consumers = [warehouse("pool-1", 2), warehouse("pool-2", 3)];
const share = (name: string, of: readonly WarehouseTarget[] = consumers, withPermissions = false) =>
  new Datashare(name, { producer: warehouse("producer", 1), schemas: { airline: {} }, consumers: of, withPermissions });

function readers(datashares: ReadersArgs["datashares"], overrides: Partial<ReadersArgs> = {}): Readers {
  return new Readers("readers", {
    consumers,
    datashares,
    roles: { reader: {} },
    users: { bi: { roles: ["reader"] } },
    endpoint: { host: "h", port: 5439, database: "fleet" },
    kmsKeyId: "key",
    adminUsername: "fleet_admin",
    ...overrides,
  });
}

const accessOn = (recorder: Recorder, consumer: string) =>
  recorder.inputsOf("pulumi-nodejs:dynamic/redshift:ReaderAccess", `readers-on-${consumer}`);

describe("Readers", () => {
  test("are one secret for each user and one access for each consumer, alike but for the place", async () => {
    const recorder = Recorder.start();
    readers({ airline: share("airline") });
    await recorder.settled();
    expect(recorder.inputsOf("pulumi-nodejs:dynamic/redshift:ReaderSecret", "readers-secret-bi")).toMatchObject({
      secretName: "project/stack/readers/bi",
      username: "bi",
      host: "h",
      recoveryDays: 7,
    });
    const [one, two] = ["pool-1", "pool-2"].map((name) => accessOn(recorder, name));
    expect(one).toMatchObject({
      access: {
        roles: [{ name: "reader", databases: ["airline"] }],
        users: [{ name: "bi", roles: ["reader"] }],
        withPermissions: [],
      },
      target: { workgroupName: "wg-pool-1" },
      secretArns: { bi: "arn:secret" },
      passwordDigest: "md5",
    });
    expect(two?.access).toEqual(one?.access);
    expect(JSON.stringify(recorder.resources)).not.toMatch(/password"/i);
  });

  test("may read on each consumer what is shared with it, and nothing is asked of the others", async () => {
    const recorder = Recorder.start();
    readers(
      { airline: share("airline"), finance: share("finance", [consumers[1]!], true), drafts: share("drafts", []) },
      { roles: { reader: {}, auditor: { datashares: ["finance"] } } },
    );
    await recorder.settled();
    expect(accessOn(recorder, "pool-1")).toMatchObject({
      access: {
        roles: [
          { name: "reader", databases: ["airline"] },
          { name: "auditor", databases: [] },
        ],
        withPermissions: [],
      },
      incarnations: ["airline-share once"],
    });
    expect(accessOn(recorder, "pool-2")).toMatchObject({
      access: {
        roles: [
          { name: "reader", databases: ["airline", "finance"] },
          { name: "auditor", databases: ["finance"] },
        ],
        withPermissions: ["finance"],
      },
      incarnations: ["airline-share once", "finance-share once"],
    });
  });

  test("with sha256 digests say which clients cannot log in", async () => {
    const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
    const recorder = Recorder.start();
    readers({ airline: share("airline") });
    expect(warn).not.toHaveBeenCalled();
    readers({ airline: share("airline") }, { passwordDigest: "sha256" });
    await recorder.settled();
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/method 13.*psql.*node-postgres.*md5/), expect.anything());
    warn.mockRestore();
  });

  test("refuse a reader named like the admin, an unknown role and an unknown share at once", () => {
    Recorder.start();
    expect(() =>
      readers(
        { airline: share("airline") },
        {
          users: { fleet_admin: { roles: ["writer"] } },
          roles: { reader: { datashares: ["sales"] } },
          secretRecoveryDays: 3,
        },
      ),
    ).toThrow(
      /users\.fleet_admin[\s\S]*users\.fleet_admin\.roles[\s\S]*roles\.reader\.datashares[\s\S]*secretRecoveryDays/,
    );
  });
});
