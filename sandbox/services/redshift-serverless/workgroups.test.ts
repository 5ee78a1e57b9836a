import type { JsonObject } from "../../aws/json";
import { ec2 } from "../ec2/service";
import { TestAccount } from "./testing";

let account: TestAccount;
beforeEach(async () => {
  account = await TestAccount.open();
});
afterEach(() => account.close());

describe("workgroups and their endpoints", () => {
  test("listens on its own interfaces and on those of its endpoints, and gives all addresses back", async () => {
    await account.create("pool-1");
    expect(account.warehouse.listens.get("pool-1")).toHaveLength(3);
    await account.call("CreateEndpointAccess", {
      endpointName: "pool-1-a",
      workgroupName: "pool-1",
      subnetIds: [account.subnetIds[0]!],
    });
    await account.service.setZone("us-east-1a", false);
    expect(account.warehouse.listens.get("pool-1")).toHaveLength(2);
    await account.service.setZone("us-east-1a", true);
    expect(account.warehouse.listens.get("pool-1")).toHaveLength(4);
    await expect(account.call("DeleteWorkgroup", { workgroupName: "pool-1" })).rejects.toMatchObject({
      code: "ConflictException",
    });
    await expect(account.call("GetEndpointAccess", { endpointName: "pool-1-a" })).resolves.toMatchObject({
      endpoint: { endpointStatus: "ACTIVE" },
    });
    await account.call("DeleteEndpointAccess", { endpointName: "pool-1-a" });
    await account.gone("GetEndpointAccess", { endpointName: "pool-1-a" });
    await account.call("DeleteWorkgroup", { workgroupName: "pool-1" });
    await account.gone("GetWorkgroup", { workgroupName: "pool-1" });
    expect(account.use(ec2).networkInterfaces.list()).toEqual([]);
    expect(account.use(ec2).networkInterfaces.freeAddresses(account.subnetIds[0]!)).toBe(59);
  });

  test("refuses a subnet in a zone that Redshift Serverless is not in, whatever the account calls it", async () => {
    const { subnets } = account.use(ec2);
    const { vpcId } = subnets.get(account.subnetIds[0]!);
    const there = subnets.create({ vpcId, cidrBlock: "10.0.9.0/24", availabilityZone: "us-east-1e" });
    expect(there.availabilityZoneId).toBe("use1-az3");
    const subnetIds = [...account.subnetIds.slice(1), there.subnetId];
    await expect(account.create("elsewhere", { subnetIds })).rejects.toThrow(
      /us-east-1e, an Availability Zone that Amazon Redshift Serverless does not support/,
    );
  });

  test("counts its endpoints among the VPC's interface endpoints", async () => {
    const { subnets, vpcEndpoints } = account.use(ec2);
    const { vpcId } = subnets.get(account.subnetIds[0]!);
    const { subnetId } = subnets.create({ vpcId, cidrBlock: "10.0.10.0/24", availabilityZone: "us-east-1a" });
    for (let made = 0; made < 48; made++)
      vpcEndpoints.create({
        vpcId,
        vpcEndpointType: "Interface",
        serviceName: "com.amazonaws.us-east-1.kms",
        privateDnsEnabled: false,
        subnetIds: [subnetId],
      });
    await account.create("pool-1");
    const add = (endpointName: string) =>
      account.call("CreateEndpointAccess", { endpointName, workgroupName: "pool-1", subnetIds: [subnetId] });
    await add("pool-1-a");
    await account.active("pool-1-a");
    await expect(add("pool-1-b")).rejects.toThrow(/may have 50 interface endpoints/);
    await expect(account.create("pool-2")).rejects.toMatchObject({ code: "ServiceQuotaExceededException" });
  });

  test("refuses two zones with enhanced routing, saying why", async () => {
    await expect(account.create("two-zones", { subnetIds: account.subnetIds.slice(0, 2) })).rejects.toThrow(
      /needs at least 3 subnets in 3 Availability Zones/,
    );
  });

  test("holds the table's number of addresses and refuses a workgroup that no longer fits", async () => {
    await account.create("one");
    await account.create("two");
    await account.create("three");
    expect(account.use(ec2).networkInterfaces.freeAddresses(account.subnetIds[0]!)).toBe(59 - 3 * 13);
    await expect(account.call("UpdateWorkgroup", { workgroupName: "one", baseCapacity: 128 })).rejects.toThrow(
      /growing from 32 to 128 RPU needs 28, and 20 are free/,
    );
    await expect(account.create("four")).rejects.toMatchObject({ code: "ServiceQuotaExceededException" });
  });

  test("refuses more endpoints than a workgroup may have, and gives no address away for them", async () => {
    await account.create("pool-1");
    const add = (endpointName: string) =>
      account.call("CreateEndpointAccess", {
        endpointName,
        workgroupName: "pool-1",
        subnetIds: [account.subnetIds[0]!],
      });
    await add("pool-1-a");
    await account.active("pool-1-a");
    await add("pool-1-b");
    await account.active("pool-1-b");
    const free = account.use(ec2).networkInterfaces.freeAddresses(account.subnetIds[0]!);
    await expect(add("pool-1-c")).rejects.toMatchObject({ code: "ServiceQuotaExceededException" });
    expect(account.use(ec2).networkInterfaces.freeAddresses(account.subnetIds[0]!)).toBe(free);
  });

  test("updates one attribute at a time, in the order that capacities need", async () => {
    await account.create("grows", { maxCapacity: 64 });
    const update = async (change: JsonObject) => {
      await account.call("UpdateWorkgroup", { workgroupName: "grows", ...change });
      return account.settled("grows");
    };
    await expect(update({ baseCapacity: 40, maxCapacity: 80 })).rejects.toThrow(/multiple configurations/);
    await expect(update({ baseCapacity: 72 })).rejects.toThrow(/less than or equal to maxCapacity 64/);
    await expect(update({ baseCapacity: 33 })).rejects.toThrow(/steps of 8/);
    expect(await update({ maxCapacity: 80 })).toMatchObject({ baseCapacity: 32, maxCapacity: 80 });
    expect(await update({ baseCapacity: 40 })).toMatchObject({ baseCapacity: 40, maxCapacity: 80 });
    expect(await update({ maxCapacity: -1 })).not.toHaveProperty("maxCapacity");
  });

  test("moves to other subnets of its VPC, and to no other VPC, neither groups nor subnets first", async () => {
    const { vpcs, subnets, securityGroups, networkInterfaces } = account.use(ec2);
    const { vpcId } = subnets.get(account.subnetIds[0]!);
    const { vpcId: other } = vpcs.create({ cidrBlock: "10.9.0.0/16" });
    const groupIn = (vpcId: string) =>
      securityGroups.create({ groupName: "g", description: "d", vpcId, tags: {} }).groupId;
    const subnetsIn = (vpcId: string, block: string) =>
      ["a", "b", "c"].map((zone, index) => {
        const subnet = { vpcId, cidrBlock: `${block}.${16 * index}.0/20`, availabilityZone: `us-east-1${zone}` };
        return subnets.create(subnet).subnetId;
      });
    const larger = ["a", "b", "c"].map((zone, index) => {
      const subnet = { vpcId, cidrBlock: `10.0.${16 * (index + 1)}.0/20`, availabilityZone: `us-east-1${zone}` };
      return subnets.create(subnet).subnetId;
    });
    await account.create("moves", { securityGroupIds: [groupIn(vpcId)] });
    const update = (change: JsonObject) => account.call("UpdateWorkgroup", { workgroupName: "moves", ...change });
    const networks = /belong to different networks/;
    await expect(update({ subnetIds: subnetsIn(other, "10.9") })).rejects.toThrow(networks);
    await expect(update({ securityGroupIds: [groupIn(other)] })).rejects.toThrow(networks);
    await update({ subnetIds: larger });
    expect(await account.settled("moves")).toMatchObject({ subnetIds: larger });
    for (const subnetId of account.subnetIds) expect(networkInterfaces.list({ subnetId })).toEqual([]);
  });

  test("answers ConflictException while the namespace is under operation", async () => {
    await account.create("busy");
    await account.call("UpdateWorkgroup", { workgroupName: "busy", port: 5440 });
    await expect(account.call("UpdateWorkgroup", { workgroupName: "busy", port: 5441 })).rejects.toThrow(
      /There is an operation running on the namespace/,
    );
    await account.settled("busy");
    await expect(account.call("DeleteNamespace", { namespaceName: "busy" })).rejects.toMatchObject({
      code: "ConflictException",
    });
  });

  test("does one thing at a time to a workgroup: its endpoints and usage limits wait for one another", async () => {
    await account.create("one-thing");
    const { workgroupArn } = await account.settled("one-thing");
    const add = (endpointName: string) =>
      account.call("CreateEndpointAccess", {
        endpointName,
        workgroupName: "one-thing",
        subnetIds: [account.subnetIds[0]!],
      });
    const limit = { resourceArn: workgroupArn!, usageType: "serverless-compute", amount: 1 };
    const busy = { code: "ConflictException", message: expect.stringContaining("operation running") };
    const both = await Promise.allSettled([add("one-thing-a"), add("one-thing-b")]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(account.call("CreateUsageLimit", limit)).rejects.toMatchObject(busy);
    await expect(account.call("UpdateWorkgroup", { workgroupName: "one-thing", port: 5440 })).rejects.toMatchObject(
      busy,
    );
    await account.active("one-thing-a");
    await account.call("CreateUsageLimit", limit);
    await account.call("DeleteEndpointAccess", { endpointName: "one-thing-a" });
    await expect(add("one-thing-b")).rejects.toMatchObject(busy);
    await account.gone("GetEndpointAccess", { endpointName: "one-thing-a" });
    await add("one-thing-b");
  });

  test("takes up after a crash what was under way", async () => {
    await account.create("crashed");
    const record = account.store.collection<JsonObject>("redshift-serverless/workgroups");
    record.put("crashed", { ...record.get("crashed")!, status: "CREATING" });
    account.warehouse.listens.clear();
    await account.restart();
    await account.service.resume();
    expect(await account.settled("crashed")).toMatchObject({ status: "AVAILABLE" });
    expect(account.warehouse.listens.get("crashed")).toHaveLength(3);
  });

  test.each([
    ["a name with capitals", { workgroupName: "Wg" }, /lowercase/],
    ["a name of two characters", { workgroupName: "wg" }, /3 to 64/],
    ["a port outside the ranges", { port: 5456 }, /5431-5455/],
    [
      "an unknown parameter",
      { configParameters: [{ parameterKey: "nope", parameterValue: "1" }] },
      /nope isn't supported\. Supported values: \[\[.*wlm_json_configuration/,
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
    await account.call("CreateNamespace", { namespaceName: "refused" });
    await expect(
      account.call("CreateWorkgroup", {
        workgroupName: "refused",
        namespaceName: "refused",
        subnetIds: account.subnetIds,
        baseCapacity: 32,
        ...change,
      }),
    ).rejects.toThrow(message);
  });
});
