import { AwsError } from "../../aws/errors";
import type { SqlParameter } from "./records";

/** Literals, quoted names, comments and casts are passed over; the first group is a parameter's name. */
const tokens =
  /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|::|:([A-Za-z_][A-Za-z0-9_]*)/g;

/**
 * Named parameters (`:name`) as positional ones. Every use gets a place of its own, since one parameter may be compared
 * with columns of different types.
 * @throws AwsError ValidationException for a parameter without a value, or a value without a parameter.
 */
export function bindParameters(sql: string, parameters: readonly SqlParameter[]): { text: string; values: string[] } {
  if (parameters.length === 0) return { text: sql, values: [] };
  const given = new Map(parameters.map(({ name, value }) => [name, value]));
  const used = new Set<string>();
  const values: string[] = [];
  const text = sql.replace(tokens, (token, _dollarTag, name: string | undefined) => {
    if (name === undefined) return token;
    const value = given.get(name);
    if (value === undefined) {
      throw new AwsError("ValidationException", `The parameter :${name} of the statement has no value.`);
    }
    used.add(name);
    values.push(value);
    return `$${values.length}`;
  });
  const unused = [...given.keys()].find((name) => !used.has(name));
  if (unused !== undefined) {
    throw new AwsError("ValidationException", `The statement does not use the given parameter ${unused}.`);
  }
  return { text, values };
}
