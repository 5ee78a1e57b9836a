import { writingStateOnce } from "../../../cli/stack/engine";
import { type Figure, inTurn, median, type Settings } from "../figures";
import { Workbench } from "../workbench";

/**
 * How much longer it takes to add ten consumers than to add one, where making a warehouse takes its time as on AWS; and
 * how much of that is the fleet's, not the engine's writing of files.
 */
export async function rollout({ quick, progress }: Settings): Promise<Figure[]> {
  const many = quick ? 4 : 10;
  const rounds = quick ? 1 : 2;
  const bench = await Workbench.open("aws");
  try {
    let next = 0;
    /** A fleet of one, and then the time that an `up` to `1 + added` takes. */
    const adding = (added: number, env?: Record<string, string>) => async () => {
      const stack = `rollout-${next++}`;
      await bench.fleet("up", { stack, consumers: 1 });
      const { seconds } = await bench.fleet("up", { stack, consumers: 1 + added, env });
      await bench.remove(stack);
      return seconds;
    };
    const ways = {
      one: adding(1),
      many: adding(many),
      "one, state at the end": adding(1, writingStateOnce),
      "many, state at the end": adding(many, writingStateOnce),
    };
    const samples = await inTurn(rounds, ways, progress);
    const item = "rollout";
    const what = `adding ${many} consumers / adding one, where the cloud is as slow as AWS`;
    return [
      {
        item,
        what,
        value: median(samples.many) / median(samples.one),
        unit: "×",
        limit: { atMost: 1.3 },
        samples,
      },
      {
        item,
        what: "the same, state written once at the end",
        value: median(samples["many, state at the end"]) / median(samples["one, state at the end"]),
        unit: "×",
      },
    ];
  } finally {
    await bench.close();
  }
}
