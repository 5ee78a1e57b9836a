import type { Filter, Tag } from "@aws-sdk/client-ec2";
import { customerKeys } from "./keys";
import type { Account, Rule, Tagged, TaggedKind, UsageLimit } from "./lookups";
import { unless } from "./unless";

const record = (id: string | undefined, tags: readonly Tag[] | undefined): Tagged => ({
  id: id ?? "",
  tags: Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
});

/** The account and Region that the shell points at. @param region where nothing else says one */
export async function awsAccount(region?: string): Promise<Account & { close(): void }> {
  // Loaded here: only recovery needs them.
  const ec2 = await import("@aws-sdk/client-ec2");
  const elbv2 = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const serverless = await import("@aws-sdk/client-redshift-serverless");
  const kms = await import("@aws-sdk/client-kms");
  const network = new ec2.EC2Client({ region });
  const balancers = new elbv2.ElasticLoadBalancingV2Client({ region });
  const limits = new serverless.RedshiftServerlessClient({ region });
  const keys = new kms.KMSClient({ region });
  /** @param Filters the VPC, where there is one */
  const describe: Record<TaggedKind, (Filters: Filter[]) => Promise<Tagged[]>> = {
    vpc: async (Filters) =>
      ((await network.send(new ec2.DescribeVpcsCommand({ Filters }))).Vpcs ?? []).map(({ VpcId, Tags }) =>
        record(VpcId, Tags),
      ),
    subnet: async (Filters) =>
      ((await network.send(new ec2.DescribeSubnetsCommand({ Filters }))).Subnets ?? []).map(({ SubnetId, Tags }) =>
        record(SubnetId, Tags),
      ),
    routeTable: async (Filters) =>
      ((await network.send(new ec2.DescribeRouteTablesCommand({ Filters }))).RouteTables ?? []).map(
        ({ RouteTableId, Tags }) => record(RouteTableId, Tags),
      ),
    securityGroup: async (Filters) =>
      ((await network.send(new ec2.DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? []).map(
        ({ GroupId, Tags }) => record(GroupId, Tags),
      ),
    vpcEndpoint: async (Filters) =>
      ((await network.send(new ec2.DescribeVpcEndpointsCommand({ Filters }))).VpcEndpoints ?? []).map(
        ({ VpcEndpointId, Tags }) => record(VpcEndpointId, Tags),
      ),
    flowLog: async (Filters) => {
      const Filter = Filters.map(({ Values }) => ({ Name: "resource-id", Values }));
      return ((await network.send(new ec2.DescribeFlowLogsCommand({ Filter }))).FlowLogs ?? []).map(
        ({ FlowLogId, Tags }) => record(FlowLogId, Tags),
      );
    },
    key: () => customerKeys(keys),
  };
  return {
    tagged: (kind, vpcId) => describe[kind](vpcId ? [{ Name: "vpc-id", Values: [vpcId] }] : []),

    async rules(groupId): Promise<Rule[]> {
      const Filters = [{ Name: "group-id", Values: [groupId] }];
      const { SecurityGroupRules = [] } = await network.send(new ec2.DescribeSecurityGroupRulesCommand({ Filters }));
      return SecurityGroupRules.map((rule) => ({
        id: rule.SecurityGroupRuleId ?? "",
        egress: rule.IsEgress ?? false,
        ipProtocol: rule.IpProtocol,
        fromPort: rule.FromPort,
        toPort: rule.ToPort,
        cidrIpv4: rule.CidrIpv4,
        prefixListId: rule.PrefixListId,
        referencedSecurityGroupId: rule.ReferencedGroupInfo?.GroupId,
      }));
    },

    async usageLimits(resourceArn): Promise<UsageLimit[]> {
      const found: UsageLimit[] = [];
      for await (const { usageLimits = [] } of serverless.paginateListUsageLimits({ client: limits }, { resourceArn }))
        for (const { usageLimitId: id = "", usageType = "", period = "", breachAction = "" } of usageLimits)
          found.push({ id, usageType, period, breachAction });
      return found;
    },

    async routeTableAssociation(subnetId) {
      const Filters = [{ Name: "association.subnet-id", Values: [subnetId] }];
      const { RouteTables = [] } = await network.send(new ec2.DescribeRouteTablesCommand({ Filters }));
      const associations = RouteTables.flatMap(({ Associations = [] }) => Associations);
      return associations.find((each) => each.SubnetId === subnetId)?.RouteTableAssociationId;
    },

    async cidrBlockAssociation(vpcId, cidrBlock) {
      const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
      const { Vpcs = [] } = await network.send(new ec2.DescribeVpcsCommand({ Filters }));
      const associations = Vpcs.flatMap(({ CidrBlockAssociationSet = [] }) => CidrBlockAssociationSet);
      return associations.find(
        ({ CidrBlock, CidrBlockState }) => CidrBlock === cidrBlock && CidrBlockState?.State === "associated",
      )?.AssociationId;
    },

    loadBalancerArn: (name) =>
      unless("LoadBalancerNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeLoadBalancersCommand({ Names: [name] }));
        return answer.LoadBalancers?.[0]?.LoadBalancerArn;
      }),

    targetGroupArn: (name) =>
      unless("TargetGroupNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeTargetGroupsCommand({ Names: [name] }));
        return answer.TargetGroups?.[0]?.TargetGroupArn;
      }),

    listenerArn: (LoadBalancerArn, port) =>
      unless("LoadBalancerNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeListenersCommand({ LoadBalancerArn }));
        return answer.Listeners?.find(({ Port }) => Port === port)?.ListenerArn;
      }),

    close() {
      for (const client of [network, balancers, limits, keys]) client.destroy();
    },
  };
}
