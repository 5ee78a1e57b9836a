import type { Connection } from "@redshift-fleet/redshift";
import { type Clock, type DescribeTargets, realClock, withTargets } from "./target-states";

/** Addresses that must have left a target group. */
export interface DrainRequest {
  readonly targetGroupArn: string;
  readonly addresses: readonly string[];
  /** The target group's deregistration delay, in seconds. */
  readonly delaySeconds: number;
}

/** Time that deregistration may take beyond the delay before it counts as stuck, in seconds. AWS promises no end. */
const graceSeconds = 300;
const pollMilliseconds = 1000;
/** Within this time of its deregistration a target is seen to drain, in seconds. */
const noticeSeconds = 10;

/**
 * Waits until connections to the addresses have had their time to finish: until the target group no longer lists them,
 * not even as draining. An address that does not begin to drain stays on purpose: where one address of a consumer has
 * changed, its others go on serving behind the gate that took this one's place.
 *
 * @throws Error when they still drain five minutes after the deregistration delay.
 */
export async function waitUntilDrained(
  request: DrainRequest,
  describe: DescribeTargets,
  { pause, now }: Clock = realClock,
): Promise<void> {
  const started = now();
  const deadline = started + (request.delaySeconds + graceSeconds) * 1000;
  for (;;) {
    const listed = await describe(request.targetGroupArn);
    const left = listed.filter(
      ({ Target, TargetHealth }) =>
        Target?.Id !== undefined && request.addresses.includes(Target.Id) && TargetHealth?.State !== "unused",
    );
    if (left.length === 0) return;
    const draining = left.filter(({ TargetHealth }) => TargetHealth?.State === "draining");
    if (draining.length === 0 && now() >= started + noticeSeconds * 1000) return;
    if (draining.length > 0 && now() >= deadline) {
      const addresses = draining.map(({ Target }) => Target?.Id).join(", ");
      throw new Error(
        `${addresses} still draining in target group ${request.targetGroupArn} after ${request.delaySeconds + graceSeconds} s. ` +
          "See there whether the deregistration hangs, and run the update again.",
      );
    }
    await pause(pollMilliseconds);
  }
}

/** What a drain gate does when it goes. */
export async function drain(request: DrainRequest & { readonly connection: Connection }): Promise<void> {
  await withTargets(request.connection, (describe) => waitUntilDrained(request, describe));
}
