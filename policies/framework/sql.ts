import { peek } from "./peek";
import type { Subject } from "./subject";
import type { Token } from "./types";

/** Resources by which a program runs SQL that no typed resource shows. */
export const SQL_CARRIERS = [
  "aws:redshiftdata/statement:Statement",
  "command:local:Command",
  "command:remote:Command",
] as const;

/** A quoted text, left as it is, or a comment, which may well speak of what it forbids. */
const QUOTED_OR_COMMENT = /'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g;

/**
 * The SQL that a resource runs, by the property that holds it. Of commands what is known already: most have nothing to
 * do with SQL, and one not known yet is no reason for a note. In a shell `--` begins an option, not a comment.
 */
export function sqlOf(resource: Subject<Token>): { key: string; sql: string }[] {
  const statement = resource.as("aws:redshiftdata/statement:Statement")?.text("sql");
  if (statement !== undefined) {
    return [{ key: "sql", sql: statement.replace(QUOTED_OR_COMMENT, (part) => (part.startsWith("'") ? part : " ")) }];
  }
  const command = resource.as("command:local:Command", "command:remote:Command");
  if (!command) return [];
  const texts = (["create", "update", "stdin"] as const).map((key) => ({
    key: key as string,
    seen: command.peek(key),
  }));
  const environment = command.peek("environment");
  if (environment.state === "known") {
    for (const name of Object.keys(environment.value as object)) {
      texts.push({ key: `environment.${name}`, seen: peek(environment.value, name) });
    }
  }
  return texts.flatMap(({ key, seen }) => (seen.state === "known" ? [{ key, sql: String(seen.value) }] : []));
}
