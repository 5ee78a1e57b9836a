import { definePolicy } from "../framework/policy";

const SWITCHED_ON = /\bPUBLICACCESSIBLE\s*=?\s*(TRUE|T|ON|YES|1)\b/i;

/** SQL without its comments, which may well speak of what they forbid. */
function code(sql: string): string {
  return sql.replace(/--[^\n]*/g, " ").replace(/\/\*[\s\S]*?\*\//g, " ");
}

export const datashareNotPublic = definePolicy({
  name: "datashare-not-public",
  area: "sharing",
  entry: 32,
  description: "A datashare must not be usable by publicly accessible warehouses.",
  why: "PUBLICACCESSIBLE lets the shared rows out to a consumer that the internet can reach",
  mend: "remove PUBLICACCESSIBLE, or set it to FALSE",
  severity: "critical",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_DATASHARE.html",
  types: [
    "pulumi-nodejs:dynamic:Resource",
    "aws:redshiftdata/statement:Statement",
    "command:local:Command",
    "command:remote:Command",
  ],
  checks: [
    (resource, { violation }) => {
      const share = resource.as("pulumi-nodejs:dynamic:Resource");
      for (const key of ["publicAccessible", "publiclyAccessible"] as const) {
        if (share?.flag(key)) violation(`${key} is true`);
      }
    },
    (resource, { violation }) => {
      const sql = resource.as("aws:redshiftdata/statement:Statement")?.text("sql");
      if (sql !== undefined && SWITCHED_ON.test(code(sql))) violation("sql sets PUBLICACCESSIBLE to TRUE");
    },
    (resource, { violation }) => {
      const command = resource.as("command:local:Command", "command:remote:Command");
      if (!command) return;
      for (const key of ["create", "update"] as const) {
        // Most commands have nothing to do with SQL: one not known yet is no reason for a note.
        const seen = command.peek(key);
        if (seen.state === "known" && SWITCHED_ON.test(String(seen.value)))
          violation(`${key} sets PUBLICACCESSIBLE to TRUE`);
      }
    },
  ],
});
