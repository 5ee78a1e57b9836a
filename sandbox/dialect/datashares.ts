import type { Draft } from "./draft";
import { readGrantee } from "./grantees";
import { Reader } from "./reader";
import {
  DialectError,
  type ShareChange,
  type ShareGrant,
  type ShareGrantee,
  type ShareObject,
  type StatementArguments,
  type StatementName,
} from "./statements";

/** A statement's name, arguments and tag, before its source is known. */
export type Parsed = {
  [Name in StatementName]: { readonly name: Name; readonly args: StatementArguments[Name]; readonly tag: string };
}[StatementName];

const namespaceGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * CREATE, ALTER and DROP DATASHARE, and its GRANT and REVOKE; undefined for any other statement.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_DATASHARE.html
 */
export function parseDatashare(draft: Draft): Parsed | undefined {
  const reader = new Reader(draft);
  if (reader.take("create", "datashare")) return createDatashare(reader);
  if (reader.take("alter", "datashare")) return alterDatashare(reader);
  if (reader.take("drop", "datashare")) {
    const share = reader.name();
    reader.end();
    return { name: "drop-datashare", args: { share }, tag: "DROP DATASHARE" };
  }
  const on = draft.is(0, "grant", "revoke") ? draft.find(1, draft.length, "on") : -1;
  return on > 0 && draft.is(on + 1, "datashare") ? datashareGrant(draft) : undefined;
}

function createDatashare(reader: Reader): Parsed {
  const share = reader.name();
  const setting = reader.take("set");
  const publicAccessible = setting || !reader.atEnd ? publicAccess(reader) : false;
  reader.take("managedby", "adx");
  reader.end();
  return { name: "create-datashare", args: { share, publicAccessible }, tag: "CREATE DATASHARE" };
}

function alterDatashare(reader: Reader): Parsed {
  const share = reader.name();
  const change = shareChange(reader);
  reader.end();
  return { name: "alter-datashare", args: { share, change }, tag: "ALTER DATASHARE" };
}

function shareChange(reader: Reader): ShareChange {
  if (reader.take("add")) return { type: "add", objects: shareObjects(reader) };
  if (reader.take("remove")) return { type: "remove", objects: shareObjects(reader) };
  reader.expect("set");
  if (reader.peek("publicaccessible")) return { type: "set-public", publicAccessible: publicAccess(reader) };
  reader.expect("includenew");
  reader.take("=");
  const includeNew = reader.boolean();
  reader.expect("for", "schema");
  return { type: "set-include-new", schema: reader.name(), includeNew };
}

function publicAccess(reader: Reader): boolean {
  reader.expect("publicaccessible");
  reader.take("=");
  return reader.boolean();
}

function shareObjects(reader: Reader): ShareObject[] {
  if (reader.take("all", "tables", "in", "schema"))
    return reader.list(() => ({ kind: "all-tables", schema: reader.name() }) as const);
  if (reader.take("all", "functions", "in", "schema"))
    return reader.list(() => ({ kind: "all-functions", schema: reader.name() }) as const);
  if (reader.take("schema")) return reader.list(() => ({ kind: "schema", schema: reader.name() }) as const);
  if (reader.take("table") || reader.take("view"))
    return reader.list(() => ({ kind: "table", ...reader.qualifiedName() }) as const);
  reader.expect("function");
  return reader.list(
    () => ({ kind: "function", ...reader.qualifiedName(), arguments: reader.parenthesised() }) as const,
  );
}

function datashareGrant(draft: Draft): Parsed {
  const reader = new Reader(draft);
  const granting = reader.take("grant");
  if (!granting) {
    reader.expect("revoke");
    reader.take("grant", "option", "for");
  }
  const privilege = reader.take("alter") ? "alter" : reader.take("share") ? "share" : "usage";
  if (privilege === "usage") reader.expect("usage");
  reader.expect("on", "datashare");
  const share = reader.name();
  reader.expect(granting ? "to" : "from");
  const args: ShareGrant = { share, privilege, to: shareGrantee(reader) };
  if (granting) reader.take("with", "grant", "option");
  reader.end();
  return granting ? { name: "grant-datashare", args, tag: "GRANT" } : { name: "revoke-datashare", args, tag: "REVOKE" };
}

function shareGrantee(reader: Reader): ShareGrantee {
  if (reader.take("namespace")) return { kind: "namespace", namespace: namespace(reader) };
  if (reader.take("account"))
    return { kind: "account", account: reader.text(), viaDataCatalog: reader.take("via", "data", "catalog") };
  return readGrantee(reader);
}

/** A namespace is named by its GUID alone, never by its ARN. */
export function namespace(reader: Reader): string {
  const guid = reader.text().toLowerCase();
  if (!namespaceGuid.test(guid))
    throw new DialectError(`invalid namespace "${guid}"`, "Give the namespace's GUID, not its ARN or name.", "22023");
  return guid;
}
