export { checkReaders, type ReaderRoleArgs, Readers, type ReadersArgs, type ReaderUserArgs } from "./readers";
export { ReaderAccess, ReaderSecret } from "./resources";
