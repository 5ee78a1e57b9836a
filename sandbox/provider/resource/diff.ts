import type { DiffKind, DiffRequest, DiffResult } from "../grpc/provider";
import { isEmpty, isMap, isUnknown, type Value, type ValueMap } from "../values";
import { isSame } from "./compare";
import { isDefaulted } from "./names";
import { map, type Property } from "./property";
import type { ResourceType } from "./resource-type";

/** All tags together behave like tags, but AWS's side of them is computed. */
const tags: Readonly<Record<string, Property>> = { tags: map(), tagsAll: map() };

/** The properties by which AWS's state differs from what the program wants, and which of them need a new resource. */
export function diffResource(type: ResourceType, request: DiffRequest): DiffResult {
  const news = request.news.values;
  const olds = request.oldState.values;
  const details: DiffResult["details"] = {};
  const ignored = new Set(request.ignoreChanges.map((path) => path.split(/[.[]/)[0]));
  const specs = type.tagged ? { ...type.properties, ...tags } : type.properties;
  for (const [key, spec] of Object.entries(specs)) {
    if (ignored.has(key) || (key === "tagsAll" && ignored.has("tags"))) continue;
    if (!differs(spec, news[key], olds[key])) continue;
    Object.assign(details, describe(key, spec, news[key], olds[key]));
  }
  if (Object.keys(details).length > 0) {
    for (const key of type.replacesWhen?.(olds, news) ?? []) {
      if (!ignored.has(key)) details[key] = "update-replace";
    }
  }
  const replaces = Object.values(details).some((kind) => kind.endsWith("-replace"));
  return { details, deleteBeforeReplace: replaces && keepsItsName(type, news, olds) };
}

function differs(spec: Property, wanted: Value | undefined, actual: Value | undefined): boolean {
  if (spec.writeOnly) return false;
  if (isUnknown(wanted)) return true;
  if (isEmpty(wanted)) {
    if (spec.computed) return spec.emptied === true && Array.isArray(wanted) && !isEmpty(actual);
    // What AWS reports for something never asked for: off, none, zero.
    return !isEmpty(actual) && actual !== false && actual !== 0;
  }
  return !isSame(spec, wanted, actual);
}

function describe(
  key: string,
  spec: Property,
  wanted: Value | undefined,
  actual: Value | undefined,
): Record<string, DiffKind> {
  if (spec.kind === "map" && !spec.replaces && (isMap(wanted) || isEmpty(wanted)) && isMap(actual)) {
    return entries(key, isMap(wanted) ? wanted : {}, actual);
  }
  const kind = isEmpty(actual) ? "add" : isEmpty(wanted) && !isUnknown(wanted) ? "delete" : "update";
  return { [key]: spec.replaces ? `${kind}-replace` : kind };
}

/** One line for each entry of a map that differs. */
function entries(key: string, wanted: ValueMap, actual: ValueMap): Record<string, DiffKind> {
  const result: Record<string, DiffKind> = {};
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(actual)])) {
    const path = /^[A-Za-z_]\w*$/.test(name) ? `${key}.${name}` : `${key}[${JSON.stringify(name)}]`;
    if (!(name in actual)) result[path] = "add";
    else if (!(name in wanted)) result[path] = "delete";
    else if (wanted[name] !== actual[name]) result[path] = "update";
  }
  return result;
}

/** A resource with a name of the program's choice must go before its successor can have the name. */
function keepsItsName(type: ResourceType, news: ValueMap, olds: ValueMap): boolean {
  const property = type.autoName?.property;
  if (property === undefined || isDefaulted(news, property)) return false;
  return typeof news[property] === "string" && news[property] === olds[property];
}
