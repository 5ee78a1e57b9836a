export { checkCapacity, type FleetDemand, poolCapacity } from "./capacity";
export { carve, type PlannedSubnet } from "./carve";
export { checkBasics, checkNetwork, checkZones, plan, zones } from "./checks";
export { defaultServices, type InterfaceService } from "./endpoints";
export {
  checkFound,
  ExistingNetwork,
  type ExistingNetworkArgs,
  type FoundNetwork,
  lookUpNetwork,
  type WantedNetwork,
} from "./existing";
export type { FleetNetwork, FleetSecurityGroups, FleetSubnet } from "./model";
export { Network, type NetworkArgs } from "./network";
export { zoneLetter } from "./zones";
