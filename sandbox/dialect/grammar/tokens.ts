import type { Token as Lexeme, TokenKind } from "../lexer";

/** A token of the grammar: an operator is one, however many characters it has. */
export interface Token {
  readonly kind: TokenKind;
  /** Words in lower case, names without quotes. */
  readonly value: string;
  /** As written. */
  readonly text: string;
  /** Characters from the start of the statement. */
  readonly at: number;
  /** Whether a line break is between it and the token before: strings go on over one. */
  readonly onNewLine: boolean;
}

const operatorCharacters = /^[-+*/<>=~!@#%^&|`?]$/;
/** With one of these in it an operator may end in a sign. */
const beforeSign = /[~!@#%^&|`?]/;

/**
 * The tokens of a text, made as far as they are asked for: a text that fails at its beginning may be of 16 MB. Symbols are
 * joined to operators as PostgreSQL's lexer does: the longest run of operator characters, without signs at its end unless it
 * has a character that no arithmetic has. The last token is the trailer.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS
 */
export class Tokens {
  private readonly made: Token[] = [];
  private next = 0;
  private place = 0;

  constructor(private readonly lexemes: readonly Lexeme[]) {}

  /** The token at an index, or the trailer beyond the end. */
  at(index: number): Token {
    while (this.made.length <= index && this.next < this.lexemes.length) this.make();
    return this.made[Math.min(index, this.made.length - 1)]!;
  }

  private make(): void {
    const { kind, value, text, lead } = this.lexemes[this.next]!;
    const at = this.place + lead.length;
    const symbol = kind === "symbol" && operatorCharacters.test(value);
    const whole = symbol ? operatorAt(this.lexemes, this.next) : text;
    this.made.push({ kind, value: symbol ? whole : value, text: whole, at, onNewLine: lead.includes("\n") });
    this.next += symbol ? whole.length : 1;
    this.place = at + whole.length;
  }
}

/** NAMEDATALEN of PostgreSQL's pg_config_manual.h bounds operators. */
const longestOperator = 63;

function operatorAt(lexemes: readonly Lexeme[], from: number): string {
  let operator = lexemes[from]!.value;
  for (let index = from + 1; operator.length < longestOperator; index++) {
    const { kind, value, lead } = lexemes[index]!;
    if (kind !== "symbol" || lead !== "" || !operatorCharacters.test(value)) break;
    operator += value;
  }
  while (operator.length > 1 && /[-+]$/.test(operator) && !beforeSign.test(operator)) operator = operator.slice(0, -1);
  return operator;
}
