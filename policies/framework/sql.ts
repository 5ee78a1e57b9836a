import { Node, type Peek, peek } from "./peek";
import { meaningOfSql, meaningOfText, startsAsSql } from "./sql-text";
import type { Subject } from "./subject";
import type { Token } from "./types";

const commands = ["command:local:Command", "command:remote:Command"] as const;

/** Resources by which a program runs SQL that no typed resource shows. */
export const sqlCarriers = [
  "aws:redshiftdata/statement:Statement",
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:lambda/invocation:Invocation",
  "aws:scheduler/schedule:Schedule",
  "aws:sfn/stateMachine:StateMachine",
  ...commands,
] as const;

interface Carried {
  /** The property that holds it. */
  key: string;
  /** What it would do, to be searched by a rule: without comments and without what statements only quote. */
  sql: string;
}

/**
 * The SQL that a resource runs. Of texts in other languages, such as a command's, what is known already: most have
 * nothing to do with SQL, and one not known yet is no reason for a note.
 */
export function sqlOf(resource: Subject<Token>): Carried[] {
  const statement = resource.as("aws:redshiftdata/statement:Statement")?.text("sql");
  const scheduled = resource.as("aws:cloudwatch/eventTarget:EventTarget")?.child("redshiftTarget")?.text("sql");
  return [
    ...(statement === undefined ? [] : [{ key: "sql", sql: meaningOfSql(statement) }]),
    ...(scheduled === undefined ? [] : [{ key: "redshiftTarget.sql", sql: meaningOfSql(scheduled) }]),
    ...textsOf(resource).flatMap(({ key, seen, whole }) => {
      if (seen.state !== "known") return [];
      const text = String(seen.value);
      return [{ key, sql: whole && startsAsSql(text) ? meaningOfSql(text) : meaningOfText(text) }];
    }),
  ];
}

interface Text {
  key: string;
  seen: Peek<unknown>;
  /** Whether it may be SQL from beginning to end, as what a command reads may. */
  whole?: boolean;
}

/** Texts in other languages: shell, and the JSON of those services that call the Data API or a function. */
function textsOf(resource: Subject<Token>): Text[] {
  const command = resource.as(...commands);
  if (command) {
    const own = (["create", "update", "stdin"] as const).map((key) => ({
      key,
      seen: command.peek(key),
      whole: key === "stdin",
    }));
    return [...own, ...valuesOf(command.peek("environment"), "environment")];
  }
  const called = resource.as("aws:lambda/invocation:Invocation", "aws:cloudwatch/eventTarget:EventTarget");
  if (called) return [{ key: "input", seen: called.peek("input") }];
  const machine = resource.as("aws:sfn/stateMachine:StateMachine");
  if (machine) return [{ key: "definition", seen: machine.peek("definition") }];
  const target = resource.as("aws:scheduler/schedule:Schedule")?.peek("target");
  return target?.state === "known"
    ? [{ key: "target.input", seen: new Node(target.value, "target").peek("input") }]
    : [];
}

function valuesOf(map: Peek<unknown>, at: string): Text[] {
  if (map.state !== "known" || typeof map.value !== "object" || map.value === null) return [];
  return Object.keys(map.value).map((name) => ({ key: `${at}.${name}`, seen: peek(map.value, name), whole: true }));
}
