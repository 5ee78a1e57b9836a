import type { Fault } from "../faults";

/**
 * Base and maximum capacities, in RPUs (16 GB of memory each): the smallest alone, then steps of 8 up to 512, of 32 beyond.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html
 */
export const capacity = { smallest: 4, first: 8, step: 8, lastOfStep: 512, largeStep: 32, largest: 1024 } as const;

/** What a workgroup gets where nothing is said, in RPUs. Same source. */
export const defaultCapacity = 128;

/** What is wrong with a capacity, if anything. */
export function capacityFault(path: string, rpus: number): Fault[] {
  const { smallest, first, lastOfStep, largeStep, largest } = capacity;
  const step = rpus > lastOfStep ? largeStep : capacity.step;
  if (rpus === smallest || (Number.isInteger(rpus) && rpus >= first && rpus <= largest && rpus % step === 0)) return [];
  const below = Math.min(largest, Math.max(first, Math.floor(rpus / step) * step));
  return [
    {
      path,
      value: rpus,
      rule: `must be ${smallest} RPUs, or ${first} to ${lastOfStep} in steps of ${capacity.step}, or up to ${largest} in steps of ${largeStep} (some Regions only)`,
      remedy: Number.isFinite(rpus) ? `Use ${below} or ${Math.min(largest, below + step)}` : "Use 32",
    },
  ];
}
