import { DialectError, SyntaxFault } from "../statements";
import { reserved } from "./keywords";
import type { Token, Tokens } from "./tokens";

/**
 * Nodes on the longest way from a statement to its leaves. Our own bound, far above what people write and far below what
 * the stack holds for reading, checking and writing.
 */
export const deepest = 500;

/** Reads the tokens of one statement, one after the other. */
export class Cursor {
  private at = 0;
  private depth = 0;
  /** Of what was read last: nodes below it, at most. */
  private height = 0;

  constructor(private readonly tokens: Tokens) {}

  get atEnd(): boolean {
    return this.token().kind === "trailer";
  }

  get index(): number {
    return this.at;
  }

  /** Characters from the start of the statement. */
  get place(): number {
    return this.token().at;
  }

  token(offset = 0): Token {
    return this.tokens.at(this.at + offset);
  }

  /** Value of a word or symbol, "" of everything else. */
  value(offset = 0): string {
    const { kind, value } = this.token(offset);
    return kind === "word" || kind === "symbol" ? value : "";
  }

  is(...values: string[]): boolean {
    return values.includes(this.value());
  }

  reads(...values: string[]): boolean {
    return values.every((value, offset) => this.value(offset) === value);
  }

  /** Offset of the parenthesis that closes the one at `offset`, or of the trailer. */
  closing(offset: number): number {
    let depth = 0;
    for (let at = offset; ; at++) {
      const { kind, value } = this.token(at);
      if (kind === "trailer") return at;
      if (kind !== "symbol") continue;
      if (value === "(") depth++;
      else if (value === ")" && --depth === 0) return at;
    }
  }

  take(...values: string[]): boolean {
    if (!this.reads(...values)) return false;
    this.at += values.length;
    return true;
  }

  expect(...values: string[]): void {
    for (const value of values) if (!this.take(value)) this.fail();
  }

  advance(): Token {
    const token = this.token();
    if (this.atEnd) this.fail();
    this.at++;
    return token;
  }

  isName(offset = 0): boolean {
    const { kind } = this.token(offset);
    return kind === "word" || kind === "quoted";
  }

  /** Any word, reserved ones too: behind AS or a dot. */
  label(): string {
    if (!this.isName()) this.fail();
    return this.advance().value;
  }

  name(): string {
    const { kind, value } = this.token();
    if (kind === "word" && reserved.has(value)) this.fail();
    return this.label();
  }

  dottedName(): string[] {
    const parts = [this.name()];
    while (this.value() === "." && this.isName(1)) {
      this.at++;
      parts.push(this.label());
    }
    return parts;
  }

  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.take(",")) items.push(read());
    return items;
  }

  inParentheses<T>(read: () => T): T {
    this.expect("(");
    const content = read();
    this.expect(")");
    return content;
  }

  names(): string[] {
    return this.inParentheses(() => this.list(() => this.name()));
  }

  /** Reads a node; what is nested too deeply is refused before the stack ends. */
  nested<T>(read: () => T): T {
    this.depth++;
    this.limitDepth();
    const beside = this.height;
    this.height = 0;
    const node = read();
    this.height = Math.max(beside, this.height + 1);
    this.depth--;
    return node;
  }

  /** What was read last becomes the first part of a further node, as in `a + b + c`. */
  wrapped(): void {
    this.height++;
    this.limitDepth();
  }

  private limitDepth(): void {
    if (this.depth + this.height > deepest)
      throw new DialectError(
        "statement is nested too deeply",
        `At most ${deepest} levels are read here.`,
        "54001",
        this.place,
      );
  }

  fail(): never {
    throw new SyntaxFault(this.token().text, this.place);
  }

  /** For what PostgreSQL has, or Redshift, and this grammar has not. */
  refuse(what: string, remedy?: string): never {
    throw new DialectError(`${what} is not supported`, remedy, "0A000", this.place);
  }
}
