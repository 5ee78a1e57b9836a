import { UnknownValueError } from "./unknown-values";

/** What can be said of a property now: its value, that it will have one not known yet, or that it has none. */
export type Peek<T> = { state: "known"; value: T } | { state: "unknown" } | { state: "absent" };

export const absentValue = { state: "absent" } as const;
export const unknownValue = { state: "unknown" } as const;

/** A rule needed a value that this preview cannot know. Caught by the framework, which reports the rule as undecided. */
export class Undecided extends Error {
  constructor(readonly paths: readonly string[]) {
    super(`not known during preview: ${paths.join(", ")}`);
  }
}

/** Reads one property without throwing. `null` and `undefined` count as absent. */
export function peek(of: unknown, key: string | number): Peek<unknown> {
  if (typeof of !== "object" || of === null || !(key in of)) return absentValue;
  try {
    const value: unknown = Reflect.get(of, key);
    return value === undefined || value === null ? absentValue : { state: "known", value };
  } catch (error) {
    if (error instanceof UnknownValueError) return unknownValue;
    throw error;
  }
}

/**
 * An object among a resource's properties. The readers return a value or `undefined` for absent, and throw
 * {@link Undecided} for a value that is not known yet; `peek` and `given` never throw.
 */
export class Node<K extends string = string> {
  constructor(
    protected readonly value: unknown,
    readonly path: string,
  ) {}

  peek(key: K): Peek<unknown> {
    return peek(this.value, key);
  }

  /** The names of its properties, known yet or not. */
  keys(): string[] {
    return typeof this.value === "object" && this.value !== null ? Object.keys(this.value) : [];
  }

  /** Whether the program sets the property, be its value known yet or not. */
  given(key: K): boolean {
    return this.peek(key).state !== "absent";
  }

  text(key: K): string | undefined {
    const value = this.read(key);
    return value === undefined ? undefined : String(value);
  }

  /** Some providers declare booleans as strings: "false" is false here. */
  flag(key: K): boolean | undefined {
    const value = this.read(key);
    return value === undefined ? undefined : value === true || value === "true";
  }

  number(key: K): number | undefined {
    const value = this.read(key);
    return value === undefined ? undefined : Number(value);
  }

  child(key: K): Node | undefined {
    const value = this.read(key);
    return value === undefined ? undefined : new Node(value, this.pathOf(key));
  }

  /** Elements of a list of scalars, each known or unknown. An absent list is empty. */
  elements(key: K): Peek<string>[] {
    return this.entries(key).map(({ value }) =>
      value.state === "known" ? { state: "known", value: String(value.value) } : value,
    );
  }

  /** A list of scalars, all of which must be known. */
  texts(key: K): string[] {
    return this.entries(key).map(({ value, path }) => {
      if (value.state === "unknown") throw new Undecided([path]);
      return value.state === "known" ? String(value.value) : "";
    });
  }

  /** A list of objects (a lone object counts as a list of one). An element not known yet becomes undecided when read. */
  items(key: K): Node[] {
    return this.entries(key).map(({ value, path }) => new UnknownOr(value, path));
  }

  /** Runs `visit` on every item; one whose values are unknown does not hide the others. */
  each(key: K, visit: (item: Node) => void): void {
    everyOne(this.items(key), visit);
  }

  protected read(key: K): unknown {
    const seen = this.peek(key);
    if (seen.state === "unknown") throw new Undecided([this.pathOf(key)]);
    return seen.state === "known" ? seen.value : undefined;
  }

  /** The object itself, for readers of whole documents. Nested values may still be unknown. */
  raw(key: K): unknown {
    return this.read(key);
  }

  protected pathOf(key: string): string {
    return this.path ? `${this.path}.${key}` : key;
  }

  private entries(key: K): { value: Peek<unknown>; path: string }[] {
    const list = this.read(key);
    if (list === undefined) return [];
    if (!Array.isArray(list)) return [{ value: { state: "known", value: list }, path: this.pathOf(key) }];
    return Array.from({ length: list.length }, (_, index) => ({
      value: peek(list, index),
      path: `${this.pathOf(key)}[${index}]`,
    }));
  }
}

/** A list's item that may itself be unknown: any reading of it is then undecided. */
class UnknownOr extends Node {
  constructor(
    private readonly item: Peek<unknown>,
    path: string,
  ) {
    super(item.state === "known" ? item.value : undefined, path);
  }
  override peek(key: string): Peek<unknown> {
    return this.item.state === "unknown" ? unknownValue : super.peek(key);
  }
  protected override pathOf(key: string): string {
    return this.item.state === "unknown" ? this.path : super.pathOf(key);
  }
}

/** Calls `visit` on each of `all`, and only then throws what could not be decided. */
export function everyOne<T>(all: Iterable<T>, visit: (one: T) => void): void {
  const paths: string[] = [];
  for (const one of all) {
    try {
      visit(one);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      paths.push(...error.paths);
    }
  }
  if (paths.length > 0) throw new Undecided([...new Set(paths)]);
}
