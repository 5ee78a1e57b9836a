import fs from "node:fs";
import path from "node:path";
import type { StackOutputs } from "./outputs";
import { connectionOf, targetOf } from "./targets";

/**
 * Fills the producer's airline tables, once for each producer: a note in the sandbox's folder says which one has them.
 */
export async function loadSampleData(
  outputs: StackOutputs,
  sandboxDirectory: string,
  detail: (text: string) => void,
): Promise<void> {
  const { producer } = outputs;
  const marker = path.join(sandboxDirectory, "samples", producer.namespaceId);
  if (fs.existsSync(marker)) return detail("loaded before");
  const { DataApi, loadSamples } = await import("@redshift-fleet/redshift");
  const api = new DataApi(connectionOf(outputs), targetOf(producer, producer.secretArn));
  const tables = await loadSamples(api);
  fs.mkdirSync(path.dirname(marker), { recursive: true });
  fs.writeFileSync(marker, JSON.stringify(tables));
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  detail(`${total} rows in ${tables.length} tables`);
}
