import type { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaTraitsObject } from "@smithy/types";
import { AwsError } from "../../aws/errors";
import type { Call } from "../call";
import type { OperationSchema } from "../schema";
import { readText, rule, type TimeFormat } from "../values/scalars";
import type { Value, Values } from "../values/value";

/** Whether a member travels outside the body. https://smithy.io/2.0/spec/http-bindings.html */
export function isBound({ httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders }: SchemaTraitsObject) {
  return Boolean(httpLabel || httpQuery || httpQueryParams || httpHeader) || httpPrefixHeaders !== undefined;
}

/** What the path, the query and the headers hold of an input. */
export function readUri({ input }: OperationSchema, labels: Readonly<Record<string, string>>, call: Call): Values {
  const result: [string, Value][] = [];
  const members = [...(input?.structIterator() ?? [])];
  const taken = new Set(members.flatMap(([, member]) => member.getMergedTraits().httpQuery ?? []));
  for (const [name, member] of members) {
    const { httpLabel, httpQuery, httpHeader, httpPrefixHeaders, httpQueryParams } = member.getMergedTraits();
    let found: Value | undefined;
    if (httpLabel) found = textOf(member, labels[name], "date-time", name);
    else if (httpQuery !== undefined) found = fromQuery(member, call.query, httpQuery);
    else if (httpHeader !== undefined) found = fromHeader(member, headerOf(call, httpHeader.toLowerCase()), httpHeader);
    else if (httpPrefixHeaders !== undefined) found = fromPrefix(call, httpPrefixHeaders.toLowerCase());
    else if (httpQueryParams) found = otherParameters(member, call.query, taken);
    if (found !== undefined) result.push([name, found]);
  }
  return Object.fromEntries(result);
}

/** What the body holds: one member as its payload, or all that are bound nowhere else. */
export function readPayload(
  { input }: OperationSchema,
  { body, stream }: Call,
  parse: (schema: NormalizedSchema, body: Buffer) => Values,
): Values {
  if (!input) return {};
  const members = [...input.structIterator()];
  const [name, payload] = members.find(([, member]) => member.getMergedTraits().httpPayload) ?? [];
  if (name === undefined || payload === undefined) {
    const inBody = members.some(([, member]) => !isBound(member.getMergedTraits()));
    return inBody ? pick(parse(input, body), members) : {};
  }
  if (stream) return { [name]: stream };
  if (body.length === 0) return {};
  if (payload.isBlobSchema()) return { [name]: body };
  return { [name]: payload.isStringSchema() ? body.toString("utf8") : parse(payload, body) };
}

/** A body may not set what belongs elsewhere. */
function pick(values: Values, members: [string, NormalizedSchema][]): Values {
  const inBody = members.filter(([name, member]) => Object.hasOwn(values, name) && !isBound(member.getMergedTraits()));
  return Object.fromEntries(inBody.map(([name]) => [name, values[name]!]));
}

/** Presigned requests carry headers as parameters. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function headerOf({ headers, query }: Call, name: string): string | undefined {
  const sent = headers[name];
  if (sent !== undefined) return Array.isArray(sent) ? sent.join(",") : sent;
  return name.startsWith("x-amz-") ? (query.get(name) ?? undefined) : undefined;
}

function fromQuery(member: NormalizedSchema, query: URLSearchParams, name: string): Value | undefined {
  if (!query.has(name)) return undefined;
  if (!member.isListSchema()) return textOf(member, query.get(name) ?? "", "date-time", name);
  return query.getAll(name).flatMap((text) => textOf(member.getValueSchema(), text, "date-time", name) ?? []);
}

function fromHeader(member: NormalizedSchema, text: string | undefined, name: string): Value | undefined {
  if (text === undefined || !member.isListSchema()) return textOf(member, text, "http-date", name);
  const items = member.getValueSchema();
  return text.split(/\s*,\s*/).flatMap((item) => textOf(items, item, "http-date", name) ?? []);
}

function fromPrefix({ headers, query }: Call, prefix: string): Value | undefined {
  const sent = [...Object.entries(headers), ...query].filter(([name]) => name.toLowerCase().startsWith(prefix));
  if (sent.length === 0) return undefined;
  return Object.fromEntries(sent.map(([name, text]) => [name.slice(prefix.length).toLowerCase(), String(text)]));
}

function otherParameters(member: NormalizedSchema, query: URLSearchParams, taken: ReadonlySet<string>) {
  const names = [...new Set(query.keys())].filter((name) => !taken.has(name));
  if (names.length === 0) return undefined;
  const many = member.getValueSchema().isListSchema();
  return Object.fromEntries(names.map((name) => [name, many ? query.getAll(name) : (query.get(name) ?? "")]));
}

function textOf(schema: NormalizedSchema, text: string | undefined, usual: TimeFormat, name: string) {
  if (text === undefined) return undefined;
  const value = readText(schema, text, usual);
  if (value === undefined) throw new AwsError("InvalidArgument", `The value of ${name} ${rule(schema)}.`);
  return value;
}
