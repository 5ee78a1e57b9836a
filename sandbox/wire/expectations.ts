/** What the client sees when a statement completes. */
export interface Completion {
  /** Command tag instead of PostgreSQL's. */
  tag?: string;
  changesDatabases?: boolean;
}

/** A request whose answer is to be told. */
export interface Asked {
  text: string;
  /** Milliseconds since 1970. */
  start: number;
}

/** How a request ended: with a command tag, an error, or neither when it was empty. */
export interface Ended {
  tag?: string;
  error?: string;
}

type Entry = { asked?: Asked; ended?: Ended } & (
  | { kind: "query"; completions: (Completion | undefined)[]; done: number }
  | { kind: "execute"; completion: Completion | undefined }
  | { kind: "sync" }
);

/**
 * Which answers are still to come from PostgreSQL, in order, and what to do with each: a connection may have many requests
 * under way, and each completes by itself.
 */
export class Expectations {
  private readonly entries: Entry[] = [];

  /** @param tell is told of each request that ended, once */
  constructor(private readonly tell: (asked: Asked, ended: Ended) => void = () => {}) {}

  /** A simple query, one completion per statement in it; those without are left alone. */
  query(completions: (Completion | undefined)[], asked?: Asked): void {
    this.entries.push({ kind: "query", completions, done: 0, asked });
  }

  execute(completion: Completion | undefined, asked?: Asked): void {
    this.entries.push({ kind: "execute", completion, asked });
  }

  sync(): void {
    this.entries.push({ kind: "sync" });
  }

  /** A statement completed, was empty, or was suspended. */
  completed(tag?: string): Completion | undefined {
    const first = this.entries[0];
    if (first?.kind === "query") {
      const completion = first.completions[first.done++];
      first.ended = { tag: completion?.tag ?? tag };
      return completion;
    }
    if (first?.kind === "execute") {
      this.entries.shift();
      this.end(first, { tag: first.completion?.tag ?? tag });
      return first.completion;
    }
    return undefined;
  }

  /** The request under way failed; PostgreSQL passes over what was sent along with it. */
  failed(error: string): void {
    const first = this.entries[0];
    if (first && first.kind !== "sync") first.ended = { error };
  }

  /** COPY … FROM STDIN began: PostgreSQL passes over the Sync that the client sent along with Execute. */
  copying(): void {
    if (this.entries[0]?.kind !== "execute") return;
    const sync = this.entries.findIndex((entry) => entry.kind === "sync");
    if (sync >= 0) this.entries.splice(sync, 1);
  }

  /** PostgreSQL is ready for the next request: whatever was left of this one failed. */
  ready(): void {
    for (let entry = this.entries.shift(); entry; entry = this.entries.shift()) {
      if (entry.ended) this.end(entry, entry.ended);
      if (entry.kind !== "execute") return;
    }
  }

  private end({ asked }: Entry, ended: Ended): void {
    if (asked) this.tell(asked, ended);
  }
}
