import { newId, stableId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { Tags } from "../../aws/tags";
import { canonicalCidr, parseCidr } from "./cidr";
import type { CidrBlocks } from "./cidr-blocks";
import type { Subnet, Vpc, VpcEndpoint } from "./records";
import type { RouteTables } from "./route-tables";
import type { SecurityGroups } from "./security-groups";

export type VpcChange = Partial<
  Pick<Vpc, "enableDnsSupport" | "enableDnsHostnames" | "enableNetworkAddressUsageMetrics" | "instanceTenancy" | "tags">
>;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
export class Vpcs {
  private readonly vpcs;
  private readonly subnets;
  private readonly endpoints;

  constructor(
    private readonly context: Context,
    private readonly routeTables: RouteTables,
    private readonly securityGroups: SecurityGroups,
    private readonly cidrBlocks: CidrBlocks,
  ) {
    this.vpcs = context.store.collection<Vpc>("ec2/vpcs");
    this.subnets = context.store.collection<Subnet>("ec2/subnets");
    this.endpoints = context.store.collection<VpcEndpoint>("ec2/vpc-endpoints");
  }

  /** @throws AwsError `InvalidVpc.Range` when the block is no CIDR of /16 to /28. */
  create(request: { cidrBlock: string; instanceTenancy?: Vpc["instanceTenancy"]; tags?: Tags }): Vpc {
    const cidrBlock = canonicalCidr(request.cidrBlock);
    const cidr = parseCidr(cidrBlock);
    if (!cidr || cidr.prefix < 16 || cidr.prefix > 28) {
      throw new AwsError("InvalidVpc.Range", `The CIDR '${request.cidrBlock}' is invalid.`);
    }
    const vpcId = newId("vpc");
    const vpc: Vpc = {
      vpcId,
      cidrBlock,
      enableDnsSupport: true,
      enableDnsHostnames: false,
      enableNetworkAddressUsageMetrics: false,
      instanceTenancy: request.instanceTenancy ?? "default",
      mainRouteTableId: this.routeTables.createMain(vpcId).routeTableId,
      defaultSecurityGroupId: this.securityGroups.createDefault(vpcId).groupId,
      defaultNetworkAclId: newId("acl"),
      dhcpOptionsId: stableId("dopt", this.context.account.region),
      tags: request.tags ?? {},
    };
    this.vpcs.put(vpcId, vpc);
    return vpc;
  }

  find(vpcId: string): Vpc | undefined {
    return this.vpcs.get(vpcId);
  }

  /** @throws AwsError `InvalidVpcID.NotFound` */
  get(vpcId: string): Vpc {
    const vpc = this.vpcs.get(vpcId);
    if (!vpc) throw new AwsError("InvalidVpcID.NotFound", `The vpc ID '${vpcId}' does not exist`);
    return vpc;
  }

  list(): Vpc[] {
    return this.vpcs.list();
  }

  modify(vpcId: string, change: VpcChange): Vpc {
    const vpc = { ...this.get(vpcId), ...change };
    if (vpc.enableDnsHostnames && !vpc.enableDnsSupport) {
      throw new AwsError(
        "InvalidParameterCombination",
        "DNS hostnames need DNS support: enableDnsSupport must be true.",
      );
    }
    this.vpcs.put(vpcId, vpc);
    return vpc;
  }

  /** @throws AwsError `DependencyViolation` while subnets, endpoints, groups or route tables are left in it. */
  delete(vpcId: string): void {
    this.get(vpcId);
    const inUse =
      this.subnets.list().some((subnet) => subnet.vpcId === vpcId) ||
      this.endpoints.list().some((endpoint) => endpoint.vpcId === vpcId) ||
      this.securityGroups.list().some((group) => group.vpcId === vpcId && group.groupName !== "default") ||
      this.routeTables.list().some((table) => table.vpcId === vpcId && !table.main);
    if (inUse) {
      throw new AwsError("DependencyViolation", `The vpc '${vpcId}' has dependencies and cannot be deleted.`);
    }
    this.securityGroups.deleteDefault(vpcId);
    this.cidrBlocks.dropAll(vpcId);
    this.routeTables.deleteMain(vpcId);
    this.vpcs.delete(vpcId);
  }
}
