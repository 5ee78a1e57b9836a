import { randomBytes } from "node:crypto";
import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import { toTags, type WireTag } from "../../aws/tags";
import {
  attributeList,
  changeAttributes,
  initialAttributes,
  loadBalancerAttributes,
  type WireAttribute,
} from "./attributes";
import { applyBalancers, type BalancerContext, checkName, invalid, requireBalancer } from "./context";
import { presentLoadBalancer } from "./presentation";
import type { LoadBalancerRecord } from "./records";

const ownerOf = (arn: string) => `elbv2/${arn}`;

interface CreateRequest {
  Name?: string;
  Type?: string;
  Scheme?: LoadBalancerRecord["scheme"];
  Subnets?: string[];
  SubnetMappings?: { SubnetId?: string }[];
  SecurityGroups?: string[];
  IpAddressType?: string;
  Tags?: WireTag[];
}

/** Network Load Balancers: their nodes, one in each subnet. */
export class LoadBalancers {
  constructor(private readonly context: BalancerContext) {}

  async create(input: CreateRequest) {
    const { account, balancers, latency } = this.context;
    const name = checkName("load balancer", input.Name);
    if (input.Type !== "network") {
      throw new AwsError(
        "NotImplemented",
        `The sandbox has network load balancers only, not '${input.Type ?? "application"}'.`,
      );
    }
    const subnetIds = input.Subnets ?? (input.SubnetMappings ?? []).map(({ SubnetId }) => SubnetId ?? "");
    const subnets = await this.checkSubnets(subnetIds);
    if (balancers.list().some((other) => other.name === name)) {
      throw new AwsError("DuplicateLoadBalancerName", `A load balancer with the name '${name}' exists already`);
    }
    const arn = account.arn("elasticloadbalancing", `loadbalancer/net/${name}/${randomBytes(8).toString("hex")}`);
    const nodes = this.addNodes(arn, name, subnetIds, input.SecurityGroups ?? []);
    const record: LoadBalancerRecord = {
      arn,
      name,
      dnsName: nodes[0]!.address,
      scheme: input.Scheme ?? "internet-facing",
      vpcId: subnets[0]!.vpcId,
      createdAt: new Date().toISOString(),
      state: latency.delays["load-balancer-create"] > 0 ? "provisioning" : "active",
      securityGroups: input.SecurityGroups ?? [],
      nodes,
      ipAddressType: input.IpAddressType ?? "ipv4",
      attributes: initialAttributes(loadBalancerAttributes),
      tags: toTags(input.Tags),
    };
    balancers.put(arn, record);
    this.activateLater(record);
    return { LoadBalancers: [presentLoadBalancer(record)] };
  }

  describe(input: { LoadBalancerArns?: string[]; Names?: string[]; Marker?: string; PageSize?: number | string }) {
    for (const arn of input.LoadBalancerArns ?? []) requireBalancer(this.context, arn);
    const all = this.context.balancers.list();
    for (const name of input.Names ?? []) {
      if (!all.some((record) => record.name === name)) {
        throw new AwsError("LoadBalancerNotFound", `Load balancers '[${name}]' not found`);
      }
    }
    const matching = all.filter(
      (record) =>
        (input.LoadBalancerArns === undefined || input.LoadBalancerArns.includes(record.arn)) &&
        (input.Names === undefined || input.Names.includes(record.name)),
    );
    const limit = input.PageSize === undefined ? undefined : Number(input.PageSize);
    const page = paginate(matching, input.Marker, limit, { fallback: 400, code: "ValidationError" });
    return { LoadBalancers: page.items.map(presentLoadBalancer), NextMarker: page.nextToken };
  }

  delete(input: { LoadBalancerArn?: string }) {
    const { balancers, listeners, runtime, networkInterfaces } = this.context;
    const record = balancers.get(input.LoadBalancerArn ?? "");
    // As with AWS, deleting what is not there succeeds.
    if (!record) return {};
    if (record.attributes["deletion_protection.enabled"] === "true") {
      throw new AwsError(
        "OperationNotPermitted",
        `Load balancer '${record.arn}' cannot be deleted because deletion protection is enabled`,
      );
    }
    for (const listener of listeners.list().filter(({ loadBalancerArn }) => loadBalancerArn === record.arn)) {
      runtime.closeListener(listener.arn);
      listeners.delete(listener.arn);
    }
    runtime.use(new Set(listeners.list().map(({ targetGroupArn }) => targetGroupArn)));
    networkInterfaces.release(ownerOf(record.arn));
    balancers.delete(record.arn);
    return {};
  }

  async modifyAttributes(input: { LoadBalancerArn?: string; Attributes?: WireAttribute[] }) {
    const record = requireBalancer(this.context, input.LoadBalancerArn);
    const attributes = changeAttributes(loadBalancerAttributes, record.attributes, input.Attributes ?? []);
    this.context.balancers.put(record.arn, { ...record, attributes });
    await applyBalancers(this.context, record.arn);
    return { Attributes: attributeList(attributes) };
  }

  describeAttributes(input: { LoadBalancerArn?: string }) {
    return { Attributes: attributeList(requireBalancer(this.context, input.LoadBalancerArn).attributes) };
  }

  setSecurityGroups(input: { LoadBalancerArn?: string; SecurityGroups?: string[] }) {
    const record = requireBalancer(this.context, input.LoadBalancerArn);
    const groups = input.SecurityGroups ?? [];
    if (record.securityGroups.length === 0 && groups.length > 0) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        "Security groups can be set only on a network load balancer that was created with security groups.",
      );
    }
    this.context.balancers.put(record.arn, { ...record, securityGroups: groups });
    this.context.networkInterfaces.setSecurityGroups(ownerOf(record.arn), groups);
    return { SecurityGroupIds: groups };
  }

  async setSubnets(input: { LoadBalancerArn?: string; Subnets?: string[]; SubnetMappings?: { SubnetId?: string }[] }) {
    const record = requireBalancer(this.context, input.LoadBalancerArn);
    const subnetIds = input.Subnets ?? (input.SubnetMappings ?? []).map(({ SubnetId }) => SubnetId ?? "");
    await this.checkSubnets(subnetIds);
    const lost = record.nodes.find(({ subnetId }) => !subnetIds.includes(subnetId));
    if (lost) throw new AwsError("InvalidConfigurationRequest", `The subnet '${lost.subnetId}' cannot be removed.`);
    const added = subnetIds.filter((subnetId) => !record.nodes.some((node) => node.subnetId === subnetId));
    const nodes = [...record.nodes, ...this.addNodes(record.arn, record.name, added, record.securityGroups)];
    const next = { ...record, nodes };
    this.context.balancers.put(record.arn, next);
    await applyBalancers(this.context, record.arn);
    return { AvailabilityZones: (presentLoadBalancer(next) as { AvailabilityZones: object[] }).AvailabilityZones };
  }

  /** Balancers that were being provisioned when the last process ended are ready now. */
  resume(): void {
    for (const record of this.context.balancers.list()) this.activate(record.arn);
  }

  private activateLater(record: LoadBalancerRecord): void {
    const delay = this.context.latency.delays["load-balancer-create"];
    if (delay > 0) setTimeout(() => this.activate(record.arn), delay).unref();
  }

  private activate(arn: string): void {
    const record = this.context.balancers.get(arn);
    if (record) this.context.balancers.put(arn, { ...record, state: "active" });
  }

  private async checkSubnets(subnetIds: string[]) {
    if (subnetIds.length === 0) throw invalid("At least one subnet must be specified");
    const subnets = await this.context.subnets(subnetIds);
    const zones = subnets.map(({ availabilityZone }) => availabilityZone);
    if (new Set(zones).size < zones.length) {
      throw new AwsError(
        "InvalidConfigurationRequest",
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
      );
    }
    if (new Set(subnets.map(({ vpcId }) => vpcId)).size > 1) {
      throw new AwsError("InvalidConfigurationRequest", "All subnets must be in the same VPC");
    }
    return subnets;
  }

  private addNodes(arn: string, name: string, subnetIds: string[], securityGroupIds: string[]) {
    return subnetIds.map((subnetId) => {
      const { privateIpAddress, availabilityZone } = this.context.networkInterfaces.allocate(
        subnetId,
        ownerOf(arn),
        `ELB net/${name}`,
        securityGroupIds,
      );
      return { subnetId, zone: availabilityZone, address: privateIpAddress };
    });
  }
}
