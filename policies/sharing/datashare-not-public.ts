import { asDatashare } from "../framework/dynamic";
import { definePolicy } from "../framework/policy";
import { sqlOf } from "../framework/sql";
import { seam } from "../framework/sql-text";

const switchedOn = new RegExp(`\\bPUBLICACCESSIBLE${seam}=?${seam}(?:TRUE|T|ON|YES|1)\\b`, "i");

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
  types: "every",
  checks: [
    (resource, { violation }) => {
      const share = asDatashare(resource);
      for (const key of ["publicAccessible", "publiclyAccessible"] as const) {
        if (share?.flag(key)) violation(`${key} is true`);
      }
    },
    (resource, { violation }) => {
      for (const { key, sql } of sqlOf(resource)) {
        if (switchedOn.test(sql)) violation(`${key} sets PUBLICACCESSIBLE to TRUE`);
      }
    },
  ],
});
