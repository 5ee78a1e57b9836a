import type { DescribeVpcsRequest, Filter, Tag } from "@aws-sdk/client-ec2";
import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import { wildcards } from "./wildcards";

/** A thing of the account as EC2 tells it. */
type Row = object;
type FilterValue = string | number | boolean | undefined;

/** What is particular to one kind of thing. */
export interface Kind<T extends Row> {
  /** The member that is its id, such as `SubnetId`. */
  id: keyof T & string;
  /** Error about an id that does not exist. */
  notFound: string;
  /** Filters whose value is the member of the same name: `vpc-id` of `VpcId`. Tags can always be asked for. */
  filters?: readonly string[];
  /** Other filters, with the values that a thing has under each. */
  special?: Readonly<Record<string, (row: T) => readonly FilterValue[]>>;
}

type Asked = Pick<DescribeVpcsRequest, "Filters" | "MaxResults" | "NextToken">;

/** More than a sandbox has of anything: who names no number gets all. */
const everything = 100_000;

/**
 * The things that a request asks for, by their ids, by filters and in pages. Filters take `*` and `?`; a thing must meet
 * all of them, each with one of its values. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html
 * @throws AwsError `<kind>.NotFound`, `InvalidParameterValue`
 */
export function describe<T extends Row>(
  kind: Kind<T>,
  rows: readonly T[],
  ids: readonly string[] | undefined,
  { Filters, MaxResults, NextToken }: Asked = {},
): { items: T[]; nextToken?: string } {
  const known = new Set(rows.map((row) => String(row[kind.id])));
  const unknown = ids?.find((id) => !known.has(id));
  if (unknown !== undefined) throw new AwsError(kind.notFound, `The ID '${unknown}' does not exist`);
  const named = rows.filter((row) => ids === undefined || ids.includes(String(row[kind.id])));
  const tests = (Filters ?? []).map((filter) => testOf(kind, filter));
  const matching = named.filter((row) => tests.every((meets) => meets(row)));
  return paginate(matching, NextToken, MaxResults, { fallback: everything, code: "InvalidParameterValue" });
}

function testOf<T extends Row>(kind: Kind<T>, { Name = "", Values = [] }: Filter): (row: T) => boolean {
  const read = reader(kind, Name);
  const patterns = Values.map(wildcards);
  return (row) => read(row).some((value) => value !== undefined && patterns.some((matches) => matches(String(value))));
}

function reader<T extends Row>({ filters = [], special = {} }: Kind<T>, name: string) {
  if (name.startsWith("tag:"))
    return (row: T) => tagsOf(row).flatMap((tag) => (tag.Key === name.slice(4) ? tag.Value : []));
  if (name === "tag-key") return (row: T) => tagsOf(row).map(({ Key }) => Key);
  if (Object.hasOwn(special, name)) return special[name]!;
  if (!filters.includes(name)) {
    throw new AwsError("InvalidParameterValue", `The filter '${name}' is not implemented by the sandbox.`);
  }
  const member = name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return (row: T): FilterValue[] => [(row as Record<string, FilterValue>)[member]];
}

function tagsOf(row: Row): Tag[] {
  return (row as { Tags?: Tag[] }).Tags ?? [];
}
