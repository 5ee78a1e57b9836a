import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { PostgresBinaries } from "./binaries";
import { Cluster } from "./cluster";
import { commandAs, type Identity } from "./identity";
import { giveTo, runProgram } from "./processes";
import { maintenanceDatabase, serverSettings, superuser } from "./settings";

/** What goes into every new server, in order. */
export interface TemplateContents {
  /** Roles and other things all databases of a server share. */
  cluster: string[];
  /** What every database has. */
  database: string[];
  /** Databases to make or drop at the end. */
  finish: string[];
}

/** Names one version of PostgreSQL, of its settings and of what every server is born with. */
export function templateVersion(binaries: PostgresBinaries, contents: TemplateContents): string {
  return createHash("sha256")
    .update(JSON.stringify([4, binaries.version, process.platform, process.arch, serverSettings, contents]))
    .digest("hex")
    .slice(0, 20);
}

/**
 * A ready data directory with the compatibility layer loaded, made once per version of PostgreSQL and of the SQL, and
 * copied for each namespace: a copy takes tens of milliseconds where `initdb` and the SQL take seconds.
 * @param cacheFolder kept between runs; several processes may use it at once
 * @param scratchFolder where the new server runs while it is made; must be reachable under `identity`
 * @returns the data directory to copy
 */
export async function ensureTemplate(
  binaries: PostgresBinaries,
  identity: Identity,
  contents: TemplateContents,
  cacheFolder: string,
  scratchFolder: string,
): Promise<string> {
  const ready = path.join(cacheFolder, templateVersion(binaries, contents));
  if (fs.existsSync(path.join(ready, "PG_VERSION"))) return ready;

  fs.mkdirSync(scratchFolder, { recursive: true });
  const scratch = fs.mkdtempSync(path.join(scratchFolder, "t"));
  try {
    const data = path.join(scratch, "d");
    const socket = path.join(scratch, "s");
    fs.mkdirSync(data, { mode: 0o700 });
    fs.mkdirSync(socket, { mode: 0o700 });
    await giveTo(identity, scratch);
    const initdb = commandAs(identity, path.join(binaries.root, "bin", "initdb"), [
      ...["-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--locale-provider=builtin"],
      ...["--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions", "--no-data-checksums", "--wal-segsize=1"],
    ]);
    await runProgram(initdb.command, initdb.args, {
      ...initdb.options,
      cwd: scratch,
      env: { LC_ALL: "C", PATH: process.env.PATH },
    });
    await load(
      // Every copy carries the log that is kept for later: here hardly any.
      new Cluster({
        ...{ binaries, identity, data, socket, logFile: path.join(scratch, "log") },
        settings: { max_wal_size: "2MB" },
      }),
      contents,
    );
    publish(data, ready);
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
  return ready;
}

async function load(cluster: Cluster, contents: TemplateContents): Promise<void> {
  await cluster.start();
  try {
    const client = await cluster.connect(maintenanceDatabase, { allowSystemTableChanges: true });
    try {
      for (const statement of [...contents.cluster, ...contents.database, ...contents.finish])
        await client.query(statement);
    } finally {
      await client.end();
    }
  } finally {
    await cluster.stop();
  }
}

/** Puts the finished directory in place by rename, so that a reader sees all of it or nothing. */
function publish(data: string, ready: string): void {
  fs.rmSync(path.join(data, "postmaster.opts"), { force: true });
  fs.mkdirSync(path.dirname(ready), { recursive: true });
  const incoming = `${ready}.${process.pid}.tmp`;
  fs.cpSync(data, incoming, { recursive: true });
  try {
    fs.renameSync(incoming, ready);
  } catch (error) {
    // Another process was quicker; its template is as good as ours.
    fs.rmSync(incoming, { recursive: true, force: true });
    if (!fs.existsSync(path.join(ready, "PG_VERSION"))) throw error;
  }
}
