/**
 * Names and strings inside SQL text. Everything that is not a bound parameter passes through here.
 *
 * Redshift folds unquoted *and* quoted names to lower case unless `enable_case_sensitive_identifier` is on, and reads a
 * backslash inside a string literal as an escape character.
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_names.html
 */

/** A name or value that may not go into SQL: says the rule, the value and the remedy. */
export class InvalidNameError extends Error {
  constructor(
    readonly value: string,
    readonly rule: string,
    readonly remedy: string,
  ) {
    super(`${JSON.stringify(value)} ${rule}. ${remedy}.`);
    this.name = "InvalidNameError";
  }
}

const maxNameBytes = 127;
const maxDatabaseNameLength = 64;
const plainName = /^[a-z_][a-z0-9_$]*$/;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Words Redshift refuses as names of users, roles and databases even when quoted, or that mean something else there. */
const reservedPrincipals = new Set(["public", "rdsdb", "current_user", "session_user"]);
const reservedDatabases = new Set([
  "template0",
  "template1",
  "padb_harvest",
  "sys:internal",
  "awsdatacatalog",
  "sample_data_dev",
]);

function refuseUnprintable(value: string): void {
  if (value.includes("\0")) {
    throw new InvalidNameError(value, "must not hold a NUL character", "Remove it");
  }
  if (/\p{Surrogate}/u.test(value)) {
    throw new InvalidNameError(value, "must be well-formed Unicode, without half a surrogate pair", "Correct the text");
  }
}

/**
 * Quotes any existing name, whatever it holds.
 * @throws InvalidNameError when it is empty, longer than 127 bytes or holds a NUL
 */
export function quoteIdentifier(name: string): string {
  refuseUnprintable(name);
  if (name.length === 0 || Buffer.byteLength(name) > maxNameBytes) {
    throw new InvalidNameError(name, `must have 1 to ${maxNameBytes} bytes to be a name`, "Shorten it or give one");
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Quotes a string literal; safe whether the server reads backslashes as escapes (Redshift) or not.
 * @throws InvalidNameError when it holds a NUL
 */
export function quoteLiteral(value: string): string {
  refuseUnprintable(value);
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** `"schema"."table"`. */
export function quoteQualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

export type NameKind = "datashare" | "schema" | "table" | "database" | "role" | "user";

/** Why a name that we would create is refused; undefined when it is fine. */
export function nameFault(kind: NameKind, name: string): { rule: string; remedy: string } | undefined {
  const limit = kind === "database" ? maxDatabaseNameLength : maxNameBytes;
  if (name.length === 0 || name.length > limit) {
    return { rule: `must have 1 to ${limit} characters to name a ${kind}`, remedy: "Shorten it or give one" };
  }
  if (!plainName.test(name)) {
    return {
      rule: `must begin with a lower-case letter or underscore and hold lower-case letters, digits, underscores and dollar signs only, to name a ${kind}`,
      remedy: `Rename it, for example to ${JSON.stringify(suggestName(name))}`,
    };
  }
  if ((kind === "user" || kind === "role") && (reservedPrincipals.has(name) || name.startsWith("sys:"))) {
    return { rule: `must not be a name that Redshift reserves`, remedy: "Choose another name" };
  }
  if (kind === "database" && reservedDatabases.has(name)) {
    return { rule: `must not be a name that Redshift reserves`, remedy: "Choose another name" };
  }
  return undefined;
}

/** @throws InvalidNameError with rule and remedy when `name` may not be the name of a new `kind` */
export function assertName(kind: NameKind, name: string): void {
  const fault = nameFault(kind, name);
  if (fault) throw new InvalidNameError(name, fault.rule, fault.remedy);
}

function suggestName(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9_$]+/g, "_")
    .replace(/^[^a-z_]+/, "")
    .slice(0, 60);
  return cleaned.replace(/_+$/, "") || "my_name";
}

export function isNamespaceGuid(value: string): boolean {
  return guid.test(value);
}

/** @throws InvalidNameError unless `value` is a namespace's GUID: GRANT takes the GUID, never the ARN */
export function assertNamespaceGuid(value: string): void {
  if (isNamespaceGuid(value)) return;
  throw new InvalidNameError(
    value,
    "must be the GUID of a namespace (8-4-4-4-12 lower-case hexadecimal digits)",
    value.startsWith("arn:") ? "Pass the namespaceId, not the ARN" : "Take it from the namespace's namespaceId",
  );
}

/** Splits `schema.table` as the catalog spells it, where `schema` is known to be one of `schemas`. */
export function splitQualified(name: string, schemas: Iterable<string>): { schema: string; name: string } | undefined {
  let best: string | undefined;
  for (const schema of schemas) {
    if (name.startsWith(`${schema}.`) && (best === undefined || schema.length > best.length)) best = schema;
  }
  return best === undefined ? undefined : { schema: best, name: name.slice(best.length + 1) };
}
