import type { StackOutputs } from "@redshift-fleet/redshift/fleet";

/** Words of an error that names a relation: `relation "orders" does not exist`, with its schema or without. */
const missing = /relation "?([^\n]*?)"? does not exist/gi;

/** The parts of a name, without quotes. */
const partsOf = (name: string) => name.replaceAll('"', "").split(".");

/**
 * @param output what the client said
 * @param sql what it was asked, as far as that is known
 * @returns how shared tables are named, where a reader's statement found none and did not name it so
 */
export function threePartNames(
  output: string,
  address: { name: string },
  { datashares }: Pick<StackOutputs, "datashares">,
  sql = "",
): string | undefined {
  if (address.name === "producer") return undefined;
  // Whoever wrote three parts knows how: the table itself is not there. The error may name fewer than were written.
  const written = new Set(
    (sql.match(/("[^"]+"|[\w$]+)(\.("[^"]+"|[\w$]+)){2}/g) ?? []).map((name) => partsOf(name)[2]),
  );
  const short = [...output.matchAll(missing)]
    .map(([, name = ""]) => partsOf(name))
    .filter((parts) => parts.length < 3 && !written.has(parts.at(-1)));
  if (short.length === 0) return undefined;
  const names = datashares.flatMap(({ consumerDatabase, schemas }) =>
    schemas.map((schema) => `${consumerDatabase}.${schema}.<table>`),
  );
  return names.length === 0 ? undefined : `Shared tables have three-part names on consumers: ${names.join(", ")}.`;
}
