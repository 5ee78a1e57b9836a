// What a stack of the fleet exports, and how its warehouses and secrets are reached from that: the contract between the
// program that deploys a fleet and whatever works on one. A package entry of its own, `@redshift-fleet/redshift/fleet`:
// it loads no client of AWS before one is called.
export { type WarehouseKind, warehouseKinds } from "./kinds";
export { type Login, readLogin } from "./login";
export { type ConsumerOutput, type DatashareOutput, fleetOutputs, type StackOutputs } from "./outputs";
export { secretOfReaderOf } from "./readers";
export { connectionOf, targetOf } from "./targets";
