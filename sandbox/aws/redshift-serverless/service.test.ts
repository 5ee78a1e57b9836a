import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LoopbackAddresses } from "../../network/addresses";
import { Store } from "../../store/store";
import { CertificateAuthority } from "../../tls/authority";
import { createAccount } from "../account";
import type { JsonObject } from "../json";
import { latencyProfile } from "../latency";
import { createAccountModels } from "../models";
import { SecretCipher } from "../secretsmanager/cipher";
import { SecretsManager } from "../secretsmanager/service";
import { RedshiftServerless } from "./service";
import type { WarehousePort } from "./warehouse-port";

/** Remembers what it was asked for; nothing runs. */
class RecordingWarehouse implements WarehousePort {
  readonly calls: string[] = [];
  /** Why admins cannot be changed now. */
  refusal: string | undefined;
  readonly listens = new Map<string, string[]>();
  async createNamespace(namespace: { database: string }): Promise<void> {
    this.calls.push(`create ${namespace.database}`);
  }
  async setAdmin(_namespaceId: string, username: string, password: string): Promise<void> {
    if (this.refusal) throw new Error(this.refusal);
    this.calls.push(`admin ${username} ${password}`);
  }
  async deleteNamespace(): Promise<void> {
    this.calls.push("delete");
  }
  async openWorkgroup(workgroup: { workgroupName: string; listen: { host: string }[] }): Promise<void> {
    this.listens.set(
      workgroup.workgroupName,
      workgroup.listen.map(({ host }) => host),
    );
  }
  async closeWorkgroup(workgroupName: string): Promise<void> {
    this.listens.delete(workgroupName);
  }
  async issueCredentials(): Promise<void> {}
}

describe("Redshift Serverless", () => {
  const dir = mkdtempSync(join(tmpdir(), "serverless-"));
  let store: Store;
  let addresses: LoopbackAddresses;
  let warehouse: RecordingWarehouse;
  let service: RedshiftServerless;
  let models: ReturnType<typeof createAccountModels>;
  let secrets: SecretsManager;
  let certificates: CertificateAuthority;
  let subnetIds: string[];
  let round = 0;

  const call = (operation: string, input: JsonObject) => service.operations[operation]!(input);
  const build = (profile = "instant") => {
    const account = createAccount();
    models = createAccountModels({ store, account }, addresses);
    secrets = new SecretsManager(account, store, SecretCipher.open(join(dir, "key")));
    return new RedshiftServerless({
      account,
      store,
      warehouse,
      networkInterfaces: models.ec2.networkInterfaces,
      subnets: async (ids) => ids.map((id) => models.ec2.subnets.get(id)),
      secrets,
      certificates,
      addresses,
      latency: latencyProfile(profile),
      quotas: { namespaces: 5, workgroups: 3, endpointsPerWorkgroup: 2 },
      log: () => undefined,
    });
  };

  async function settled(name: string): Promise<JsonObject> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { workgroup } = (await call("GetWorkgroup", { workgroupName: name })) as { workgroup: JsonObject };
      if (workgroup.status === "AVAILABLE") return workgroup;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${name} did not settle`);
  }

  async function gone(operation: string, input: JsonObject): Promise<void> {
    for (let tries = 0; tries < 400; tries += 1) {
      try {
        await call(operation, input);
      } catch (error) {
        expect(error).toMatchObject({ code: "ResourceNotFoundException" });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${operation} still finds it`);
  }

  async function create(name: string, more: JsonObject = {}): Promise<JsonObject> {
    await call("CreateNamespace", { namespaceName: name });
    await call("CreateWorkgroup", {
      workgroupName: name,
      namespaceName: name,
      subnetIds,
      baseCapacity: 32,
      enhancedVpcRouting: true,
      ...more,
    });
    return settled(name);
  }

  beforeAll(async () => {
    certificates = await CertificateAuthority.open(join(dir, "tls"));
  });
  beforeEach(async () => {
    round += 1;
    store = Store.open(join(dir, String(round)));
    addresses = await LoopbackAddresses.open(store, dir);
    warehouse = new RecordingWarehouse();
    service = build();
    const { vpcId } = models.ec2.vpcs.create({ cidrBlock: "10.0.0.0/16" });
    subnetIds = ["a", "b", "c"].map(
      (zone, index) =>
        models.ec2.subnets.create({
          vpcId,
          cidrBlock: `10.0.${index}.0/26`,
          availabilityZone: `us-east-1${zone}`,
        }).subnetId,
    );
  });
  afterEach(async () => {
    await service.close();
    addresses.close();
    store.close();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("listens on its own interfaces and on those of its endpoints, and gives all addresses back", async () => {
    await create("pool-1");
    expect(warehouse.listens.get("pool-1")).toHaveLength(3);
    await call("CreateEndpointAccess", {
      endpointName: "pool-1-a",
      workgroupName: "pool-1",
      subnetIds: [subnetIds[0]!],
    });
    await service.setZone("us-east-1a", false);
    expect(warehouse.listens.get("pool-1")).toHaveLength(2);
    await service.setZone("us-east-1a", true);
    expect(warehouse.listens.get("pool-1")).toHaveLength(4);
    await expect(call("DeleteWorkgroup", { workgroupName: "pool-1" })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(call("GetEndpointAccess", { endpointName: "pool-1-a" })).resolves.toMatchObject({
      endpoint: { endpointStatus: "ACTIVE" },
    });
    await call("DeleteEndpointAccess", { endpointName: "pool-1-a" });
    await gone("GetEndpointAccess", { endpointName: "pool-1-a" });
    await call("DeleteWorkgroup", { workgroupName: "pool-1" });
    await gone("GetWorkgroup", { workgroupName: "pool-1" });
    expect(models.ec2.networkInterfaces.list()).toEqual([]);
    expect(models.ec2.networkInterfaces.freeAddresses(subnetIds[0]!)).toBe(59);
  });

  it("refuses two zones with enhanced routing, saying why", async () => {
    await expect(create("two-zones", { subnetIds: subnetIds.slice(0, 2) })).rejects.toThrow(
      /needs at least 3 subnets in 3 Availability Zones/,
    );
  });

  it("holds the table's number of addresses and refuses a workgroup that no longer fits", async () => {
    await create("one");
    await create("two");
    await create("three");
    expect(models.ec2.networkInterfaces.freeAddresses(subnetIds[0]!)).toBe(59 - 3 * 13);
    await expect(call("UpdateWorkgroup", { workgroupName: "one", baseCapacity: 128 })).rejects.toThrow(
      /growing from 32 to 128 RPU needs 28, and 20 are free/,
    );
    await expect(create("four")).rejects.toMatchObject({ code: "ServiceQuotaExceededException" });
  });

  it("refuses more namespaces than the account may have, also while some are being made", async () => {
    const make = (name: string) => call("CreateNamespace", { namespaceName: name });
    const made = await Promise.allSettled(["one", "two", "three", "four", "five", "six"].map(make));
    const refused = made.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toMatchObject([{ code: "ServiceQuotaExceededException", message: expect.stringContaining("5") }]);
    await call("DeleteNamespace", { namespaceName: "one" });
    await gone("GetNamespace", { namespaceName: "one" });
    await expect(make("six")).resolves.toMatchObject({ namespace: { namespaceName: "six" } });
  });

  it("refuses more endpoints than a workgroup may have, and gives no address away for them", async () => {
    await create("pool-1");
    const add = (endpointName: string) =>
      call("CreateEndpointAccess", { endpointName, workgroupName: "pool-1", subnetIds: [subnetIds[0]!] });
    await add("pool-1-a");
    await add("pool-1-b");
    const free = models.ec2.networkInterfaces.freeAddresses(subnetIds[0]!);
    await expect(add("pool-1-c")).rejects.toMatchObject({ code: "ServiceQuotaExceededException" });
    expect(models.ec2.networkInterfaces.freeAddresses(subnetIds[0]!)).toBe(free);
  });

  it("knows a namespace everywhere only after a while, over a restart too", async () => {
    await service.close();
    service = build("aws");
    const { namespace } = (await call("CreateNamespace", { namespaceName: "young" })) as { namespace: JsonObject };
    expect(service.invisibleNamespaces()).toEqual([namespace.namespaceId]);
    await service.close();
    service = build("aws");
    expect(service.invisibleNamespaces()).toEqual([namespace.namespaceId]);
    const now = jest.spyOn(Date.prototype, "toISOString").mockReturnValue(new Date(Date.now() + 60_000).toISOString());
    expect(service.invisibleNamespaces()).toEqual([]);
    now.mockRestore();
  });

  it("updates one attribute at a time, in the order that capacities need", async () => {
    await create("grows", { maxCapacity: 64 });
    const update = async (change: JsonObject) => {
      await call("UpdateWorkgroup", { workgroupName: "grows", ...change });
      return settled("grows");
    };
    await expect(update({ baseCapacity: 40, maxCapacity: 80 })).rejects.toThrow(/multiple configurations/);
    await expect(update({ baseCapacity: 72 })).rejects.toThrow(/less than or equal to maxCapacity 64/);
    await expect(update({ baseCapacity: 33 })).rejects.toThrow(/steps of 8/);
    expect(await update({ maxCapacity: 80 })).toMatchObject({ baseCapacity: 32, maxCapacity: 80 });
    expect(await update({ baseCapacity: 40 })).toMatchObject({ baseCapacity: 40, maxCapacity: 80 });
    expect(await update({ maxCapacity: -1 })).not.toHaveProperty("maxCapacity");
  });

  it("answers ConflictException while the namespace is under operation", async () => {
    await create("busy");
    await call("UpdateWorkgroup", { workgroupName: "busy", port: 5440 });
    await expect(call("UpdateWorkgroup", { workgroupName: "busy", port: 5441 })).rejects.toThrow(
      /There is an operation running on the namespace/,
    );
    await settled("busy");
    await expect(call("DeleteNamespace", { namespaceName: "busy" })).rejects.toMatchObject({
      code: "ConflictException",
    });
  });

  it("keeps the managed admin password in a secret that goes with the namespace", async () => {
    const { namespace } = (await call("CreateNamespace", {
      namespaceName: "managed",
      manageAdminPassword: true,
      adminUsername: "boss",
    })) as { namespace: { adminPasswordSecretArn: string } };
    const value = JSON.parse(secrets.read(namespace.adminPasswordSecretArn)) as Record<string, string>;
    expect(value).toMatchObject({ username: "boss", password: expect.stringMatching(/^.{32}$/) });
    await expect(
      secrets.operations.DeleteSecret!({ SecretId: namespace.adminPasswordSecretArn }),
    ).rejects.toMatchObject({ code: "InvalidRequestException" });
    await call("DeleteNamespace", { namespaceName: "managed" });
    await gone("GetNamespace", { namespaceName: "managed" });
    expect(() => secrets.read(namespace.adminPasswordSecretArn)).toThrow(/can't find/);
  });

  it("has set a new admin password when it accepts it: a crash afterwards loses nothing", async () => {
    await call("CreateNamespace", { namespaceName: "changed", adminUsername: "boss" });
    await service.close();
    service = build("aws");
    await call("UpdateNamespace", { namespaceName: "changed", adminUserPassword: "Changed-1" });
    expect(warehouse.calls).toContain("admin boss Changed-1");
    await service.close();
    service = build();
    await service.resume();
    await expect(call("GetNamespace", { namespaceName: "changed" })).resolves.toMatchObject({
      namespace: { status: "AVAILABLE" },
    });
  });

  it("changes nothing when the admin cannot be changed, and nothing else meanwhile", async () => {
    await call("CreateNamespace", { namespaceName: "stays", adminUsername: "boss" });
    warehouse.refusal = "The server is starting.";
    const update = () => call("UpdateNamespace", { namespaceName: "stays", manageAdminPassword: true });
    const first = update();
    await expect(call("DeleteNamespace", { namespaceName: "stays" })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(first).rejects.toThrow("The server is starting.");
    const { namespace } = (await call("GetNamespace", { namespaceName: "stays" })) as { namespace: JsonObject };
    expect(namespace).toMatchObject({ status: "AVAILABLE" });
    expect(namespace).not.toHaveProperty("adminPasswordSecretArn");
    warehouse.refusal = undefined;
    await expect(update()).resolves.toMatchObject({ namespace: { adminPasswordSecretArn: expect.any(String) } });
  });

  it("takes up after a crash what was under way", async () => {
    await create("crashed");
    const record = store.collection<JsonObject>("redshift-serverless/workgroups");
    record.put("crashed", { ...record.get("crashed")!, status: "CREATING" });
    warehouse.listens.clear();
    await service.close();
    service = build();
    await service.resume();
    expect(await settled("crashed")).toMatchObject({ status: "AVAILABLE" });
    expect(warehouse.listens.get("crashed")).toHaveLength(3);
  });

  it.each([
    ["a name with capitals", { workgroupName: "Wg" }, /lowercase/],
    ["a name of two characters", { workgroupName: "wg" }, /3 to 64/],
    ["a port outside the ranges", { port: 5456 }, /5431-5455/],
    [
      "an unknown parameter",
      { configParameters: [{ parameterKey: "nope", parameterValue: "1" }] },
      /not a config parameter/,
    ],
    [
      "WLM together with single limits",
      {
        configParameters: [
          { parameterKey: "wlm_json_configuration", parameterValue: "[]" },
          { parameterKey: "max_query_execution_time", parameterValue: "10" },
        ],
      },
      /cannot be used together/,
    ],
    [
      "a WLM key that serverless does not have",
      { configParameters: [{ parameterKey: "wlm_json_configuration", parameterValue: '[{"user_group":["x"]}]' }] },
      /user_group/,
    ],
    ["a maximum below the base", { maxCapacity: 24 }, /greater than or equal/],
  ])("refuses %s", async (_what, change, message) => {
    await call("CreateNamespace", { namespaceName: "refused" });
    await expect(
      call("CreateWorkgroup", {
        workgroupName: "refused",
        namespaceName: "refused",
        subnetIds,
        baseCapacity: 32,
        ...change,
      }),
    ).rejects.toThrow(message);
  });
});
