import { lex, render, type Token } from "./lexer";
import { DialectError } from "./statements";

/** A stretch of tokens, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What rules may write, in characters, and how many times the length of the statement beyond that. */
const leastAllowance = 1_048_576;
const allowanceTimes = 32;

/** Words that begin a clause of a query; what stands after them decides how a name is read. */
const clauses = new Set([
  ..."select from where group having qualify order limit offset window values set join on using into update table view".split(
    " ",
  ),
  ..."union intersect except minus fetch returning".split(" "),
]);
const setOperators = new Set(["union", "intersect", "except", "minus"]);

/**
 * One statement being rewritten. Its structure (kinds, values, which parenthesis closes which) is that of the
 * original for good; only the text that is written out changes, so rules do not disturb each other's indexes.
 * Rules that render their arguments run from right to left: inner calls are finished before outer ones.
 */
export class Draft {
  readonly tokens: Token[];
  changed = false;
  private readonly partners: number[] = [];
  private readonly parents: number[] = [];
  private governing: number[] | undefined;

  /** Characters that rules may still write. */
  private allowance: number;

  /** @param length of the text that the tokens are */
  constructor(source: string | Token[], length = source.length) {
    this.tokens = typeof source === "string" ? lex(source) : source;
    this.allowance = leastAllowance + allowanceTimes * length;
    const open: number[] = [];
    this.tokens.forEach((token, index) => {
      this.parents.push(open.at(-1) ?? -1);
      if (token.kind !== "symbol") return;
      if (token.value === "(") open.push(index);
      else if (token.value === ")" && open.length) {
        const partner = open.pop()!;
        this.partners[index] = partner;
        this.partners[partner] = index;
        this.parents[index] = open.at(-1) ?? -1;
      }
    });
  }

  /** Number of tokens, the trailer not counted. */
  get length(): number {
    return this.tokens.length - 1;
  }

  /** Value of a word or symbol; "" for quoted names, literals and beyond the ends. */
  value(index: number): string {
    const token = this.tokens[index];
    return token && (token.kind === "word" || token.kind === "symbol") ? token.value : "";
  }

  is(index: number, ...values: string[]): boolean {
    return values.includes(this.value(index));
  }

  /** Whether the tokens from `index` on are these words or symbols. */
  reads(index: number, ...values: string[]): boolean {
    return values.every((value, offset) => this.value(index + offset) === value);
  }

  isName(index: number): boolean {
    const kind = this.tokens[index]?.kind;
    return kind === "word" || kind === "quoted";
  }

  /** Index of the parenthesis that belongs to the one at `index`; the last or first token when there is none. */
  partner(index: number): number {
    return this.partners[index] ?? (this.value(index) === ")" ? 0 : this.length - 1);
  }

  /** Index of the parenthesis around a token, -1 at the top. */
  parent(index: number): number {
    return this.parents[index] ?? -1;
  }

  /** Text of tokens as it now stands, without what surrounds it. */
  text({ from, to }: Range): string {
    if (to < from) return "";
    return render(this.tokens.slice(from, to + 1)).trim();
  }

  /** @throws DialectError when rules that write an argument twice, nested in each other, have written too much */
  replace({ from, to }: Range, text: string): void {
    this.allowance -= text.length;
    if (this.allowance < 0)
      throw new DialectError("statement is too complex", "Nest fewer function calls in each other.", "54001");
    this.tokens[from]!.text = text;
    for (let index = from + 1; index <= to; index++) {
      this.tokens[index]!.text = "";
      this.tokens[index]!.lead = "";
    }
    this.changed = true;
  }

  replaceOne(index: number, text: string): void {
    this.replace({ from: index, to: index }, text);
  }

  /** Takes tokens out; neighbours stay apart. */
  remove(range: Range): void {
    this.replace(range, "");
    const first = this.tokens[range.from]!;
    first.lead = first.lead ? " " : "";
    const following = this.tokens[range.to + 1];
    if (following && !following.lead && !first.lead && following.kind !== "symbol") following.lead = " ";
  }

  insertAfter(index: number, text: string): void {
    this.tokens[index]!.text += text;
    this.changed = true;
  }

  insertBefore(index: number, text: string): void {
    this.tokens[index]!.text = text + this.tokens[index]!.text;
    this.changed = true;
  }

  /** Adds to the end of the statement, before a comment that may stand there. */
  append(text: string): void {
    const trailer = this.tokens[this.length]!;
    trailer.lead = text + trailer.lead;
    this.changed = true;
  }

  /** Splits the inside of a parenthesis (or any range) at its own commas; an empty inside has no parts. */
  parts({ from, to }: Range): Range[] {
    const parts: Range[] = [];
    let start = from;
    for (let index = from; index <= to; index++) {
      if (this.value(index) === "(") index = Math.min(this.partner(index), to);
      else if (this.value(index) === ",") {
        parts.push({ from: start, to: index - 1 });
        start = index + 1;
      }
    }
    if (start <= to) parts.push({ from: start, to });
    return parts;
  }

  arguments(open: number): Range[] {
    return this.parts({ from: open + 1, to: this.partner(open) - 1 });
  }

  /** First index in [from, to] at the nesting of `from` whose value is one of these; -1 when there is none. */
  find(from: number, to: number, ...values: string[]): number {
    for (let index = from; index <= to; index++) {
      if (values.includes(this.value(index)) && !this.isColumnPart(index)) return index;
      if (this.value(index) === "(") index = this.partner(index);
    }
    return -1;
  }

  /** Whether a word is the part of a dotted name, and so no keyword. */
  isColumnPart(index: number): boolean {
    return this.value(index - 1) === ".";
  }

  private beginsClause(index: number): boolean {
    const value = this.value(index);
    if (!clauses.has(value) || this.isColumnPart(index)) return false;
    // `WITHIN GROUP (…)` begins nothing.
    return (value !== "group" && value !== "order") || this.is(index + 1, "by");
  }

  /** The clause keyword that governs a token: within its own parentheses or, there being none, around them. */
  clause(index: number): string {
    return this.value(this.governors()[index] ?? -1);
  }

  /** Of each token the index of the keyword whose clause it stands in, -1 where there is none: found once, in one pass. */
  private governors(): number[] {
    if (this.governing) return this.governing;
    const governing: number[] = [];
    for (let index = 0; index < this.tokens.length; index++) {
      const before = index - 1;
      if (this.value(before) === ")") governing.push(governing[this.partner(before)] ?? -1);
      else governing.push(this.beginsClause(before) ? before : (governing[before] ?? -1));
    }
    this.governing = governing;
    return governing;
  }

  /** Whether tokens make up one whole entry of a select list, with no name of their own. */
  isUnnamedSelectItem({ from, to }: Range): boolean {
    const before = this.value(from - 1);
    if (before !== "select" && before !== "distinct" && before !== "all" && before !== ",") return false;
    const governor = this.governors()[from] ?? -1;
    if (governor <= this.parent(from) || this.value(governor) !== "select") return false;
    const after = this.value(to + 1);
    return after === "," || after === ")" || to + 1 >= this.length || after === ";" || clauses.has(after);
  }

  /** The query block a `select` begins: up to a set operator, the closing parenthesis, or the end. */
  block(select: number): Range & { setOperator: boolean } {
    const parent = this.parent(select);
    const limit = parent < 0 ? this.length : this.partner(parent);
    for (let index = select + 1; index < limit; index++) {
      const value = this.value(index);
      if (value === "(") index = this.partner(index);
      else if (value === ";") return { from: select, to: index - 1, setOperator: false };
      else if (setOperators.has(value) && !this.isColumnPart(index))
        return { from: select, to: index - 1, setOperator: true };
    }
    return { from: select, to: limit - 1, setOperator: false };
  }

  toString(): string {
    return render(this.tokens);
  }
}
