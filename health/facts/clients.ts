import { EC2Client, type EC2ClientConfig } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { RedshiftServerlessClient } from "@aws-sdk/client-redshift-serverless";

/** Where the account is and who asks; what is left out is as the shell has it. */
export type ClientSettings = Pick<EC2ClientConfig, "region" | "endpoint" | "credentials" | "maxAttempts">;

/** The account, and until when it has to answer. */
export interface Clients {
  ec2: EC2Client;
  balancing: ElasticLoadBalancingV2Client;
  serverless: RedshiftServerlessClient;
  /** Given with every request. */
  options: { abortSignal: AbortSignal };
  close(): void;
}

/** @param deadlineMs milliseconds after which requests that are still waiting are given up */
export function openClients(settings: ClientSettings, deadlineMs: number): Clients {
  const ec2 = new EC2Client(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  const serverless = new RedshiftServerlessClient(settings);
  return {
    ec2,
    balancing,
    serverless,
    options: { abortSignal: AbortSignal.timeout(deadlineMs) },
    close() {
      for (const client of [ec2, balancing, serverless]) client.destroy();
    },
  };
}
