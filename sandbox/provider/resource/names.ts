import { createHash, randomBytes } from "node:crypto";
import type { CheckRequest } from "../grpc/provider";
import { isEmpty, isUnknown, type ValueMap } from "../values";
import type { AutoName } from "./resource-type";

/** Pulumi's own: seven hexadecimal digits behind the resource's name. */
const randomDigits = 7;

/** Records which inputs were made up rather than given, as Pulumi's bridged providers do. */
export const DEFAULTS = "__defaults";

/** True when Check, not the program, chose this property. */
export function isDefaulted(inputs: ValueMap, property: string): boolean {
  const list = inputs[DEFAULTS];
  return Array.isArray(list) && list.includes(property);
}

/**
 * A name for a resource that was given none: the one it already has, or `<name>-<7 hex digits>`, the same for the
 * same random seed, cut to what AWS allows. Undefined when the program, or the engine's settings, want none.
 */
export function automaticName(auto: AutoName, news: ValueMap, request: CheckRequest): string | undefined {
  const { property, prefixProperty } = auto;
  if (!isEmpty(news[property]) || isUnknown(news[property])) return undefined;
  const prefix = prefixProperty === undefined ? undefined : news[prefixProperty];
  const old = request.olds.values[property];
  if (typeof old === "string" && isDefaulted(request.olds.values, property)) {
    if (typeof prefix !== "string" || old.startsWith(prefix)) return old;
  }
  if (isUnknown(prefix)) return undefined;
  if (typeof prefix === "string" && prefix !== "") return prefix + digits(request, 26);
  const { autonaming } = request;
  if (autonaming?.mode === "disable") return undefined;
  if (autonaming && autonaming.proposedName !== "" && autonaming.mode === "enforce") return autonaming.proposedName;
  const proposed = autonaming?.proposedName;
  if (proposed !== undefined && proposed !== "" && fits(auto, proposed)) return (auto.before ?? "") + proposed;
  const room = auto.maxLength - randomDigits - 1 - (auto.before?.length ?? 0);
  const stem = auto.lowercase ? request.name.toLowerCase() : request.name;
  return `${auto.before ?? ""}${stem.slice(0, room)}-${digits(request, randomDigits)}`;
}

function fits(auto: AutoName, name: string): boolean {
  return name.length + (auto.before?.length ?? 0) <= auto.maxLength && (!auto.lowercase || name === name.toLowerCase());
}

function digits(request: CheckRequest, count: number): string {
  if (request.randomSeed.length === 0)
    return randomBytes(Math.ceil(count / 2))
      .toString("hex")
      .slice(0, count);
  return createHash("sha256").update(request.randomSeed).update(request.urn).digest("hex").slice(0, count);
}
