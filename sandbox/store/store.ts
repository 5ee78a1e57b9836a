import { join } from "node:path";
import { LineLog } from "./line-log";

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

const fileName = "store.log";
/** Rewriting a log shorter than this many lines gains nothing. */
const compactionFloor = 2_000;

/**
 * An append-only log of JSON lines with all live values in memory.
 *
 * A change outlives a `kill -9` of this process once the call returns; unless `sync` is awaited, a power cut may lose the
 * last moments of a sandbox. Once most of the log is history it is rewritten.
 */
export class Store {
  private readonly collections = new Map<string, Map<string, string>>();
  private readonly log: LineLog;

  private constructor(path: string) {
    this.log = LineLog.open(path, (line, number) => this.replay(line, number, path));
  }

  /** Opens the log under `dir`, making both where they do not exist. Throws on a log that is damaged before its end. */
  static open(dir: string): Store {
    return new Store(join(dir, fileName));
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

  /** Resolves once everything so far would outlive a power cut too. */
  sync(): Promise<void> {
    return this.log.sync();
  }

  close(): void {
    this.log.close();
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
    this.log.append(lineOf(collection, id, text));
    entries.set(id, text);
    this.compactWhenDue();
  }

  private delete(collection: string, id: string): boolean {
    const entries = this.entries(collection);
    if (!entries.has(id)) return false;
    this.log.append(JSON.stringify({ collection, id }));
    entries.delete(id);
    this.compactWhenDue();
    return true;
  }

  private replay(line: string, number: number, path: string): void {
    let entry: LogRecord;
    try {
      entry = JSON.parse(line) as LogRecord;
    } catch {
      throw new Error(
        `${path} is damaged at line ${number}. Restore the file, or remove the sandbox's data with \`npm run clean\`.`,
      );
    }
    const entries = this.entries(entry.collection);
    if (entry.value === undefined) entries.delete(entry.id);
    else entries.set(entry.id, JSON.stringify(entry.value));
  }

  private compactWhenDue(): void {
    let live = 0;
    for (const entries of this.collections.values()) live += entries.size;
    if (this.log.lines < compactionFloor || this.log.lines < live * 4) return;
    this.log.rewrite(this.liveLines());
  }

  private *liveLines(): Iterable<string> {
    for (const [collection, entries] of this.collections) {
      for (const [id, text] of entries) yield lineOf(collection, id, text);
    }
  }
}

/** @param text the value's JSON */
function lineOf(collection: string, id: string, text: string): string {
  return `{"collection":${JSON.stringify(collection)},"id":${JSON.stringify(id)},"value":${text}}`;
}
