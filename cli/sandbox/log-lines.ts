import fs from "node:fs";

/** The lines of the sandbox's log, read on from where the last look ended; the log begins anew when it is full. */
export class LogLines {
  private offset = 0;
  private rest = "";

  /** @param older the file that holds what came before */
  constructor(
    private readonly file: string,
    private readonly older: string,
  ) {}

  /** The latest lines, from before the log last began anew too. */
  last(count: number): string[] {
    const before = fs.existsSync(this.older) ? fs.readFileSync(this.older, "utf8").split("\n") : [];
    const lines = [...before, ...this.next()].filter((line) => line !== "");
    return lines.slice(Math.max(0, lines.length - count));
  }

  /** Lines that were completed since. */
  next(): string[] {
    const handle = fs.openSync(this.file, "r");
    try {
      const { size } = fs.fstatSync(handle);
      if (size < this.offset) {
        this.offset = 0;
        this.rest = "";
      }
      const buffer = Buffer.alloc(size - this.offset);
      const read = fs.readSync(handle, buffer, 0, buffer.length, this.offset);
      this.offset += read;
      // Latin1 keeps a character that is cut in two whole until its other half is read.
      const lines = (this.rest + buffer.toString("latin1", 0, read)).split("\n");
      this.rest = lines.pop() ?? "";
      return lines.map((line) => Buffer.from(line, "latin1").toString("utf8"));
    } finally {
      fs.closeSync(handle);
    }
  }
}

/** A line for machines; one that has no time belongs to the event before it. */
export function asEvent(line: string): { time?: string; event: string } {
  const [, time, event] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) (.*)$/.exec(line) ?? [];
  return time === undefined || event === undefined ? { event: line } : { time, event };
}
