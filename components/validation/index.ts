export { describeFault, type Fault } from "@redshift-fleet/redshift/declarations";
export { at, refuse } from "./faults";
export { checkInteger, checkName, checkSqlName, checkUnique } from "./rules";
