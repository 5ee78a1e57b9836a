import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  DeregisterTargetsCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Answer, Question } from "../question";
import type { Trial } from "../trial";

const deadlineMs = 15 * 60_000;
const pollMs = 2_000;

/** Waits until something is so. @returns seconds that it took; undefined where the deadline passed first */
async function secondsUntil(isSo: () => Promise<boolean>): Promise<number | undefined> {
  const startedAt = Date.now();
  while (Date.now() - startedAt < deadlineMs) {
    if (await isSo()) return Math.round((Date.now() - startedAt) / 1000);
    await pause(pollMs);
  }
  return undefined;
}

interface Registered {
  client: ElasticLoadBalancingV2Client;
  group: string;
  target: TargetDescription;
}

async function withTarget(trial: Trial, work: (registered: Registered) => Promise<Answer>): Promise<Answer> {
  const client = new ElasticLoadBalancingV2Client({ region: trial.region, maxAttempts: 4 });
  try {
    const { LoadBalancers = [] } = await client.send(new DescribeLoadBalancersCommand({}));
    const balancer = LoadBalancers.find(({ DNSName }) => DNSName === trial.outputs.endpoint.host);
    if (!balancer) throw new Error(`no load balancer has the name ${trial.outputs.endpoint.host}`);
    const { TargetGroups = [] } = await client.send(
      new DescribeTargetGroupsCommand({ LoadBalancerArn: balancer.LoadBalancerArn }),
    );
    const group = TargetGroups[0]?.TargetGroupArn ?? "";
    const { TargetHealthDescriptions = [] } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group }),
    );
    const target = TargetHealthDescriptions[0]?.Target;
    if (!target) throw new Error("the target group has no target");
    return await work({ client, group, target });
  } finally {
    client.destroy();
  }
}

/** How long the service takes over what the fleet waits for. */
export const timeQuestions: readonly Question[] = [
  {
    id: "target-leaves-and-returns",
    asks: "How long does a target take to leave, and to be healthy after it is registered?",
    settles: "Deadlines of the waits for draining and for new targets' health.",
    byHand:
      "aws elbv2 deregister-targets …; aws elbv2 register-targets …; aws elbv2 describe-target-health … until done",
    ask: (trial) =>
      withTarget(trial, async ({ client, group, target }) => {
        const state = async () => {
          const question = new DescribeTargetHealthCommand({ TargetGroupArn: group, Targets: [target] });
          return (await client.send(question)).TargetHealthDescriptions?.[0]?.TargetHealth?.State;
        };
        await client.send(new DeregisterTargetsCommand({ TargetGroupArn: group, Targets: [target] }));
        const left = await secondsUntil(async () => [undefined, "unused"].includes(await state()));
        await client.send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets: [target] }));
        const healthy = await secondsUntil(async () => (await state()) === "healthy");
        const within = left !== undefined && healthy !== undefined;
        const seen = `it left after ${left ?? "more than 900"} s and was healthy after ${healthy ?? "more than 900"} s`;
        return { verdict: within ? "expected" : "fault", seen };
      }),
  },
  {
    id: "name-of-a-deleted-secret",
    asks: "How long is a secret's name taken after it was deleted without recovery?",
    settles: "How long the fleet tries again when it is deployed right after it was destroyed.",
    byHand:
      "aws secretsmanager delete-secret --force-delete-without-recovery …; aws secretsmanager create-secret … until it succeeds",
    async ask(trial) {
      const client = new SecretsManagerClient({ region: trial.region, maxAttempts: 4 });
      const Name = `redshift-fleet-aws-check-${randomBytes(4).toString("hex")}`;
      const create = () => client.send(new CreateSecretCommand({ Name, SecretString: "{}" }));
      const remove = () => client.send(new DeleteSecretCommand({ SecretId: Name, ForceDeleteWithoutRecovery: true }));
      const isTaken = (error: unknown) =>
        error instanceof Error && /already scheduled for deletion/.test(error.message);
      try {
        await create();
        await remove();
        const taken = await secondsUntil(() =>
          create().then(
            () => true,
            (error: unknown) => {
              if (isTaken(error)) return false;
              throw error;
            },
          ),
        );
        if (taken === undefined) return { verdict: "fault", seen: "for more than 900 s" };
        await remove();
        return { verdict: "expected", seen: `for ${taken} s` };
      } finally {
        client.destroy();
      }
    },
  },
];
