import * as pulumi from "@pulumi/pulumi";
import { Consumer, type ConsumerSettings, checkConsumer } from "../consumer";
import { checkInteger, type Fault, refuse } from "../validation";
import type { WarehousePlace } from "../warehouse";

/** What can be chosen about a pool. */
export interface PoolSettings extends ConsumerSettings {
  /** How many consumers, 1 to 200. */
  readonly size: number;
  /** Members have to be reachable through the balancer, so there is no pool without endpoints. @default "everyAz" */
  readonly endpointPlacement?: "everyAz" | "oneAz";
  /** How many members are created at a time, for accounts that cannot take them all at once. @default all */
  readonly creationLanes?: number;
}

/** What a pool is made from. */
export interface ConsumerPoolArgs extends WarehousePlace, PoolSettings {}

const largestPool = 200;

/** The name of a member, counted from 1; consumers of other kinds cannot be called like that. */
export function memberName(pool: string, number: number): string {
  return `${pool}-${number}`;
}

/** Every fault of a pool's arguments. */
export function checkPool(name: string, args: Pick<ConsumerPoolArgs, "namePrefix"> & PoolSettings): Fault[] {
  const faults = [
    ...checkInteger("size", args.size, 1, largestPool, "consumers"),
    // The member with the longest name stands for all of them.
    ...checkConsumer(memberName(name, Number.isInteger(args.size) ? Math.max(1, args.size) : 1), args),
  ];
  if (args.creationLanes !== undefined)
    faults.push(...checkInteger("creationLanes", args.creationLanes, 1, largestPool, "lanes"));
  if (!["everyAz", "oneAz", undefined].includes(args.endpointPlacement))
    faults.push({
      path: "endpointPlacement",
      value: args.endpointPlacement,
      rule: "must be everyAz or oneAz: the balancer reaches members through their endpoints",
      remedy: "Use everyAz, or oneAz where the account's quota of endpoints is too small",
    });
  return faults;
}

/**
 * A number of consumers that are alike, to stand behind one address. Growing it creates the new members and touches
 * nothing else; shrinking it takes away the last ones.
 *
 * @example
 * const pool = new ConsumerPool("pool", { ...place, size: 3 });
 */
export class ConsumerPool extends pulumi.ComponentResource {
  public readonly members: readonly { readonly name: string; readonly consumer: Consumer }[];

  /** @throws pulumi.InputPropertiesError with every fault of the arguments, before anything is created. */
  constructor(name: string, args: ConsumerPoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("redshift-fleet:consumer-pool:ConsumerPool", name, {}, opts);
    refuse(`ConsumerPool "${name}"`, checkPool(name, args));
    const { size, creationLanes, ...consumerArgs } = args;
    const members: { name: string; consumer: Consumer }[] = [];
    for (let index = 0; index < size; index++) {
      const member = memberName(name, index + 1);
      const ahead = creationLanes === undefined ? undefined : members[index - creationLanes];
      const consumer = new Consumer(
        member,
        { ...consumerArgs, zoneIndex: index },
        { parent: this, dependsOn: ahead ? [ahead.consumer] : [] },
      );
      members.push({ name: member, consumer });
    }
    this.members = members;
    this.registerOutputs({ size });
  }
}
