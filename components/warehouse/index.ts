export { configParameters } from "./config-parameters";
export {
  type CompleteSettings,
  complete,
  type QueryMonitoring,
  type UsageLimitSettings,
  type WarehouseSettings,
} from "./settings";
export { checkWarehouse, createWarehouse, type Warehouse, type WarehousePlace } from "./warehouse";
export { WorkgroupParameters } from "./workgroup-parameters";
