import type { Fault } from "../faults";
import type { MigrationEntry } from "./migration-files";

/** What is wrong with the files, given those that were applied. */
export function migrationConflicts(applied: readonly MigrationEntry[], files: readonly MigrationEntry[]): Fault[] {
  const faults: Fault[] = [];
  const latest = Math.max(-1, ...applied.map((entry) => entry.version));
  const known = new Map(files.map((file) => [file.version, file]));
  for (const entry of applied) {
    const file = known.get(entry.version);
    if (file?.checksum === entry.checksum) continue;
    faults.push({
      path: `files.${fileLabel(file ?? entry)}`,
      value: file?.checksum,
      rule: `must stay as it was applied, with checksum ${entry.checksum}`,
      remedy: file
        ? "Restore the file, and put the change into a new one"
        : "Put the file back, and undo its work in a new one",
    });
  }
  const versions = new Set(applied.map((entry) => entry.version));
  for (const file of files) {
    if (file.version >= latest || versions.has(file.version)) continue;
    faults.push({
      path: `files.${fileLabel(file)}`,
      value: file.version,
      rule: `must come after version ${latest}, which was applied already`,
      remedy: `Give the file a version above ${latest}`,
    });
  }
  return faults;
}

/** `0001_tables.sql`. */
export function fileLabel({ version, name }: MigrationEntry): string {
  return `${String(version).padStart(4, "0")}_${name}.sql`;
}
