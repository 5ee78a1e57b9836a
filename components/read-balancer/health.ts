import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Clock, type DescribeTargets, realClock } from "./target-states";

/** Addresses that must serve before others may leave. */
export interface HealthRequest {
  readonly targetGroupArn: string;
  /** Addresses that have just been registered. */
  readonly arriving: readonly string[];
  /** Addresses whose place they take; none for a new consumer. */
  readonly leaving: readonly string[];
  /** How long the arriving ones may take until they are healthy, in seconds. */
  readonly deadlineSeconds: number;
}

/** Between two looks, in milliseconds: more at each, with a random part so that the gates of a pool do not ask in step. */
const firstPause = 500;
const longestPause = 5_000;

/**
 * Waits until arriving targets take connections: all of them, or as many as were healthy among those that leave, where
 * one of these was. A target takes none before its registration is complete and its first checks have passed, which
 * "can take a few minutes", while RegisterTargets returns at once:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 *
 * @throws Error after the deadline, with the state and reason of every target that is not healthy.
 */
export async function waitUntilHealthy(
  request: HealthRequest,
  describe: DescribeTargets,
  clock: Clock = realClock,
): Promise<void> {
  const { targetGroupArn, arriving, leaving, deadlineSeconds } = request;
  if (arriving.length === 0) return;
  const deadline = clock.now() + deadlineSeconds * 1_000;
  let needed: number | undefined;
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
    const states = statesOf(await describe(targetGroupArn));
    const healthy = (addresses: readonly string[]) =>
      addresses.filter((address) => states.get(address)?.State === "healthy").length;
    needed ??= Math.min(arriving.length, healthy(leaving) || arriving.length);
    const serving = healthy(arriving);
    if (serving >= needed) return;
    const left = deadline - clock.now();
    if (left <= 0) {
      const others = arriving.flatMap((address) => {
        const { State, Reason } = states.get(address) ?? { State: "not registered" };
        return State === "healthy" ? [] : [`${address} ${State}${Reason ? ` (${Reason})` : ""}`];
      });
      throw new Error(
        `${serving} of ${arriving.length} new targets healthy in target group ${targetGroupArn} after ${deadlineSeconds} s, ` +
          `of ${needed} that must be: ${others.join(", ")}. Targets that were there before stay in service. ` +
          "See whether the consumer answers (`fleet check`) and whether its security group lets the balancer in, " +
          "then run the update again; raise `balancer.healthyWithinSeconds` where it only takes longer.",
      );
    }
    await clock.pause(Math.min(left, pause * (0.75 + Math.random() / 2)));
  }
}

function statesOf(described: readonly TargetHealthDescription[]) {
  return new Map(described.map(({ Target, TargetHealth }) => [Target?.Id ?? "", TargetHealth ?? {}]));
}
