import * as pulumi from "@pulumi/pulumi";
import type { LifecycleName } from "./index";

/**
 * The code that the engine keeps with a dynamic resource and runs in its process for them: the way to a lifecycle, by
 * name. `pulumi.dynamic.Resource` would write the same property from a serialised object, of 2 KB and in 300 ms; this is
 * one line which says everything, so that the state stays small and a change of the code shows no difference.
 */
export function providerCode(kind: LifecycleName): string {
  return `exports.handler = () => require("@redshift-fleet/components/dist/lifecycle/index.js").lifecycles.${kind};`;
}

const TYPES = "pulumi-nodejs:dynamic/redshift:";

/** Whether a resource type is one of these. */
export function isLifecycleResource(type: string): boolean {
  return type.startsWith(TYPES);
}

/**
 * Base of the dynamic resources whose life is described by a lifecycle. The `import` option works as for any resource,
 * with the id that the resource documents: what it names must exist as described, and is taken over without a change.
 * A component's are imported by `importing`.
 */
export abstract class LifecycleResource extends pulumi.CustomResource {
  protected constructor(
    kind: LifecycleName,
    type: string,
    name: string,
    properties: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    // The engine cannot import dynamic resources itself: its read request lacks their code.
    const { import: importId, ...rest } = opts;
    const inputs = { ...properties, ...(importId ? { importId } : {}), __provider: providerCode(kind) };
    super(`${TYPES}${type}`, name, inputs, rest);
  }
}
