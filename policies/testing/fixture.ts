import type { PolicyResource } from "@pulumi/policy";
import { unknownCheckingProxy, unknownStringValue } from "../framework/unknown-values";
import recordings from "./recorded.json";

/** A value that a preview cannot know. */
export const unknown = Symbol("unknown");
/** Takes a property, or a whole resource, away from the good fixture. */
export const absent = Symbol("absent");

/** An output of another resource of the fixture. */
class Ref {
  constructor(
    readonly resource: string,
    readonly output: string,
  ) {}
}
export function ref(resource: string, output = "id"): Ref {
  return new Ref(resource, output);
}

export interface Resource {
  type: string;
  props: Record<string, unknown>;
  ignoreChanges?: string[];
  protect?: boolean;
  provider?: Record<string, unknown>;
}
export type Fixture = Record<string, Resource>;

export function resource(type: string, props: Record<string, unknown>, more: Partial<Resource> = {}): Resource {
  return { type, props, ...more };
}

/**
 * A dynamic resource as the real engine gave it to the pack: its type, and its inputs after the provider's check.
 * tests/e2e/policies/strict.test.ts compares them with those of a preview.
 */
export function recorded(
  type: keyof typeof recordings,
  change: Record<string, unknown> = {},
  more: Partial<Resource> = {},
): Resource {
  const given = asGiven(recordings[type]) as Record<string, unknown>;
  return resource(type, { ...given, ...change }, more);
}

function asGiven(value: unknown): unknown {
  if (value === unknownStringValue) return unknown;
  if (Array.isArray(value)) return value.map(asGiven);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asGiven(inner)]));
}

/**
 * How outputs of other resources look: at a first preview unknown, or (in stack policies) the property that holds them
 * is missing; after `pulumi up` known.
 */
export type Phase = "preview" | "sparse" | "deployed";

/** The good fixture with some places changed: `"subnet.cidrBlock": "10.0.0.0/24"`, `"subnet": absent`, `"subnet.!protect": true`. */
export function changed(fixture: Fixture, change: Record<string, unknown>): Fixture {
  const copy = structuredCloneOf(fixture) as Fixture;
  for (const [place, value] of Object.entries(change)) {
    const [name, ...path] = place.split(".");
    if (path.length === 0) {
      if (value === absent) delete copy[name!];
      else copy[name!] = value as Resource;
    } else if (path[0]!.startsWith("!")) {
      Reflect.set(copy[name!]!, path[0]!.slice(1), value);
    } else {
      put(copy[name!]!.props, path, value);
    }
  }
  return copy;
}

function put(into: object, [head, ...rest]: string[], value: unknown): void {
  if (rest.length > 0) put(Reflect.get(into, head!) as object, rest, value);
  else if (value === absent) Reflect.deleteProperty(into, head!);
  else Reflect.set(into, head!, value);
}

function structuredCloneOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  if (typeof value !== "object" || value === null || value instanceof Ref) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCloneOf(inner)]));
}

/** The fixture as the SDK hands it to a policy: behind proxies that throw on what is not known. */
export function engineView(fixture: Fixture, phase: Phase, stack: string): PolicyResource[] {
  const views = new Map<string, PolicyResource>();
  for (const [name, { type, protect, ignoreChanges, provider }] of Object.entries(fixture)) {
    views.set(name, {
      type,
      name,
      urn: `urn:pulumi:${stack}::fixture::${type}::${name}`,
      props: {},
      opts: {
        protect: protect ?? false,
        ignoreChanges: ignoreChanges ?? [],
        aliases: [],
        customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
        additionalSecretOutputs: [],
      },
      provider: provider && {
        type: "pulumi:providers:aws",
        name: "default",
        urn: `urn:pulumi:${stack}::fixture::pulumi:providers:aws::default`,
        props: unknownCheckingProxy(inPhase(provider, phase) as object) as Record<string, unknown>,
      },
      dependencies: [],
      propertyDependencies: {},
      isType: () => false,
      asType: () => undefined,
    });
  }
  for (const [name, { props }] of Object.entries(fixture)) {
    const view = views.get(name)!;
    const bag: Record<string, unknown> = phase === "deployed" ? { id: `${name}-id`, arn: `${name}-arn` } : {};
    for (const [key, value] of Object.entries(props)) {
      const refs = refsIn(value);
      view.propertyDependencies[key] = refs.flatMap((one) => views.get(one.resource) ?? []);
      if (phase === "sparse" && refs.length > 0) continue;
      bag[key] = inPhase(value, phase);
    }
    view.props = unknownCheckingProxy(bag) as Record<string, unknown>;
  }
  return [...views.values()];
}

function inPhase(value: unknown, phase: Phase): unknown {
  if (value === unknown) return unknownStringValue;
  if (value instanceof Ref) return phase === "deployed" ? `${value.resource}-${value.output}` : unknownStringValue;
  if (Array.isArray(value)) return value.map((item) => inPhase(item, phase));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inPhase(inner, phase)]));
}

function refsIn(value: unknown): Ref[] {
  if (value instanceof Ref) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(refsIn);
}

/** Whether a change holds a marker, at any depth. */
export function mentions(change: unknown, marker: symbol): boolean {
  if (change === marker) return true;
  return typeof change === "object" && change !== null && Object.values(change).some((one) => mentions(one, marker));
}
