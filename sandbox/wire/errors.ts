import { type Fields, fieldsMessage, parseFields } from "./messages";

/** SQLSTATE of the notice by which the share catalog says that consumers must be brought up to date. */
const sharesChanged = "RS001";

export const tellsOfChange = (fields: Fields): boolean => fields.get("C") === sharesChanged;

/**
 * An error or notice in the words of a Redshift that has no foreign tables: `d$s.t` becomes `d.s.t`, and a share that is no
 * longer granted reads as a missing permission. The context of statements of our own is dropped: it shows their text.
 */
export function translate(type: number, bytes: Buffer, sharedDatabases: ReadonlySet<string>): Buffer {
  const fields = parseFields(bytes);
  if (/\brs_share\.|inline_code_block/.test(fields.get("W") ?? "")) fields.delete("W");
  fields.delete("P");
  const closed = /^user mapping not found for (?:user "[^"]*", )?server "rs_([^"]*)"/.exec(fields.get("M") ?? "");
  if (closed) {
    fields.set("C", "42501").set("M", `permission denied for database ${closed[1]}`);
    fields.set("H", "The datashare behind this database is not granted to this namespace, or no longer exists.");
  }
  const unreachable = /^could not connect to server "rs_([^"]*)"/.exec(fields.get("M") ?? "");
  if (unreachable) {
    fields.set("M", `the producer of database ${unreachable[1]} is not available`);
    fields.delete("D");
  }
  for (const code of ["M", "D", "H"]) {
    const text = fields.get(code);
    if (text?.includes("$")) fields.set(code, withoutMangling(text, sharedDatabases));
  }
  return fieldsMessage(type, fields);
}

function withoutMangling(text: string, sharedDatabases: ReadonlySet<string>): string {
  let result = text;
  for (const database of sharedDatabases) result = result.replaceAll(`${database}$`, `${database}.`);
  return result;
}
