import { isNotFound } from "../../aws/errors";
import type { TypeContext } from "../../provider/resource/resource-type";
import { tagChange, tagList, tagRecord } from "../../provider/resource/tagging";
import { isMap, maps, type Value, type ValueMap } from "../../provider/values";

/** The first item of an answer's list, or undefined where the API says that there is no such thing. */
export async function first(
  context: TypeContext,
  operation: string,
  input: ValueMap,
  member: string,
): Promise<ValueMap | undefined> {
  try {
    const answer: ValueMap = await context.call(operation, input);
    return maps(answer, member)[0];
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** `[{Key, Value}]` attributes as a record. */
export async function attributes(
  context: TypeContext,
  operation: string,
  input: ValueMap,
): Promise<Record<string, string>> {
  const { Attributes } = await context.call(operation, input);
  return tagRecord(Attributes);
}

/** Attributes with a value, in the API's form; booleans and numbers as text. */
export function attributeList(values: Record<string, Value | undefined>): { Key: string; Value: string }[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([Key, value]) => ({ Key, Value: String(value) }));
}

export async function tagsOf(context: TypeContext, arn: string): Promise<Record<string, string>> {
  const description = await first(context, "DescribeTags", { ResourceArns: [arn] }, "TagDescriptions");
  return isMap(description) ? tagRecord(description.Tags) : {};
}

export async function setTags(context: TypeContext, arn: string, olds: ValueMap, news: ValueMap): Promise<void> {
  const { put, remove } = tagChange(olds, news);
  if (Object.keys(put).length > 0) await context.call("AddTags", { ResourceArns: [arn], Tags: tagList(put) });
  if (remove.length > 0) await context.call("RemoveTags", { ResourceArns: [arn], TagKeys: remove });
}

/** The part of an ARN that CloudWatch uses as a dimension. */
export function suffixOf(arn: string): string {
  return arn
    .split(":")
    .pop()!
    .replace(/^loadbalancer\//, "");
}

/** An attribute that is a number, a boolean or a text, as the value that the resource shows. */
export function numberOf(values: Record<string, string>, key: string): Value {
  const value = values[key];
  return value === undefined || value === "" ? null : Number(value);
}

export function flagOf(values: Record<string, string>, key: string): Value {
  const value = values[key];
  return value === undefined ? null : value === "true";
}
