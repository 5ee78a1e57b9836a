import {
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Fleet } from "./fleet";

export interface TargetState {
  address: string;
  state: string;
}

/** Every target of the fleet's balancer and how it is, as AWS's API tells it. */
export async function targets({ environment }: Fleet): Promise<TargetState[]> {
  const client = new ElasticLoadBalancingV2Client({
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
  });
  try {
    const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({}));
    const answers = await Promise.all(
      TargetGroups.map(({ TargetGroupArn }) => client.send(new DescribeTargetHealthCommand({ TargetGroupArn }))),
    );
    return answers
      .flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions)
      .map(({ Target, TargetHealth }) => ({ address: Target?.Id ?? "", state: TargetHealth?.State ?? "" }));
  } finally {
    client.destroy();
  }
}
