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
 * Joins symbols to operators as PostgreSQL's lexer does: the longest run of operator characters, without signs at its end
 * unless it has a character that no arithmetic has. The last token is the trailer.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS
 */
export function tokensOf(lexemes: readonly Lexeme[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (let index = 0; index < lexemes.length; index++) {
    const { kind, value, text, lead } = lexemes[index]!;
    at += lead.length;
    const onNewLine = lead.includes("\n");
    if (kind === "symbol" && operatorCharacters.test(value)) {
      const operator = operatorAt(lexemes, index);
      tokens.push({ kind, value: operator, text: operator, at, onNewLine });
      index += operator.length - 1;
      at += operator.length;
      continue;
    }
    tokens.push({ kind, value, text, at, onNewLine });
    at += text.length;
  }
  return tokens;
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
