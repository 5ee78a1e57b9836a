/** What a warehouse can be: a serverless workgroup on its namespace, or a provisioned cluster. */
export const warehouseKinds = ["serverless", "provisioned"] as const;
export type WarehouseKind = (typeof warehouseKinds)[number];
