import { quoteName } from "../literals";

/** Text under construction, with notes of what in the statement its parts stand for. */
export class Writer {
  private readonly parts: string[] = [];
  private length = 0;
  /** Pairs: characters written so far, characters from the start of the statement. */
  private readonly marks: number[] = [];

  add(text: string): this {
    this.parts.push(text);
    this.length += text.length;
    return this;
  }

  /** What follows stands for what is written at `place`. */
  mark(place: number): this {
    this.marks.push(this.length, place);
    return this;
  }

  name(name: string): this {
    return this.add(quoteName(name));
  }

  /** A name with whatever qualifies it. */
  dotted(parts: readonly string[]): this {
    return this.add(parts.map(quoteName).join("."));
  }

  names(names: readonly string[]): this {
    return this.add(`(${names.map(quoteName).join(", ")})`);
  }

  list<T>(items: readonly T[], write: (item: T) => void, separator = ", "): this {
    for (let index = 0; index < items.length; index++) {
      if (index > 0) this.add(separator);
      write(items[index]!);
    }
    return this;
  }

  toString(): string {
    return this.parts.join("");
  }

  get places(): readonly number[] {
    return this.marks;
  }
}

/** For what must have been put in PostgreSQL's words before it is written: a fault of ours. */
export function unwritable(what: string): never {
  throw new Error(`${what} has no form in PostgreSQL`);
}
