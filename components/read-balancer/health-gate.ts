import type * as pulumi from "@pulumi/pulumi";
import type { Given } from "../datashare/resources";
import { LifecycleResource } from "../lifecycle/resource";
import type { HealthInputs } from "./health-lifecycle";

/**
 * Stands behind a consumer's places in a target group. It is there, or takes on new addresses, when these are healthy:
 * the engine deletes nothing before everything that comes has come, so that no target leaves before its successor serves.
 */
export class HealthGate extends LifecycleResource {
  constructor(name: string, args: Given<HealthInputs>, opts?: pulumi.CustomResourceOptions) {
    super("health", "HealthGate", name, { ...args }, opts);
  }
}
