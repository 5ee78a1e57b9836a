import { commonKeys, configSchema } from "./config";
import type { Policy } from "./policy";
import { faultOf, noSuchPolicy, today } from "./waivers";

const levels = ["advisory", "mandatory", "remediate", "disabled"];

/**
 * What is wrong with a configuration file. The engine takes unknown policies and keys in silence, and a misspelt one
 * then leaves its policy as it was.
 */
export function lintConfig(config: unknown, policies: readonly Policy[]): string[] {
  if (!isObject(config)) return ["the file must hold an object: { policy: level or { parameter: value } }"];
  return Object.entries(config).flatMap(([name, value]) => {
    if (name === "all")
      return levels.includes(String(value)) ? [] : [`all: "${value}" is not one of ${levels.join(", ")}`];
    const policy = policies.find((one) => one.name === name);
    if (!policy) return [`${name}: ${noSuchPolicy(name, namesOf(policies))}`];
    if (typeof value === "string") return lintLevel(policy, value, name);
    if (!isObject(value)) return [`${name}: must be a level or an object of parameters`];
    return lintPolicy(policy, value, policies);
  });
}

function lintPolicy(policy: Policy, values: Record<string, unknown>, policies: readonly Policy[]): string[] {
  const schema = configSchema(policy.parameters).properties;
  const faults: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    if (key === "enforcementLevel") faults.push(...lintLevel(policy, value));
    else if (key === "stacks" && isObject(value)) {
      for (const [pattern, own] of Object.entries(value)) faults.push(...lintStack(policy, pattern, own, policies));
    } else if (!(key in schema)) {
      faults.push(
        `${policy.name}.${key}: no such parameter; there are ${[...commonKeys, ...Object.keys(policy.parameters)].join(", ")}`,
      );
    } else if (!hasType(value, schema[key]!.type))
      faults.push(`${policy.name}.${key}: must be of type ${schema[key]!.type}`);
    else faults.push(...lintBounds(`${policy.name}.${key}`, value, schema[key]!));
  }
  if (policy.name === "waivers" && Array.isArray(values.waivers)) faults.push(...lintWaivers(values.waivers, policies));
  return faults;
}

function lintLevel(policy: Policy, level: unknown, place = `${policy.name}.enforcementLevel`): string[] {
  if (!levels.includes(String(level))) return [`${place}: "${level}" is not one of ${levels.join(", ")}`];
  if (level !== "remediate" || policy.remedy) return [];
  // The engine takes whatever remediation leaves for mandatory.
  return [`${place}: this policy cannot remediate, and would act as mandatory does: write "mandatory"`];
}

function lintStack(policy: Policy, pattern: string, own: unknown, policies: readonly Policy[]): string[] {
  if (!isObject(own)) return [`${policy.name}.stacks.${pattern}: must be an object of parameters`];
  const { enforcementLevel, ...parameters } = own;
  const level = enforcementLevel === undefined || enforcementLevel === "advisory" || enforcementLevel === "mandatory";
  return [
    ...(level
      ? []
      : [`${policy.name}.stacks.${pattern}.enforcementLevel: only advisory and mandatory can be set for some stacks`]),
    ...lintPolicy(policy, parameters, policies),
  ];
}

function lintBounds(
  place: string,
  value: unknown,
  { minimum, maximum }: { minimum?: number; maximum?: number },
): string[] {
  if (typeof value !== "number") return [];
  if (minimum !== undefined && value < minimum) return [`${place}: ${value} is less than ${minimum}`];
  return maximum !== undefined && value > maximum ? [`${place}: ${value} is more than ${maximum}`] : [];
}

function lintWaivers(waivers: unknown[], policies: readonly Policy[]): string[] {
  return waivers.flatMap((waiver, at) => {
    if (!isObject(waiver)) return [`waivers.waivers[${at}]: must be an object`];
    const { policy = "no policy", resource = "no resource", owner = "nobody" } = waiver;
    const known = namesOf(policies).includes(String(policy));
    const faults = [known ? undefined : noSuchPolicy(String(policy), namesOf(policies)), faultOf(waiver, today())];
    return faults.flatMap((fault) =>
      fault ? [`waivers.waivers[${at}] (${policy} for ${resource}, owner: ${owner}): ${fault}`] : [],
    );
  });
}

function namesOf(policies: readonly Policy[]): string[] {
  return policies.map(({ name }) => name);
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return type === "object" ? isObject(value) : typeof value === type;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
