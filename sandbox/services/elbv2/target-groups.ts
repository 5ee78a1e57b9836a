import { randomBytes } from "node:crypto";
import { AwsError } from "../../aws/errors";
import { paginate } from "../../aws/paginate";
import { toTags, type WireTag } from "../../aws/tags";
import {
  attributeList,
  changeAttributes,
  initialAttributes,
  targetGroupAttributes,
  type WireAttribute,
} from "./attributes";
import { applyBalancers, type BalancerContext, checkName, invalid, requireBalancer, requireGroup } from "./context";
import { changeHealthCheck, type HealthCheckRequest } from "./health-check";
import { presentTargetGroup } from "./presentation";
import type { TargetGroupRecord } from "./records";

interface CreateRequest extends HealthCheckRequest {
  Name?: string;
  Protocol?: string;
  Port?: number | string;
  VpcId?: string;
  TargetType?: string;
  IpAddressType?: string;
  Tags?: WireTag[];
}

interface WireTarget {
  Id?: string;
  Port?: number | string;
  AvailabilityZone?: string;
}

/** Target groups of IP addresses, and who is registered in them. */
export class TargetGroups {
  constructor(private readonly context: BalancerContext) {}

  create(input: CreateRequest) {
    const { account, groups, runtime } = this.context;
    const name = checkName("target group", input.Name);
    if (input.Protocol !== "TCP") {
      throw new AwsError("NotImplemented", `The sandbox forwards TCP only, not '${input.Protocol ?? ""}'.`);
    }
    if (input.TargetType !== "ip") {
      throw new AwsError(
        "NotImplemented",
        `The sandbox has targets of type ip only, not '${input.TargetType ?? "instance"}'.`,
      );
    }
    const port = Number(input.Port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw invalid(`'${input.Port}' is not a valid port`);
    if (!input.VpcId) throw invalid("A VPC ID must be specified");
    const existing = groups.list().find((other) => other.name === name);
    if (existing)
      throw new AwsError("DuplicateTargetGroupName", `A target group with the name '${name}' exists already`);
    const record: TargetGroupRecord = {
      arn: account.arn("elasticloadbalancing", `targetgroup/${name}/${randomBytes(8).toString("hex")}`),
      name,
      protocol: "TCP",
      port,
      vpcId: input.VpcId,
      targetType: "ip",
      ipAddressType: input.IpAddressType ?? "ipv4",
      healthCheck: changeHealthCheck(input),
      attributes: initialAttributes(targetGroupAttributes),
      targets: [],
      tags: toTags(input.Tags),
    };
    groups.put(record.arn, record);
    runtime.applyGroup(record);
    return { TargetGroups: [this.present(record)] };
  }

  describe(input: {
    TargetGroupArns?: string[];
    Names?: string[];
    LoadBalancerArn?: string;
    Marker?: string;
    PageSize?: number | string;
  }) {
    for (const arn of input.TargetGroupArns ?? []) requireGroup(this.context, arn);
    if (input.LoadBalancerArn !== undefined) requireBalancer(this.context, input.LoadBalancerArn);
    const all = this.context.groups.list();
    for (const name of input.Names ?? []) {
      if (!all.some((record) => record.name === name)) {
        throw new AwsError("TargetGroupNotFound", `One or more target groups not found: ${name}`);
      }
    }
    const matching = all.filter(
      (record) =>
        (input.TargetGroupArns === undefined || input.TargetGroupArns.includes(record.arn)) &&
        (input.Names === undefined || input.Names.includes(record.name)) &&
        (input.LoadBalancerArn === undefined || this.balancersOf(record).includes(input.LoadBalancerArn)),
    );
    const limit = input.PageSize === undefined ? undefined : Number(input.PageSize);
    const page = paginate(matching, input.Marker, limit, { fallback: 400, code: "ValidationError" });
    return { TargetGroups: page.items.map((record) => this.present(record)), NextMarker: page.nextToken };
  }

  modify(input: HealthCheckRequest & { TargetGroupArn?: string }) {
    const record = requireGroup(this.context, input.TargetGroupArn);
    const next = { ...record, healthCheck: changeHealthCheck(input, record.healthCheck) };
    this.save(next);
    return { TargetGroups: [this.present(next)] };
  }

  delete(input: { TargetGroupArn?: string }) {
    const record = this.context.groups.get(input.TargetGroupArn ?? "");
    if (!record) return {};
    if (this.balancersOf(record).length > 0) {
      throw new AwsError("ResourceInUse", `Target group '${record.arn}' is currently in use by a listener or a rule`);
    }
    this.context.runtime.closeGroup(record.arn);
    this.context.groups.delete(record.arn);
    return {};
  }

  async modifyAttributes(input: { TargetGroupArn?: string; Attributes?: WireAttribute[] }) {
    const record = requireGroup(this.context, input.TargetGroupArn);
    const attributes = changeAttributes(targetGroupAttributes, record.attributes, input.Attributes ?? []);
    this.save({ ...record, attributes });
    for (const arn of this.balancersOf(record)) await applyBalancers(this.context, arn);
    return { Attributes: attributeList(attributes) };
  }

  describeAttributes(input: { TargetGroupArn?: string }) {
    return { Attributes: attributeList(requireGroup(this.context, input.TargetGroupArn).attributes) };
  }

  register(input: { TargetGroupArn?: string; Targets?: WireTarget[] }) {
    const record = requireGroup(this.context, input.TargetGroupArn);
    const targets = [...record.targets];
    for (const wire of input.Targets ?? []) {
      const target = this.resolve(record, wire);
      const known = targets.some(({ id, port }) => id === target.id && port === target.port);
      if (!known) targets.push(target);
    }
    const { targetsPerBalancer } = this.context.account.quotas;
    if (targets.length > targetsPerBalancer)
      throw new AwsError("TooManyTargets", `The maximum number of targets (${targetsPerBalancer}) has been reached`);
    this.save({ ...record, targets });
    return {};
  }

  deregister(input: { TargetGroupArn?: string; Targets?: WireTarget[] }) {
    const record = requireGroup(this.context, input.TargetGroupArn);
    const leaving = (input.Targets ?? []).map(({ Id, Port }) => `${Id}:${Port ?? record.port}`);
    this.save({ ...record, targets: record.targets.filter(({ id, port }) => !leaving.includes(`${id}:${port}`)) });
    return {};
  }

  describeHealth(input: { TargetGroupArn?: string; Targets?: WireTarget[] }) {
    const record = requireGroup(this.context, input.TargetGroupArn);
    const wanted = input.Targets?.map(({ Id, Port }) => `${Id}:${Port ?? record.port}`);
    const descriptions = (this.context.runtime.group(record.arn)?.health() ?? [])
      .filter(({ address }) => wanted === undefined || wanted.includes(`${address.id}:${address.port}`))
      .map(({ address, health }) => ({
        Target: { Id: address.id, Port: address.port, AvailabilityZone: address.zone },
        HealthCheckPort: String(address.port),
        TargetHealth: { State: health.state, Reason: health.reason, Description: health.description },
      }));
    const missing = (wanted ?? []).filter(
      (key) => !descriptions.some(({ Target }) => `${Target.Id}:${Target.Port}` === key),
    );
    return {
      TargetHealthDescriptions: [
        ...descriptions,
        ...missing.map((key) => ({
          Target: { Id: key.slice(0, key.lastIndexOf(":")), Port: Number(key.slice(key.lastIndexOf(":") + 1)) },
          TargetHealth: {
            State: "unused",
            Reason: "Target.NotRegistered",
            Description: "Target is not registered to the target group",
          },
        })),
      ],
    };
  }

  /** A target's port and zone: the zone is that of the interface with this address. */
  private resolve(record: TargetGroupRecord, wire: WireTarget): TargetGroupRecord["targets"][number] {
    const id = wire.Id ?? "";
    if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(id)) {
      throw new AwsError("InvalidTarget", `The IP address '${id}' is not a valid IPv4 address`);
    }
    const owner = this.context.networkInterfaces.list().find(({ privateIpAddress }) => privateIpAddress === id);
    if (!owner) {
      throw new AwsError("InvalidTarget", `The IP address '${id}' is not within the VPC '${record.vpcId}'`);
    }
    return { id, port: Number(wire.Port ?? record.port), zone: owner.availabilityZone };
  }

  private save(record: TargetGroupRecord): void {
    this.context.groups.put(record.arn, record);
    this.context.runtime.applyGroup(record);
  }

  private balancersOf(record: TargetGroupRecord): string[] {
    const listeners = this.context.listeners.list().filter(({ targetGroupArn }) => targetGroupArn === record.arn);
    return [...new Set(listeners.map(({ loadBalancerArn }) => loadBalancerArn))];
  }

  private present(record: TargetGroupRecord) {
    return presentTargetGroup(record, this.balancersOf(record));
  }
}
