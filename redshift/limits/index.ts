// What Redshift Serverless and what stands around it accept, each fact once, with its source. The sandbox and the policies
// keep copies of their own: they judge the fleet and must not share its mistakes.
export { addressesToCreate, addressesToResize } from "./addresses";
export { idleTimeoutSeconds } from "./balancer";
export { capacity, capacityFault, defaultCapacity } from "./capacity";
export { fewestZones, smallestSubnet } from "./network";
export { defaultPort, portFault } from "./ports";
export {
  defaultQueryTimeoutSeconds,
  longestQueryTimeoutSeconds,
  longestWlm,
  queryLimits,
  refusedInQueues,
  refusedQueueActions,
} from "./queries";
