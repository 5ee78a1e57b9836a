import path from "node:path";
import { repositoryDirectory } from "@redshift-fleet/toolchain";
import { type Figure, inTurn, median, type Settings } from "../figures";
import { writeEmptyPack, writeEmptyProgram } from "../programs/empty";
import { Workbench } from "../workbench";

const policies = path.join(repositoryDirectory(), "policies");

/** How long a preview makes one wait, against the least that the engine can be asked to do, and how it grows. */
export async function preview({ quick, progress }: Settings): Promise<Figure[]> {
  const bench = await Workbench.open();
  try {
    const program = writeEmptyProgram(path.join(bench.folder, "empty"));
    const pack = writeEmptyPack(path.join(bench.folder, "empty-pack"));
    const sizes = quick ? [10, 20] : [25, 50, 100];
    const largest = sizes.at(-1) as number;
    const peaks = new Map<number, number>();
    const fleetOf =
      (consumers: number, memory = false) =>
      async () => {
        const stack = `preview-${consumers}`;
        const { seconds, peakMb } = await bench.fleet("preview", { stack, consumers, pack: policies, memory });
        if (peakMb !== undefined) peaks.set(consumers, peakMb);
        return seconds;
      };
    const empty = async () => (await bench.program("preview", program, pack)).seconds;
    const withEmptyPack = async () =>
      (await bench.fleet("preview", { stack: `preview-${largest}`, consumers: largest, pack })).seconds;
    // The first run of each compiles, makes its stack and fills caches.
    await Promise.all([empty(), fleetOf(4)()]);
    const small = await inTurn(quick ? 1 : 5, { empty, "4 consumers": fleetOf(4) }, progress);
    const large = await inTurn(
      quick ? 1 : 3,
      {
        empty,
        ...Object.fromEntries(sizes.map((size) => [`${size} consumers`, fleetOf(size)])),
        "empty pack": withEmptyPack,
      } as Record<string, () => Promise<number>>,
      progress,
    );
    // Looking at all processes twenty times a second takes half a processor: not while time is taken.
    for (const size of [4, ...sizes]) await fleetOf(size, true)();
    const at = (name: string) => median(large[name] as number[]);
    const [first, second] = [sizes[0] as number, sizes[1] as number];
    const growth = (from: number, to: number) => (at(`${to} consumers`) - at(`${from} consumers`)) / (to - from);
    const item = "preview";
    return [
      {
        item,
        what: "stack local with the pack / empty program with an empty pack",
        value: median(small["4 consumers"]) / median(small.empty),
        unit: "×",
        limit: { atMost: 1.5 },
        samples: small,
      },
      {
        item,
        what: `${largest} consumers with the pack / empty program with an empty pack`,
        value: at(`${largest} consumers`) / at("empty"),
        unit: "×",
        limit: { atMost: 4 },
        samples: large,
      },
      { item, what: `each consumer from ${first} to ${second}`, value: 1000 * growth(first, second), unit: "ms" },
      ...(sizes.length > 2
        ? [
            {
              item,
              what: `each consumer from ${second} to ${largest}`,
              value: 1000 * growth(second, largest),
              unit: "ms" as const,
            },
          ]
        : []),
      {
        item,
        what: `${largest} consumers, the pack / an empty pack`,
        value: at(`${largest} consumers`) / at("empty pack"),
        unit: "×",
        limit: { atMost: 1.5 },
      },
      ...[...peaks].map(([consumers, value]) => ({
        item,
        what: `highest memory of all processes, ${consumers} consumers`,
        value,
        unit: "MB" as const,
      })),
    ];
  } finally {
    await bench.close();
  }
}
