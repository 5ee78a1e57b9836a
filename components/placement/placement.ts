import type * as pulumi from "@pulumi/pulumi";
import type { Given } from "../datashare/resources";
import { LifecycleResource } from "../lifecycle/resource";
import type { PlacementInputs } from "./placement-lifecycle";

/**
 * Where a stack is: account, Region, names, VPC and subnets. It makes nothing. A preview refuses, with the way that works,
 * whatever would leave a running stack between two places: another Region, another VPC, subnets over those that are there.
 * Import id: the start of the stack's names.
 */
export class Placement extends LifecycleResource {
  constructor(name: string, args: Given<PlacementInputs>, opts?: pulumi.CustomResourceOptions) {
    super("placement", "Placement", name, { ...args }, opts);
  }

  /** Until the engine has accepted it: what is declared afterwards is never asked for in a wrong place. */
  accepted(): Promise<void> {
    return new Promise((resolve) => {
      this.urn.apply(() => resolve());
    });
  }
}
