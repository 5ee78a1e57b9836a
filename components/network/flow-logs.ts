import { LogGroup } from "@pulumi/aws/cloudwatch";
import { FlowLog } from "@pulumi/aws/ec2";
import { Role, RolePolicy } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

interface FlowLogArgs {
  readonly vpcId: pulumi.Input<string>;
  readonly logGroupName: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  readonly retentionDays: number;
  readonly tags: Record<string, string>;
}

/** Records who talked to whom in the VPC, accepted and refused, encrypted and for a limited time. */
export function createFlowLogs(parent: pulumi.Resource, name: string, args: FlowLogArgs): void {
  const group = new LogGroup(
    `${name}-logs`,
    { name: args.logGroupName, retentionInDays: args.retentionDays, kmsKeyId: args.kmsKeyArn, tags: args.tags },
    { parent },
  );
  const role = new Role(
    `${name}-role`,
    {
      description: "Lets VPC flow logs write to their log group",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "vpc-flow-logs.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      }),
      tags: args.tags,
    },
    { parent },
  );
  const policy = new RolePolicy(
    `${name}-write`,
    {
      role: role.name,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            // The list of https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html. The group is there
            // before the flow log, but the service may still ask whether it is.
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [group.arn, pulumi.interpolate`${group.arn}:log-stream:*`],
          },
          {
            Effect: "Allow",
            Action: "logs:DescribeLogGroups",
            // Judged against all groups of the Region, not against those that are found.
            Resource: group.arn.apply((arn) => arn.replace(/:log-group:.*$/, ":log-group:*")),
          },
        ],
      }),
    },
    { parent },
  );
  new FlowLog(
    name,
    {
      vpcId: args.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      tags: args.tags,
    },
    { parent, dependsOn: policy },
  );
}
