import type { DescribeVpcsCommandInput, Tag } from "@aws-sdk/client-ec2";
import type { Account, Rule, Tagged, TaggedKind } from "./lookups";

const record = (id: string | undefined, tags: readonly Tag[] | undefined): Tagged => ({
  id: id ?? "",
  tags: Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
});

/** The account and Region that the shell points at. @param region where nothing else says one */
export async function awsAccount(region?: string): Promise<Account & { close(): void }> {
  // Loaded here: only recovery needs them.
  const ec2 = await import("@aws-sdk/client-ec2");
  const elbv2 = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const network = new ec2.EC2Client({ region });
  const balancers = new elbv2.ElasticLoadBalancingV2Client({ region });
  type Request = Pick<DescribeVpcsCommandInput, "Filters">;
  const describe: Record<TaggedKind, (request: Request) => Promise<Tagged[]>> = {
    vpc: async (request) =>
      ((await network.send(new ec2.DescribeVpcsCommand(request))).Vpcs ?? []).map(({ VpcId, Tags }) =>
        record(VpcId, Tags),
      ),
    subnet: async (request) =>
      ((await network.send(new ec2.DescribeSubnetsCommand(request))).Subnets ?? []).map(({ SubnetId, Tags }) =>
        record(SubnetId, Tags),
      ),
    routeTable: async (request) =>
      ((await network.send(new ec2.DescribeRouteTablesCommand(request))).RouteTables ?? []).map(
        ({ RouteTableId, Tags }) => record(RouteTableId, Tags),
      ),
    securityGroup: async (request) =>
      ((await network.send(new ec2.DescribeSecurityGroupsCommand(request))).SecurityGroups ?? []).map(
        ({ GroupId, Tags }) => record(GroupId, Tags),
      ),
    vpcEndpoint: async (request) =>
      ((await network.send(new ec2.DescribeVpcEndpointsCommand(request))).VpcEndpoints ?? []).map(
        ({ VpcEndpointId, Tags }) => record(VpcEndpointId, Tags),
      ),
  };
  return {
    tagged: (kind, vpcId) => describe[kind](vpcId ? { Filters: [{ Name: "vpc-id", Values: [vpcId] }] } : {}),

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

    async routeTableAssociation(subnetId) {
      const Filters = [{ Name: "association.subnet-id", Values: [subnetId] }];
      const { RouteTables = [] } = await network.send(new ec2.DescribeRouteTablesCommand({ Filters }));
      const associations = RouteTables.flatMap(({ Associations = [] }) => Associations);
      return associations.find((each) => each.SubnetId === subnetId)?.RouteTableAssociationId;
    },

    loadBalancerArn: (name) =>
      unlessMissing("LoadBalancerNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeLoadBalancersCommand({ Names: [name] }));
        return answer.LoadBalancers?.[0]?.LoadBalancerArn;
      }),

    targetGroupArn: (name) =>
      unlessMissing("TargetGroupNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeTargetGroupsCommand({ Names: [name] }));
        return answer.TargetGroups?.[0]?.TargetGroupArn;
      }),

    listenerArn: (LoadBalancerArn, port) =>
      unlessMissing("LoadBalancerNotFound", async () => {
        const answer = await balancers.send(new elbv2.DescribeListenersCommand({ LoadBalancerArn }));
        return answer.Listeners?.find(({ Port }) => Port === port)?.ListenerArn;
      }),

    close() {
      network.destroy();
      balancers.destroy();
    },
  };
}

async function unlessMissing<T>(code: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name.startsWith(code)) return undefined;
    throw error;
  }
}
