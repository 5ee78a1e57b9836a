import fs from "node:fs";
import os from "node:os";
import { Command, Option } from "commander";
import type { Figure, Settings } from "./figures";
import { dynamicResources } from "./items/dynamic";
import { memory } from "./items/memory";
import { preview } from "./items/preview";
import { readers } from "./items/readers";
import { rollout } from "./items/rollout";
import { s3 } from "./items/s3";
import { start } from "./items/start";
import { table } from "./table";

const items: Record<string, (settings: Settings) => Promise<Figure[]>> = {
  preview,
  start,
  memory,
  readers,
  rollout,
  dynamic: dynamicResources,
  s3,
};

interface Options {
  json?: string;
  only?: string[];
  quick: boolean;
}

/** Measures, one item after the other; a figure out of its limits is shown as such and is no failure of the program. */
async function main(): Promise<void> {
  const command = new Command("npm run bench --")
    .description("Measures how long things take, as ratios within one run: machines differ, ratios less.")
    .option("--json <file>", "also write figures and samples to a file")
    .addOption(new Option("--only <items...>", "measure only these").choices(Object.keys(items)))
    .option("--quick", "fewer rounds, smaller fleets: says whether something is badly off, not more", false)
    .parse();
  const { json, only = Object.keys(items), quick } = command.opts<Options>();
  const figures: Figure[] = [];
  const failed: string[] = [];
  for (const name of only) {
    const say = (text: string) => process.stderr.write(`  ${name}: ${text}\n`);
    try {
      figures.push(...(await (items[name] as (typeof items)[string])({ quick, progress: say })));
    } catch (error) {
      failed.push(name);
      say(`could not be measured: ${(error as Error).message}`);
    }
  }
  console.log(table(figures));
  if (json) fs.writeFileSync(json, `${JSON.stringify({ machine: machine(), quick, failed, figures }, undefined, 2)}\n`);
  if (failed.length > 0) process.exitCode = 1;
}

function machine() {
  const [cpu] = os.cpus();
  return {
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    cpus: os.cpus().length,
    cpu: cpu?.model,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
    /** Processes that wanted a processor, on average of a minute: above the number of processors others were in the way. */
    load: os.loadavg()[0],
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
