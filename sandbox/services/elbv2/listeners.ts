import { randomBytes } from "node:crypto";
import { AwsError } from "../../aws/errors";
import { toTags, type WireTag } from "../../aws/tags";
import {
  attributeList,
  changeAttributes,
  initialAttributes,
  listenerAttributes,
  type WireAttribute,
} from "./attributes";
import {
  applyBalancers,
  type BalancerContext,
  invalid,
  requireBalancer,
  requireGroup,
  requireListener,
} from "./context";
import { presentListener } from "./presentation";
import type { ListenerRecord } from "./records";

interface WireAction {
  Type?: string;
  TargetGroupArn?: string;
  ForwardConfig?: { TargetGroups?: { TargetGroupArn?: string }[] };
}

interface ListenerRequest {
  LoadBalancerArn?: string;
  ListenerArn?: string;
  Protocol?: string;
  Port?: number | string;
  DefaultActions?: WireAction[];
  Tags?: WireTag[];
}

/** TCP listeners of load balancers. */
export class BalancerListeners {
  constructor(private readonly context: BalancerContext) {}

  async create(input: ListenerRequest) {
    const { listeners } = this.context;
    const balancer = requireBalancer(this.context, input.LoadBalancerArn);
    const port = checkPort(input.Port);
    checkProtocol(input.Protocol);
    const targetGroupArn = this.targetOf(input.DefaultActions, balancer.arn);
    if (listeners.list().some((other) => other.loadBalancerArn === balancer.arn && other.port === port)) {
      throw new AwsError("DuplicateListener", `A listener already exists on port ${port} of this load balancer`);
    }
    const path = balancer.arn.split(":loadbalancer/")[1];
    const record: ListenerRecord = {
      arn: this.context.account.arn("elasticloadbalancing", `listener/${path}/${randomBytes(8).toString("hex")}`),
      loadBalancerArn: balancer.arn,
      protocol: "TCP",
      port,
      targetGroupArn,
      attributes: initialAttributes(listenerAttributes),
      tags: toTags(input.Tags),
    };
    listeners.put(record.arn, record);
    try {
      await applyBalancers(this.context, balancer.arn);
    } catch (error) {
      this.remove(record.arn);
      throw invalid(`The listener cannot be opened on port ${port}: ${(error as Error).message}`);
    }
    return { Listeners: [presentListener(record)] };
  }

  describe(input: { LoadBalancerArn?: string; ListenerArns?: string[] }) {
    if (input.LoadBalancerArn !== undefined) requireBalancer(this.context, input.LoadBalancerArn);
    for (const arn of input.ListenerArns ?? []) requireListener(this.context, arn);
    const matching = this.context.listeners
      .list()
      .filter(
        (record) =>
          (input.LoadBalancerArn === undefined || record.loadBalancerArn === input.LoadBalancerArn) &&
          (input.ListenerArns === undefined || input.ListenerArns.includes(record.arn)),
      );
    return { Listeners: matching.map(presentListener) };
  }

  async modify(input: ListenerRequest) {
    const record = requireListener(this.context, input.ListenerArn);
    if (input.Protocol !== undefined) checkProtocol(input.Protocol);
    const next: ListenerRecord = {
      ...record,
      port: input.Port === undefined ? record.port : checkPort(input.Port),
      targetGroupArn:
        input.DefaultActions === undefined
          ? record.targetGroupArn
          : this.targetOf(input.DefaultActions, record.loadBalancerArn),
    };
    this.context.listeners.put(record.arn, next);
    await applyBalancers(this.context, record.loadBalancerArn);
    return { Listeners: [presentListener(next)] };
  }

  delete(input: { ListenerArn?: string }) {
    this.remove(requireListener(this.context, input.ListenerArn).arn);
    return {};
  }

  async modifyAttributes(input: { ListenerArn?: string; Attributes?: WireAttribute[] }) {
    const record = requireListener(this.context, input.ListenerArn);
    const attributes = changeAttributes(listenerAttributes, record.attributes, input.Attributes ?? []);
    this.context.listeners.put(record.arn, { ...record, attributes });
    await applyBalancers(this.context, record.loadBalancerArn);
    return { Attributes: attributeList(attributes) };
  }

  describeAttributes(input: { ListenerArn?: string }) {
    return { Attributes: attributeList(requireListener(this.context, input.ListenerArn).attributes) };
  }

  private remove(arn: string): void {
    const { listeners, runtime } = this.context;
    runtime.closeListener(arn);
    listeners.delete(arn);
    runtime.use(new Set(listeners.list().map(({ targetGroupArn }) => targetGroupArn)));
  }

  private targetOf(actions: WireAction[] | undefined, loadBalancerArn: string): string {
    const [action, ...others] = actions ?? [];
    const groups = action?.ForwardConfig?.TargetGroups ?? [];
    const arn = action?.TargetGroupArn ?? groups[0]?.TargetGroupArn;
    if (!action || others.length > 0 || groups.length > 1 || action.Type !== "forward" || !arn) {
      throw invalid("A TCP listener needs exactly one default action, which forwards to one target group");
    }
    const group = requireGroup(this.context, arn).arn;
    // "The limit on the number of load balancers per target group" (SDK's model of CreateListener) is one.
    const elsewhere = this.context.listeners
      .list()
      .some((other) => other.targetGroupArn === group && other.loadBalancerArn !== loadBalancerArn);
    if (elsewhere)
      throw new AwsError(
        "TargetGroupAssociationLimit",
        `The following target groups cannot be associated with more than one load balancer: ${group}`,
      );
    return group;
  }
}

function checkPort(port: number | string | undefined): number {
  const value = Number(port);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw invalid(`'${port}' is not a valid port`);
  return value;
}

function checkProtocol(protocol: string | undefined): void {
  if (protocol === "TCP") return;
  throw new AwsError("NotImplemented", `The sandbox's balancer forwards TCP only, not '${protocol ?? ""}'.`);
}
