import { customerManagedKms } from "./encryption/customer-managed-kms";
import type { Policy } from "./framework/policy";
import { waivers } from "./governance/waivers";
import { subnetPrefix } from "./network/subnet-prefix";
import { threeAvailabilityZones } from "./network/three-availability-zones";

/** Every policy of the pack. `waivers` comes first: it hands the waivers to the others. */
export const catalogue: readonly Policy[] = [waivers, threeAvailabilityZones, subnetPrefix, customerManagedKms];
