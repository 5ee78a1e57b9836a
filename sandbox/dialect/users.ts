import type { Parsed } from "./datashares";
import type { Draft } from "./draft";
import { Reader } from "./reader";
import { DialectError, type Password, type UserOptions } from "./statements";

/**
 * CREATE, ALTER and DROP USER. `ALTER USER u SET …` is PostgreSQL's own and left to it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
export function parseUser(draft: Draft): Parsed | undefined {
  const reader = new Reader(draft);
  if (reader.take("create", "user")) {
    const user = reader.name();
    const { password, options } = readOptions(reader);
    if (!password) return reader.fail();
    return { name: "create-user", args: { user, password, options }, tag: "CREATE USER" };
  }
  if (reader.take("alter", "user")) {
    const user = reader.name();
    if (reader.peek("set") || reader.peek("reset")) return undefined;
    if (reader.take("rename", "to")) {
      const rename = reader.name();
      reader.end();
      return { name: "alter-user", args: { user, rename, options: {} }, tag: "ALTER USER" };
    }
    return { name: "alter-user", args: { user, ...readOptions(reader) }, tag: "ALTER USER" };
  }
  if (reader.take("drop", "user")) {
    const ifExists = reader.take("if", "exists");
    const users = reader.list(() => reader.name());
    reader.end();
    return { name: "drop-user", args: { users, ifExists }, tag: "DROP USER" };
  }
  return undefined;
}

function readOptions(reader: Reader): { password?: Password; options: UserOptions } {
  let password: Password | undefined;
  const options: UserOptions = {};
  reader.take("with");
  while (!reader.atEnd) {
    if (reader.take("encrypted") || reader.take("unencrypted")) continue;
    if (reader.take("password")) password = readPassword(reader);
    else if (reader.take("createdb")) options.createDatabase = true;
    else if (reader.take("nocreatedb")) options.createDatabase = false;
    else if (reader.take("createuser")) options.superuser = true;
    else if (reader.take("nocreateuser")) options.superuser = false;
    else if (reader.take("syslog", "access", "unrestricted")) options.syslogAccess = "unrestricted";
    else if (reader.take("syslog", "access", "restricted")) options.syslogAccess = "restricted";
    else if (reader.take("valid", "until")) options.validUntil = reader.text();
    else if (reader.take("connection", "limit"))
      options.connectionLimit = reader.take("unlimited") ? "unlimited" : reader.number();
    else if (reader.take("session", "timeout")) options.sessionTimeout = reader.number();
    else if (reader.take("reset", "session", "timeout")) options.sessionTimeout = 0;
    else if (reader.take("in", "group")) options.groups = reader.list(() => reader.name());
    else if (reader.take("externalid")) options.externalId = reader.name();
    else reader.fail();
  }
  return { password, options };
}

/** `DISABLE`, or a literal: in clear, `md5<digest>`, `sha256|<clear text>`, or `sha256|<digest>|<salt>`. */
function readPassword(reader: Reader): Password {
  if (reader.take("disable")) return { kind: "disabled" };
  const text = reader.text();
  const [, md5] = /^md5([0-9a-f]{32})$/i.exec(text) ?? [];
  if (md5 !== undefined) return { kind: "md5", digest: md5.toLowerCase() };
  if (!/^sha256\|/i.test(text)) return { kind: "clear", password: text };
  const [, first = "", salt] = text.split("|");
  if (salt === undefined) return { kind: "clear-sha256", password: first };
  if (!isSha256(first) || !isSha256(salt) || text.split("|").length > 3) {
    const hint = "The forms are 'sha256|<password>' and 'sha256|<digest>|<salt>', of 64 hexadecimal digits each.";
    throw new DialectError("invalid SHA-256 digest or 256-bit salt", hint, "22023");
  }
  return { kind: "sha256", digest: first.toLowerCase(), salt };
}

/** 256 bits in hexadecimal digits. */
const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);
