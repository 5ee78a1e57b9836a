import type { Figure, Settings } from "../figures";
import { descendants, memoryOf } from "../processes";
import { Workbench } from "../workbench";

/** What a running sandbox holds with many consumers: its own process and one database server for each warehouse. */
export async function memory({ quick, progress }: Settings): Promise<Figure[]> {
  const consumers = quick ? 4 : 20;
  const bench = await Workbench.open();
  try {
    progress(`deploying ${consumers} consumers`);
    await bench.fleet("up", { stack: "memory", consumers });
    progress("letting connections go that are kept for reuse");
    await new Promise((done) => setTimeout(done, 10_000));
    const own = memoryOf([bench.sandbox.pid], "Pss");
    const databases = memoryOf(descendants(bench.sandbox.pid).slice(1), "Pss");
    if (own === undefined || databases === undefined) return [];
    const item = "memory";
    return [
      {
        item,
        what: `sandbox with ${consumers} consumers, all processes (PSS)`,
        value: own + databases,
        unit: "MB",
        limit: { atMost: 600 },
      },
      { item, what: "of it its own process", value: own, unit: "MB" },
      { item, what: `of it ${consumers + 1} database servers`, value: databases, unit: "MB" },
    ];
  } finally {
    await bench.close();
  }
}
