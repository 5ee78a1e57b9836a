export { checkDatashare, Datashare, type DatashareArgs, type DatashareSchemaArgs, sharedSchemas } from "./datashare";
export { ConsumerDatabase, DatashareGrant, DatashareResource } from "./resources";
