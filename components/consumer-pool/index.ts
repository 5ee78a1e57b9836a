export { ConsumerPool, type ConsumerPoolArgs, checkPool, type PoolSettings } from "./consumer-pool";
