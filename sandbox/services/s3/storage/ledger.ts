import { join } from "node:path";
import { LineLog } from "../../../store/line-log";
import { Blobs } from "./blobs";
import { IndexOfObjects } from "./index-of-objects";
import type { Change } from "./records";

/** Rewriting a log shorter than this many lines gains nothing. */
const compactionFloor = 10_000;

export interface StorageOptions {
  /** Folder of bodies and log. */
  dir: string;
  /**
   * Whether what is answered for must outlive a power cut too, not only a killed process.
   * @default true
   */
  synced?: boolean;
  log(line: string): void;
}

/**
 * The objects on the disk: bodies in files of their own, and a log of what happened to keys. A body is on the disk whole
 * before the log has its line, and its line makes it an object: a kill leaves the state before or the state after, and
 * perhaps a file that nothing speaks of.
 */
export class Ledger {
  readonly index: IndexOfObjects;
  private readonly log: LineLog;

  private constructor(
    readonly blobs: Blobs,
    path: string,
    private readonly synced: boolean,
  ) {
    this.index = new IndexOfObjects(blobs);
    this.log = LineLog.open(path, (line, number) => {
      try {
        this.index.apply(JSON.parse(line) as Change);
      } catch (error) {
        const cause = (error as Error).message;
        const remedy = "Restore the file, or remove the sandbox's data with `npm run clean`.";
        throw new Error(`${path} is damaged at line ${number}: ${cause}. ${remedy}`);
      }
    });
  }

  static open({ dir, synced = true, log }: StorageOptions): Ledger {
    const blobs = Blobs.open(join(dir, "bodies"), synced, log);
    const ledger = new Ledger(blobs, join(dir, "objects.log"), synced);
    blobs.sweep();
    return ledger;
  }

  /**
   * Does a change, which everybody sees at once: what it depends on must have been looked at in the same tick.
   * @returns resolves once it is durable, when it may be answered for
   */
  commit(change: Change): Promise<void> {
    this.log.append(JSON.stringify(change));
    this.index.apply(change);
    const { lines } = this.log;
    if (lines > compactionFloor && lines > this.index.size * 4) this.log.rewrite(this.lines());
    return this.synced ? this.log.sync() : Promise.resolve();
  }

  close(): void {
    this.log.close();
  }

  private *lines(): Iterable<string> {
    for (const change of this.index.changes()) yield JSON.stringify(change);
  }
}
