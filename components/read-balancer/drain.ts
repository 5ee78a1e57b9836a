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
/** Within this time of its deregistration a target is seen to drain, in seconds. */
const noticeSeconds = 10;

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
 * not even as draining. An address that does not begin to drain stays on purpose: where one address of a consumer has
 * changed, its others go on serving behind the gate that took this one's place.
 *
 * @throws Error when they still drain a minute after the deregistration delay.
 */
export async function waitUntilDrained(
  request: DrainRequest,
  describe: DescribeTargets,
  pause: (milliseconds: number) => Promise<void> = (milliseconds) =>
    new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: () => number = Date.now,
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
  const client = new ElasticLoadBalancingV2Client(clientConfig(request.connection, "elasticloadbalancing"));
  try {
    await waitUntilDrained(request, describeWith(client));
  } finally {
    client.destroy();
  }
}
