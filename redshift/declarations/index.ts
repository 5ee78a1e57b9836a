// What can be said about a fleet before anything is asked of a cloud: rules for names, shares, readers and schema files.
// A package entry of its own, `@redshift-fleet/redshift/declarations`: a preview needs no more than this, and does not
// wait for the AWS SDK to load.
export { contains, firstBlocks, isCidr, overlap, prefixOf, usableAddresses } from "../cidr";
export { counted } from "../counted";
export { type DatabaseTarget, describeTarget } from "../database-target";
export {
  type DatashareDefinition,
  datashareFaults,
  listedTables,
  type SharedSchema,
  undeclaredFaults,
  wholeSchemas,
} from "../datashares/model";
export { describeFault, type Fault, listFaults, nameFaults } from "../faults";
export { type WarehouseKind, warehouseKinds } from "../fleet/kinds";
export { isNamespaceGuid } from "../identifiers";
export * from "../limits";
export {
  type AccessDefinition,
  accessFaults,
  canonicalAccess,
  type PasswordDigest,
  passwordDigests,
  type ReaderRights,
  type ReaderRole,
  type ReaderUser,
  readerOf,
} from "../readers/model";
export { knownRegions, mayBeRegion, unknownRegion } from "../regions";
export { migrationConflicts } from "../schema/conflicts";
export { type DeclaredObjects, describeMigrations } from "../schema/declared";
export {
  type MigrationEntry,
  type MigrationFile,
  MigrationFilesError,
  migrationFile,
  readMigrationFiles,
  schemaRevision,
} from "../schema/migration-files";
export {
  type ConfigParameters,
  canonicalParameters,
} from "../serverless/config-parameters";
export { closest } from "../spelling";
