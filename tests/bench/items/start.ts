import fs from "node:fs";
import path from "node:path";
import { stop } from "@redshift-fleet/sandbox";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { type Figure, median, type Settings } from "../figures";
import { run } from "../processes";
import { sandboxFolder } from "../workbench";

/** What `npm start` takes on a machine that is set up: from nothing, and with nothing to do. */
export async function start({ quick, progress }: Settings): Promise<Figure[]> {
  const samples: Record<"first" | "again", number[]> = { first: [], again: [] };
  const rounds = quick ? 1 : 3;
  for (let round = 1; round <= rounds; round++) {
    const folder = sandboxFolder();
    const dir = path.join(folder, "sandbox");
    const env = { ...process.env, REDSHIFT_FLEET_SANDBOX_DIR: dir };
    const npmStart = async (kind: keyof typeof samples) => {
      progress(`round ${round} of ${rounds}: ${kind}`);
      samples[kind].push((await run("npm", ["start"], { cwd: repositoryDirectory(), env })).seconds);
    };
    try {
      await npmStart("first");
      await npmStart("again");
    } finally {
      await stop({ dir, purge: true });
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  const item = "start";
  const figure = (kind: keyof typeof samples, what: string, atMost: number): Figure => ({
    item,
    what: `npm start, ${what}`,
    value: median(samples[kind]),
    unit: "s",
    limit: { atMost },
    samples: { [kind]: samples[kind] },
  });
  return [figure("first", "a producer and 4 consumers from nothing", 15), figure("again", "again, nothing to do", 6)];
}
