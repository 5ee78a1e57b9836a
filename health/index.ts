// Whether a fleet is well: facts, checks that judge them, one verdict. No Pulumi, no console.
export type { Area, Check } from "./checks/check";
export type { Finding } from "./checks/finding";
export { checks } from "./checks/index";
export { type Facts, noOutages, type Outage, type Outages, type Section } from "./facts/facts";
export { type CheckReport, judge } from "./judge";
export { type CheckOptions, runChecks } from "./run";
