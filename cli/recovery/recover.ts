import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { counted } from "@redshift-fleet/redshift/declarations";
import { pulumi } from "../stack/pulumi";
import { awsAccount } from "./aws-account";
import { type Checkpoint, takeIn, unfinishedCreations } from "./deployment";
import { findCreated } from "./lookups";

/** What recovery did. */
export interface Recovery {
  /** URN → id of what the interrupted update had made and not recorded. */
  adopted: Record<string, string>;
  /** URNs of resources whose creation was interrupted and which no look-up finds. */
  unknown: string[];
}

/**
 * Makes a stack whose update was killed ready for the next one: the dead update's lock goes, and whatever it had made
 * in the account without recording it is taken into the state, so that the next update neither makes it twice nor
 * forgets it. Nothing in the account changes.
 *
 * @param configuration options that say where the stack's configuration is, where it is not in the project
 */
export async function recover(
  stack: string,
  detail: (text: string) => void,
  configuration: string[] = [],
): Promise<Recovery> {
  detail("releasing the lock");
  await pulumi(["cancel", "--yes"], stack);
  const checkpoint: Checkpoint = JSON.parse(await pulumi(["stack", "export"], stack));
  if ((checkpoint.deployment.pending_operations ?? []).length === 0) {
    detail("nothing was under way");
    return { adopted: {}, unknown: [] };
  }
  detail("looking for what was being made");
  const resources = checkpoint.deployment.resources ?? [];
  const provider = resources.find(({ type }) => type === "pulumi:providers:aws");
  const region = typeof provider?.inputs?.region === "string" ? provider.inputs.region : undefined;
  const account = await awsAccount(region);
  try {
    const known = new Set(resources.flatMap(({ id }) => (id === undefined ? [] : [id])));
    const { ids, unknown } = await findCreated(unfinishedCreations(checkpoint), account, known);
    await importState(takeIn(checkpoint, ids), stack);
    if (ids.size > 0) {
      detail(`reading ${counted(ids.size, "resource")}`);
      const targets = [...ids.keys()].flatMap((urn) => ["--target", urn]);
      await pulumi(["refresh", "--yes", "--skip-preview", ...configuration, ...targets], stack);
    }
    detail(ids.size > 0 ? `${ids.size} taken in` : "nothing had been made");
    return { adopted: Object.fromEntries(ids), unknown: unknown.map(({ urn }) => urn) };
  } finally {
    account.close();
  }
}

async function importState(checkpoint: Checkpoint, stack: string): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fleet-state-"));
  const file = path.join(folder, "state.json");
  try {
    fs.writeFileSync(file, JSON.stringify(checkpoint), { mode: 0o600 });
    await pulumi(["stack", "import", "--file", file], stack);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
