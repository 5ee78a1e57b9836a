export type { SessionResult, WarehouseSession } from "./session";
export { Warehouse, type WarehouseOptions, type WarehouseStatus } from "./warehouse";
