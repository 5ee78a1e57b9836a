import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones";
import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getPartition } from "@pulumi/aws/getPartition";

/** The account that the stack is deployed to. */
export interface Account {
  readonly accountId: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
}

/** Asks who we are. */
export async function lookUpAccount(): Promise<Account> {
  const [identity, { partition }] = await Promise.all([getCallerIdentity(), getPartition()]);
  return { accountId: identity.accountId, partition };
}

/**
 * The first Availability Zones of the Region, by name. Local Zones and Wavelength Zones are left out: Redshift is not
 * in them.
 *
 * @throws Error where the Region has fewer.
 */
export async function lookUpZones(count: number): Promise<string[]> {
  const { names, region } = await getAvailabilityZones({
    state: "available",
    filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
  });
  if (names.length < count)
    throw new Error(
      `${region} has ${names.length} Availability Zones that this account may use, but the fleet needs ${count}. ` +
        "Choose another Region (`aws:region`), or name zones with `redshift-fleet:network.azs`.",
    );
  return names.slice(0, count);
}
