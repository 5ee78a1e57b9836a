import { AwsError } from "../aws/errors";
import type { Tags } from "../aws/tags";

/** A filter as requests of EC2 have it. */
export interface Filter {
  Name?: string;
  Value?: string[];
}

/** A thing of the account in the shape of EC2's XML. */
export type Row = Record<string, unknown>;

/** Values of a row under a filter's name. */
type FilterValues = Readonly<Record<string, (row: Row) => string | string[] | undefined>>;

export const tagSet = (tags: Tags) => Object.entries(tags).map(([key, value]) => ({ key, value }));

export const field = (key: string) => (row: Row) => (row[key] === undefined ? undefined : String(row[key]));

/**
 * The rows asked for by their ids, or all of them.
 * @param code of the error about an id that does not exist
 */
export function select(rows: Row[], ids: string[] | undefined, idKey: string, code: string): Row[] {
  for (const id of ids ?? []) {
    if (!rows.some((row) => row[idKey] === id)) throw new AwsError(code, `The ID '${id}' does not exist`);
  }
  return ids === undefined ? rows : rows.filter((row) => ids.includes(String(row[idKey])));
}

/** The rows that pass every filter; tags can always be asked for. */
export function filter(rows: Row[], filters: Filter[] | undefined, values: FilterValues): Row[] {
  return (filters ?? []).reduce((left, { Name: name = "", Value: wanted = [] }) => {
    const read = name.startsWith("tag:")
      ? (row: Row) => (row.tagSet as { key: string; value: string }[]).find(({ key }) => key === name.slice(4))?.value
      : values[name];
    if (!read) throw new AwsError("InvalidParameterValue", `The filter '${name}' is not implemented by the sandbox.`);
    return left.filter((row) => {
      const found = read(row);
      return (Array.isArray(found) ? found : [found]).some((value) => value !== undefined && wanted.includes(value));
    });
  }, rows);
}
