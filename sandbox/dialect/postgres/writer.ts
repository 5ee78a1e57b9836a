import { quoteName } from "../literals";
import { DialectError } from "../statements";

/** Text under construction. */
export class Writer {
  private readonly parts: string[] = [];

  /** @param allowance characters that may be written */
  constructor(private allowance: number) {}

  /** @throws DialectError when what stands for a few characters, nested in each other, has become too long */
  add(text: string): this {
    this.parts.push(text);
    this.allowance -= text.length;
    if (this.allowance < 0)
      throw new DialectError("statement is too complex", "Nest fewer function calls in each other.", "54001");
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
}

/** For what must have been put in PostgreSQL's words before it is written: a fault of ours. */
export function unwritable(what: string): never {
  throw new Error(`${what} has no form in PostgreSQL`);
}
