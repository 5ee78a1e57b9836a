import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isAlive, repositoryDirectory } from "@redshift-fleet/toolchain";
import { project } from "./names";

/** Where Pulumi keeps stacks by what the shell or `pulumi login` says; undefined where nobody has said anything. */
export function backendOfShell(): string | undefined {
  const { PULUMI_BACKEND_URL, PULUMI_ACCESS_TOKEN, PULUMI_HOME } = process.env;
  if (PULUMI_BACKEND_URL) return PULUMI_BACKEND_URL;
  if (PULUMI_ACCESS_TOKEN) return "Pulumi Cloud";
  const file = path.join(PULUMI_HOME || path.join(os.homedir(), ".pulumi"), "credentials.json");
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).current || undefined;
  } catch {
    // There is none, or Pulumi would not understand it either.
    return undefined;
  }
}

/**
 * Where a file backend keeps something; undefined when the state is somewhere else.
 *
 * @param backend as Pulumi writes them: `file:///absolute`, `file://./relative`, `file://~`
 */
export function backendPath(parts: readonly string[], backend = process.env.PULUMI_BACKEND_URL): string | undefined {
  if (!backend?.startsWith("file://")) return undefined;
  const given = decodeURI(backend.slice("file://".length).split("?")[0] ?? "");
  const folder = path.resolve(repositoryDirectory(), given.replace(/^~(?=\/|$)/, os.homedir()));
  return path.join(folder, ".pulumi", ...parts);
}

/** What an update leaves in a file backend while it runs: `lockContent` in pkg/backend/diy/lock.go of pulumi/pulumi. */
export interface Lock {
  pid: number;
  username: string;
  hostname: string;
  /** RFC 3339. */
  timestamp: string;
}

/** The locks of a stack. Undefined where the backend keeps no files: nothing can be seen of them there. */
export function locksOf(stack: string, backend?: string): Lock[] | undefined {
  const folder = backendPath(["locks", "organization", project, stack], backend);
  if (folder === undefined) return undefined;
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.flatMap((name): Lock[] => {
    if (!name.endsWith(".json")) return [];
    try {
      return [JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"))];
    } catch (error) {
      // The update ended meanwhile.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  });
}

/** Whether a lock was made on this machine, so that it can be seen whether its process lives. */
export const isOfHere = ({ hostname }: Pick<Lock, "hostname">) => hostname === os.hostname();

/** Whether the process that made a lock lives. Of another machine's process nothing is known, so it counts as living. */
export const isHeld = (lock: Lock): boolean => !isOfHere(lock) || isAlive(lock.pid);
