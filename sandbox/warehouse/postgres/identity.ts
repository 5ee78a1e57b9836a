import { type SpawnOptions, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/**
 * PostgreSQL refuses to run as root. `plain`: this process is an ordinary user. `setuid`: root, running PostgreSQL as
 * `nobody`. `namespace`: root whose files `nobody` cannot reach, running PostgreSQL in a user namespace where root looks
 * like an ordinary user.
 */
export type Identity = "plain" | "setuid" | "namespace";

const nobody = 65534;

/** Chooses how to run PostgreSQL so that it reaches all of `folders`. @throws Error with the remedy when none is possible. */
export function chooseIdentity(folders: string[]): Identity {
  if (process.getuid?.() !== 0) return "plain";
  const closed = folders.map(closedAncestor).find((ancestor) => ancestor !== undefined);
  if (closed === undefined) return "setuid";
  const trial = spawnSync("unshare", ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`, "true"]);
  if (trial.status === 0) return "namespace";
  throw new Error(
    `PostgreSQL cannot run as root, the folder ${closed} is closed to other users, and user namespaces are not available here. ` +
      "Run as an ordinary user, open that folder (chmod o+x), or set REDSHIFT_FLEET_SANDBOX_DIR to a folder others may pass through.",
  );
}

/** The command and options which run `program` under `identity`. */
export function commandAs(
  identity: Identity,
  program: string,
  args: string[],
): { command: string; args: string[]; options: SpawnOptions } {
  if (identity === "setuid") return { command: program, args, options: { uid: nobody, gid: nobody } };
  if (identity === "plain") return { command: program, args, options: {} };
  const map = ["--user", `--map-user=${nobody}`, `--map-group=${nobody}`];
  return { command: "unshare", args: [...map, program, ...args], options: {} };
}

/** The user id that must own PostgreSQL's files under `identity`. */
export function ownerFor(identity: Identity): number {
  return identity === "setuid" ? nobody : (process.getuid?.() ?? 0);
}

function closedAncestor(folder: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if (fs.existsSync(at) && at !== path.resolve(folder) && (fs.statSync(at).mode & 0o001) === 0) return at;
    if (path.dirname(at) === at) return undefined;
  }
}
