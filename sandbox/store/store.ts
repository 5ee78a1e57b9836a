import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** A named set of plain JSON values, kept in insertion order. Every value handed in or out is a copy. */
export interface Collection<T> {
  get(id: string): T | undefined;
  list(): T[];
  /** Durable against a killed process once it returns. */
  put(id: string, value: T): void;
  /** True when there was something to delete. */
  delete(id: string): boolean;
}

/** One line of the log. Without `value` the entry is deleted. */
interface LogRecord {
  collection: string;
  id: string;
  value?: unknown;
}

const FILE = "store.log";
/** Rewriting a log shorter than this many lines gains nothing. */
const COMPACTION_FLOOR = 2_000;

/**
 * An append-only log of JSON lines with all live values in memory.
 *
 * A change is handed to the kernel by write(2) before the caller goes on, so it outlives a `kill -9` of this process
 * (it is not synced: a power cut may lose the last moments of a sandbox). A line cut short by a kill is dropped when
 * the log is opened. Once most of the log is history it is rewritten beside itself and renamed into place.
 */
export class Store {
  private readonly collections = new Map<string, Map<string, string>>();
  private lines = 0;
  private size = 0;
  private file = -1;

  private constructor(private readonly path: string) {}

  /** Opens the log under `dir`, making both where they do not exist. Throws on a log that is damaged before its end. */
  static open(dir: string): Store {
    mkdirSync(dir, { recursive: true });
    const store = new Store(join(dir, FILE));
    store.load();
    return store;
  }

  collection<T>(name: string): Collection<T> {
    return {
      get: (id) => {
        const text = this.entries(name).get(id);
        return text === undefined ? undefined : (JSON.parse(text) as T);
      },
      list: () => [...this.entries(name).values()].map((text) => JSON.parse(text) as T),
      put: (id, value) => this.put(name, id, value),
      delete: (id) => this.delete(name, id),
    };
  }

  /** The ids in every collection that has any. */
  ids(): Record<string, string[]> {
    return Object.fromEntries(
      [...this.collections].flatMap(([name, entries]) => (entries.size > 0 ? [[name, [...entries.keys()]]] : [])),
    );
  }

  close(): void {
    if (this.file >= 0) closeSync(this.file);
    this.file = -1;
  }

  private entries(name: string): Map<string, string> {
    let entries = this.collections.get(name);
    if (!entries) {
      entries = new Map();
      this.collections.set(name, entries);
    }
    return entries;
  }

  private put(collection: string, id: string, value: unknown): void {
    const text = JSON.stringify(value);
    if (text === undefined)
      throw new TypeError(`Only JSON can be stored; ${collection}/${id} was given ${typeof value}.`);
    const entries = this.entries(collection);
    if (entries.get(id) === text) return;
    this.append(`{"collection":${JSON.stringify(collection)},"id":${JSON.stringify(id)},"value":${text}}\n`);
    entries.set(id, text);
    this.compactWhenDue();
  }

  private delete(collection: string, id: string): boolean {
    const entries = this.entries(collection);
    if (!entries.has(id)) return false;
    this.append(`${JSON.stringify({ collection, id })}\n`);
    entries.delete(id);
    this.compactWhenDue();
    return true;
  }

  private append(line: string): void {
    if (this.file < 0) throw new Error("The store is closed.");
    const bytes = Buffer.from(line, "utf8");
    try {
      writeFully(this.file, bytes);
    } catch (error) {
      // A full disk must not leave half a line in the middle of the log.
      ftruncateSync(this.file, this.size);
      throw error;
    }
    this.size += bytes.length;
    this.lines += 1;
  }

  private load(): void {
    const bytes = existsSync(this.path) ? readFileSync(this.path) : Buffer.alloc(0);
    this.size = bytes.lastIndexOf(0x0a) + 1;
    const whole = bytes.subarray(0, this.size).toString("utf8");
    for (const line of whole.split("\n")) {
      if (line !== "") this.replay(line);
    }
    this.file = openSync(this.path, "a");
    if (this.size < bytes.length) ftruncateSync(this.file, this.size);
  }

  private replay(line: string): void {
    this.lines += 1;
    let entry: LogRecord;
    try {
      entry = JSON.parse(line) as LogRecord;
    } catch {
      throw new Error(
        `${this.path} is damaged at line ${this.lines}. Restore the file, or remove the sandbox's data with \`npm run clean\`.`,
      );
    }
    const entries = this.entries(entry.collection);
    if (entry.value === undefined) entries.delete(entry.id);
    else entries.set(entry.id, JSON.stringify(entry.value));
  }

  private compactWhenDue(): void {
    let live = 0;
    for (const entries of this.collections.values()) live += entries.size;
    if (this.lines < COMPACTION_FLOOR || this.lines < live * 4) return;
    const lines: string[] = [];
    for (const [collection, entries] of this.collections) {
      for (const [id, text] of entries) {
        lines.push(`{"collection":${JSON.stringify(collection)},"id":${JSON.stringify(id)},"value":${text}}\n`);
      }
    }
    const bytes = Buffer.from(lines.join(""), "utf8");
    const next = `${this.path}.next`;
    const file = openSync(next, "w");
    writeFully(file, bytes);
    closeSync(file);
    renameSync(next, this.path);
    closeSync(this.file);
    this.file = openSync(this.path, "a");
    this.lines = lines.length;
    this.size = bytes.length;
  }
}

/** write(2) may take only part of what it is given. */
function writeFully(file: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done);
}
