import type { Fault } from "@redshift-fleet/components";
import { closest } from "@redshift-fleet/redshift/declarations";
import type { z } from "zod";
import { knownKeys } from "./known-keys";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

/** What has the wrong type, lies outside its range, or is no key at all, in words. */
export function shapeFaults(given: unknown, issues: readonly z.core.$ZodIssue[]): Fault[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => {
        const path = [...issue.path, key];
        const meant = closest(key, knownKeys(issue.path));
        return {
          path: written(path),
          value: valueAt(given, path),
          rule: "must not be there: there is no such key",
          remedy: meant ? `Did you mean ${meant}? Otherwise remove it` : "Remove it, or correct its spelling",
        };
      });
    return [{ path: written(issue.path), value: valueAt(given, issue.path), ...explain(issue) }];
  });
}

function explain(issue: z.core.$ZodIssue): { rule: string; remedy: string } {
  switch (issue.code) {
    case "invalid_type": {
      const kind = kinds[issue.expected] ?? issue.expected;
      return { rule: `must be ${kind}`, remedy: `Write ${kind}, without quotes unless it is a text` };
    }
    case "too_small":
    case "too_big": {
      const bound = issue.code === "too_small" ? `${issue.minimum} or more` : `${issue.maximum} or less`;
      const what = issue.origin === "array" ? ` entr${bound.startsWith("1 ") ? "y" : "ies"}` : "";
      return { rule: `must be ${bound}${what}`, remedy: `Use ${bound}` };
    }
    case "invalid_value": {
      const values = issue.values.map(String).join(", ");
      return { rule: `must be one of ${values}`, remedy: "Choose one of them" };
    }
    case "invalid_union":
      return { rule: "must be all, or a list of names", remedy: "Write `all`, or a list" };
    case "invalid_format":
      return { rule: `must look like ${issue.pattern ?? issue.format}`, remedy: "Correct it" };
    default:
      return { rule: `must be valid (${issue.message})`, remedy: "Correct it" };
  }
}

const written = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}
