import { readerOf } from "@redshift-fleet/redshift/declarations";
import type { StackOutputs } from "@redshift-fleet/redshift/fleet";
import { Problem } from "../terminal/terminal";

/** The secret of a reader by name: the endpoint's where none is named. */
export function readerSecret(outputs: StackOutputs, user?: string): string {
  const { endpoint, readers } = outputs;
  if (user === undefined || user === endpoint.user) return endpoint.secretArn;
  if (!readers)
    throw new Problem(
      "The stack's outputs name no readers: it was deployed before there was such an output. Deploy it.",
    );
  const reader = readers[user];
  if (!reader) throw new Problem(`There is no reader ${user}. There are: ${Object.keys(readers).sort().join(", ")}.`);
  return reader.secretArn;
}

/** The secret of a reader who may read the datashare; undefined where nobody may. */
export function secretOfReaderOf(outputs: StackOutputs, share: string): string | undefined {
  const { endpoint, readers } = outputs;
  if (!readers) return endpoint.secretArn;
  const all = Object.entries(readers).map(([name, reader]) => ({ name, ...reader }));
  return readerOf(share, all, endpoint.user ?? "")?.secretArn;
}
