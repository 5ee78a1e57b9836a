import { isEmpty, isMap, isUnknown, Unknown, type Value, type ValueMap } from "../values";
import { isSame } from "./compare";
import { DEFAULTS } from "./names";
import { map } from "./property";
import type { ResourceType } from "./resource-type";
import { ownTags } from "./tags";

/** What a preview can know of a resource that does not exist: its inputs; the rest is unknown. */
export function plannedState(type: ResourceType, inputs: ValueMap, region: string): ValueMap {
  const state: ValueMap = {};
  for (const [key, spec] of Object.entries(type.properties)) {
    const value = inputs[key];
    if (value !== undefined) state[key] = value;
    else if (spec.computed) state[key] = Unknown.value;
  }
  for (const key of type.outputs) state[key] = Unknown.value;
  if ("region" in type.properties && isUnknown(state.region)) state.region = region;
  return type.tagged ? withTags(state, inputs) : state;
}

/** What a preview can know of an update: the new inputs over the old state. */
export function plannedUpdate(type: ResourceType, olds: ValueMap, inputs: ValueMap): ValueMap {
  const state = { ...olds };
  for (const [key, spec] of Object.entries(type.properties)) {
    const value = inputs[key];
    if (value !== undefined) state[key] = value;
    else if (!spec.computed) delete state[key];
  }
  return type.tagged ? withTags(state, inputs) : state;
}

/**
 * The state after AWS has been asked: its answer over the inputs it never tells.
 * @param before the inputs of a create or update, or the old state of a refresh.
 */
export function actualState(
  type: ResourceType,
  before: ValueMap,
  answer: ValueMap,
  settings: { region: string; defaultTags: Readonly<Record<string, string>> },
): ValueMap {
  const state: ValueMap = {};
  for (const key of [...Object.keys(type.properties), ...type.outputs]) {
    const value = key in answer ? answer[key] : before[key];
    const keeps = !type.properties[key]?.writeOnly;
    if (value !== undefined && value !== null && keeps) state[key] = value;
  }
  if ("region" in type.properties) state.region ??= settings.region;
  if (type.tagged) {
    const all = isMap(answer.tagsAll) ? answer.tagsAll : {};
    state.tagsAll = all;
    const own = ownTags(all, settings.defaultTags, before.tags);
    if (!isEmpty(own) || before.tags !== undefined) state.tags = own;
  }
  return state;
}

/**
 * The inputs that would lead to a state. After a refresh these are the known inputs with AWS's values where the two
 * differ; for an import, everything that is not a default or AWS's own choice.
 */
export function inputsOf(type: ResourceType, state: ValueMap, known: ValueMap): ValueMap {
  const inputs: ValueMap = {};
  const importing = Object.keys(known).length === 0;
  const specs = type.tagged ? { ...type.properties, tags: map(), tagsAll: map() } : type.properties;
  for (const [key, spec] of Object.entries(specs)) {
    const before = known[key];
    const now = state[key];
    if (spec.writeOnly && before !== undefined) inputs[key] = before;
    else if (before !== undefined) {
      const same = isSame(spec, before, now);
      if (same || now === undefined) Object.assign(inputs, same ? { [key]: before } : {});
      else inputs[key] = now;
    } else if (isWorthTelling(now) && now !== spec.default && (importing ? key !== "region" : !spec.computed)) {
      inputs[key] = now!;
    } else if (importing && spec.default !== undefined && now !== undefined) {
      inputs[key] = now;
    }
  }
  inputs[DEFAULTS] = known[DEFAULTS] ?? [];
  return inputs;
}

function isWorthTelling(value: Value | undefined): boolean {
  return !isEmpty(value) && value !== false && value !== 0;
}

function withTags(state: ValueMap, inputs: ValueMap): ValueMap {
  if (inputs.tags !== undefined) state.tags = inputs.tags;
  else delete state.tags;
  state.tagsAll = inputs.tagsAll ?? {};
  return state;
}
