/** What the client sees when a statement completes. */
export interface Completion {
  /** Command tag instead of PostgreSQL's. */
  tag?: string;
  changesDatabases?: boolean;
}

type Entry =
  | { kind: "query"; completions: (Completion | undefined)[]; done: number }
  | { kind: "execute"; completion: Completion | undefined }
  | { kind: "sync" };

/**
 * Which answers are still to come from PostgreSQL, in order, and what to do with each: a connection may have many requests
 * under way, and each completes by itself.
 */
export class Expectations {
  private readonly entries: Entry[] = [];

  /** A simple query, one completion per statement in it; those without are left alone. */
  query(completions: (Completion | undefined)[]): void {
    this.entries.push({ kind: "query", completions, done: 0 });
  }

  execute(completion: Completion | undefined): void {
    this.entries.push({ kind: "execute", completion });
  }

  sync(): void {
    this.entries.push({ kind: "sync" });
  }

  /** A statement completed, was empty, or was suspended. */
  completed(): Completion | undefined {
    const first = this.entries[0];
    if (first?.kind === "query") return first.completions[first.done++];
    if (first?.kind === "execute") {
      this.entries.shift();
      return first.completion;
    }
    return undefined;
  }

  /** COPY … FROM STDIN began: PostgreSQL passes over the Sync that the client sent along with Execute. */
  copying(): void {
    if (this.entries[0]?.kind !== "execute") return;
    const sync = this.entries.findIndex((entry) => entry.kind === "sync");
    if (sync >= 0) this.entries.splice(sync, 1);
  }

  /** PostgreSQL is ready for the next request: whatever was left of this one failed. */
  ready(): void {
    while (this.entries.length > 0) {
      if (this.entries.shift()?.kind !== "execute") return;
    }
  }
}
