import type { Store } from "../store/store";
import type { Account } from "./account";

/** Private addresses of subnets as loopback addresses that this machine can bind. */
export interface ReachableAddresses {
  claim(privateIp: string): string;
  release(address: string): void;
}

/** What every part of a service's model stands on. */
export interface Context {
  store: Store;
  account: Account;
}
