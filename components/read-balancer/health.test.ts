import { type HealthRequest, waitUntilHealthy } from "./health";
import { HealthGate } from "./health-gate";
import type { DescribeTargets } from "./target-states";

type Reason = NonNullable<Reported["TargetHealth"]>["Reason"];
type Reported = Awaited<ReturnType<DescribeTargets>>[number];

const target = (Id: string, State: "initial" | "healthy" | "unhealthy", Reason?: Reason): Reported => ({
  Target: { Id },
  TargetHealth: { State, Reason },
});
const request: HealthRequest = {
  targetGroupArn: "tg",
  arriving: ["new-a", "new-b"],
  leaving: ["old-a", "old-b"],
  deadlineSeconds: 600,
};

/** Waits against a scripted target group and a clock of its own; returns the seconds it took. */
async function waited(
  describe: (second: number) => Awaited<ReturnType<DescribeTargets>>,
  over: Partial<HealthRequest> = {},
): Promise<number> {
  let milliseconds = 0;
  await waitUntilHealthy({ ...request, ...over }, async () => describe(milliseconds / 1_000), {
    pause: async (pause) => {
      milliseconds += pause;
    },
    now: () => milliseconds,
  });
  return milliseconds / 1_000;
}

describe("waitUntilHealthy", () => {
  const old = [target("old-a", "healthy"), target("old-b", "healthy")];

  test("waits through registration and first checks, and not much longer", async () => {
    const seconds = await waited((second) => {
      const state = second < 120 ? "initial" : "healthy";
      return [...old, target("new-a", "healthy"), target("new-b", state)];
    });
    expect(seconds).toBeGreaterThanOrEqual(120);
    expect(seconds).toBeLessThan(127);
  });

  test("waits for targets that the group does not show yet", async () => {
    expect(
      await waited((second) => (second < 30 ? old : [target("new-a", "healthy"), target("new-b", "healthy")])),
    ).toBeGreaterThanOrEqual(30);
  });

  test("asks for as many as served before: a zone that is lost holds nothing up", async () => {
    const before = [target("old-a", "healthy"), target("old-b", "unhealthy")];
    expect(await waited(() => [...before, target("new-a", "healthy"), target("new-b", "unhealthy")])).toBe(0);
  });

  test("asks for all where none served before, or nobody leaves", async () => {
    const half = [target("new-a", "healthy"), target("new-b", "unhealthy", "Target.FailedHealthChecks")];
    const dead = [target("old-a", "unhealthy"), target("old-b", "unhealthy")];
    await expect(waited(() => [...dead, ...half])).rejects.toThrow("1 of 2 new targets healthy");
    await expect(waited(() => half, { leaving: [] })).rejects.toThrow("1 of 2 new targets healthy");
  });

  test("gives up at the deadline and says how each target is, and what to do", async () => {
    let last = 0;
    const states = (second: number) => {
      last = second;
      return [...old, target("new-a", "initial", "Elb.RegistrationInProgress")];
    };
    await expect(waited(states)).rejects.toThrow(
      /^0 of 2 new targets healthy in target group tg after 600 s, of 2 that must be: new-a initial \(Elb\.RegistrationInProgress\), new-b not registered\. Targets that were there before stay[\s\S]*fleet check/,
    );
    expect(last).toBe(600);
  });

  test("asks nobody where nothing arrives", async () => {
    const describe = jest.fn();
    await waitUntilHealthy({ ...request, arriving: [] }, describe);
    expect(describe).not.toHaveBeenCalled();
  });
});

describe("a health gate", () => {
  const inputs = { connection: {}, targetGroupArn: "tg", addresses: ["a", "b"], deadlineSeconds: 600 };

  test("has nothing to wait for where addresses only go, and none to undo", async () => {
    // No region, no credentials: a question to AWS would fail.
    const { outs } = await HealthGate.methods.update("gate", inputs, { ...inputs, addresses: ["a"] });
    expect(outs).toMatchObject({ addresses: ["a"] });
    await HealthGate.methods.delete("gate", inputs);
  });
});
