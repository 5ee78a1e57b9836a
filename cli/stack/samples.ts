import fs from "node:fs";
import path from "node:path";
import type { SampleTable } from "@redshift-fleet/redshift";
import { counted } from "@redshift-fleet/redshift/declarations";
import { connectionOf, type StackOutputs, targetOf } from "@redshift-fleet/redshift/fleet";
import { z } from "zod";
import { Problem } from "../terminal/terminal";
import type { StackSettings } from "./settings";

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Tables = z.array(z.object({ schema: z.string(), table: z.string(), rows: z.array(z.record(z.string(), Value)) }));

/**
 * The module with a stack's sample data, where it has some: `samples/index.cjs` beside the folder of its schema files.
 * It exports `tables()`, which returns `[{ schema, table, rows }]` in the order of loading.
 */
export function samplesOf({ schemaDirectory }: Pick<StackSettings, "schemaDirectory">): string | undefined {
  if (schemaDirectory === undefined) return undefined;
  const module = path.join(path.dirname(schemaDirectory), "samples", "index.cjs");
  return fs.existsSync(module) ? module : undefined;
}

/** @throws Problem naming the module, where it does not export what it should */
export function tablesOf(module: string): SampleTable[] {
  try {
    return Tables.parse(require(module).tables());
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Problem(`${module} must export tables(), which returns [{ schema, table, rows }]: ${reason}`);
  }
}

/**
 * Fills the producer's tables with a stack's sample data, once for each producer: a note in the sandbox's folder says
 * which one has them.
 */
export async function loadSampleData(
  outputs: StackOutputs,
  module: string,
  sandboxDirectory: string,
  detail: (text: string) => void,
): Promise<void> {
  const { producer } = outputs;
  const marker = path.join(sandboxDirectory, "samples", producer.namespaceId);
  if (fs.existsSync(marker)) return detail("loaded before");
  const { DataApi, loadSamples } = await import("@redshift-fleet/redshift");
  const api = new DataApi(connectionOf(outputs), targetOf(producer, producer.secretArn));
  const tables = await loadSamples(api, tablesOf(module));
  fs.mkdirSync(path.dirname(marker), { recursive: true });
  fs.writeFileSync(marker, JSON.stringify(tables));
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  detail(`${counted(total, "row")} in ${counted(tables.length, "table")}`);
}
