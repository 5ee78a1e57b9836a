import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSubnetCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroup,
  type Subnet,
} from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DeregisterTargetsCommand,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  type Listener,
  ModifyListenerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DeleteEndpointAccessCommand,
  DeleteNamespaceCommand,
  DeleteWorkgroupCommand,
  GetWorkgroupCommand,
  ListEndpointAccessCommand,
  ListWorkgroupsCommand,
  UpdateWorkgroupCommand,
  type UpdateWorkgroupCommandInput,
} from "@aws-sdk/client-redshift-serverless";
import { Client } from "pg";
import { addFault, clearFaults, kill, moveEndpoint, revive } from "../../sandbox/control";
import { socketPort, superuser } from "../../sandbox/warehouse/postgres/settings";
import { accountOf } from "./support/account";
import { type Login, query } from "./support/clients";
import { deployMs } from "./support/fleet";
import { eventually, processesOf } from "./support/processes";
import { targets } from "./support/rotation";
import { SmallFleet, type Warehouse } from "./support/small-fleet";

// Every check of `fleet check` is shown a fault that was really made, and has to say that, and nothing else.

const fleet = new SmallFleet(2, { healthCheckIntervalSeconds: 5 });
let account: ReturnType<typeof accountOf>;
let producer: Warehouse;
let first: Warehouse;
let second: Warehouse;
let asProducer: Login;
let asFirst: Login;
let asSecond: Login;
let reader: Login;
let listener: Listener;
let groupArn: string;
let groups: SecurityGroup[];
let subnets: Subnet[];

jest.setTimeout(2 * deployMs);
beforeAll(async () => {
  await fleet.deploy();
  account = accountOf(fleet);
  const outputs = await fleet.warehouses();
  producer = outputs.producer;
  [first, second] = outputs.consumers as [Warehouse, Warehouse];
  [asProducer, asFirst, asSecond] = (await Promise.all(
    [producer, first, second].map((each) => fleet.adminOf(each)),
  )) as [Login, Login, Login];
  reader = await fleet.reader();
  const { ec2, balancing } = account;
  const { LoadBalancers = [] } = await balancing.send(new DescribeLoadBalancersCommand({}));
  const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
  listener = (await balancing.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners![0]!;
  groupArn = (await balancing.send(new DescribeTargetGroupsCommand({}))).TargetGroups![0]!.TargetGroupArn!;
  groups = (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups!;
  // By their addresses, which is by zone: the account lists them in the order they were made.
  subnets = (await ec2.send(new DescribeSubnetsCommand({}))).Subnets!.sort((one, other) =>
    one.CidrBlock!.localeCompare(other.CidrBlock!),
  );
  await healthy();
});
afterAll(async () => {
  account?.close();
  await fleet.close();
});

const healthy = () => settle((states) => states.length === 6 && states.every((state) => state === "healthy"));
const settle = (good: (states: string[]) => boolean) =>
  eventually(async () => (await targets(fleet)).map(({ state }) => state), good, 60_000);

interface Report {
  ok: boolean;
  checks: { id: string; state: string }[];
  findings: { check: string; what: string; cause: string; cure: string }[];
}

async function check(...more: string[]): Promise<Report & { code: number }> {
  const { code, stdout, stderr } = await fleet.fleet(["check", "--json", ...more]);
  if (!stdout) throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Report), code };
}

async function found(...more: string[]): Promise<string[]> {
  const { findings, code, ok } = await check(...more);
  expect({ code, ok }).toEqual(findings.length > 0 ? { code: 1, ok: false } : { code: 0, ok: true });
  for (const finding of findings) expect([finding.cause, finding.cure]).not.toContain("");
  return findings.map((finding) => `${finding.check}: ${finding.what}`);
}

interface Fault {
  make(): Promise<unknown>;
  undo(): Promise<unknown>;
  /** What is to be found: the check's name and a part of what it says. */
  finds: () => string;
  more?: string[];
}

const workgroup = (warehouse: () => Warehouse, change: Partial<UpdateWorkgroupCommandInput>) =>
  updated(warehouse().workgroup, change);

async function updated(workgroupName: string, change: Partial<UpdateWorkgroupCommandInput>): Promise<void> {
  await account.serverless.send(new UpdateWorkgroupCommand({ workgroupName, ...change }));
  await eventually(
    async () => (await account.serverless.send(new GetWorkgroupCommand({ workgroupName }))).workgroup?.status,
    (status) => status === "AVAILABLE",
    30_000,
  );
}

/** Behind the warehouse's back: as the owner of its PostgreSQL cluster, through the socket that only the front uses. */
async function asOwner({ namespaceId, database }: Warehouse, sql: string): Promise<void> {
  const server = processesOf(fleet.sandbox).find(({ command }) => command.includes(namespaceId));
  const host = /-k (\S+)/.exec(server?.command ?? "")?.[1];
  if (!host) throw new Error(`no server of ${namespaceId} among ${JSON.stringify(processesOf(fleet.sandbox))}`);
  const client = new Client({ host, port: socketPort, database, user: superuser });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const subnetIds = () => subnets.map(({ SubnetId = "" }) => SubnetId);
const group = (part: string) => groups.find(({ GroupName = "" }) => GroupName.includes(part))!;
const listenerAttribute = (Value: string) =>
  account.balancing.send(
    new ModifyListenerAttributesCommand({
      ListenerArn: listener.ListenerArn,
      Attributes: [{ Key: "tcp.idle_timeout.seconds", Value }],
    }),
  );
const groupAttribute = (Key: string, Value: string) =>
  account.balancing.send(
    new ModifyTargetGroupAttributesCommand({ TargetGroupArn: groupArn, Attributes: [{ Key, Value }] }),
  );

/** Rules of a group that name another one, as a request gives them back. */
const rules = (of: string, direction: "IpPermissions" | "IpPermissionsEgress", peer: string) => ({
  GroupId: group(of).GroupId,
  IpPermissions: group(of)[direction]!.filter(({ UserIdGroupPairs = [] }) =>
    UserIdGroupPairs.some(({ GroupId }) => GroupId === group(peer).GroupId),
  ),
});
let smallSubnet: string;
let hoarder: string;
let stranger: { Id: string };

const oneAddress = async () => {
  const { endpoints = [] } = await account.serverless.send(
    new ListEndpointAccessCommand({ workgroupName: first.workgroup }),
  );
  return endpoints[0]!.vpcEndpoint!.networkInterfaces![0]!.privateIpAddress!;
};
let address: string;

const faults: Record<string, Fault> = {
  "a subnet too small": {
    async make() {
      const { VpcId, AvailabilityZone } = subnets[0]!;
      const request = { VpcId, AvailabilityZone, CidrBlock: "10.0.255.192/26" };
      const { Subnet } = await account.ec2.send(new CreateSubnetCommand(request));
      smallSubnet = Subnet!.SubnetId!;
      await workgroup(() => first, { subnetIds: [...subnetIds(), smallSubnet] });
    },
    async undo() {
      await workgroup(() => first, { subnetIds: subnetIds() });
      await account.ec2.send(new DeleteSubnetCommand({ SubnetId: smallSubnet }));
    },
    finds: () => `subnets-large: Subnet ${smallSubnet} (10.0.255.192/26, `,
  },
  "a workgroup in two zones": {
    async make() {
      await workgroup(() => second, { enhancedVpcRouting: false });
      await workgroup(() => second, { subnetIds: subnetIds().slice(0, 2) });
    },
    async undo() {
      await workgroup(() => second, { subnetIds: subnetIds() });
      await workgroup(() => second, { enhancedVpcRouting: true });
    },
    finds: () => "zones: pool-2 is in 2 Availability Zones (us-east-1a, us-east-1b), not in 3",
  },
  "a subnet without addresses": {
    async make() {
      const { SubnetId, AvailableIpAddressCount = 0 } = (
        await account.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [subnetIds()[1]!] }))
      ).Subnets![0]!;
      const request = { SubnetId, SecondaryPrivateIpAddressCount: AvailableIpAddressCount - 1 - 15 };
      const { NetworkInterface } = await account.ec2.send(new CreateNetworkInterfaceCommand(request));
      hoarder = NetworkInterface!.NetworkInterfaceId!;
    },
    undo: () => account.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: hoarder })),
    finds: () =>
      `addresses-left: Subnet ${subnetIds()[1]} (${subnets[1]!.CidrBlock}, us-east-1b) has 15 addresses left`,
  },
  "consumers closed to the balancer": {
    make: () =>
      account.ec2.send(new RevokeSecurityGroupIngressCommand(rules("consumers", "IpPermissions", "network-balancer"))),
    undo: () =>
      account.ec2.send(
        new AuthorizeSecurityGroupIngressCommand(rules("consumers", "IpPermissions", "network-balancer")),
      ),
    finds: () =>
      `security-groups: Security group ${group("consumers").GroupName} (${group("consumers").GroupId}) does not let the balancer in`,
  },
  "the balancer not let out": {
    make: () =>
      account.ec2.send(
        new RevokeSecurityGroupEgressCommand(rules("network-balancer", "IpPermissionsEgress", "consumers")),
      ),
    undo: () =>
      account.ec2.send(
        new AuthorizeSecurityGroupEgressCommand(rules("network-balancer", "IpPermissionsEgress", "consumers")),
      ),
    finds: () =>
      `security-groups: Security group ${group("network-balancer").GroupName} (${group("network-balancer").GroupId}) does not let the balancer out`,
  },
  "clients not let in to the balancer": {
    make: () =>
      account.ec2.send(new RevokeSecurityGroupIngressCommand(rules("network-balancer", "IpPermissions", "clients"))),
    undo: () =>
      account.ec2.send(new AuthorizeSecurityGroupIngressCommand(rules("network-balancer", "IpPermissions", "clients"))),
    finds: () =>
      `security-groups: Security group ${group("clients").GroupName} (${group("clients").GroupId}) may reach the balancer on port 5439, but nothing there lets it in`,
  },
  "clients not let out to the producer": {
    make: () =>
      account.ec2.send(new RevokeSecurityGroupEgressCommand(rules("clients", "IpPermissionsEgress", "producer"))),
    undo: () =>
      account.ec2.send(new AuthorizeSecurityGroupEgressCommand(rules("clients", "IpPermissionsEgress", "producer"))),
    finds: () =>
      `security-groups: Members of security group ${group("clients").GroupName} (${group("clients").GroupId}) are let in to producer on port 5439, but may not go out to it`,
  },
  "a warehouse on the internet": {
    make: () => workgroup(() => second, { publiclyAccessible: true }),
    undo: () => workgroup(() => second, { publiclyAccessible: false }),
    finds: () => "warehouses-private: pool-2 is publicly accessible",
  },
  "a consumer that is dead": {
    async make() {
      await kill({ dir: fleet.sandbox, target: first.workgroup });
      await settle((states) => states.filter((state) => state === "unhealthy").length === 3);
    },
    async undo() {
      await revive({ dir: fleet.sandbox, target: first.workgroup });
      await healthy();
    },
    finds: () => "warehouses-answer: pool-1 does not answer SQL",
    more: ["--timeout", "10"],
  },
  "a grant revoked": {
    make: () => query(asProducer, `revoke usage on datashare airline from namespace '${second.namespaceId}'`),
    undo: () => query(asProducer, `grant usage on datashare airline to namespace '${second.namespaceId}'`),
    finds: () => "datashares-granted: Datashare airline is not granted to pool-2",
  },
  "a table taken out of a datashare": {
    make: () => query(asProducer, "alter datashare airline remove table airline.dim_airport"),
    undo: () => query(asProducer, "alter datashare airline add table airline.dim_airport"),
    finds: () => "datashares-complete: Datashare airline does not hold airline.dim_airport",
  },
  "a datashare open to public consumers": {
    make: () => query(asProducer, "alter datashare airline set publicaccessible true"),
    undo: () => query(asProducer, "alter datashare airline set publicaccessible false"),
    finds: () => "datashares-private: Datashare airline is open to publicly accessible consumers",
  },
  "a grant that has not reached the consumer": {
    make: () =>
      asOwner(first, `delete from rs_share.inbound_shares where producer_namespace = '${producer.namespaceId}'`),
    async undo() {
      await query(asProducer, `revoke usage on datashare airline from namespace '${first.namespaceId}'`);
      await query(asProducer, `grant usage on datashare airline to namespace '${first.namespaceId}'`);
    },
    finds: () => "datashares-visible: pool-1 does not see datashare airline",
  },
  "a consumer database dropped": {
    make: () => query(asFirst, "drop database airline"),
    async undo() {
      await query(asFirst, `create database airline from datashare airline of namespace '${producer.namespaceId}'`);
      await query(asFirst, "grant usage on database airline to role reader");
    },
    finds: () => "consumer-databases: pool-1 has no database airline",
  },
  "a user dropped on one consumer": {
    make: () => query(asSecond, "drop user fleet_reader"),
    async undo() {
      await query(asSecond, `create user fleet_reader password '${reader.password}'`);
      await query(asSecond, "grant role reader to fleet_reader");
    },
    finds: () => "readers-alike: User fleet_reader is on pool-1 but not on pool-2",
  },
  "a user made on one consumer": {
    make: () => query(asFirst, "create user someone password 'Made-by-hand-1'"),
    undo: () => query(asFirst, "drop user someone"),
    finds: () => "readers-alike: User someone is on pool-1 but not on pool-2",
  },
  "a role taken away": {
    make: () => query(asSecond, "revoke role reader from fleet_reader"),
    undo: () => query(asSecond, "grant role reader to fleet_reader"),
    finds: () => "readers-alike: Membership fleet_reader → reader is on pool-1 but not on pool-2",
  },
  "a right taken away": {
    make: () => query(asFirst, "revoke usage on database airline from role reader"),
    undo: () => query(asFirst, "grant usage on database airline to role reader"),
    finds: () => "readers-alike: Right USAGE on airline for role reader is on pool-2 but not on pool-1",
  },
  "a password changed": {
    make: () => query(asSecond, "alter user fleet_reader password 'Changed-by-hand-1'"),
    undo: () => query(asSecond, `alter user fleet_reader password '${reader.password}'`),
    finds: () => "readers-log-in: The readers' secret does not open pool-2",
  },
  "no listener": {
    make: () => account.balancing.send(new DeleteListenerCommand({ ListenerArn: listener.ListenerArn })),
    async undo() {
      const { LoadBalancerArn, Port, Protocol } = listener;
      const DefaultActions = [{ Type: "forward" as const, TargetGroupArn: groupArn }];
      const request = new CreateListenerCommand({ LoadBalancerArn, Port, Protocol, DefaultActions });
      listener = (await account.balancing.send(request)).Listeners![0]!;
      await listenerAttribute("6000");
      await healthy();
    },
    finds: () => "balancer-present: Balancer ",
  },
  "client addresses preserved": {
    make: () => groupAttribute("preserve_client_ip.enabled", "true"),
    undo: () => groupAttribute("preserve_client_ip.enabled", "false"),
    finds: () => "balancer-forwarding: Target group ",
  },
  "a short idle timeout": {
    make: () => listenerAttribute("350"),
    undo: () => listenerAttribute("6000"),
    finds: () => "idle-timeout: The balancer cuts connections that are silent for 350 s, sooner than queries end",
  },
  "a target deregistered": {
    async make() {
      address = await oneAddress();
      const Targets = [{ Id: address }];
      await account.balancing.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
    },
    async undo() {
      const Targets = [{ Id: address }];
      await account.balancing.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets }));
      await healthy();
    },
    finds: () => `targets-registered: The balancer does not send connections to pool-1 at ${address}, port 5439`,
  },
  "a stranger among the targets": {
    async make() {
      stranger = { Id: producer.host };
      await account.balancing.send(new RegisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [stranger] }));
    },
    async undo() {
      await account.balancing.send(new DeregisterTargetsCommand({ TargetGroupArn: groupArn, Targets: [stranger] }));
      await healthy();
    },
    finds: () => `targets-registered: The balancer sends connections to ${stranger.Id}, which is not of the pool`,
  },
  "a zone lost": {
    async make() {
      await kill({ dir: fleet.sandbox, target: "zone:us-east-1b" });
      await settle((states) => states.filter((state) => state === "unhealthy").length === 2);
    },
    async undo() {
      await revive({ dir: fleet.sandbox, target: "zone:us-east-1b" });
      await healthy();
    },
    finds: () => "targets-healthy: No target in us-east-1b is healthy: pool-1 (",
  },
};

// Before the faults of security groups: rules revoked and made again by hand are not the stack's any more.
test("an address that moved, until the stack follows", async () => {
  const { endpoints = [] } = await account.serverless.send(
    new ListEndpointAccessCommand({ workgroupName: first.workgroup }),
  );
  const before = endpoints[0]!.vpcEndpoint!.networkInterfaces![0]!.privateIpAddress!;
  await moveEndpoint({ dir: fleet.sandbox, endpointName: endpoints[0]!.endpointName! });
  expect(await found()).toEqual([expect.stringContaining(`targets-registered: pool-1 moved from ${before} to `)]);
  await fleet.refreshChanges();
  await fleet.mustUp();
  await healthy();
  expect(await found()).toEqual([]);
});

test("nothing is found in a fleet as it was deployed", async () => {
  expect(await found()).toEqual([]);
  const { code, stdout } = await fleet.fleet(["check"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/19 checks in .* nothing found/);
});

test.each(Object.keys(faults))("%s", async (name) => {
  const { make, undo, finds, more = [] } = faults[name]!;
  await make();
  try {
    expect(await found(...more)).toEqual([expect.stringContaining(finds())]);
  } finally {
    await undo();
  }
  expect(await found()).toEqual([]);
});

test("--no-sql leaves the warehouses alone, and says what was not asked", async () => {
  await query(asSecond, "revoke role reader from fleet_reader");
  const { checks, findings } = await check("--no-sql");
  expect(findings).toEqual([]);
  expect(checks.filter(({ state }) => state === "skipped")).toHaveLength(8);
  await query(asSecond, "grant role reader to fleet_reader");
});

test("what AWS refuses to tell is a finding, and the rest is judged", async () => {
  const fault = { service: "ec2", operation: "DescribeSubnets", kind: "fail" as const, code: "UnauthorizedOperation" };
  await addFault({ dir: fleet.sandbox, fault });
  const { checks, findings } = await check();
  await clearFaults({ dir: fleet.sandbox });
  expect(findings).toMatchObject([{ check: "collect", what: "Nothing is known about subnets and security groups" }]);
  expect(checks.filter(({ state }) => state === "unknown").map(({ id }) => id)).toEqual([
    "subnets-large",
    "zones",
    "addresses-left",
    "security-groups",
  ]);
});

test("a consumer deleted, and then its namespace", async () => {
  const { serverless } = account;
  const workgroupName = second.workgroup;
  const { endpoints = [] } = await serverless.send(new ListEndpointAccessCommand({ workgroupName }));
  for (const { endpointName } of endpoints) await serverless.send(new DeleteEndpointAccessCommand({ endpointName }));
  const gone = async () => (await serverless.send(new ListEndpointAccessCommand({ workgroupName }))).endpoints?.length;
  await eventually(gone, (count) => count === 0, 30_000);
  await serverless.send(new DeleteWorkgroupCommand({ workgroupName }));
  const left = async () => (await serverless.send(new ListWorkgroupsCommand({}))).workgroups?.length;
  await eventually(left, (count) => count === 2, 30_000);
  expect(await found()).toEqual([expect.stringContaining("warehouses-available: pool-2 has no workgroup")]);
  await serverless.send(new DeleteNamespaceCommand({ namespaceName: workgroupName }));
  const deleted = await eventually(found, ([finding = ""]) => finding.includes("namespace ("), 30_000);
  expect(deleted).toEqual([expect.stringContaining(`pool-2 has no namespace (${second.namespaceId})`)]);
});
