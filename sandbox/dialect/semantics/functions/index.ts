import type { Call } from "../../grammar/nodes";
import { DialectError } from "../../statements";
import postgresFunctions from "./postgres-functions.json";
import { isMissing, type KnownFunction, knownFunction } from "./table";

/** All functions of PostgreSQL's own, by name: of these only those in the table are Redshift's too. */
const ofPostgres = new Set(postgresFunctions.names.split(" "));

/**
 * The function that a call means, undefined for one of a user's own.
 * @throws DialectError for one of PostgreSQL's that Redshift has not, or of Redshift's that is not there
 */
export function functionOf({ name, at }: Pick<Call, "name" | "at">): KnownFunction | undefined {
  const [first = ""] = name;
  const last = name.at(-1) ?? "";
  if (name.length > 1 && first !== "pg_catalog") return undefined;
  const known = knownFunction(last);
  if (known) return known;
  if (isMissing(last)) throw new DialectError(`function ${last} is not supported here`, undefined, "0A000", at);
  if (name.length > 1 || ofPostgres.has(last) || last.startsWith("rs_") || last.startsWith("pg_"))
    throw new DialectError(`function ${last} does not exist`, "PostgreSQL may have it, Redshift has not.", "42883", at);
  return undefined;
}
