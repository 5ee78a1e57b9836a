import type { Account } from "../../aws/account";
import { AwsError } from "../../aws/errors";
import type { LatencyProfile } from "../../aws/latency";
import type { Collection } from "../../store/store";
import type { NetworkInterfaces } from "../ec2/network-interfaces";
import type { Subnet } from "../ec2/records";
import type { ListenerRecord, LoadBalancerRecord, TargetGroupRecord } from "./records";
import type { BalancerRuntime } from "./runtime";

export interface BalancerContext {
  account: Account;
  networkInterfaces: NetworkInterfaces;
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  latency: LatencyProfile;
  runtime: BalancerRuntime;
  balancers: Collection<LoadBalancerRecord>;
  groups: Collection<TargetGroupRecord>;
  listeners: Collection<ListenerRecord>;
}

export const invalid = (message: string) => new AwsError("ValidationError", message);

/** @throws AwsError LoadBalancerNotFound */
export function requireBalancer(context: BalancerContext, arn: string | undefined): LoadBalancerRecord {
  const record = context.balancers.get(arn ?? "");
  if (!record) throw new AwsError("LoadBalancerNotFound", `Load balancer '${arn ?? ""}' not found`);
  return record;
}

/** @throws AwsError TargetGroupNotFound */
export function requireGroup(context: BalancerContext, arn: string | undefined): TargetGroupRecord {
  const record = context.groups.get(arn ?? "");
  if (!record) throw new AwsError("TargetGroupNotFound", `Target group '${arn ?? ""}' not found`);
  return record;
}

/** @throws AwsError ListenerNotFound */
export function requireListener(context: BalancerContext, arn: string | undefined): ListenerRecord {
  const record = context.listeners.get(arn ?? "");
  if (!record) throw new AwsError("ListenerNotFound", `Listener '${arn ?? ""}' not found`);
  return record;
}

/** Brings the sockets of a balancer, or of all of them, in step with the records. */
export async function applyBalancers(context: BalancerContext, only?: string): Promise<void> {
  for (const group of context.groups.list()) context.runtime.applyGroup(group);
  for (const listener of context.listeners.list()) {
    if (only !== undefined && listener.loadBalancerArn !== only) continue;
    const balancer = requireBalancer(context, listener.loadBalancerArn);
    await context.runtime.applyListener(listener, balancer, requireGroup(context, listener.targetGroupArn));
  }
  context.runtime.use(new Set(context.listeners.list().map(({ targetGroupArn }) => targetGroupArn)));
}

/** A name of a load balancer or target group. @throws AwsError ValidationError */
export function checkName(kind: string, name: string | undefined): string {
  if (!name || !/^(?!internal-)[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?$/.test(name)) {
    throw invalid(
      `The ${kind} name '${name ?? ""}' must be 1 to 32 letters, digits and hyphens, and not begin or end with a hyphen or begin with 'internal-'.`,
    );
  }
  return name;
}
