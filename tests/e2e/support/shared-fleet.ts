import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { calls } from "../../../sandbox/control";
import { type Login, query } from "./clients";
import { deployMs, Fleet } from "./fleet";
import { loginOf } from "./logins";

/** Names the folder that `shared-fleet.setup.cjs` chose, and `shared-fleet.teardown.cjs` clears. */
const variable = "REDSHIFT_FLEET_SHARED_FLEET";
const pollMs = 250;

/** A login of a reader, through the balancer, and what it finds there. */
export interface SharedFleet {
  fleet: Fleet;
  reader: Login;
  /** Database under which readers see the airline's tables. */
  database: string;
  /** What the deployment asked of AWS: `service:Operation`. */
  called: string[];
}

let opened: Promise<SharedFleet> | undefined;

/**
 * One deployed fleet for all test files that only read. The first that asks deploys it, and the run's end takes it
 * away; nobody may change it. With the variable set by hand, a fleet that runs already is used and left alone.
 */
export function sharedFleet(): Promise<SharedFleet> {
  opened ??= open();
  return opened;
}

async function open(): Promise<SharedFleet> {
  const directory = process.env[variable];
  if (!directory) throw new Error(`${variable} is not set: run these tests through jest's project e2e`);
  const fleet = new Fleet(directory);
  const mark = path.join(directory, "deployed");
  await deployOnce(fleet, mark);
  const {
    endpoint,
    datashares: [share],
  } = fleet.outputs();
  const reader = await loginOf(fleet, endpoint);
  if (!share) throw new Error("the fleet shares nothing");
  await query(reader, "select 1");
  const called: string[] = JSON.parse(fs.readFileSync(mark, "utf8"));
  return { fleet, reader, database: share.consumerDatabase, called };
}

/** Test files run in processes of their own: the first to make the mark's folder deploys, the others wait for the mark. */
async function deployOnce(fleet: Fleet, mark: string): Promise<void> {
  if (!fs.existsSync(mark) && claimed(`${mark}.begun`)) {
    await fleet.start();
    // Written now: whoever shares the fleet asks for more.
    fs.writeFileSync(`${mark}.next`, JSON.stringify(Object.keys(await calls({ dir: fleet.sandbox }))));
    fs.renameSync(`${mark}.next`, mark);
    return;
  }
  const deadline = Date.now() + deployMs;
  while (!fs.existsSync(mark)) {
    if (Date.now() > deadline) throw new Error(`the shared fleet was not deployed within ${deployMs / 1000} s`);
    await setTimeout(pollMs);
  }
  await fleet.enter();
}

/** True for the one caller who makes the folder. */
function claimed(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
