import { newId, stableId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import { interfaceEndpointsIn } from "../../aws/quotas";
import type { Tags } from "../../aws/tags";
import type { NetworkInterfaces } from "./network-interfaces";
import type { VpcEndpoint } from "./records";
import type { RouteTables } from "./route-tables";
import type { SecurityGroups } from "./security-groups";
import type { Subnets } from "./subnets";
import type { Vpcs } from "./vpcs";

export interface CreateVpcEndpoint {
  vpcId: string;
  serviceName: string;
  vpcEndpointType?: VpcEndpoint["vpcEndpointType"];
  policy?: string;
  privateDnsEnabled?: boolean;
  routeTableIds?: string[];
  subnetIds?: string[];
  securityGroupIds?: string[];
  tags?: Tags;
}

export type VpcEndpointChange = Partial<Omit<CreateVpcEndpoint, "vpcId" | "serviceName" | "vpcEndpointType">>;

/** What AWS gives an endpoint that asks for no policy of its own. */
export const openPolicy = JSON.stringify({
  Version: "2008-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/** Gateway endpoints sit in route tables; interface endpoints take one address in each of their subnets. */
export class VpcEndpoints {
  private readonly endpoints;

  constructor(
    private readonly context: Context,
    private readonly parts: {
      vpcs: Vpcs;
      subnets: Subnets;
      routeTables: RouteTables;
      securityGroups: SecurityGroups;
      interfaces: NetworkInterfaces;
    },
  ) {
    this.endpoints = context.store.collection<VpcEndpoint>("ec2/vpc-endpoints");
  }

  create(request: CreateVpcEndpoint): VpcEndpoint {
    const vpc = this.parts.vpcs.get(request.vpcId);
    const service = /^(?:cn\.)?com\.amazonaws\.(?:[a-z0-9-]+)\.[a-z0-9.-]+$/;
    // In China some services have names that begin with `cn`, and none under the usual ones: aws-cdk#9864.
    const chinese =
      this.context.account.partition === "aws-cn" &&
      request.vpcEndpointType === "Interface" &&
      /\.(redshift-data|redshift|sts|s3)$/.test(request.serviceName);
    if (
      !service.test(request.serviceName) ||
      request.serviceName.startsWith("cn.") !== chinese ||
      !request.serviceName.includes(`.${this.context.account.region}.`)
    ) {
      throw new AwsError("InvalidServiceName", `The Vpc Endpoint Service '${request.serviceName}' does not exist`);
    }
    const isInterface = request.vpcEndpointType === "Interface";
    const endpoint: VpcEndpoint = {
      vpcEndpointId: newId("vpce"),
      vpcId: vpc.vpcId,
      serviceName: request.serviceName,
      vpcEndpointType: request.vpcEndpointType ?? "Gateway",
      state: "available",
      policy: request.policy ?? openPolicy,
      privateDnsEnabled: isInterface && (request.privateDnsEnabled ?? true),
      routeTableIds: request.routeTableIds ?? [],
      subnetIds: request.subnetIds ?? [],
      securityGroupIds: request.securityGroupIds ?? (isInterface ? [vpc.defaultSecurityGroupId] : []),
      tags: request.tags ?? {},
    };
    this.check(endpoint);
    if (isInterface) this.checkQuota(endpoint.vpcId);
    this.place(endpoint, []);
    this.endpoints.put(endpoint.vpcEndpointId, endpoint);
    return endpoint;
  }

  find(vpcEndpointId: string): VpcEndpoint | undefined {
    return this.endpoints.get(vpcEndpointId);
  }

  /** @throws AwsError `InvalidVpcEndpointId.NotFound` */
  get(vpcEndpointId: string): VpcEndpoint {
    const endpoint = this.endpoints.get(vpcEndpointId);
    if (!endpoint) {
      throw new AwsError("InvalidVpcEndpointId.NotFound", `The Vpc Endpoint Id '${vpcEndpointId}' does not exist`);
    }
    return endpoint;
  }

  list(): VpcEndpoint[] {
    return this.endpoints.list();
  }

  modify(vpcEndpointId: string, change: VpcEndpointChange): VpcEndpoint {
    const before = this.get(vpcEndpointId);
    const endpoint = { ...before, ...change };
    this.check(endpoint);
    this.place(endpoint, before.subnetIds);
    this.endpoints.put(vpcEndpointId, endpoint);
    return endpoint;
  }

  delete(vpcEndpointId: string): void {
    this.get(vpcEndpointId);
    this.parts.interfaces.release(vpcEndpointId);
    this.endpoints.delete(vpcEndpointId);
  }

  /** The id of the prefix list behind a gateway service. */
  prefixListId(serviceName: string): string {
    return stableId("pl", serviceName).slice(0, 11);
  }

  private check(endpoint: VpcEndpoint): void {
    for (const id of endpoint.routeTableIds) this.parts.routeTables.get(id);
    for (const id of endpoint.securityGroupIds) this.parts.securityGroups.get(id);
    const zones = new Set<string>();
    for (const id of endpoint.subnetIds) {
      const { availabilityZone } = this.parts.subnets.get(id);
      if (zones.has(availabilityZone)) {
        throw new AwsError(
          "DuplicateSubnetsInSameZone",
          `Found another VPC endpoint subnet in the availability zone of ${id}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
        );
      }
      zones.add(availabilityZone);
    }
    if (endpoint.privateDnsEnabled) this.checkPrivateDns(endpoint);
  }

  private checkQuota(vpcId: string): void {
    const { quotas } = this.context.account;
    if (interfaceEndpointsIn(vpcId, this.parts.interfaces.list(), quotas) >= quotas.interfaceEndpointsPerVpc)
      throw new AwsError(
        "VpcEndpointLimitExceeded",
        `The maximum number of interface VPC endpoints (${quotas.interfaceEndpointsPerVpc}) of ${vpcId} has been reached.`,
      );
  }

  private checkPrivateDns(endpoint: VpcEndpoint): void {
    const vpc = this.parts.vpcs.get(endpoint.vpcId);
    if (!vpc.enableDnsSupport || !vpc.enableDnsHostnames) {
      throw new AwsError(
        "InvalidParameter",
        `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.vpcId}`,
      );
    }
    const { vpcEndpointId, serviceName } = endpoint;
    const conflict = this.list().some(
      (other) =>
        other.vpcId === vpc.vpcId &&
        other.serviceName === serviceName &&
        other.privateDnsEnabled &&
        other.vpcEndpointId !== vpcEndpointId,
    );
    if (conflict) {
      throw new AwsError(
        "InvalidParameter",
        `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${serviceName} in the VPC ${vpc.vpcId}`,
      );
    }
  }

  /** Brings the interfaces to the endpoint's subnets; nothing is kept when a subnet is full. */
  private place(endpoint: VpcEndpoint, before: string[]): void {
    if (endpoint.vpcEndpointType !== "Interface") return;
    const { interfaces } = this.parts;
    const owner = endpoint.vpcEndpointId;
    const made: string[] = [];
    try {
      for (const subnetId of endpoint.subnetIds.filter((id) => !before.includes(id))) {
        const description = `VPC Endpoint Interface ${owner}`;
        made.push(interfaces.allocate(subnetId, owner, description, endpoint.securityGroupIds).id);
      }
    } catch (error) {
      for (const id of made) interfaces.remove(id);
      throw error;
    }
    for (const left of interfaces.list({ owner })) {
      if (!endpoint.subnetIds.includes(left.subnetId)) interfaces.remove(left.id);
    }
    interfaces.setSecurityGroups(owner, endpoint.securityGroupIds);
  }
}
