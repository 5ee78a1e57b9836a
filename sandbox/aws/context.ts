import type { LoopbackAddresses } from "../network/addresses";
import type { Store } from "../store/store";
import type { Account } from "./account";

/** Private addresses of subnets as loopback addresses that this machine can bind. */
export type ReachableAddresses = Pick<LoopbackAddresses, "claim" | "release" | "reach">;

/** What every part of a service's model stands on. */
export interface Context {
  store: Store;
  account: Account;
}
