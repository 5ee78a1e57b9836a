export { ConsumerDatabase } from "./consumer-database";
export { checkDatashare, Datashare, type DatashareArgs, type DatashareSchemaArgs, sharedSchemas } from "./datashare";
export { DatashareGrant } from "./datashare-grant";
export { DatashareResource } from "./datashare-resource";
