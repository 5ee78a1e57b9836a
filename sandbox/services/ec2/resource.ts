import { type Invoke, look } from "../../provider/resource/invoke";
import { matches } from "../../provider/resource/property";
import { resourcesOf } from "../../provider/resource/resource";
import type { ResourceType } from "../../provider/resource/resource-type";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { isEmpty, maps, textMap, texts, type Value, type ValueMap } from "../../provider/values";

export const cidr = matches(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "expected a valid IPv4 CIDR");

/** AWS accepts only these characters: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const descriptionRule = matches(
  /^[A-Za-z0-9._\-:/()#,@[\]+=&;{}!$*\s]*$/,
  "expected letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* only",
);

/** What `TagSpecifications` call a type: `aws:ec2/routeTable:RouteTable` is a `route-table`. */
function resourceTypeOf(token: string): string {
  const name = token.split(/[/:]/)[2]!.replace(/(In|E)gressRule$/, "Rule");
  const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return kebab === "flow-log" ? "vpc-flow-log" : kebab;
}

export const resource = resourcesOf({
  capitals: true,
  tagging: {
    given: (inputs, token) => ({
      TagSpecifications: [{ ResourceType: resourceTypeOf(token), Tags: tagList(textMap(inputs, "tagsAll")) }],
    }),
    read: ({ Tags }) => tagRecord(Tags),
    put: (tags, id) => ["CreateTags", { Resources: [id], Tags: tagList(tags) }],
    remove: (keys, id) => ["DeleteTags", { Resources: [id], Tags: keys.map((Key) => ({ Key })) }],
  },
});

/** A lookup: one or several resources that arguments and filters describe. */
export interface Search {
  type: ResourceType;
  operation: string;
  /** The member of the answer that lists what was found. */
  at: string;
  id: string;
  /** Filters that arguments stand for. */
  filters: Readonly<Record<string, string>>;
  /** Members of the result that the resource does not show. */
  more?(found: ValueMap): ValueMap;
}

/** The resource that is the only one to meet the arguments. */
export function one(search: Search): Invoke {
  return {
    async run(args, context) {
      const { at, operation, type, id, more } = search;
      const answer = await context.call(operation, { Filters: filtersOf(search.filters, args) });
      const found = single(maps(answer, at), type.label);
      return { ...(await look(type, String(found[id]), context)), ...more?.(found) };
    },
  };
}

/** The ids of all that meet them. */
export function all(search: Search): Invoke {
  return {
    async run(args, { call, region }) {
      const answer = await call(search.operation, { Filters: filtersOf(search.filters, args) });
      return { tags: {}, ...args, id: region, ids: maps(answer, search.at).map((found) => found[search.id]!) };
    },
  };
}

/** Arguments that stand for filters by the names of these, tags, and filters themselves. */
export function filtersOf(filters: Search["filters"], args: ValueMap): Value[] {
  const named = Object.entries(filters)
    .filter(([argument]) => !isEmpty(args[argument]))
    .map(([argument, Name]) => ({ Name, Values: [String(args[argument])] }));
  const tagged = Object.entries(textMap(args, "tags")).map(([key, value]) => ({ Name: `tag:${key}`, Values: [value] }));
  const given = maps(args, "filters").map((filter) => ({ Name: String(filter.name), Values: texts(filter, "values") }));
  return [...named, ...tagged, ...given];
}

export function single<T>(found: T[], label: string): T {
  if (found.length === 0) throw new Error(`no matching ${label} found`);
  if (found.length > 1)
    throw new Error(`multiple ${label}s matched; use additional constraints to reduce matches to a single ${label}`);
  return found[0]!;
}
