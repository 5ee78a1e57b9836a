import type { CheckFailure, CheckRequest } from "../grpc/provider";
import { isEmpty, isMap, isUnknown, type ValueMap } from "../values";
import { automaticName, DEFAULTS } from "./names";
import { faultOf } from "./property";
import type { ResourceType } from "./resource-type";
import { allTags } from "./tags";

/** The inputs as they will be used (names and defaults filled in, tags merged), and everything wrong with them at once. */
export function checkInputs(
  type: ResourceType,
  request: CheckRequest,
  defaultTags: Readonly<Record<string, string>>,
): { inputs: ValueMap; failures: CheckFailure[] } {
  const inputs: ValueMap = { ...request.news.values };
  const given = [...Object.keys(inputs)];
  for (const key of given) if (inputs[key] === null) delete inputs[key];
  delete inputs[DEFAULTS];
  const filled = fillIn(type, inputs, request);
  writeDocuments(type, inputs);
  if (type.tagged) {
    const merged = allTags(inputs.tags, defaultTags);
    delete inputs.tagsAll;
    if (!isEmpty(merged)) inputs.tagsAll = merged;
  }
  const failures = faults(type, inputs);
  inputs[DEFAULTS] = filled;
  return { inputs, failures };
}

/** Puts a name and the defaults in place. @returns the names of the properties that were filled in. */
function fillIn(type: ResourceType, inputs: ValueMap, request: CheckRequest): string[] {
  const filled: string[] = [];
  const name = type.autoName && automaticName(type.autoName, inputs, request);
  if (type.autoName && name !== undefined) {
    inputs[type.autoName.property] = name;
    filled.push(type.autoName.property);
  }
  for (const [key, spec] of Object.entries(type.properties)) {
    if (inputs[key] !== undefined || spec.default === undefined) continue;
    inputs[key] = spec.default;
    filled.push(key);
  }
  return filled.sort();
}

function writeDocuments(type: ResourceType, inputs: ValueMap): void {
  for (const [key, spec] of Object.entries(type.properties)) {
    const value = inputs[key];
    if (spec.json && isMap(value)) inputs[key] = JSON.stringify(value);
  }
}

function faults(type: ResourceType, inputs: ValueMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  for (const [property, spec] of Object.entries(type.properties)) {
    const value = inputs[property];
    if (value === undefined || (isEmpty(value) && !spec.required)) {
      if (spec.required) failures.push({ property, reason: `Missing required argument: "${property}" is required` });
      continue;
    }
    const reason = faultOf(spec, value);
    if (reason !== undefined) failures.push({ property, reason });
  }
  if (type.tagged && !isUnknown(inputs.tags)) failures.push(...tagFaults(inputs));
  if (failures.length === 0) failures.push(...(type.check?.(inputs) ?? []));
  return failures;
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
function tagFaults(inputs: ValueMap): CheckFailure[] {
  const tags = isMap(inputs.tags) ? inputs.tags : {};
  const failures: CheckFailure[] = [];
  for (const [key, value] of Object.entries(tags)) {
    const property = `tags.${key}`;
    if (key.startsWith("aws:")) failures.push({ property, reason: "tag keys must not begin with aws:" });
    if (key.length > 128) failures.push({ property, reason: "tag keys may have at most 128 characters" });
    if (typeof value === "string" && value.length > 256) {
      failures.push({ property, reason: "tag values may have at most 256 characters" });
    }
  }
  return failures;
}
