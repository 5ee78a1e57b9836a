import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repositoryDirectory, stop } from "@redshift-fleet/sandbox";
import { type Figure, median, type Settings } from "../figures";
import { run } from "../processes";

/** What previews of this checkout came to; without it `npm start` previews before it deploys. */
const notes = path.join(repositoryDirectory(), "node_modules", ".cache", "redshift-fleet");

/** What `npm start` takes on a machine that is set up: the first time, in a new sandbox, and with nothing to do. */
export async function start({ quick, progress }: Settings): Promise<Figure[]> {
  const samples: Record<"first" | "anew" | "again", number[]> = { first: [], anew: [], again: [] };
  const rounds = quick ? 1 : 3;
  for (let round = 1; round <= rounds; round++) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fleet-bench-"));
    fs.chmodSync(folder, 0o755);
    const dir = path.join(folder, "sandbox");
    const env = { ...process.env, REDSHIFT_FLEET_SANDBOX_DIR: dir };
    const npmStart = async (kind: keyof typeof samples) => {
      progress(`round ${round} of ${rounds}: ${kind}`);
      samples[kind].push((await run("npm", ["start"], { cwd: repositoryDirectory(), env })).seconds);
    };
    try {
      fs.rmSync(notes, { recursive: true, force: true });
      await npmStart("first");
      await stop({ dir, purge: true });
      await npmStart("anew");
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
  return [
    figure("first", "a producer and 4 consumers from nothing, never previewed before", 15),
    figure("anew", "the same after npm run clean", 15),
    figure("again", "again, nothing to do", 6),
  ];
}
