export { ReaderAccess } from "./reader-access";
export { ReaderSecret } from "./reader-secret";
export { checkReaders, type ReaderRoleArgs, Readers, type ReadersArgs, type ReaderUserArgs } from "./readers";
