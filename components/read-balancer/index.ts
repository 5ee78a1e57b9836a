export {
  type BalancerSettings,
  checkBalancer,
  completeBalancer,
  ReadBalancer,
  type ReadBalancerArgs,
} from "./read-balancer";
export { checkRotation, type RotatingConsumer, Rotation, type RotationArgs } from "./rotation";
