import { TargetGroupAttachment } from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";
import { connectionOf } from "../connection";
import type { ConsumerAddress } from "../consumer";
import { checkUnique, type Fault, refuse } from "../validation";
import { DrainGate } from "./drain-gate";
import { HealthGate } from "./health-gate";
import type { ReadBalancer } from "./read-balancer";

/** A consumer that is to serve readers behind the balancer. */
export interface RotatingConsumer {
  readonly name: string;
  readonly addresses: readonly ConsumerAddress[];
  /** What readers need of it: shared databases, users, grants. It enters after these are there and leaves before. */
  readonly serves: readonly pulumi.Resource[];
}

/** What a rotation is made from. */
export interface RotationArgs {
  readonly balancer: ReadBalancer;
  readonly consumers: readonly RotatingConsumer[];
}

/** Every fault of a rotation's arguments. */
export function checkRotation(consumers: readonly Pick<RotatingConsumer, "name" | "addresses">[]): Fault[] {
  const faults = checkUnique(
    "consumers",
    consumers.map((consumer) => consumer.name),
    "consumer",
  );
  for (const { name, addresses } of consumers) {
    if (addresses.length > 0) continue;
    faults.push({
      path: `consumers.${name}`,
      value: addresses,
      rule: "must have an endpoint in at least one zone to stand behind the balancer",
      remedy: "Set its `endpointPlacement` to everyAz or oneAz",
    });
  }
  return faults;
}

/**
 * The consumers that a balancer spreads readers over: one target for each endpoint address. A consumer enters when it
 * can answer, nobody leaves for it before it is healthy, and when it leaves itself nothing of it goes before its
 * connections have drained.
 */
export class Rotation extends pulumi.ComponentResource {
  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: RotationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:read-balancer:Rotation", name, {}, opts);
    refuse(`Rotation "${name}"`, checkRotation(args.consumers));
    const { balancer } = args;
    const connection = connectionOf(this);
    for (const consumer of args.consumers) {
      const { targetGroupArn } = balancer;
      const addresses = pulumi.all(consumer.addresses.map(({ address }) => address));
      const gate = new DrainGate(
        `${name}-${consumer.name}`,
        {
          targetGroupArn,
          addresses,
          delaySeconds: balancer.deregistrationDelaySeconds,
          connection,
        },
        { parent: this, dependsOn: [...consumer.addresses.map(({ endpoint }) => endpoint), ...consumer.serves] },
      );
      const targets = consumer.addresses.map(
        ({ key, address }) =>
          new TargetGroupAttachment(
            `${name}-${consumer.name}-${key}`,
            { targetGroupArn, targetId: address, port: balancer.targetPort },
            { parent: this, dependsOn: [gate, balancer.listener] },
          ),
      );
      new HealthGate(
        `${name}-${consumer.name}-healthy`,
        { targetGroupArn, addresses, deadlineSeconds: balancer.healthyWithinSeconds, connection },
        { parent: this, dependsOn: targets },
      );
    }
    this.registerOutputs({});
  }
}
