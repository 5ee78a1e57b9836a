import { counted } from "@redshift-fleet/redshift/declarations";
import { backendOfShell, isHeld, isOfHere, type Lock, locksOf } from "../stack/backend";
import { pulumi } from "../stack/pulumi";

/** Why somebody has to say that no update is running: in words, with what to do. */
export interface Doubt {
  /** What was seen. */
  seen: string;
  /** What to do before the lock is taken away. */
  first: string;
}

/** Looks for an update of a stack that may still be running. @returns nothing where it is certain that none is */
export async function runningUpdate(stack: string, backend = backendOfShell(), now = Date.now()) {
  const locks = locksOf(stack, backend);
  if (locks) return ofLocks(stack, locks, now);
  if (backend === "Pulumi Cloud" || backend?.startsWith("https://"))
    return ofCloud(stack, JSON.parse(await pulumi(["stack", "ls", "--json"])));
  return {
    seen: `Pulumi keeps stack ${stack} in ${backend ?? "a place that the shell does not name"}, where an update's lock cannot be read from here.`,
    first: `See that nobody updates it: \`pulumi up --stack ${stack}\` says who holds the lock ("created by …").`,
  };
}

/** @param now milliseconds of the epoch */
export function ofLocks(stack: string, locks: readonly Lock[], now: number): Doubt | undefined {
  const held = locks.find(isHeld);
  if (!held) return undefined;
  const { pid, username, hostname, timestamp } = held;
  const minutes = Math.max(0, Math.round((now - Date.parse(timestamp)) / 60_000));
  const since = `since ${timestamp.slice(0, 16).replace("T", " ")}, ${minutes < 120 ? counted(minutes, "minute") : counted(Math.round(minutes / 60), "hour")} ago`;
  if (isOfHere(held))
    return {
      seen: `Stack ${stack} is being updated by process ${pid} of ${username} on this machine, ${since}.`,
      first: `Wait for its end, or end it (\`kill ${pid}\`): then run this again.`,
    };
  return {
    seen: `Stack ${stack} is locked by process ${pid} of ${username}@${hostname}, ${since}; from here nobody sees whether it still runs.`,
    first: `See on ${hostname} that it has ended.`,
  };
}

/** @param listed what `pulumi stack ls --json` prints: names with or without the organisation in front */
export function ofCloud(stack: string, listed: readonly { name: string; updateInProgress?: boolean }[]) {
  const found = listed.find(({ name }) => name === stack || name.endsWith(`/${stack}`));
  if (!found?.updateInProgress) return undefined;
  return {
    seen: `Pulumi Cloud says that stack ${stack} is being updated.`,
    first: "See there by whom; wait for its end, or have them stop it.",
  };
}
