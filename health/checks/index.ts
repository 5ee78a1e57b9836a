import { addressesLeft } from "./addresses-left";
import { balancerForwarding } from "./balancer-forwarding";
import { balancerPresent } from "./balancer-present";
import type { Check } from "./check";
import { consumerDatabases } from "./consumer-databases";
import { datasharesComplete } from "./datashares-complete";
import { datasharesGranted } from "./datashares-granted";
import { datasharesPrivate } from "./datashares-private";
import { datasharesVisible } from "./datashares-visible";
import { idleTimeout } from "./idle-timeout";
import { readersAlike } from "./readers-alike";
import { readersLeftovers } from "./readers-leftovers";
import { readersLogIn } from "./readers-log-in";
import { securityGroups } from "./security-groups";
import { subnetsLarge } from "./subnets-large";
import { targetsHealthy } from "./targets-healthy";
import { targetsRegistered } from "./targets-registered";
import { warehousesAnswer } from "./warehouses-answer";
import { warehousesAvailable } from "./warehouses-available";
import { warehousesPrivate } from "./warehouses-private";
import { zones } from "./zones";

/** In the order of the report: from the ground up. */
export const checks: readonly Check[] = [
  subnetsLarge,
  zones,
  addressesLeft,
  securityGroups,
  warehousesPrivate,
  warehousesAvailable,
  warehousesAnswer,
  datasharesGranted,
  datasharesComplete,
  datasharesPrivate,
  datasharesVisible,
  consumerDatabases,
  readersAlike,
  readersLogIn,
  readersLeftovers,
  balancerPresent,
  balancerForwarding,
  idleTimeout,
  targetsRegistered,
  targetsHealthy,
];
