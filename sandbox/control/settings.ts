import fs from "node:fs";
import { join } from "node:path";
import type { DaemonFile } from "./files";

/** What a sandbox keeps from one start to the next, so that addresses printed once stay good. */
export interface Settings {
  region: string;
  ports: DaemonFile["ports"];
}

const settingsFile = (dir: string) => join(dir, "settings.json");

export function readSettings(dir: string): Settings | undefined {
  const file = settingsFile(dir);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Settings) : undefined;
}

export function writeSettings(dir: string, settings: Settings): void {
  const file = settingsFile(dir);
  fs.writeFileSync(`${file}.next`, JSON.stringify(settings));
  fs.renameSync(`${file}.next`, file);
}
