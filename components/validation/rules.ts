import type { Fault } from "@redshift-fleet/redshift/declarations";

/** Checks a whole number against its bounds, both included. */
export function checkInteger(path: string, value: number, minimum: number, maximum: number, unit = ""): Fault[] {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return [];
  const what = unit ? `a whole number of ${unit}` : "a whole number";
  return [
    {
      path,
      value,
      rule: `must be ${what} from ${minimum} to ${maximum}`,
      remedy: `Choose ${what} in that range`,
    },
  ];
}

/**
 * Checks the logical name of something that becomes part of the names of cloud resources: namespaces, workgroups and
 * endpoints all accept lower-case letters, digits and single hyphens only.
 */
export function checkName(path: string, value: string): Fault[] {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value)) return [];
  return [
    {
      path,
      value,
      rule: "must consist of lower-case letters, digits and single hyphens, and begin with a letter",
      remedy: "Rename it, for example to `analytics` or `eu-reporting`",
    },
  ];
}

/**
 * Checks the name of a database or of its administrator as Redshift Serverless accepts them.
 * https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateNamespace.html
 */
export function checkSqlName(path: string, value: string): Fault[] {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(value)) return [];
  return [
    {
      path,
      value,
      rule: "must begin with a lower-case letter and hold lower-case letters, digits and underscores only, at most 63",
      remedy: "Choose a plain name such as `fleet` or `fleet_admin`; quotes and other characters are never needed here",
    },
  ];
}

/** Reports every value that occurs more than once. */
export function checkUnique(path: string, values: readonly string[], what: string): Fault[] {
  const repeated = [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
  return repeated.map((value) => ({
    path,
    value,
    rule: `every ${what} must occur once`,
    remedy: `Remove or rename one of those called ${value}`,
  }));
}
