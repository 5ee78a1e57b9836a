/** One measured figure of a run. */
export interface Figure {
  /** The item that measured it. */
  item: string;
  what: string;
  value: number;
  unit: "×" | "s" | "MB" | "/s" | "ms" | "MB/s";
  /** What the figure should not exceed, or not fall below; absent where it is reported only. */
  limit?: { atMost: number } | { atLeast: number };
  /** The measurements behind it, each in its own unit, in the order they were made. */
  samples?: Record<string, number[]>;
}

/** What an item measures with. */
export interface Settings {
  /** Fewer rounds and smaller fleets: says whether something is badly off, not more. */
  quick: boolean;
  /** A line about what is being done, for whoever waits. */
  progress(text: string): void;
}

/** Whether a figure is where it should be; undefined where nothing was asked of it. */
export function holds({ value, limit }: Figure): boolean | undefined {
  if (!limit) return undefined;
  return "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new Error("there is no median of nothing");
  return (upper + lower) / 2;
}

/**
 * Measures alternatives in turn, `rounds` times over, so that a machine which slows down slows all of them.
 *
 * @param alternatives each returns one measurement
 */
export async function inTurn<Name extends string>(
  rounds: number,
  alternatives: Record<Name, () => Promise<number>>,
  progress: (text: string) => void,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(alternatives) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 1; round <= rounds; round++) {
    for (const name of names) {
      progress(`round ${round} of ${rounds}: ${name}`);
      samples[name].push(await alternatives[name]());
    }
  }
  return samples;
}
