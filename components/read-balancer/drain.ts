import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Connection, clientConfig } from "@redshift-fleet/redshift";

/** Addresses that must have left a target group. */
export interface DrainRequest {
  readonly targetGroupArn: string;
  readonly addresses: readonly string[];
  /** The target group's deregistration delay, in seconds. */
  readonly delaySeconds: number;
}

/** Answers which targets of a group there are and how they are. */
export type DescribeTargets = (targetGroupArn: string) => Promise<readonly TargetHealthDescription[]>;

/** Time that deregistration may take beyond the delay before it counts as stuck, in seconds. */
const graceSeconds = 60;
const pollMilliseconds = 1000;

/** A client's answer to "which targets are there"; a group that is gone has none. */
export function describeWith(client: ElasticLoadBalancingV2Client): DescribeTargets {
  return async (targetGroupArn) => {
    try {
      const answer = await client.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroupArn }));
      return answer.TargetHealthDescriptions ?? [];
    } catch (error) {
      if (error instanceof Error && error.name.startsWith("TargetGroupNotFound")) return [];
      throw error;
    }
  };
}

/**
 * Waits until connections to the addresses have had their time to finish: until the target group no longer lists them,
 * not even as draining.
 *
 * @throws Error when they are still there a minute after the deregistration delay.
 */
export async function waitUntilDrained(
  request: DrainRequest,
  describe: DescribeTargets,
  pause: (milliseconds: number) => Promise<void> = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: () => number = Date.now,
): Promise<void> {
  const deadline = now() + (request.delaySeconds + graceSeconds) * 1000;
  for (;;) {
    const listed = await describe(request.targetGroupArn);
    const left = listed.filter(
      ({ Target, TargetHealth }) =>
        Target?.Id !== undefined && request.addresses.includes(Target.Id) && TargetHealth?.State !== "unused",
    );
    if (left.length === 0) return;
    if (now() >= deadline) {
      const states = left.map(({ Target, TargetHealth }) => `${Target?.Id} (${TargetHealth?.State})`).join(", ");
      throw new Error(
        `${states} still in target group ${request.targetGroupArn} after ${request.delaySeconds + graceSeconds} s. ` +
          "Deregister the addresses there and run the update again.",
      );
    }
    await pause(pollMilliseconds);
  }
}

/** What a drain gate does when it goes. */
export async function drain(request: DrainRequest & { readonly connection: Connection }): Promise<void> {
  const client = new ElasticLoadBalancingV2Client(clientConfig(request.connection));
  try {
    await waitUntilDrained(request, describeWith(client));
  } finally {
    client.destroy();
  }
}
