import { checkNamePrefix, describeFault, type Fault } from "@redshift-fleet/components";
import { type DeclaredObjects, mayBeRegion, unknownRegion } from "@redshift-fleet/redshift/declarations";
import type { z } from "zod";
import { namespaceFaults } from "./namespaces";
import type { PlacedFault } from "./positions";
import { checkRules, isZoneId, type Surroundings } from "./rules";
import { type FleetConfig, fleetSchema } from "./schema";
import { shapeFaults } from "./shape";

/** The configuration as the engine hands it over: full keys to texts, objects as JSON. */
export interface RawConfig extends Omit<Surroundings, "region"> {
  /** `redshift-fleet:pool` → `{"size":3}`; keys of other namespaces too. */
  readonly values: Readonly<Record<string, string>>;
  /** What the SQL files of a folder make; asked once the folder is known. */
  readonly describeSchemas: (directory: string | undefined) => DeclaredObjects;
}

/** A configuration of the right shape, and the Region it is for. */
export type CheckedConfig = FleetConfig & { readonly region: string };

/** Everything wrong with a stack's configuration, in one error. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly PlacedFault[]) {
    const count = faults.length === 1 ? "one fault" : `${faults.length} faults`;
    super(
      [
        `The configuration of this stack has ${count}; nothing has been changed.`,
        ...faults.map(
          ({ place, ...fault }) => `  - ${place ? `${place}: ` : ""}${fault.path}: ${describeFault(fault)}`,
        ),
        "docs/configuration.md lists every key.",
      ].join("\n"),
    );
    this.name = "ConfigError";
  }
}

/** What is wrong with a configuration, and what it says apart from that. */
export interface Judged {
  /** With defaults in place of what has the wrong shape; absent where nothing can be made of it. */
  readonly config?: CheckedConfig;
  /** With full keys; empty only where the configuration can be used. */
  readonly faults: readonly Fault[];
}

/** Reads a stack's whole configuration and finds every fault at once: key, value, rule and remedy. */
export function judgeConfig(raw: RawConfig): Judged {
  const prefix = `${raw.project}:`;
  const given = structured(raw.values, prefix);
  const region = raw.values["aws:region"] ?? "";
  const misspelt = region !== "" && !mayBeRegion(region);
  const parsed = fleetSchema.safeParse(given);
  const { config, repaired } = parsed.success
    ? { config: parsed.data, repaired: [] }
    : repair(given, parsed.error.issues);
  const faults: Fault[] = parsed.success ? [] : shapeFaults(given, parsed.error.issues);
  if (config) {
    // Zones of the Region that was meant are no fault besides.
    const meant = misspelt ? regionOf(config.network) : region;
    const place = { project: raw.project, stack: raw.stack, region: meant };
    const found = checkRules(config, given, place, raw.describeSchemas(config.schema.directory));
    faults.push(...found.filter(({ path }) => !repaired.some((key) => within(path, key))));
  }
  const located = [
    ...nameFaults(raw),
    ...namespaceFaults(raw.project, Object.keys(raw.values)),
    ...locate(raw.project, faults),
  ];
  if (misspelt) located.unshift(unknownRegion("aws:region", region));
  if (region === "")
    located.unshift({
      path: "aws:region",
      value: undefined,
      rule: "must name the Region of the fleet",
      remedy: "Run `pulumi config set aws:region us-east-1`, with your Region",
    });
  return { config: config && { ...config, region }, faults: located };
}

/** The Region of the first zone that is named by a name. */
function regionOf({ azs, subnets, warehouseSubnets }: FleetConfig["network"]): string {
  const zones = [azs ?? [], ...[subnets ?? [], warehouseSubnets ?? []].map((list) => list.map(({ az }) => az))].flat();
  return /^(.*-\d)[a-z]$/.exec(zones.find((az) => !isZoneId(az)) ?? "")?.[1] ?? "us-east-1";
}

/** Project and stack begin the names of everything; neither is a key of the configuration. */
function nameFaults({ project, stack }: Pick<RawConfig, "project" | "stack">): Fault[] {
  return [
    ...checkNamePrefix("the project's name (`name` in Pulumi.yaml)", project, "Call it"),
    ...checkNamePrefix("the stack's name", stack, "Rename it with `pulumi stack rename`, for example to"),
  ];
}

/** The same faults with the keys that a user writes. */
export function locate(project: string, faults: readonly Fault[]): Fault[] {
  return faults.map((fault) => (fault.path === "aws:region" ? fault : { ...fault, path: `${project}:${fault.path}` }));
}

/** The values of one namespace, objects and numbers read from their JSON. */
function structured(values: Readonly<Record<string, string>>, prefix: string): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(values)) {
    if (!key.startsWith(prefix)) continue;
    given[key.slice(prefix.length)] = /^\s*[[{]/.test(text) ? readJson(text) : text;
  }
  return given;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Path = readonly PropertyKey[];

const written = (path: Path) => path.map(String).join(".");
/** Paths as people write them: `subnets[1].cidr` and `subnets.1.cidr` are the same place. */
const dotted = (path: string) => path.replace(/\[(\d+)\]/g, ".$1");

function within(path: string, key: string): boolean {
  return dotted(path) === key || dotted(path).startsWith(`${key}.`);
}

/**
 * Puts defaults in place of what has the wrong shape, so that the rules can still judge the rest and every fault is
 * reported at once.
 */
function repair(given: unknown, issues: readonly z.core.$ZodIssue[]): { config?: FleetConfig; repaired: string[] } {
  const copy = structuredClone(given);
  const repaired: string[] = [];
  let open = issues;
  for (let round = 0; round < 5 && open.length > 0; round++) {
    for (const issue of open) {
      const path: Path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path;
      // What is missing cannot be taken away: take away what misses it.
      const removed = remove(copy, path) ? path : path.slice(0, -1);
      if (removed !== path) remove(copy, removed);
      repaired.push(written(removed));
    }
    const again = fleetSchema.safeParse(copy);
    if (again.success) return { config: again.data, repaired };
    open = again.error.issues;
  }
  return { repaired };
}

function remove(root: unknown, path: Path): boolean {
  const last = path[path.length - 1];
  let holder = root;
  for (const key of path.slice(0, -1)) {
    if (typeof holder !== "object" || holder === null) return false;
    holder = Reflect.get(holder, key);
  }
  if (last === undefined || typeof holder !== "object" || holder === null || !(last in holder)) return false;
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else Reflect.deleteProperty(holder, last);
  return true;
}
