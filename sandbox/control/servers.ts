import fs from "node:fs";
import { join } from "node:path";
import { commandLine, ended, signalProcess } from "../warehouse/postgres/processes";

const deadlineMs = 10_000;

/** Ends the servers of PostgreSQL that a killed sandbox has left, in good order (`fast` shutdown), so that all data stays. */
export async function endServers(dir: string): Promise<void> {
  const clusters = join(dir, "warehouse", "c");
  if (!fs.existsSync(clusters)) return;
  await Promise.all(fs.readdirSync(clusters).map((name) => endServer(join(clusters, name, "d"))));
}

async function endServer(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  if (!fs.existsSync(file)) return;
  const pid = Number.parseInt(fs.readFileSync(file, "latin1"), 10);
  if (!Number.isInteger(pid) || !(await commandLine(pid)).includes(data)) return;
  signalProcess(pid, "SIGINT");
  if (!(await ended(pid, deadlineMs))) signalProcess(pid, "SIGQUIT");
}
