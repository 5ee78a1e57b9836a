import type { TargetHealthDescription } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Connection } from "@redshift-fleet/redshift";

/** Answers which targets of a group there are and how they are. */
export type DescribeTargets = (targetGroupArn: string) => Promise<readonly TargetHealthDescription[]>;

/** What waiting needs of the world, so that tests have their own. Times in milliseconds. */
export interface Clock {
  pause(milliseconds: number): Promise<void>;
  now(): number;
}

export const realClock: Clock = {
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  now: Date.now,
};

/** Waits for targets with a client that lives as long as the waiting; a group that is gone has none. */
export async function withTargets(
  connection: Connection,
  wait: (describe: DescribeTargets) => Promise<void>,
): Promise<void> {
  // Loaded here: a preview waits for nothing and should not wait for the SDK.
  const elb = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const { clientConfig } = await import("@redshift-fleet/redshift");
  const client = new elb.ElasticLoadBalancingV2Client(clientConfig(connection, "elasticloadbalancing"));
  try {
    await wait(async (TargetGroupArn) => {
      try {
        const answer = await client.send(new elb.DescribeTargetHealthCommand({ TargetGroupArn }));
        return answer.TargetHealthDescriptions ?? [];
      } catch (error) {
        if (error instanceof Error && error.name.startsWith("TargetGroupNotFound")) return [];
        throw error;
      }
    });
  } finally {
    client.destroy();
  }
}
