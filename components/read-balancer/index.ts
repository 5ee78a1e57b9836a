export { type BalancerSettings, checkBalancer, ReadBalancer, type ReadBalancerArgs } from "./read-balancer";
export { type RotatingConsumer, Rotation, type RotationArgs } from "./rotation";
