export { checkCapacity, type FleetDemand, poolCapacity } from "./capacity";
export { carve, contains, isCidr, overlap, type PlannedSubnet, prefixOf, usableAddresses } from "./carve";
export { checkBasics, checkNetwork, checkPort, checkZones, plan, zones } from "./checks";
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
export { defaultLongestPrefix, defaultPort, fewestZones } from "./model";
export { Network, type NetworkArgs } from "./network";
export { zoneLetter } from "./zones";
