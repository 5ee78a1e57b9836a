import { invalid } from "./errors";

/** Base capacity in RPU: 4, 8 to 512 in steps of 8, or 544 to 1024 in steps of 32. */
export function checkBaseCapacity(capacity: number): number {
  const allowed =
    capacity === 4 ||
    (capacity >= 8 && capacity <= 512 && capacity % 8 === 0) ||
    (capacity > 512 && capacity <= 1024 && capacity % 32 === 0);
  if (!allowed) {
    throw invalid(
      `baseCapacity ${capacity} is not allowed: it must be 4, 8 to 512 RPU in steps of 8, or up to 1024 RPU in steps of 32.`,
    );
  }
  return capacity;
}

/** @returns undefined for -1, which removes the limit. */
export function checkMaxCapacity(capacity: number, base: number | undefined): number | undefined {
  if (capacity === -1) return undefined;
  if (!Number.isInteger(capacity) || capacity < 4 || capacity > 5632 || (capacity % 8 !== 0 && capacity !== 4)) {
    throw invalid(`maxCapacity ${capacity} is not allowed: it must be -1, or up to 5632 RPU in steps of 8.`);
  }
  if (base !== undefined && capacity < base) {
    throw invalid(`maxCapacity ${capacity} must be greater than or equal to baseCapacity ${base}.`);
  }
  return capacity;
}

export function checkBaseAgainstMax(base: number, max: number | undefined): void {
  if (max !== undefined && base > max) {
    throw invalid(`baseCapacity ${base} must be less than or equal to maxCapacity ${max}.`);
  }
}

const creation: readonly (readonly [upToRpu: number, addresses: number])[] = [
  [8, 9],
  [32, 13],
  [64, 21],
  [128, 37],
  [256, 69],
  [512, 133],
  [1024, 261],
];

const resizing: readonly (readonly [upToRpu: number, addresses: number])[] = [
  [16, 10],
  [32, 13],
  [64, 16],
  [128, 28],
  [256, 52],
  [512, 100],
  [1024, 197],
];

const withoutEnhancedRouting = 3;

/**
 * Free addresses that every subnet of a workgroup must have, and that the workgroup then holds.
 * Source: "Considerations when using Amazon Redshift Serverless", table of required free IP addresses.
 */
export function addressesPerSubnet(baseCapacity: number, enhancedVpcRouting: boolean): number {
  if (!enhancedVpcRouting) return withoutEnhancedRouting;
  return lookUp(creation, baseCapacity);
}

/** Free addresses that every subnet must have for a workgroup to grow to `target` RPU. */
export function addressesToResize(target: number, enhancedVpcRouting: boolean): number {
  if (!enhancedVpcRouting) return withoutEnhancedRouting;
  return lookUp(resizing, target);
}

function lookUp(table: typeof creation, capacity: number): number {
  return (table.find(([upTo]) => capacity <= upTo) ?? table.at(-1)!)[1];
}
