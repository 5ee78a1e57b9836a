import { isArn, list, number, object, oneOf, string } from "../../provider/resource/property";
import type { ResourceType } from "../../provider/resource/resource-type";
import { optionalNumber, optionalText, text, textMap } from "../../provider/values";
import { DEFAULT_FORMAT } from "./flow-logs";

const WATCHED = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
];

/** https://www.pulumi.com/registry/packages/aws/api-docs/ec2/flowlog/ */
export const flowLog: ResourceType = {
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
    region: string({ computed: true, replaces: true }),
    tagFieldSpecifications: list({ replaces: true }),
    trafficType: string({ replaces: true }, oneOf("ACCEPT", "REJECT", "ALL")),
    ...Object.fromEntries(WATCHED.map((key) => [key, string({ replaces: true })])),
  },
  outputs: ["arn"],
  check(inputs) {
    const given = WATCHED.filter((key) => inputs[key] !== undefined);
    if (given.length === 1) return [];
    return [{ property: "vpcId", reason: `exactly one of ${WATCHED.join(", ")} must be given` }];
  },
  async create(inputs, { models }) {
    const watched = WATCHED.find((key) => inputs[key] !== undefined)!;
    const { flowLogId } = models.ec2.flowLogs.create({
      resourceId: text(inputs, watched),
      trafficType: optionalText(inputs, "trafficType") ?? "ALL",
      logDestinationType: text(inputs, "logDestinationType"),
      logDestination: text(inputs, "logDestination"),
      iamRoleArn: optionalText(inputs, "iamRoleArn"),
      logFormat: optionalText(inputs, "logFormat") ?? DEFAULT_FORMAT,
      maxAggregationInterval: optionalNumber(inputs, "maxAggregationInterval") ?? 600,
      tags: textMap(inputs, "tagsAll"),
    });
    return flowLogId;
  },
  async read(id, { models, account }) {
    const found = models.ec2.flowLogs.find(id);
    if (!found) return undefined;
    const watched = found.resourceId.startsWith("vpc-")
      ? "vpcId"
      : found.resourceId.startsWith("subnet-")
        ? "subnetId"
        : "eniId";
    return {
      arn: account.arn("ec2", `vpc-flow-log/${id}`),
      iamRoleArn: found.iamRoleArn ?? null,
      logDestination: found.logDestination,
      logDestinationType: found.logDestinationType,
      logFormat: found.logFormat,
      maxAggregationInterval: found.maxAggregationInterval,
      trafficType: found.trafficType,
      [watched]: found.resourceId,
      tagsAll: found.tags,
    };
  },
  async update(id, { news }, { models }) {
    models.ec2.flowLogs.setTags(id, textMap(news, "tagsAll"));
  },
  async delete(id, _state, { models }) {
    models.ec2.flowLogs.delete(id);
  },
};
