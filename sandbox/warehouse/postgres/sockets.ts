import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Longest path of a Unix socket that every platform takes (macOS: 104 bytes with the closing zero). */
const longestSocketPath = 103;
const longestFolderName = "12345678/.s.PGSQL.5432".length;

/**
 * A folder for sockets whose paths stay short enough: below `directory` where that fits, otherwise one of the system's
 * temporary folders, which the caller remembers and hands in again as `previous`.
 */
export function socketRoot(directory: string, previous: string | undefined): { folder: string; elsewhere: boolean } {
  const near = path.join(directory, "s");
  if (Buffer.byteLength(near) + 1 + longestFolderName <= longestSocketPath) {
    fs.mkdirSync(near, { recursive: true, mode: 0o711 });
    return { folder: near, elsewhere: false };
  }
  const folder =
    previous !== undefined && fs.existsSync(previous) ? previous : fs.mkdtempSync(path.join(os.tmpdir(), "rsf-"));
  fs.chmodSync(folder, 0o711);
  return { folder, elsewhere: true };
}
