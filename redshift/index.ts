export { type Activity, activity, type OpenQuery, type OpenSession } from "./activity/activity";
export { type Database, databases } from "./catalog/databases";
export {
  type InboundShare,
  inboundShares,
  type OutboundShare,
  outboundShare,
  type SharedObject,
  shareConsumers,
  sharedObjects,
} from "./catalog/datashares";
export {
  type DatabasePrivilege,
  type DatabaseUser,
  publicMayCreate,
  roleMembers,
  rolePrivileges,
  roles,
  users,
} from "./catalog/principals";
export { type SourceObjects, sourceObjects, sourceTables } from "./catalog/source-objects";
export {
  type AssumedRole,
  type Connection,
  clientConfig,
  dataClient,
  type ServiceName,
  secretsClient,
  serverlessClient,
  type WebIdentityRole,
} from "./connection";
export {
  type ConsumerDatabaseDefinition,
  dropConsumerDatabase,
  ensureConsumerDatabase,
  type ObservedConsumerDatabase,
  readConsumerDatabase,
} from "./consumer-databases/consumer-databases";
export {
  DataApi,
  type DataApiDependencies,
  type ExecuteOptions,
  type Parameters,
} from "./data-api/data-api";
export { isLoginRefused, isMissingObject, isWarehouseGone, SqlError } from "./data-api/errors";
export { maxBatchStatements, maxStatementBytes } from "./data-api/limits";
export { redact } from "./data-api/redact";
export { statementVerdict } from "./data-api/retry";
export { flag, integer, optionalText, text } from "./data-api/rows";
export { grantDatashare, hasGrant, revokeDatashare } from "./datashares/grants";
export { MissingObjectsError, planDatashare } from "./datashares/plan";
export {
  type DatashareState,
  dropDatashare,
  observeDatashare,
  readDatashare,
  reconcileDatashare,
  syncDatashare,
} from "./datashares/reconcile";
export * from "./declarations";
export * from "./identifiers";
export { type AccessContext, type AccessState, readAccess, reconcileAccess, removeAccess } from "./readers/access";
export { describeLeftover, findLeftovers, type Holders, type Leftover, LeftoversError } from "./readers/leftovers";
export { digestForms, generatePassword } from "./readers/passwords";
export {
  deleteReaderSecret,
  ensureReaderSecret,
  isSameKey,
  type ReaderEndpoint,
  type ReaderSecretDefinition,
  type ReaderSecretState,
  readerPassword,
  readReaderSecret,
} from "./readers/secret";
export {
  insertStatements,
  type LoadedTable,
  loadSamples,
  type SampleRow,
  type SampleTable,
} from "./samples/load-samples";
export {
  appliedMigrations,
  applyMigrations,
  bookkeepingTable,
  MigrationConflictError,
} from "./schema/migrate";
export { splitStatements } from "./schema/statements";
export {
  readWorkgroupParameters,
  resetWorkgroupParameters,
  setWorkgroupParameters,
} from "./serverless/workgroup-parameters";
