import * as pulumi from "@pulumi/pulumi";
import { Recorder, testNetwork } from "../testing/recorder";
import { ReadBalancer, type ReadBalancerArgs } from "./read-balancer";
import { Rotation } from "./rotation";

const args: ReadBalancerArgs = { namePrefix: "fleet-test", network: testNetwork() };

async function made(over: Partial<ReadBalancerArgs> = {}) {
  const recorder = Recorder.start();
  const balancer = new ReadBalancer("balancer", { ...args, ...over });
  const endpoint = new pulumi.ComponentResource("test:Endpoint", "endpoint");
  new Rotation("rotation", {
    balancer,
    consumers: ["pool-1", "pool-2"].map((name) => ({
      name,
      addresses: ["a", "b", "c"].map((zone) => ({
        az: `us-east-1${zone}`,
        key: zone,
        address: pulumi.output(`${name} in ${zone}`),
        endpoint,
      })),
      serves: [],
    })),
  });
  await recorder.settled();
  return recorder;
}

describe("ReadBalancer", () => {
  test("is one private address in every zone, protected unless told otherwise", async () => {
    const recorder = await made();
    expect(recorder.inputsOf("aws:lb/loadBalancer:LoadBalancer", "balancer-nlb")).toMatchObject({
      internal: true,
      loadBalancerType: "network",
      subnets: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroups: ["sg-balancer"],
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: true,
    });
    const unprotected = await made({ deletionProtection: false });
    expect(unprotected.inputsOf("aws:lb/loadBalancer:LoadBalancer", "balancer-nlb").enableDeletionProtection).toBe(
      false,
    );
  });

  test("treats targets as addresses of private endpoints have to be treated", async () => {
    const recorder = await made();
    expect(recorder.inputsOf("aws:lb/targetGroup:TargetGroup", "balancer-tg")).toMatchObject({
      targetType: "ip",
      protocol: "TCP",
      preserveClientIp: "false",
      stickiness: { enabled: false },
      deregistrationDelay: 30,
      healthCheck: { protocol: "TCP", interval: 30, timeout: 10 },
    });
    expect(recorder.inputsOf("aws:lb/listener:Listener", "balancer-listener")).toMatchObject({
      port: 5439,
      protocol: "TCP",
      tcpIdleTimeoutSeconds: 6000,
    });
  });

  test("never waits longer for a probe than until the next", async () => {
    const recorder = await made({ healthCheckIntervalSeconds: 5 });
    expect(recorder.inputsOf("aws:lb/targetGroup:TargetGroup", "balancer-tg").healthCheck).toMatchObject({
      timeout: 5,
    });
  });

  test.each([
    [{ idleTimeoutSeconds: 6001 }, /idleTimeoutSeconds: must be a whole number of seconds from 60 to 6000/],
    [{ port: 80 }, /port: must be from 5431/],
    [{ deregistrationDelaySeconds: -1 }, /deregistrationDelaySeconds/],
    [{ healthyWithinSeconds: 30 }, /healthyWithinSeconds: must be a whole number of seconds from 60 to 3600/],
  ])("refuses %p", (over, fault) => {
    Recorder.start();
    expect(() => new ReadBalancer("balancer", { ...args, ...over })).toThrow(fault);
  });
});

describe("Rotation", () => {
  test("has one target for each consumer and zone, and one gate for each consumer", async () => {
    const recorder = await made();
    const targets = recorder.of("aws:lb/targetGroupAttachment:TargetGroupAttachment");
    expect(targets.map(({ name, inputs }) => [name, inputs.targetId, inputs.port])).toEqual(
      ["pool-1", "pool-2"].flatMap((name) =>
        ["a", "b", "c"].map((zone) => [`rotation-${name}-${zone}`, `${name} in ${zone}`, 5439]),
      ),
    );
    const gates = recorder.resources.filter(({ type }) => type.endsWith(":DrainGate"));
    expect(gates.map(({ name }) => name)).toEqual(["rotation-pool-1", "rotation-pool-2"]);
    expect(gates[0]?.inputs).toMatchObject({
      delaySeconds: 30,
      addresses: ["pool-1 in a", "pool-1 in b", "pool-1 in c"],
    });
  });

  test("waits for each consumer's own targets to be healthy, behind all of them", async () => {
    const recorder = await made();
    const gates = recorder.resources.filter(({ type }) => type.endsWith(":HealthGate"));
    expect(gates.map(({ name }) => name)).toEqual(["rotation-pool-1-healthy", "rotation-pool-2-healthy"]);
    expect(gates[1]?.inputs).toMatchObject({
      deadlineSeconds: 900,
      addresses: ["pool-2 in a", "pool-2 in b", "pool-2 in c"],
    });
    const order = recorder.resources.map(({ name }) => name);
    expect(order.indexOf("rotation-pool-1-healthy")).toBeGreaterThan(order.indexOf("rotation-pool-1-c"));
  });

  test("refuses a consumer that cannot be reached, and one that comes twice", () => {
    Recorder.start();
    const balancer = new ReadBalancer("balancer", args);
    const consumer = { name: "x", addresses: [], serves: [] };
    expect(() => new Rotation("rotation", { balancer, consumers: [consumer, consumer] })).toThrow(
      /3 faults[\s\S]*must occur once[\s\S]*endpointPlacement/,
    );
  });
});
