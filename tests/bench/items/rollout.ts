import { type Figure, inTurn, median, type Settings } from "../figures";
import { Workbench } from "../workbench";

/** How much longer it takes to add ten consumers than to add one, where making a warehouse takes its time as on AWS. */
export async function rollout({ quick, progress }: Settings): Promise<Figure[]> {
  const many = quick ? 4 : 10;
  const rounds = quick ? 1 : 2;
  const bench = await Workbench.open("aws");
  try {
    let next = 0;
    /** A fleet of one, and then the time that an `up` to `1 + added` takes. */
    const adding = (added: number) => async () => {
      const stack = `rollout-${next++}`;
      await bench.fleet("up", { stack, consumers: 1 });
      const { seconds } = await bench.fleet("up", { stack, consumers: 1 + added });
      await bench.remove(stack);
      return seconds;
    };
    const samples = await inTurn(rounds, { one: adding(1), many: adding(many) }, progress);
    return [
      {
        item: "rollout",
        what: `adding ${many} consumers / adding one, where the cloud is as slow as AWS`,
        value: median(samples.many) / median(samples.one),
        unit: "×",
        limit: { atMost: 1.3 },
        samples,
      },
    ];
  } finally {
    await bench.close();
  }
}
