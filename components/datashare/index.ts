export { checkDatashare, Datashare, type DatashareArgs, type DatashareSchemaArgs } from "./datashare";
export { ConsumerDatabase, DatashareGrant, DatashareResource } from "./resources";
