export { ConsumerPool, type ConsumerPoolArgs, checkPool, memberName, type PoolSettings } from "./consumer-pool";
