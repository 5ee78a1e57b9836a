import type * as pulumi from "@pulumi/pulumi";
import type { Given } from "../datashare/resources";
import { LifecycleResource } from "../lifecycle/resource";
import type { ParametersInputs } from "./parameters-lifecycle";

/**
 * The config parameters of a workgroup, in place of the argument `configParameters` of `aws.redshiftserverless.Workgroup`:
 * that one compares the whole set, of which every patch of AWS returns more, and refuses keys that the API knows
 * (hashicorp/terraform-provider-aws#49939, #33899).
 * Import id: the workgroup's name.
 */
export class WorkgroupParameters extends LifecycleResource {
  /** The workgroup's name, for what has to come after its parameters. */
  public readonly workgroupName!: pulumi.Output<string>;

  constructor(name: string, args: Given<ParametersInputs>, opts?: pulumi.CustomResourceOptions) {
    super("parameters", "WorkgroupParameters", name, { ...args }, opts);
  }
}
