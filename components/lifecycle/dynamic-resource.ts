import * as pulumi from "@pulumi/pulumi";
import { type Lifecycle, lifecycleMethods, type Methods } from "./lifecycle";

/** A value of the cloud, or an object of such values. */
export type Given<T> = { [K in keyof T]: pulumi.Input<T[K]> };

/** What the engine calls a kind of resource, and how one lives. */
interface DynamicResource<Inputs extends object, State extends Inputs, Computed extends keyof Inputs>
  extends Lifecycle<Inputs, State, Computed> {
  /** The last part of the type: `Datashare`. */
  readonly type: string;
}

/** A class of resources whose properties are the fields of their state. */
interface DynamicResourceClass<Inputs extends object, State extends Inputs, Computed extends keyof Inputs> {
  new (
    name: string,
    args: Omit<Given<Inputs>, Computed>,
    opts?: pulumi.CustomResourceOptions,
  ): pulumi.CustomResource & { readonly [K in keyof State]-?: pulumi.Output<State[K]> };
  /** Its name in the registry (components/dynamic.ts), and in states. */
  readonly kind: string;
  readonly methods: Methods<Inputs, State>;
}

/**
 * The code that the engine keeps with a dynamic resource and runs in its process for them: the way to a resource's methods,
 * by name. `pulumi.dynamic.Resource` would write the same property from a serialised object, of 2 KB and in 300 ms; this is
 * one line which says everything, so that the state stays small and a change of the code shows no difference. States that
 * are deployed have this very text: the file of that name is compiled from components/dynamic.ts.
 */
function providerCode(kind: string): string {
  return `exports.handler = () => require("@redshift-fleet/components/dist/lifecycle/index.js").lifecycles.${kind};`;
}

const typesOfOurs = "pulumi-nodejs:dynamic/redshift:";

/** Whether a resource type is one of these. */
export function isDynamicResource(type: string): boolean {
  return type.startsWith(typesOfOurs);
}

/**
 * A dynamic resource, whole: its fields, what is wrong with them, and how it is made, read, changed and removed. The class
 * that comes back is extended by one that documents it, and is named in components/dynamic.ts.
 *
 * The `import` option works as for any resource, with the id that the resource documents: what it names must exist as
 * described, and is taken over without a change. A component's are imported by `importing`.
 *
 * @param kind its name in the registry and in states, for good
 * @example
 * export class Thing extends dynamicResource<ThingInputs, ThingState>("thing", {
 *   type: "Thing",
 *   title: "thing",
 *   fields: { connection: "compared", name: "identity", size: "compared", arn: "found" },
 *   id: ({ name }) => name,
 *   create: async ({ ensureThing }, inputs) => ({ ...inputs, ...(await ensureThing(inputs)) }),
 *   ...
 * }) {}
 */
export function dynamicResource<Inputs extends object, State extends Inputs, Computed extends keyof Inputs = never>(
  kind: string,
  lifecycle: DynamicResource<Inputs, State, Computed>,
): DynamicResourceClass<Inputs, State, Computed>;
// The properties of a resource are there once the engine has answered: the compiler has to be told of them.
export function dynamicResource<Inputs extends object, State extends Inputs, Computed extends keyof Inputs>(
  kind: string,
  lifecycle: DynamicResource<Inputs, State, Computed>,
): object {
  // Properties that the program does not give are asked for by name, or the resource would not have them.
  const others = Object.entries<string>(lifecycle.fields).filter(([, role]) => role === "computed" || role === "found");
  const awaited = Object.fromEntries(others.map(([key]) => [key, undefined]));

  class Dynamic extends pulumi.CustomResource {
    static readonly kind = kind;
    static readonly methods = lifecycleMethods(lifecycle);

    constructor(name: string, args: Omit<Given<Inputs>, Computed>, opts: pulumi.CustomResourceOptions = {}) {
      // The engine cannot import dynamic resources itself: its read request lacks their code.
      const { import: importId, ...rest } = opts;
      const inputs = { ...args, ...awaited, ...(importId ? { importId } : {}), __provider: providerCode(kind) };
      super(`${typesOfOurs}${lifecycle.type}`, name, inputs, rest);
    }
  }
  return Dynamic;
}
