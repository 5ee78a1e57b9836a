export { checkPool, ConsumerPool, type ConsumerPoolArgs, memberName, type PoolSettings } from "./consumer-pool";
