export { checkCapacity, type FleetDemand } from "./capacity";
export { checkBasics, checkNetwork, plan } from "./checks";
export {
  checkFound,
  ExistingNetwork,
  type ExistingNetworkArgs,
  type FoundNetwork,
  lookUpNetwork,
  type WantedNetwork,
} from "./existing";
export type { FleetNetwork, FleetSubnet } from "./model";
export { Network, type NetworkArgs } from "./network";
