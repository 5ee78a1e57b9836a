import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { repositoryDirectory, stop } from "@redshift-fleet/sandbox";
import { type Figure, median, type Settings } from "../figures";
import { run } from "../processes";

/** What `npm start` takes on a machine that is set up: from nothing, and with nothing to do. */
export async function start({ quick, progress }: Settings): Promise<Figure[]> {
  const samples: Record<"first" | "again", number[]> = { first: [], again: [] };
  const rounds = quick ? 1 : 3;
  for (let round = 1; round <= rounds; round++) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fleet-bench-"));
    fs.chmodSync(folder, 0o755);
    const dir = path.join(folder, "sandbox");
    const env = { ...process.env, REDSHIFT_FLEET_SANDBOX_DIR: dir };
    const npmStart = async () => (await run("npm", ["start"], { cwd: repositoryDirectory(), env })).seconds;
    try {
      progress(`round ${round} of ${rounds}: from nothing`);
      samples.first.push(await npmStart());
      progress(`round ${round} of ${rounds}: again`);
      samples.again.push(await npmStart());
    } finally {
      await stop({ dir, purge: true });
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
  const item = "start";
  return [
    {
      item,
      what: "npm start, a producer and 4 consumers from nothing",
      value: median(samples.first),
      unit: "s",
      limit: { atMost: 15 },
      samples,
    },
    { item, what: "npm start again, nothing to do", value: median(samples.again), unit: "s", limit: { atMost: 6 } },
  ];
}
