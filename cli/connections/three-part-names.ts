import type { StackOutputs } from "@redshift-fleet/redshift/fleet";

/** @returns how shared tables are named, where a client's output says that a reader's statement found none */
export function threePartNames(
  output: string,
  address: { name: string },
  { datashares }: Pick<StackOutputs, "datashares">,
): string | undefined {
  if (address.name === "producer" || !/relation .* does not exist/i.test(output)) return undefined;
  const names = datashares.flatMap(({ consumerDatabase, schemas }) =>
    schemas.map((schema) => `${consumerDatabase}.${schema}.<table>`),
  );
  return names.length === 0 ? undefined : `Shared tables have three-part names on consumers: ${names.join(", ")}.`;
}
