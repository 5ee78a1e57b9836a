import fs from "node:fs";

/** Bytes after which the log begins anew; what it held goes to the file beside it. */
const largestFile = 4 * 1024 * 1024;
const longestLine = 2_000;

/** The file that holds what came before. */
export const olderLog = (file: string): string => `${file}.1`;

/**
 * What happens in a sandbox, a line an event, in a file that stays small. When it is full it is copied and emptied, not
 * renamed: the process's own stdout and stderr go on appending to the same file.
 */
export class RotatingLog {
  private readonly handle: number;
  private size: number;

  /** @param limit bytes of the file before it begins anew */
  constructor(
    private readonly file: string,
    private readonly limit = largestFile,
  ) {
    this.handle = fs.openSync(file, "a");
    this.size = fs.fstatSync(this.handle).size;
  }

  /** An event on one line, whatever clients put into their names. */
  event(text: string): void {
    const line = text.replace(/\p{Cc}+/gu, " ");
    this.write(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
  }

  /** As it is, over several lines where it has them. */
  write(text: string): void {
    const line = `${new Date().toISOString()} ${text}\n`;
    try {
      if (this.size > this.limit) this.rotate();
      this.size += fs.writeSync(this.handle, line);
    } catch {
      // The disk is full: no reason for anything else to fail. The next event tries again.
    }
  }

  private rotate(): void {
    try {
      fs.copyFileSync(this.file, olderLog(this.file));
    } finally {
      fs.ftruncateSync(this.handle);
      this.size = 0;
    }
  }
}
