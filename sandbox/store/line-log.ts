import fs from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { SharedSync } from "./shared-sync";

const flush = promisify(fs.fdatasync);
/** Enough that a long log is read and rewritten in few calls, little enough to be no burden. */
const chunkBytes = 1 << 20;
const newlineByte = 0x0a;

/**
 * An append-only file of lines of text.
 *
 * A line is handed to the kernel by write(2) before `append` returns, so it outlives a `kill -9` of this process; `sync`
 * makes it outlive the machine too. A line cut short by a kill is dropped when the log is opened.
 */
export class LineLog {
  /** How many lines the file has. */
  lines = 0;
  private size = 0;
  private file = -1;
  private readonly shared = new SharedSync(() => this.flush());

  private constructor(private readonly path: string) {}

  /** Opens the log, making it and its folder where they do not exist. @param replay is given every whole line */
  static open(path: string, replay: (line: string, number: number) => void): LineLog {
    fs.mkdirSync(dirname(path), { recursive: true });
    const log = new LineLog(path);
    if (fs.existsSync(path)) log.load(replay);
    log.file = fs.openSync(path, "a");
    fs.ftruncateSync(log.file, log.size);
    return log;
  }

  /** @param line without its newline */
  append(line: string): void {
    if (this.file < 0) throw new Error("The store is closed.");
    const bytes = Buffer.from(`${line}\n`, "utf8");
    try {
      writeFully(this.file, bytes);
    } catch (error) {
      // A full disk must not leave half a line in the middle of the log.
      fs.ftruncateSync(this.file, this.size);
      throw error;
    }
    this.size += bytes.length;
    this.lines += 1;
  }

  /** Resolves once every line so far is on the disk. */
  sync(): Promise<void> {
    return this.shared.sync();
  }

  /** Puts these lines in the place of all that the log has, at once or not at all. */
  rewrite(lines: Iterable<string>): void {
    const next = `${this.path}.next`;
    const file = fs.openSync(next, "w");
    let [count, size] = [0, 0];
    try {
      let batch = "";
      const flushBatch = () => {
        size += writeFully(file, Buffer.from(batch, "utf8"));
        batch = "";
      };
      for (const line of lines) {
        batch += `${line}\n`;
        count += 1;
        if (batch.length >= chunkBytes) flushBatch();
      }
      flushBatch();
      // Otherwise the renaming could reach the disk before the lines do.
      fs.fsyncSync(file);
    } finally {
      fs.closeSync(file);
    }
    fs.renameSync(next, this.path);
    this.closeFile();
    this.file = fs.openSync(this.path, "a");
    this.lines = count;
    this.size = size;
  }

  close(): void {
    this.closeFile();
  }

  private async flush(): Promise<void> {
    // Closed meanwhile: nothing more can be promised.
    if (this.file < 0) throw new Error("The store is closed.");
    await flush(this.file);
  }

  /** A file that is being synced is closed afterwards, or its number might stand for another. */
  private closeFile(): void {
    const { file } = this;
    this.file = -1;
    if (file >= 0) void this.shared.idle().then(() => fs.closeSync(file));
  }

  private load(replay: (line: string, number: number) => void): void {
    const file = fs.openSync(this.path, "r");
    try {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      let rest = Buffer.alloc(0);
      for (;;) {
        const count = fs.readSync(file, chunk, 0, chunkBytes, null);
        if (count === 0) return;
        const bytes = Buffer.concat([rest, chunk.subarray(0, count)]);
        const whole = bytes.lastIndexOf(newlineByte) + 1;
        rest = bytes.subarray(whole);
        this.size += whole;
        if (whole === 0) continue;
        for (const line of bytes.toString("utf8", 0, whole - 1).split("\n")) {
          this.lines += 1;
          if (line !== "") replay(line, this.lines);
        }
      }
    } finally {
      fs.closeSync(file);
    }
  }
}

/** write(2) may take only part of what it is given. @returns how many bytes were written: all */
function writeFully(file: number, bytes: Buffer): number {
  let done = 0;
  while (done < bytes.length) done += fs.writeSync(file, bytes, done);
  return done;
}
