export { at, describeFault, type Fault, gated, refuse } from "./faults";
export { checkInteger, checkName, checkSqlName, checkUnique } from "./rules";
