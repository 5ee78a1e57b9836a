import * as pulumi from "@pulumi/pulumi";
import type { LifecycleName, lifecycles } from "./index";

type Methods = Required<pulumi.dynamic.ResourceProvider>;

/**
 * What is serialised into the state of every resource of a kind: a name and the way to the code, so that the state stays
 * small and a change of the code shows no difference. Its methods may use nothing but their arguments and `kind`.
 */
function shell(kind: LifecycleName): Methods {
  const load = async (): Promise<Methods> => {
    const module: { lifecycles: typeof lifecycles } = await import(
      "@redshift-fleet/components/dist/lifecycle/index.js"
    );
    return module.lifecycles[kind] as Methods;
  };
  return {
    configure: async () => undefined,
    check: async (olds, news) => (await load()).check(olds, news),
    diff: async (id, olds, news) => (await load()).diff(id, olds, news),
    create: async (inputs) => (await load()).create(inputs),
    read: async (id, props) => (await load()).read(id, props),
    update: async (id, olds, news) => (await load()).update(id, olds, news),
    delete: async (id, props) => (await load()).delete(id, props),
  };
}

const shells = new Map<LifecycleName, Methods>();

/** One object a kind: the engine's SDK serialises each object once. */
function shellOf(kind: LifecycleName): Methods {
  const known = shells.get(kind) ?? shell(kind);
  shells.set(kind, known);
  return known;
}

/**
 * Base of the resources whose life is described by a lifecycle. The `import` option works as for any resource, with the
 * id that the resource documents: what it names must exist as described, and is taken over without a change.
 */
export abstract class LifecycleResource extends pulumi.dynamic.Resource {
  protected constructor(
    kind: LifecycleName,
    type: string,
    name: string,
    properties: pulumi.Inputs,
    opts: pulumi.CustomResourceOptions = {},
  ) {
    // The engine cannot import dynamic resources itself: its read request lacks their code.
    const { import: importId, ...rest } = opts;
    super(shellOf(kind), name, { ...properties, ...(importId ? { importId } : {}) }, rest, "redshift", type);
  }
}
