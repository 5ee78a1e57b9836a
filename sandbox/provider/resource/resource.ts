import { isNotFound } from "../../aws/errors";
import { isEmpty, isMap, type Value, type ValueMap } from "../values";
import { lowered, memberName, raised } from "./members";
import { type Property, string } from "./property";
import type { Change, ResourceType, TypeContext } from "./resource-type";
import { type Tagging, writeTags } from "./tagging";

/** How the API of a service looks to its resource types. */
export interface Api {
  /** Members begin with capital letters: `SubnetId` for the property `subnetId`. */
  capitals: boolean;
  /** How its tags are read and written. */
  tagging?: Tagging;
}

/** An operation, and the properties that are sent with it. */
export type Request = readonly [operation: string, ...properties: string[]];

/** A resource type in terms of its service's operations. Properties are AWS's members of the same name, unless told. */
export interface Declaration
  extends Pick<ResourceType, "token" | "label" | "tagged" | "autoName" | "properties" | "check" | "replacesWhen"> {
  outputs?: readonly string[];
  /** Of a service without Regions. */
  global?: boolean;
  /** AWS's names of properties, where they are others. */
  members?: Readonly<Record<string, string>>;
  /** The member by which requests name one, `SubnetId`. */
  id: string;
  /** The member of the first answer that is its id, or how it is found there. @default `id` */
  made?: string | ((answer: ValueMap) => Value | undefined);
  create: Request | ((inputs: ValueMap, context: TypeContext) => Promise<string>);
  /** The first `request` of creation, in full. @default its properties, and the tags */
  request?(inputs: ValueMap, context: TypeContext): ValueMap;
  read?: Look | ResourceType["read"];
  /** How one is found, where `read` cannot say it. */
  find?(id: string, context: TypeContext): Promise<ValueMap | undefined>;
  /** What the resource shows beyond members of the same name, or in their place. */
  state?(found: ValueMap, context: TypeContext, before: ValueMap, id: string): ValueMap | Promise<ValueMap>;
  /** Properties that AWS leaves out where there are none. */
  optional?: readonly string[];
  /** Requests that change one; each is sent when a property of it differs. */
  update?: readonly Request[];
  /**
   * Whatever `update` cannot say; also run once after creation, when there is nothing old and everything given has changed.
   * @param ready waits as `until` says
   */
  apply?(id: string, change: Change, context: TypeContext, ready: () => Promise<void>): Promise<void>;
  delete: string | ResourceType["delete"];
  /** After each change it is waited for until this holds: what is waited for, and how it is told. */
  until?: readonly [state: string, holds: (found: ValueMap) => boolean];
  /** AWS takes its time to delete one. */
  deletedLater?: boolean;
  /** Changes and deletion are tried again while something else is under way. */
  settles?: boolean;
}

/** Asks for one resource. */
export interface Look {
  operation: string;
  /** The member of the answer that holds it, or a list of which it is the first. @default the answer itself */
  at?: string;
  /** The member that takes a list of ids. @default the one that names one */
  ids?: string;
  /** Found, and yet gone. */
  gone?(found: ValueMap): boolean;
}

/** Builds the types of a service from what is particular to each. */
export const resourcesOf =
  (api: Api) =>
  (declaration: Declaration): ResourceType => {
    const { token, label, tagged, autoName, check, replacesWhen } = declaration;
    const find = finder(declaration);
    const ready = (id: string, context: TypeContext) => waitUntil(declaration, find, id, context);
    const send = sender(declaration, api);
    return {
      token,
      label,
      tagged,
      autoName,
      check,
      replacesWhen,
      properties: allProperties(declaration),
      outputs: declaration.outputs ?? [],
      async create(inputs, context) {
        const id = await make(declaration, api, inputs, context);
        await ready(id, context);
        if (typeof declaration.create === "function" && tagged && api.tagging)
          await writeTags(api.tagging, id, { news: inputs, olds: {} }, context);
        const changed = new Set(Object.keys(inputs).filter((key) => !isEmpty(inputs[key])));
        await declaration.apply?.(id, { news: inputs, olds: {}, changed }, context, () => ready(id, context));
        return id;
      },
      async read(id, context, before) {
        if (typeof declaration.read === "function") return declaration.read(id, context, before);
        const found = await find(id, context);
        if (!found) return undefined;
        const shown = shownBy(declaration, api, found);
        const odd = await declaration.state?.(found, context, before, id);
        if (tagged) shown.tagsAll = (await api.tagging?.read(found, id, context)) ?? {};
        return { ...shown, ...odd };
      },
      ...(declaration.update || declaration.apply || tagged
        ? {
            async update(id: string, change: Change, context: TypeContext) {
              for (const [operation, ...takes] of declaration.update ?? []) {
                if (!takes.some((key) => change.changed.has(key))) continue;
                await settled(declaration, context, () => send(operation, takes, id, change.news, context));
                await ready(id, context);
              }
              await declaration.apply?.(id, change, context, () => ready(id, context));
              if (tagged && api.tagging) await writeTags(api.tagging, id, change, context);
            },
          }
        : {}),
      async delete(id, state, context) {
        const { delete: gone } = declaration;
        if (typeof gone === "function") await gone(id, state, context);
        else await settled(declaration, context, () => context.call(gone, { [declaration.id]: id }));
        if (!declaration.deletedLater) return;
        const what = `${label} (${id}) to be deleted`;
        await context.until(what, async () => ((await find(id, context)) ? undefined : true));
      },
    };
  };

/** What nearly every resource has in common is not told by each. */
function allProperties({ properties, autoName, global }: Declaration): Record<string, Property> {
  const chosen = string({ computed: true, replaces: true });
  const prefix = autoName?.prefixProperty;
  return {
    ...(prefix === undefined ? {} : { [prefix]: chosen }),
    ...(global ? {} : { region: chosen }),
    ...properties,
  };
}

async function make(declaration: Declaration, api: Api, inputs: ValueMap, context: TypeContext): Promise<string> {
  const { create, id, made = id, tagged } = declaration;
  if (typeof create === "function") return create(inputs, context);
  const [operation, ...takes] = create;
  const tags = tagged && api.tagging && !isEmpty(inputs.tagsAll) ? api.tagging.given(inputs, declaration.token) : {};
  const own = declaration.request?.(inputs, context) ?? {};
  const request = { ...requestOf(declaration, api, takes, inputs), ...own, ...tags };
  const answer = await context.call(operation, request);
  const found = (typeof made === "function" ? made(answer) : textIn(answer, made)) ?? request[id];
  if (typeof found !== "string") throw new Error(`${operation} answers no id`);
  return found;
}

/** A text of the answer, or of what it holds: a structure, or a list of one. */
function textIn(answer: ValueMap, member: string): string | undefined {
  const inner = Object.values(answer).map((value) => (Array.isArray(value) ? value[0] : value));
  return [answer, ...inner]
    .map((holder) => (isMap(holder) ? holder[member] : undefined))
    .find((value): value is string => typeof value === "string");
}

function requestOf(declaration: Declaration, api: Api, takes: readonly string[], inputs: ValueMap): ValueMap {
  const given = takes.filter((key) => !isEmpty(inputs[key]));
  return Object.fromEntries(
    given.map((key) => [
      memberName(api, declaration, key),
      api.capitals && declaration.properties[key]?.kind !== "map" ? raised(inputs[key]!) : inputs[key]!,
    ]),
  );
}

function sender(declaration: Declaration, api: Api) {
  return (operation: string, takes: readonly string[], id: string, inputs: ValueMap, context: TypeContext) =>
    context.call(operation, { [declaration.id]: id, ...requestOf(declaration, api, takes, inputs) });
}

function settled<T>({ settles }: Declaration, context: TypeContext, work: () => Promise<T>): Promise<T> {
  return settles ? context.settle(work) : work();
}

type Find = (id: string, context: TypeContext) => Promise<ValueMap | undefined>;

function finder({ read, find, id: member, token }: Declaration): Find {
  if (find) return find;
  if (typeof read === "function") return (id, context) => read(id, context, {});
  if (!read) throw new Error(`${token} does not say how one is found`);
  const { operation, at, ids, gone } = read;
  return async (id, context) => {
    const found = await lookUp(context, operation, ids === undefined ? { [member]: id } : { [ids]: [id] }, at);
    return found && !gone?.(found) ? found : undefined;
  };
}

/** What an operation answers, or a member of it (of a list the first item); undefined where AWS says that there is none. */
export async function lookUp(
  context: Pick<TypeContext, "call">,
  operation: string,
  input: ValueMap,
  at?: string,
): Promise<ValueMap | undefined> {
  try {
    const answer = await context.call(operation, input);
    const held = at === undefined ? answer : answer[at];
    const found = Array.isArray(held) ? held[0] : held;
    return isMap(found) ? found : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function waitUntil({ until, label }: Declaration, find: Find, id: string, context: TypeContext): Promise<void> {
  if (!until) return;
  const [state, holds] = until;
  await context.until(`${label} (${id}) to be ${state}`, async () => {
    const found = await find(id, context);
    return found && holds(found) ? true : undefined;
  });
}

function shownBy(declaration: Declaration, api: Api, found: ValueMap): ValueMap {
  const shown: ValueMap = {};
  const { properties, outputs = [], optional = [], autoName } = declaration;
  for (const key of [...Object.keys(properties), ...outputs]) {
    const value: Value | undefined = found[memberName(api, declaration, key)];
    if (value !== undefined) shown[key] = api.capitals && properties[key]?.kind !== "map" ? lowered(value) : value;
    else if (optional.includes(key)) shown[key] = null;
  }
  if (autoName?.prefixProperty !== undefined) shown[autoName.prefixProperty] = "";
  return shown;
}
