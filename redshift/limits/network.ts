/**
 * Enhanced VPC routing needs three subnets in three Availability Zones.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html
 */
export const fewestZones = 3;

/**
 * Prefix length of the smallest subnet that leaves a fleet room to grow: 507 addresses, of which every workgroup with
 * enhanced VPC routing takes dozens (see `addressesToCreate`).
 */
export const smallestSubnet = 23;
