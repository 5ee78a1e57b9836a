import type * as pulumi from "@pulumi/pulumi";
import type { Given } from "../datashare/resources";
import { LifecycleResource } from "../lifecycle/resource";
import type { DrainInputs } from "./drain-lifecycle";

/**
 * Stands between a consumer and its places in a target group. Creating it does nothing; deleting it, which happens when
 * the consumer has left the target group and before anything of the consumer goes, waits until its connections have
 * drained.
 */
export class DrainGate extends LifecycleResource {
  constructor(name: string, args: Given<DrainInputs>, opts?: pulumi.CustomResourceOptions) {
    super("drain", "DrainGate", name, { ...args }, opts);
  }
}
