export { checkWarehouse } from "./checks";
export { configParameters } from "./config-parameters";
export { createServerless, type ServerlessWarehouse, type WarehousePlace } from "./serverless";
export {
  type CompleteSettings,
  complete,
  type QueryMonitoring,
  type UsageLimitSettings,
  type WarehouseSettings,
} from "./settings";
export { WorkgroupParameters } from "./workgroup-parameters";
