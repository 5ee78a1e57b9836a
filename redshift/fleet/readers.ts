import { readerOf } from "../readers/model";
import type { StackOutputs } from "./outputs";

/** The secret of a reader who may read the datashare; undefined where nobody may. */
export function secretOfReaderOf(outputs: StackOutputs, share: string): string | undefined {
  const { endpoint, readers } = outputs;
  if (!readers) return endpoint.secretArn;
  const all = Object.entries(readers).map(([name, reader]) => ({ name, ...reader }));
  return readerOf(share, all, endpoint.user ?? "")?.secretArn;
}
