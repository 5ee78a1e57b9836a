export { complete, type WarehouseSettings } from "./settings";
export { checkWarehouse, createWarehouse, type Warehouse, type WarehousePlace } from "./warehouse";
