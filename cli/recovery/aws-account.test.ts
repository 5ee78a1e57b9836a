import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../../sandbox/sandbox";
import { ec2 } from "../../sandbox/services/ec2/service";
import { kms } from "../../sandbox/services/kms/service";
import { awsAccount } from "./aws-account";
import { findCreated } from "./lookups";

// What was made and not recorded, found again through AWS's own clients.

const dir = fs.mkdtempSync(join(tmpdir(), "recovery-"));
const before = { ...process.env };
let sandbox: Sandbox;
let account: Awaited<ReturnType<typeof awsAccount>>;

beforeAll(async () => {
  sandbox = await Sandbox.open({ dir, profile: "instant", region: "us-east-1", log: () => undefined });
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${await sandbox.listen(0)}`;
  process.env.AWS_ACCESS_KEY_ID = process.env.AWS_SECRET_ACCESS_KEY = "sandbox";
  account = await awsAccount("us-east-1");
});
afterAll(async () => {
  account.close();
  await sandbox.close();
  process.env = before;
  fs.rmSync(dir, { recursive: true, force: true });
});

const tags = { Name: "fleet", stack: "local" };
const found = async (type: string, inputs: Record<string, unknown>, known: string[] = []) => {
  const { ids, unknown } = await findCreated([{ urn: "urn", type, inputs }], account, new Set(known));
  expect(unknown).toEqual([]);
  return ids.get("urn");
};

test("a key by its tags, on whichever page it is, and none that is on its way out", async () => {
  const keys = sandbox.use(kms);
  const gone = keys.createKey({ tags });
  keys.scheduleKeyDeletion(gone.keyId);
  for (let other = 0; other < 100; other++) keys.createKey({ tags: { Name: `other-${other}` } });
  const recorded = keys.createKey({ tags });
  expect(await found("aws:kms/key:Key", { tags }, [recorded.keyId])).toBeUndefined();
  const made = keys.createKey({ tags: { ...tags, more: "by a default of the provider" } });
  expect(await found("aws:kms/key:Key", { tags }, [recorded.keyId])).toBe(made.keyId);
});

test("a flow log by its VPC and tags", async () => {
  const network = sandbox.use(ec2);
  const request = {
    trafficType: "ALL" as const,
    logDestinationType: "cloud-watch-logs" as const,
    logDestination: "arn",
    logFormat: "",
    maxAggregationInterval: 600,
    tags,
  };
  const make = (resourceId: string) => network.flowLogs.create({ ...request, resourceId });
  const [, ours] = [make("vpc-other"), make("vpc-ours")];
  expect(await found("aws:ec2/flowLog:FlowLog", { vpcId: "vpc-ours", tags })).toBe(ours.flowLogId);
  expect(await found("aws:ec2/flowLog:FlowLog", { vpcId: "vpc-ours", tags: { Name: "else" } })).toBeUndefined();
});

test("a usage limit by its workgroup", async () => {
  const limit = {
    usageLimitId: "limit-1",
    usageLimitArn: "arn:limit",
    resourceArn: "arn:workgroup",
    usageType: "serverless-compute",
    period: "daily",
    breachAction: "deactivate",
    amount: 7,
  };
  sandbox.store.collection<typeof limit>("redshift-serverless/usage-limits").put(limit.usageLimitId, limit);
  const inputs = { usageType: limit.usageType, period: limit.period, breachAction: limit.breachAction };
  const type = "aws:redshiftserverless/usageLimit:UsageLimit";
  expect(await found(type, { ...inputs, resourceArn: "arn:workgroup" })).toBe("limit-1");
  expect(await found(type, { ...inputs, resourceArn: "arn:other" })).toBeUndefined();
});

test("what a network consists of, by its VPC and tags or by what it says", async () => {
  const network = sandbox.use(ec2);
  const vpc = network.vpcs.create({ cidrBlock: "10.7.0.0/16", tags });
  const { vpcId } = vpc;
  const subnet = network.subnets.create({ vpcId, cidrBlock: "10.7.0.0/23", availabilityZone: "us-east-1a", tags });
  const table = network.routeTables.create({ vpcId, tags });
  const associated = { subnetId: subnet.subnetId, routeTableId: table.routeTableId };
  const { associationId } = network.routeTables.associate(associated);
  expect(await found("aws:ec2/vpc:Vpc", { tags })).toBe(vpcId);
  expect(await found("aws:ec2/subnet:Subnet", { vpcId, tags })).toBe(subnet.subnetId);
  expect(await found("aws:ec2/routeTable:RouteTable", { vpcId, tags })).toBe(table.routeTableId);
  expect(await found("aws:ec2/routeTableAssociation:RouteTableAssociation", associated)).toBe(associationId);
  const further = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
  const added = network.cidrBlocks.associate(vpcId, "10.99.0.0/16").associationId;
  expect(await found(further, { vpcId, cidrBlock: "10.99.0.0/16" })).toBe(added);
  expect(await found(further, { vpcId, cidrBlock: "10.98.0.0/16" })).toBeUndefined();
  expect(await found("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcId, tags })).toBeUndefined();
  expect(await found("aws:ec2/securityGroup:SecurityGroup", { vpcId, tags })).toBeUndefined();
  const rule = { securityGroupId: "sg-none", ipProtocol: "tcp", fromPort: 5439, toPort: 5439 };
  expect(await found("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", rule)).toBeUndefined();
  expect(await found("aws:lb/loadBalancer:LoadBalancer", { name: "none" })).toBeUndefined();
  expect(await found("aws:lb/targetGroup:TargetGroup", { name: "none" })).toBeUndefined();
});
