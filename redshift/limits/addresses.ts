/**
 * Free addresses that Redshift Serverless wants in each subnet to create a workgroup with enhanced VPC routing, by base
 * capacity in RPUs. https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html
 */
const toCreate: readonly (readonly [rpus: number, addresses: number])[] = [
  [8, 9],
  [32, 13],
  [64, 21],
  [128, 37],
  [256, 69],
  [512, 133],
  [1024, 261],
];

/** Free addresses it wants while a workgroup grows to the next size, by the size it grows to. Same source. */
const toResize: readonly (readonly [rpus: number, addresses: number])[] = [
  [16, 10],
  [32, 13],
  [64, 16],
  [128, 28],
  [256, 52],
  [512, 100],
  [1024, 197],
];

const withoutEnhancedRouting = 3;

function lookUp(table: readonly (readonly [number, number])[], rpus: number): number {
  const row = table.find(([upTo]) => rpus <= upTo) ?? table[table.length - 1];
  return row?.[1] ?? 0;
}

/** Addresses that a workgroup with enhanced VPC routing wants, and then holds, in each of its subnets. */
export function addressesToCreate(baseCapacity: number): number {
  return lookUp(toCreate, baseCapacity);
}

/** Addresses that must be free in each subnet for a workgroup to be resized from `baseCapacity` to the next size. */
export function addressesToResize(baseCapacity: number, enhancedVpcRouting = true): number {
  return enhancedVpcRouting ? lookUp(toResize, baseCapacity + 1) : withoutEnhancedRouting;
}
