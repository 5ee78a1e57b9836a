import type { Reader } from "./reader";
import type { Grantee } from "./statements";

/** `name`, `ROLE name`, `GROUP name` or `PUBLIC`. */
export function readGrantee(reader: Reader): Grantee {
  if (reader.take("public")) return { kind: "public", name: "public" };
  const kind = reader.take("role") ? "role" : reader.take("group") ? "group" : "user";
  return { kind, name: reader.name() };
}

export function readGrantees(reader: Reader): Grantee[] {
  return reader.list(() => readGrantee(reader));
}
