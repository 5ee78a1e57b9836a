import { AwsError } from "../../aws/errors";

/** A filter as requests of EC2 have it. */
export interface Filter {
  Name?: string;
  Values?: string[];
}

/** A thing of the account as EC2 answers it. */
export type Row = Record<string, unknown>;

/** Values of a row under a filter's name. */
type FilterValues = Readonly<Record<string, (row: Row) => string | string[] | undefined>>;

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
  return (filters ?? []).reduce((left, { Name: name = "", Values: wanted = [] }) => {
    const read = name.startsWith("tag:")
      ? (row: Row) => (row.Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === name.slice(4))?.Value
      : Object.hasOwn(values, name) && values[name];
    if (!read) throw new AwsError("InvalidParameterValue", `The filter '${name}' is not implemented by the sandbox.`);
    return left.filter((row) => {
      const found = read(row);
      return (Array.isArray(found) ? found : [found]).some((value) => value !== undefined && wanted.includes(value));
    });
  }, rows);
}
