import type { Draft, Range } from "./draft";

/** A function call in a draft whose arguments are rewritten already. */
export class Call {
  readonly open: number;
  readonly close: number;
  readonly ranges: Range[];

  constructor(
    readonly draft: Draft,
    readonly at: number,
  ) {
    this.open = at + 1;
    this.close = draft.partner(this.open);
    this.ranges = draft.arguments(this.open);
  }

  get count(): number {
    return this.ranges.length;
  }

  /** Text of an argument. */
  argument(index: number): string {
    return this.draft.text(this.ranges[index]!);
  }

  /** An argument that is one word or string: its text without quotes. */
  bareArgument(index: number): string | undefined {
    const range = this.ranges[index];
    if (!range || range.from !== range.to) return undefined;
    const token = this.draft.tokens[range.from]!;
    if (token.kind === "word") return token.value;
    return token.kind === "string" ? token.text.slice(1, -1) : undefined;
  }

  isLiteral(index: number): boolean {
    const range = this.ranges[index]!;
    const { kind } = this.draft.tokens[range.from]!;
    return range.from === range.to && (kind === "string" || kind === "number");
  }

  /** An argument as an operand; a string literal or parameter, whose type is open, is given the type `type`. */
  operand(index: number, type: "timestamp"): string {
    const range = this.ranges[index]!;
    const { kind } = this.draft.tokens[range.from]!;
    const text = this.draft.text(range);
    if (range.from !== range.to) return `(${text})`;
    if (kind === "string") return `${type} ${text}`;
    return kind === "parameter" ? `${text}::${type}` : text;
  }

  /**
   * Puts an expression in place of the call (up to `to`). An entry of a select list that has no name of its own
   * keeps the one Redshift gives it.
   */
  become(expression: string, name?: string, to = this.close): void {
    const range = { from: this.at, to };
    const alias = name && this.draft.isUnnamedSelectItem(range) ? ` as ${name}` : "";
    this.draft.replace(range, expression + alias);
  }
}
