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
