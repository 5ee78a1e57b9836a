import { Consumer } from "../consumer";
import { known, Recorder, testPlace } from "../testing/recorder";
import { ConsumerPool, type ConsumerPoolArgs } from "./consumer-pool";

const endpointAccess = "aws:redshiftserverless/endpointAccess:EndpointAccess";

async function made(over: Partial<ConsumerPoolArgs> = {}) {
  const recorder = Recorder.start();
  const pool = new ConsumerPool("pool", { ...testPlace(), size: 3, ...over });
  await recorder.settled();
  return { recorder, pool };
}

describe("ConsumerPool", () => {
  test("has members that are alike, each with an endpoint of one subnet in every zone", async () => {
    const { recorder, pool } = await made();
    expect(pool.members.map(({ name }) => name)).toEqual(["pool-1", "pool-2", "pool-3"]);
    // One after the other on a consumer, as the provider needs it, and at the same time on different ones.
    expect(recorder.named(endpointAccess)).toEqual(
      ["a", "b", "c"].flatMap((zone) => [1, 2, 3].map((member) => `pool-${member}-${zone}`)),
    );
    for (const { inputs } of recorder.of(endpointAccess)) expect(inputs.subnetIds).toHaveLength(1);
    for (const { inputs } of recorder.of("aws:redshiftserverless/workgroup:Workgroup"))
      expect(inputs).toMatchObject({ baseCapacity: 32, maxCapacity: 64, securityGroupIds: ["sg-consumers"] });
  });

  test("keeps everything of the members it has when it grows", async () => {
    const three = (await made()).recorder.resources.filter(({ type }) => type.startsWith("aws:"));
    const five = (await made({ size: 5 })).recorder.resources.filter(({ type }) => type.startsWith("aws:"));
    for (const resource of three) expect(five).toContainEqual(resource);
    const added = five.filter(({ name }) => !three.some((resource) => resource.name === name));
    expect(added.every(({ name }) => /^pool-[45]-/.test(name))).toBe(true);
  });

  test("spreads single endpoints over the zones", async () => {
    const { recorder } = await made({ endpointPlacement: "oneAz", size: 4 });
    expect(recorder.named(endpointAccess)).toEqual(["pool-1-a", "pool-2-b", "pool-3-c", "pool-4-a"]);
  });

  test("knows zones at preview and addresses later", async () => {
    const { pool } = await made();
    const { consumer } = pool.members[0]!;
    expect(consumer.addresses.map(({ az }) => az)).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
    expect(await known(consumer.ipAddresses)).toEqual(["a", "b", "c"].map((zone) => `address of pool-1-${zone}`));
  });

  test.each([
    [{ size: 0 }, /size: must be a whole number of consumers from 1 to 200, but got 0/],
    [{ creationLanes: 0 }, /creationLanes/],
    [{ baseCapacity: 64, maxCapacity: 32 }, /maxCapacity/],
  ])("refuses %p", (over, fault) => {
    Recorder.start();
    expect(() => new ConsumerPool("pool", { ...testPlace(), size: 3, ...over })).toThrow(fault);
  });
});

describe("Consumer", () => {
  test("uses the workgroup's own addresses where it has no managed endpoints", async () => {
    const recorder = Recorder.start();
    const consumer = new Consumer("reporting", { ...testPlace(), endpointPlacement: "none" });
    await recorder.settled();
    expect(recorder.of(endpointAccess)).toEqual([]);
    expect(await known(consumer.ipAddresses)).toEqual(["address of reporting-workgroup"]);
  });
});
