import { strings } from "../framework/config";
import { inWords } from "../framework/names";
import { Node, peek } from "../framework/peek";
import { definePolicy } from "../framework/policy";
import { objectCopy } from "../framework/raw";
import type { Subject } from "../framework/subject";
import { buckets, loadBalancers, type Token, targetGroups } from "../framework/types";

const taggable = [
  "aws:redshiftserverless/namespace:Namespace",
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:redshift/cluster:Cluster",
  "aws:redshift/parameterGroup:ParameterGroup",
  "aws:redshift/subnetGroup:SubnetGroup",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ec2/flowLog:FlowLog",
  "aws:kms/key:Key",
  "aws:secretsmanager/secret:Secret",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:dynamodb/table:Table",
  "aws:lambda/function:Function",
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  "aws:iam/role:Role",
  "aws:iam/policy:Policy",
  ...buckets,
  ...loadBalancers,
  ...targetGroups,
] as const satisfies readonly Token[];

/** The tags that the provider adds to everything. Nested provider settings arrive as JSON text or as an object. */
function defaultTags(resource: Subject<Token>): Node | undefined {
  const setting = resource.provider ? peek(resource.provider.props, "defaultTags") : undefined;
  if (setting?.state !== "known") return undefined;
  const value: unknown = typeof setting.value === "string" ? JSON.parse(setting.value) : setting.value;
  return new Node(value, "provider.defaultTags").child("tags");
}

export const requiredTags = definePolicy({
  name: "required-tags",
  area: "governance",
  entry: 46,
  description: "A resource must carry the organization's tags.",
  why: "what nobody has signed nobody pays for, patches or deletes",
  mend: "add the tags to the resource, or to defaultTags of the aws provider",
  severity: "low",
  level: "mandatory",
  controls: ["SecurityHub Redshift.11", "SecurityHub Redshift.14", "SecurityHub Redshift.17", "SecurityHub Lambda.6"],
  url: "https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
  parameters: {
    tags: strings([], "Keys of the tags that must be there. None are until the organization names them."),
    values: strings([], "Tags that remediation adds where they lack, as key=value."),
  },
  types: taggable,
  checks: [
    (resource, { config, violation }) => {
      if (config.tags.length === 0) return;
      const tags = resource.child("tags");
      const defaults = defaultTags(resource);
      const missing = config.tags.filter((tag) => !tags?.given(tag) && !defaults?.given(tag));
      if (missing.length > 0) violation(`it lacks the tag ${inWords(missing)}`);
    },
  ],
  remedy: (resource, { tags, values }) => {
    const own = objectCopy(resource.properties, "tags");
    const pairs = new Map(values.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const added = tags.filter((tag) => !(tag in own) && pairs.has(tag)).map((tag) => [tag, pairs.get(tag)]);
    return added.length > 0 ? { tags: { ...own, ...Object.fromEntries(added) } } : undefined;
  },
});
