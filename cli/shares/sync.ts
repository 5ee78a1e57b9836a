import { connectionOf, type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";
import { Problem } from "../terminal/terminal";

/** What one share took to be as its stack says. */
export interface SyncedShare {
  name: string;
  /** Empty where it was up to date. */
  statements: string[];
}

/**
 * Compares datashares of a stack with the producer's catalog, as an update of the stack does, and sends what they lack.
 *
 * @param names of the shares; none = all of the stack's
 */
export async function syncShares(
  outputs: StackOutputs,
  names: readonly string[],
  options: { dryRun: boolean },
): Promise<SyncedShare[]> {
  // All faults before the first statement.
  const definitions = chosen(outputs, names).map(definitionOf);
  const { DataApi, syncDatashare } = await import("@redshift-fleet/redshift");
  const { producer } = outputs;
  const api = new DataApi(connectionOf(outputs), targetOf(producer, producer.secretArn));
  const synced: SyncedShare[] = [];
  for (const definition of definitions) {
    synced.push({ name: definition.share, statements: await syncDatashare(api, definition, options) });
  }
  return synced;
}

type Share = StackOutputs["datashares"][number];

function chosen({ datashares }: StackOutputs, names: readonly string[]): Share[] {
  const unknown = names.filter((wanted) => !datashares.some(({ name }) => name === wanted));
  if (unknown.length > 0) {
    const known = datashares.map(({ name }) => name).join(", ") || "none";
    throw new Problem(`There is no datashare ${unknown.join(", ")}. There are: ${known}.`, 2);
  }
  return names.length === 0 ? datashares : datashares.filter(({ name }) => names.includes(name));
}

function definitionOf({ name, objects }: Share) {
  if (!objects)
    throw new Problem(
      `The outputs do not say what datashare ${name} shares: the stack was deployed before they did. Deploy it.`,
    );
  return { share: name, publicAccessible: false, schemas: objects };
}
