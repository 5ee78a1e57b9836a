import {
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type SecurityGroup,
  type Subnet,
} from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  type Listener,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  GetWorkgroupCommand,
  ListEndpointAccessCommand,
  UpdateWorkgroupCommand,
  type UpdateWorkgroupCommandInput,
} from "@aws-sdk/client-redshift-serverless";
import type { Clients } from "../../../health/facts/clients";
import { accountOf } from "../support/account";
import type { Login } from "../support/clients";
import { eventually } from "../support/processes";
import { targets } from "../support/rotation";
import type { SmallFleet, Warehouse } from "../support/small-fleet";

/** A deployed fleet with a pool of two, and what it takes to reach each part of it behind the stack's back. */
export interface CheckedFleet {
  fleet: SmallFleet;
  account: Clients;
  producer: Warehouse;
  first: Warehouse;
  second: Warehouse;
  /** Administrators. */
  asProducer: Login;
  asFirst: Login;
  asSecond: Login;
  reader: Login;
  /** Another one after it was deleted and made again. */
  listener: Listener;
  groupArn: string;
  groups: SecurityGroup[];
  /** By their addresses, which is by zone. */
  subnets: Subnet[];
}

export async function inspect(fleet: SmallFleet): Promise<CheckedFleet> {
  const account = accountOf(fleet);
  const { ec2, balancing } = account;
  const { producer, consumers } = fleet.warehouses();
  const [first, second] = consumers as [Warehouse, Warehouse];
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand({}));
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
  return {
    fleet,
    account,
    producer,
    first,
    second,
    asProducer: await fleet.adminOf(producer),
    asFirst: await fleet.adminOf(first),
    asSecond: await fleet.adminOf(second),
    reader: await fleet.reader(),
    listener: (await balancing.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners![0]!,
    groupArn: (await balancing.send(new DescribeTargetGroupsCommand({}))).TargetGroups![0]!.TargetGroupArn!,
    groups: (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups!,
    subnets: (await ec2.send(new DescribeSubnetsCommand({}))).Subnets!.sort((one, other) =>
      one.CidrBlock!.localeCompare(other.CidrBlock!),
    ),
  };
}

/** Waits until every address of the pool is in rotation. */
export const healthy = (fleet: SmallFleet) =>
  settled(fleet, (states) => states.length === 6 && states.every((state) => state === "healthy"));

/** Waits until the balancer's targets are in states like these. */
export const settled = (fleet: SmallFleet, good: (states: string[]) => boolean) =>
  eventually(async () => (await targets(fleet)).map(({ state }) => state), good, 60_000);

/** Changes a workgroup and waits until that is done. */
export async function change(
  { serverless }: Clients,
  { workgroup: workgroupName }: Warehouse,
  to: Partial<UpdateWorkgroupCommandInput>,
): Promise<void> {
  await serverless.send(new UpdateWorkgroupCommand({ workgroupName, ...to }));
  await eventually(
    async () => (await serverless.send(new GetWorkgroupCommand({ workgroupName }))).workgroup?.status,
    (status) => status === "AVAILABLE",
    30_000,
  );
}

/** The first of a workgroup's endpoints for the balancer: its name and its address. */
export async function endpointOf({ serverless }: Clients, { workgroup: workgroupName }: Warehouse) {
  const { endpoints = [] } = await serverless.send(new ListEndpointAccessCommand({ workgroupName }));
  const { endpointName, vpcEndpoint } = endpoints[0]!;
  return { name: endpointName!, address: vpcEndpoint!.networkInterfaces![0]!.privateIpAddress! };
}
