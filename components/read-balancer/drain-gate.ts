import * as pulumi from "@pulumi/pulumi";
import type { Connection } from "@redshift-fleet/redshift";

/** What a drain gate is made from. */
export interface DrainGateArgs {
  readonly targetGroupArn: pulumi.Input<string>;
  /** Addresses of one consumer. */
  readonly addresses: pulumi.Input<pulumi.Input<string>[]>;
  /** The target group's deregistration delay, in seconds. */
  readonly delaySeconds: number;
  /** Where and as whom AWS is asked. */
  readonly connection: Connection;
}

interface DrainGateInputs {
  readonly targetGroupArn: string;
  readonly addresses: readonly string[];
  readonly delaySeconds: number;
  readonly connection: Connection;
}

/** The work is done in `drain.ts`, loaded at run time: what is serialised into state stays a few lines. */
class DrainGateProvider implements pulumi.dynamic.ResourceProvider<DrainGateInputs, DrainGateInputs> {
  async create(inputs: DrainGateInputs): Promise<pulumi.dynamic.CreateResult<DrainGateInputs>> {
    return { id: `drain ${inputs.addresses.join(" ")}`, outs: inputs };
  }

  async diff(_id: string, before: DrainGateInputs, after: DrainGateInputs): Promise<pulumi.dynamic.DiffResult> {
    // A new address means a new gate: the old one is then deleted between the old target and the old endpoint.
    const replaces = (["targetGroupArn", "addresses"] as const).filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    );
    const changes =
      replaces.length > 0 ||
      before.delaySeconds !== after.delaySeconds ||
      JSON.stringify(before.connection) !== JSON.stringify(after.connection);
    return { changes, replaces, deleteBeforeReplace: false };
  }

  async update(
    _id: string,
    _before: DrainGateInputs,
    after: DrainGateInputs,
  ): Promise<pulumi.dynamic.UpdateResult<DrainGateInputs>> {
    return { outs: after };
  }

  async delete(_id: string, state: DrainGateInputs): Promise<void> {
    const { drain } = await import("@redshift-fleet/components/dist/read-balancer/drain.js");
    await drain(state);
  }
}

/**
 * Stands between a consumer's endpoints and its places in a target group. Creating it does nothing; deleting it, which
 * happens when the consumer has left the target group and before anything of the consumer goes, waits until its
 * connections have drained.
 */
export class DrainGate extends pulumi.dynamic.Resource {
  constructor(name: string, args: DrainGateArgs, opts?: pulumi.CustomResourceOptions) {
    super(new DrainGateProvider(), name, { ...args }, opts);
  }
}
