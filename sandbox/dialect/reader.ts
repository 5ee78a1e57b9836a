import type { Draft } from "./draft";
import { unquoteText } from "./literals";
import { SyntaxFault } from "./statements";

/** Reads the tokens of a statement one after the other, against its grammar. */
export class Reader {
  constructor(
    private readonly draft: Draft,
    private at = 0,
  ) {}

  get atEnd(): boolean {
    return this.at >= this.draft.length;
  }

  /** Index of the token to be read next. */
  get position(): number {
    return this.at;
  }

  /** Takes these words, when they are next. */
  take(...words: string[]): boolean {
    if (!this.draft.reads(this.at, ...words)) return false;
    this.at += words.length;
    return true;
  }

  expect(...words: string[]): void {
    for (const word of words) if (!this.take(word)) this.fail();
  }

  peek(...words: string[]): boolean {
    return this.draft.reads(this.at, ...words);
  }

  name(): string {
    if (!this.draft.isName(this.at)) this.fail();
    return this.draft.tokens[this.at++]!.value;
  }

  /** A name with an optional schema before it. */
  qualifiedName(): { schema: string; name: string } {
    const first = this.name();
    return this.take(".") ? { schema: first, name: this.name() } : { schema: "public", name: first };
  }

  text(): string {
    const token = this.draft.tokens[this.at];
    if (token?.kind !== "string") this.fail();
    this.at++;
    return unquoteText(token!.text);
  }

  number(): number {
    const token = this.draft.tokens[this.at];
    if (token?.kind !== "number") this.fail();
    this.at++;
    return Number(token!.value);
  }

  boolean(): boolean {
    if (this.take("true")) return true;
    this.expect("false");
    return false;
  }

  /** The types in a parenthesis, each as written. */
  parenthesised(): string[] {
    if (!this.peek("(")) this.fail();
    const open = this.at;
    this.at = this.draft.partner(open) + 1;
    return this.draft.arguments(open).map((range) => this.draft.text(range));
  }

  list<T>(read: () => T): T[] {
    const items = [read()];
    while (this.take(",")) items.push(read());
    return items;
  }

  end(): void {
    if (!this.atEnd) this.fail();
  }

  fail(): never {
    throw new SyntaxFault(this.draft.tokens[this.at]?.text ?? "");
  }
}
