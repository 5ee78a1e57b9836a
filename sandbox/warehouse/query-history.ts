import fs from "node:fs";
import path from "node:path";
import type { HistoryEntry, QueryHistory } from "../wire/backend";

/** Bytes after which a new file is begun; one older file is kept. */
const fileSize = 512 * 1024;
/** Milliseconds that entries may wait to be written together. */
const writeWithin = 200;

/** Name of the newer file in the server's data directory, where its functions find it. */
export const historyFile = "rs_history";

/**
 * The latest statements of a namespace, a line of JSON each, in two files inside the server's data directory: views of
 * all its databases read them there, and nothing is written into the databases themselves.
 */
export class FileHistory implements QueryHistory {
  private readonly newer: string;
  private readonly older: string;
  private waiting = "";
  private size = 0;
  private nextId: number;
  private timer: NodeJS.Timeout | undefined;

  constructor(dataDirectory: string) {
    this.newer = path.join(dataDirectory, historyFile);
    this.older = `${this.newer}.1`;
    this.nextId = this.lastId() + 1;
  }

  record(entry: HistoryEntry): void {
    this.waiting += `${JSON.stringify({ id: this.nextId++, ...entry })}\n`;
    this.timer ??= setTimeout(() => this.flush(), writeWithin).unref();
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.waiting) return;
    const lines = this.waiting;
    this.waiting = "";
    try {
      if (this.size > fileSize) {
        fs.renameSync(this.newer, this.older);
        this.size = 0;
      }
      fs.appendFileSync(this.newer, lines, { mode: 0o644 });
      this.size += Buffer.byteLength(lines);
    } catch {
      // The namespace has just been deleted, or the disk is full: no reason for a query to fail.
    }
  }

  private lastId(): number {
    for (const file of [this.newer, this.older]) {
      if (!fs.existsSync(file)) continue;
      const text = fs.readFileSync(file, "utf8");
      if (file === this.newer) this.size = text.length;
      const id = /\{"id":(\d+),[^\n]*\}\n$/.exec(text)?.[1];
      if (id) return Number(id);
    }
    return 0;
  }
}
