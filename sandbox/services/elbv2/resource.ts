import { matches } from "../../provider/resource/property";
import { resourcesOf } from "../../provider/resource/resource";
import type { TypeContext } from "../../provider/resource/resource-type";
import { tagList, tagRecord } from "../../provider/resource/tagging";
import { isEmpty, maps, textMap, type Value, type ValueMap } from "../../provider/values";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
export const elbName = matches(
  /^(?!internal-)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  'expected letters, digits and hyphens, no hyphen at either end and no "internal-" at the beginning',
);

export const resource = resourcesOf({
  capitals: true,
  tagging: {
    given: (inputs) => ({ Tags: tagList(textMap(inputs, "tagsAll")) }),
    async read(_found, arn, { call }) {
      const [described] = maps(await call("DescribeTags", { ResourceArns: [arn] }), "TagDescriptions");
      return tagRecord(described?.Tags);
    },
    put: (tags, arn) => ["AddTags", { ResourceArns: [arn], Tags: tagList(tags) }],
    remove: (TagKeys, arn) => ["RemoveTags", { ResourceArns: [arn], TagKeys }],
  },
});

/** What a load balancer, a target group or a listener has as `[{Key, Value}]`, as a record of texts. */
export async function attributes(
  { call }: TypeContext,
  operation: string,
  input: ValueMap,
): Promise<Record<string, string>> {
  return tagRecord((await call(operation, input)).Attributes);
}

/** Attributes with a value, in the API's form; booleans and numbers as text. */
export function attributeList(values: Record<string, Value | undefined>): { Key: string; Value: string }[] {
  return Object.entries(values)
    .filter(([, value]) => !isEmpty(value))
    .map(([Key, value]) => ({ Key, Value: String(value) }));
}

/** The part of an ARN that CloudWatch uses as a dimension. */
export function suffixOf(arn: string): string {
  return arn
    .split(":")
    .pop()!
    .replace(/^loadbalancer\//, "");
}

/** An attribute that is a number or a boolean, as the value that the resource shows. */
export function numberOf(values: Record<string, string>, key: string): Value {
  const value = values[key];
  return value === undefined || value === "" ? null : Number(value);
}

export function flagOf(values: Record<string, string>, key: string): Value {
  const value = values[key];
  return value === undefined ? null : value === "true";
}
