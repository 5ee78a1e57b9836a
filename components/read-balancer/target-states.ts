import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { type Connection, clientConfig } from "@redshift-fleet/redshift";

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

/** A client's answer to "which targets are there"; a group that is gone has none. */
function describeWith(client: ElasticLoadBalancingV2Client): DescribeTargets {
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

/** Waits for targets with a client that lives as long as the waiting. */
export async function withTargets(
  connection: Connection,
  wait: (describe: DescribeTargets) => Promise<void>,
): Promise<void> {
  const client = new ElasticLoadBalancingV2Client(clientConfig(connection, "elasticloadbalancing"));
  try {
    await wait(describeWith(client));
  } finally {
    client.destroy();
  }
}
