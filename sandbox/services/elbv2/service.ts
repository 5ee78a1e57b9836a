import type { Account } from "../../aws/account";
import type { ReachableAddresses } from "../../aws/context";
import { operationsOf } from "../../aws/handlers";
import type { LatencyProfile } from "../../aws/latency";
import type { AwsService, Operations } from "../../aws/service";
import type { NetworkTimes } from "../../network/times";
import type { Store } from "../../store/store";
import type { NetworkInterfaces } from "../ec2/network-interfaces";
import type { Subnet } from "../ec2/records";
import { ec2 } from "../ec2/service";
import { redshiftServerless } from "../redshift-serverless/service";
import { defineService } from "../service";
import { applyBalancers, type BalancerContext } from "./context";
import { getLoadBalancer } from "./functions";
import { listeners } from "./listener";
import { BalancerListeners } from "./listeners";
import { loadBalancers } from "./load-balancer";
import { LoadBalancers } from "./load-balancers";
import { BalancerRuntime } from "./runtime";
import { BalancerTags } from "./tags";
import { targetGroups } from "./target-group";
import { TargetGroups } from "./target-groups";

export interface BalancerDependencies {
  account: Account;
  store: Store;
  networkInterfaces: NetworkInterfaces;
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  addresses: ReachableAddresses;
  latency: LatencyProfile;
  times: NetworkTimes;
  zoneDown(zone: string): boolean;
  log?(line: string): void;
}

/** A load balancer as people look at it. */
export interface BalancerSummary {
  name: string;
  dnsName: string;
  listeners: { port: number; host: string; hostPort: number; connections: number }[];
  targets: { address: string; zone?: string; state: string }[];
}

/** Elastic Load Balancing v2, of which the sandbox has network load balancers with IP targets, and really runs them. */
export class ElasticLoadBalancingV2 implements AwsService {
  readonly operations: Operations;
  private readonly context: BalancerContext;
  private readonly loadBalancers: LoadBalancers;

  constructor(private readonly dependencies: BalancerDependencies) {
    const { store, addresses, times, zoneDown, log = () => {} } = dependencies;
    this.context = {
      ...dependencies,
      runtime: new BalancerRuntime(addresses, times, zoneDown, log),
      balancers: store.collection("elbv2/load-balancers"),
      groups: store.collection("elbv2/target-groups"),
      listeners: store.collection("elbv2/listeners"),
    };
    this.loadBalancers = new LoadBalancers(this.context);
    this.operations = this.table();
  }

  /** Opens after a start what the records say. */
  async resume(): Promise<void> {
    this.loadBalancers.resume();
    await this.refresh();
    this.context.runtime.endResume();
  }

  /** Looks again at which zones are up. */
  refresh(): Promise<void> {
    return applyBalancers(this.context);
  }

  summaries(): BalancerSummary[] {
    const { balancers, listeners, runtime } = this.context;
    return balancers.list().map((balancer) => {
      const own = listeners.list().filter(({ loadBalancerArn }) => loadBalancerArn === balancer.arn);
      return {
        name: balancer.name,
        dnsName: balancer.dnsName,
        listeners: own.map(({ arn, port }) => {
          const reached = this.dependencies.addresses.reach(balancer.dnsName, port, { keepPort: true });
          return { port, host: reached.host, hostPort: reached.port, connections: runtime.connections(arn) };
        }),
        targets: own.flatMap(({ targetGroupArn }) =>
          (runtime.group(targetGroupArn)?.health() ?? []).map(({ address, health }) => ({
            address: `${address.id}:${address.port}`,
            zone: address.zone,
            state: health.state,
          })),
        ),
      };
    });
  }

  close(): void {
    this.context.runtime.close();
  }

  private table(): Operations {
    const { loadBalancers } = this;
    const groups = new TargetGroups(this.context);
    const listeners = new BalancerListeners(this.context);
    const tags = new BalancerTags(this.context);
    return operationsOf<typeof import("@aws-sdk/client-elastic-load-balancing-v2")>({
      CreateLoadBalancer: loadBalancers.create.bind(loadBalancers),
      DescribeLoadBalancers: loadBalancers.describe.bind(loadBalancers),
      DeleteLoadBalancer: loadBalancers.delete.bind(loadBalancers),
      ModifyLoadBalancerAttributes: loadBalancers.modifyAttributes.bind(loadBalancers),
      DescribeLoadBalancerAttributes: loadBalancers.describeAttributes.bind(loadBalancers),
      SetSecurityGroups: loadBalancers.setSecurityGroups.bind(loadBalancers),
      SetSubnets: loadBalancers.setSubnets.bind(loadBalancers),
      CreateTargetGroup: groups.create.bind(groups),
      DescribeTargetGroups: groups.describe.bind(groups),
      ModifyTargetGroup: groups.modify.bind(groups),
      DeleteTargetGroup: groups.delete.bind(groups),
      ModifyTargetGroupAttributes: groups.modifyAttributes.bind(groups),
      DescribeTargetGroupAttributes: groups.describeAttributes.bind(groups),
      RegisterTargets: groups.register.bind(groups),
      DeregisterTargets: groups.deregister.bind(groups),
      DescribeTargetHealth: groups.describeHealth.bind(groups),
      CreateListener: listeners.create.bind(listeners),
      DescribeListeners: listeners.describe.bind(listeners),
      ModifyListener: listeners.modify.bind(listeners),
      DeleteListener: listeners.delete.bind(listeners),
      ModifyListenerAttributes: listeners.modifyAttributes.bind(listeners),
      DescribeListenerAttributes: listeners.describeAttributes.bind(listeners),
      AddTags: tags.add.bind(tags),
      RemoveTags: tags.remove.bind(tags),
      DescribeTags: tags.describe.bind(tags),
    });
  }
}

export const elbv2 = defineService({
  name: "elasticloadbalancing",
  api: {
    form: "xml",
    async client(config) {
      const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
      return [sdk, new sdk.ElasticLoadBalancingV2Client(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: (context) => {
    const { subnets, networkInterfaces } = context.use(ec2);
    const warehouses = context.use(redshiftServerless);
    return new ElasticLoadBalancingV2({
      ...context,
      networkInterfaces,
      subnets: async (ids) => ids.map((id) => subnets.get(id)),
      zoneDown: (zone) => warehouses.isZoneDown(zone),
    });
  },
  operations: ({ operations }) => operations,
  resume: (service) => service.resume(),
  close: (service) => service.close(),
  resources: [...loadBalancers, ...targetGroups, ...listeners],
  functions: { "aws:lb/getLoadBalancer:getLoadBalancer": getLoadBalancer },
});
