import type * as pulumi from "@pulumi/pulumi";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Fault } from "@redshift-fleet/redshift/declarations";
import { describeFault } from "../validation";

/** What every resource of this kind is given besides its own inputs. */
export interface Adoptable {
  /** Set by the resource option `import`: what is created must exist already, as described. */
  importId?: string;
}

/** What a field of a dynamic resource is for. */
export type Role =
  /** Says which thing it is: a change makes another one. */
  | "identity"
  /** A change is shown and acted on. */
  | "compared"
  /** A change is neither shown nor acted on. */
  | "ignored"
  /** Told to `normalise`, and not kept. */
  | "hint";

/**
 * The role of every field, so that the compiler finds one that was forgotten. `computed` are inputs that `normalise` makes
 * up in place of the program, and compares; `found` is what only the catalog knows.
 */
export type Fields<Inputs, State, Computed extends keyof Inputs> = {
  readonly [K in keyof Required<State>]: K extends Computed ? "computed" : K extends keyof Inputs ? Role : "found";
};

/** The operations that resources call, loaded where one is called: a preview does not wait for the AWS SDK. */
export type Operations = typeof import("@redshift-fleet/redshift");
const operations = () => import("@redshift-fleet/redshift");

/** How one kind of resource lives. The state has every input, as the catalog shows it, and what only the catalog knows. */
export interface Lifecycle<Inputs extends object, State extends Inputs, Computed extends keyof Inputs = never> {
  /** Shown in errors. */
  readonly title: string;
  readonly fields: Fields<Inputs, State, Computed>;
  id(inputs: Inputs): string;
  /** Faults of values that are known; those still unknown are left out. */
  faults?(inputs: Partial<Inputs>, olds: Partial<Inputs>): Fault[];
  /** Brings inputs into one form; may keep from the former inputs what was made up once. */
  normalise?(inputs: Inputs, olds: Partial<Inputs>): Inputs;
  /** Whether the state alone tells that an update is needed. */
  needsRepair?(state: State): boolean;
  /** Whether the old one stands in the way of its replacement. */
  collides?(state: State, inputs: Inputs): boolean;
  create(redshift: Operations, inputs: Inputs): Promise<State>;
  /** @returns undefined when it is gone */
  read(redshift: Operations, state: State): Promise<State | undefined>;
  /** @default `create`, which makes what differs */
  update?(redshift: Operations, state: State, inputs: Inputs): Promise<State>;
  remove(redshift: Operations, state: State): Promise<void>;
}

/** The engine's view of a lifecycle. */
export type Methods<Inputs extends object, State extends Inputs> = Omit<
  Required<pulumi.dynamic.ResourceProvider<Inputs & Adoptable, State & Adoptable>>,
  "configure"
>;

/** Whether the engine does not know the value, or a part of it, yet. */
export function isUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (Array.isArray(value)) return value.some(isUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** One text for equal values: keys sorted, undefined left out. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The engine's wire format has no undefined. */
function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function pick<T extends object>(from: T, keys: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key))) as Partial<T>;
}

/** The engine's view of a lifecycle. Only `create`, `read`, `update` and `delete` talk to anything. */
export function lifecycleMethods<Inputs extends object, State extends Inputs, Computed extends keyof Inputs = never>(
  lifecycle: Lifecycle<Inputs, State, Computed>,
): Methods<Inputs, State> {
  type Given = Inputs & Adoptable;
  type Kept = State & Adoptable;
  const withRole = (...roles: readonly (Role | "computed")[]) =>
    Object.entries<string>(lifecycle.fields).flatMap(([key, role]) =>
      roles.some((wanted) => wanted === role) ? [key as keyof Inputs & string] : [],
    );
  const identity = withRole("identity");
  const compared = withRole("identity", "compared", "computed");
  const inputKeys: readonly string[] = [...withRole("identity", "compared", "computed", "ignored"), "importId"];

  const differences = (state: State, inputs: Inputs) =>
    compared.filter((key) => isUnknown(inputs[key]) || canonical(state[key]) !== canonical(inputs[key]));

  const adopt = async (inputs: Given): Promise<Kept> => {
    const id = lifecycle.id(inputs);
    if (inputs.importId !== id) {
      throw new Error(
        `Cannot import ${lifecycle.title} as ${inputs.importId}: these inputs describe ${id}. Correct the import option, or the inputs.`,
      );
    }
    const found = await lifecycle.read(await operations(), inputs as Given & State);
    if (!found)
      throw new Error(
        `Cannot import ${lifecycle.title} ${id}: there is none. Remove the import option to have it made.`,
      );
    const differing = differences(found, inputs);
    if (differing.length > 0) {
      const lines = differing.map(
        (key) => `  ${key}: found ${canonical(found[key])}, described as ${canonical(inputs[key])}`,
      );
      throw new Error(
        `Cannot import ${lifecycle.title} ${id}: it is not as described.\n${lines.join("\n")}\nDescribe it as it is, or remove the import option to have it changed.`,
      );
    }
    return { ...found, importId: inputs.importId };
  };

  return {
    async check(olds, news) {
      const former: Partial<Inputs> = olds ?? {};
      const known = Object.fromEntries(
        Object.entries(news).filter(([, value]) => !isUnknown(value)),
      ) as Partial<Inputs>;
      const failures = (lifecycle.faults?.(known, former) ?? []).map((fault) => ({
        // The engine shows the value of the property, and makes one up for what is none.
        property: inputKeys.includes(fault.path.split(/[.[]/)[0] ?? "") ? fault.path : "",
        reason: `${fault.path} ${describeFault(fault)}`,
      }));
      const inputs: Inputs = lifecycle.normalise?.(news, former) ?? news;
      return { inputs: withoutUndefined({ ...inputs, ...pick(news, ["importId"]) } as Given), failures };
    },

    async diff(_id, state, inputs) {
      const differing = differences(state, inputs);
      const replaces = identity.filter((key) => differing.includes(key));
      return {
        changes: differing.length > 0 || (lifecycle.needsRepair?.(state) ?? false),
        replaces,
        deleteBeforeReplace: replaces.length > 0 && (lifecycle.collides?.(state, inputs) ?? false),
      };
    },

    async create(inputs) {
      const outs = inputs.importId
        ? await adopt(inputs)
        : ((await lifecycle.create(await operations(), inputs)) as Kept);
      return { id: lifecycle.id(inputs), outs: withoutUndefined(outs) };
    },

    async read(id, state): Promise<pulumi.dynamic.ReadResult<Kept>> {
      const found = state && (await lifecycle.read(await operations(), state));
      if (!found) return { id: "" };
      const props: Kept = withoutUndefined({ ...found, ...pick(state, ["importId"]) });
      return { id, props, inputs: pick(props, inputKeys) as Kept };
    },

    async update(_id, state, inputs) {
      const redshift = await operations();
      const outs = await (lifecycle.update?.(redshift, state, inputs) ?? lifecycle.create(redshift, inputs));
      return { outs: withoutUndefined({ ...outs, ...pick(inputs, ["importId"]) }) };
    },

    async delete(_id, state) {
      await lifecycle.remove(await operations(), state);
    },
  };
}
