import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RedshiftServerlessClient } from "@aws-sdk/client-redshift-serverless";
import type { Fleet } from "./fleet";

/** The fleet's account through AWS's own clients, as somebody with a console and too many rights has it. */
export function accountOf({ environment }: Fleet) {
  const settings = {
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
  };
  const ec2 = new EC2Client(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const serverless = new RedshiftServerlessClient(settings);
  return {
    ec2,
    balancing,
    serverless,
    close() {
      for (const client of [ec2, balancing, serverless]) client.destroy();
    },
  };
}
