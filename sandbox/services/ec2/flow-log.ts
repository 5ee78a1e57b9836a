import type { FlowLog as FlowLogView } from "@aws-sdk/client-ec2";
import { operationsOf } from "../../aws/handlers";
import { tagList } from "../../aws/tags";
import { isArn, list, number, object, oneOf, string } from "../../provider/resource/property";
import { texts } from "../../provider/values";
import { describe, type Kind } from "./describe";
import { defaultFormat } from "./flow-logs";
import type { Ec2, Sdk } from "./network";
import type { FlowLog } from "./records";
import { resource } from "./resource";
import { givenTags } from "./tags";
import { requireSuccess, unsuccessful } from "./unsuccessful";

const kind: Kind<FlowLogView> = {
  id: "FlowLogId",
  notFound: "InvalidFlowLogId.NotFound",
  filters: ["deliver-log-status", "flow-log-id", "log-destination-type", "resource-id", "traffic-type"],
};

export function flowLogOperations({ flowLogs }: Ec2) {
  const view = (flowLog: FlowLog): FlowLogView => ({
    FlowLogId: flowLog.flowLogId,
    FlowLogStatus: "ACTIVE",
    ResourceId: flowLog.resourceId,
    TrafficType: flowLog.trafficType,
    LogDestinationType: flowLog.logDestinationType,
    LogDestination: flowLog.logDestination,
    DeliverLogsPermissionArn: flowLog.iamRoleArn,
    LogFormat: flowLog.logFormat,
    MaxAggregationInterval: flowLog.maxAggregationInterval,
    Tags: tagList(flowLog.tags),
  });
  return operationsOf<Sdk>({
    CreateFlowLogs: (input) => {
      const ids: string[] = [];
      const refused = unsuccessful(input.ResourceIds ?? [], (resourceId) => {
        const { flowLogId } = flowLogs.create({
          resourceId,
          trafficType: input.TrafficType ?? "ALL",
          logDestinationType: input.LogDestinationType ?? "cloud-watch-logs",
          logDestination: input.LogDestination ?? "",
          iamRoleArn: input.DeliverLogsPermissionArn,
          logFormat: input.LogFormat ?? defaultFormat,
          maxAggregationInterval: input.MaxAggregationInterval ?? 600,
          tags: givenTags(input.TagSpecifications),
        });
        ids.push(flowLogId);
      });
      return { FlowLogIds: ids, Unsuccessful: refused };
    },
    // The only one of these whose member is `Filter`.
    DescribeFlowLogs: (input) => {
      const asked = { ...input, Filters: input.Filter };
      const { items, nextToken } = describe(kind, flowLogs.list().map(view), input.FlowLogIds, asked);
      return { FlowLogs: items, NextToken: nextToken };
    },
    DeleteFlowLogs: ({ FlowLogIds = [] }) => ({
      Unsuccessful: unsuccessful(FlowLogIds, (id) => flowLogs.delete(id)),
    }),
  });
}

/** What can be watched, with its name in requests. */
const resourceTypes: Readonly<Record<string, string>> = {
  eniId: "NetworkInterface",
  regionalNatGatewayId: "RegionalNatGateway",
  subnetId: "Subnet",
  transitGatewayAttachmentId: "TransitGatewayAttachment",
  transitGatewayId: "TransitGateway",
  vpcId: "VPC",
};
const watched = Object.keys(resourceTypes);

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/flowlog/ */
export const flowLog = resource({
  token: "aws:ec2/flowLog:FlowLog",
  label: "EC2 Flow Log",
  tagged: true,
  properties: {
    deliverCrossAccountRole: string({ replaces: true }, isArn),
    destinationOptions: object({ replaces: true }),
    iamRoleArn: string({ replaces: true }, isArn),
    logDestination: string({ computed: true, replaces: true }, isArn),
    logDestinationType: string(
      { default: "cloud-watch-logs", replaces: true },
      oneOf("cloud-watch-logs", "s3", "kinesis-data-firehose"),
    ),
    logFormat: string({ computed: true, replaces: true }),
    maxAggregationInterval: number({ default: 600, replaces: true }, oneOf(60, 600)),
    tagFieldSpecifications: list({ replaces: true }),
    trafficType: string({ replaces: true }, oneOf("ACCEPT", "REJECT", "ALL")),
    ...Object.fromEntries(watched.map((key) => [key, string({ replaces: true })])),
  },
  outputs: ["arn"],
  check(inputs) {
    const given = watched.filter((key) => inputs[key] !== undefined);
    if (given.length === 1) return [];
    return [{ property: "vpcId", reason: `exactly one of ${watched.join(", ")} must be given` }];
  },
  id: "FlowLogId",
  members: { iamRoleArn: "DeliverLogsPermissionArn" },
  optional: ["iamRoleArn"],
  create: [
    "CreateFlowLogs",
    ...["iamRoleArn", "logDestination", "logDestinationType", "logFormat", "maxAggregationInterval", "trafficType"],
  ],
  request(inputs) {
    const key = watched.find((name) => inputs[name] !== undefined)!;
    return { ResourceIds: [inputs[key]!], ResourceType: resourceTypes[key]! };
  },
  made: (answer) => texts(requireSuccess(answer), "FlowLogIds")[0],
  read: { operation: "DescribeFlowLogs", at: "FlowLogs", ids: "FlowLogIds" },
  state({ ResourceId = "" }, { account }, _before, id) {
    const kinds = { "vpc-": "vpcId", "subnet-": "subnetId" };
    const [, key = "eniId"] = Object.entries(kinds).find(([prefix]) => String(ResourceId).startsWith(prefix)) ?? [];
    return { arn: account.arn("ec2", `vpc-flow-log/${id}`), [key]: ResourceId };
  },
  async delete(id, _state, { call }) {
    requireSuccess(await call("DeleteFlowLogs", { FlowLogIds: [id] }));
  },
});
