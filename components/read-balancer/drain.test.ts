import { waitUntilDrained } from "./drain";
import type { DescribeTargets } from "./target-states";

const request = { targetGroupArn: "tg", addresses: ["10.0.0.4", "10.0.2.4"], delaySeconds: 30 };
const target = (Id: string, State: "draining" | "healthy" | "unused") => ({ Target: { Id }, TargetHealth: { State } });

/** Waits against a scripted target group and a clock of its own; returns the seconds it took. */
async function waited(describe: (second: number) => Awaited<ReturnType<DescribeTargets>>): Promise<number> {
  let second = 0;
  await waitUntilDrained(request, async () => describe(second), {
    pause: async (milliseconds) => {
      second += milliseconds / 1000;
    },
    now: () => second * 1000,
  });
  return second;
}

describe("waitUntilDrained", () => {
  test("waits while an address drains, and no longer", async () => {
    expect(await waited((second) => (second < 30 ? [target("10.0.2.4", "draining")] : []))).toBe(30);
  });

  test("does not wait for the targets of others, nor for those that get no traffic", async () => {
    expect(await waited(() => [target("10.9.9.9", "healthy"), target("10.0.0.4", "unused")])).toBe(0);
  });

  test("waits for a deregistration that takes minutes longer than the delay", async () => {
    expect(await waited((second) => (second < 300 ? [target("10.0.0.4", "draining")] : []))).toBe(300);
  });

  test("gives up five minutes after the delay and says which address stays", async () => {
    await expect(waited(() => [target("10.0.0.4", "draining")])).rejects.toThrow(
      /^10\.0\.0\.4 still draining in target group tg after 330 s\. See/,
    );
  });

  test("lets an address be that serves on, once the one that left has drained", async () => {
    const gone = (second: number) => (second < 30 ? [target("10.0.2.4", "draining")] : []);
    expect(await waited((second) => [target("10.0.0.4", "healthy"), ...gone(second)])).toBe(30);
    expect(await waited(() => [target("10.0.0.4", "healthy")])).toBe(10);
  });

  test("gives a deregistration time to be noticed", async () => {
    const state = (second: number) => (second < 5 ? "healthy" : "draining");
    expect(await waited((second) => (second < 35 ? [target("10.0.0.4", state(second))] : []))).toBe(35);
  });
});
