import type { Resource } from "./deployment";
import { type Account, findCreated, type Tagged } from "./lookups";

const subnets: Tagged[] = [
  { id: "subnet-known", tags: { Name: "a", owner: "us" } },
  { id: "subnet-new", tags: { Name: "a", owner: "us", more: "x" } },
  { id: "subnet-other", tags: { Name: "b", owner: "us" } },
];
const twin: Tagged = { id: "subnet-twin", tags: { Name: "a", owner: "us" } };
const account: Account = {
  tagged: async (_kind, vpcId) => (vpcId === "vpc-twins" ? [...subnets, twin] : subnets),
  rules: async () => [
    { id: "sgr-in", egress: false, ipProtocol: "tcp", fromPort: 5439, toPort: 5439, referencedSecurityGroupId: "sg-2" },
    { id: "sgr-out", egress: true, ipProtocol: "tcp", fromPort: 5439, toPort: 5439, referencedSecurityGroupId: "sg-2" },
  ],
  usageLimits: async (workgroupArn) =>
    workgroupArn === "arn:workgroup"
      ? [
          { id: "limit-known", usageType: "serverless-compute", period: "monthly", breachAction: "emit-metric" },
          { id: "limit-daily", usageType: "serverless-compute", period: "daily", breachAction: "emit-metric" },
          { id: "limit-new", usageType: "serverless-compute", period: "monthly", breachAction: "log" },
        ]
      : [],
  cidrBlockAssociation: async (vpcId, cidrBlock) => `${cidrBlock}-of-${vpcId}`,
  routeTableAssociation: async (subnetId) => `rtbassoc-of-${subnetId}`,
  loadBalancerArn: async (name) => (name === "nlb" ? "arn:nlb" : undefined),
  targetGroupArn: async () => undefined,
  listenerArn: async (arn, port) => (arn === "arn:nlb" && port === 5439 ? "arn:listener" : undefined),
};
const creation = (type: string, inputs: Record<string, unknown>): Resource => ({ urn: type, type, inputs });
const known = new Set(["subnet-known", "limit-known"]);
const find = (...creations: Resource[]) => findCreated(creations, account, known);

test("what has a name is known by it", async () => {
  const { ids, unknown } = await find(
    creation("aws:redshiftserverless/namespace:Namespace", { namespaceName: "pool-1" }),
    creation("aws:iam/rolePolicy:RolePolicy", { role: "loader", name: "read-3f2a" }),
    creation("aws:lb/loadBalancer:LoadBalancer", { name: "nlb" }),
    creation("aws:lb/targetGroup:TargetGroup", { name: "not made" }),
    creation("aws:lb/listener:Listener", { loadBalancerArn: "arn:nlb", port: 5439 }),
  );
  expect([...ids.values()]).toEqual(["pool-1", "loader:read-3f2a", "arn:nlb", "arn:listener"]);
  expect(unknown).toEqual([]);
});

test("what has tags is the one with all of them that the state does not have", async () => {
  const inputs = { vpcId: "vpc-1", tags: { Name: "a", owner: "us" } };
  expect([...(await find(creation("aws:ec2/subnet:Subnet", inputs))).ids.values()]).toEqual(["subnet-new"]);
});

test("a rule is the one that says the same in the same direction", async () => {
  const says = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 5439, toPort: 5439 };
  const type = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
  const { ids } = await find(creation(type, { ...says, referencedSecurityGroupId: "sg-2" }));
  expect([...ids.values()]).toEqual(["sgr-out"]);
  expect((await find(creation(type, { ...says, referencedSecurityGroupId: "sg-3" }))).ids.size).toBe(0);
});

test.each([
  ["of its own period and action", { period: "daily", breachAction: "emit-metric" }, ["limit-daily"]],
  ["with AWS's defaults where nothing is said", {}, ["limit-new"]],
  ["unless the state has it", { period: "monthly", breachAction: "emit-metric" }, []],
  ["unless it is for something else", { usageType: "cross-region-datasharing" }, []],
])("a usage limit is its workgroup's %s", async (_how, more, ids) => {
  const inputs = { resourceArn: "arn:workgroup", usageType: "serverless-compute", ...more };
  const type = "aws:redshiftserverless/usageLimit:UsageLimit";
  expect([...(await find(creation(type, inputs))).ids.values()]).toEqual(ids);
  expect((await find(creation(type, { ...inputs, resourceArn: "arn:another" }))).ids.size).toBe(0);
});

test("two that could be meant are left to a person", async () => {
  const inputs = { vpcId: "vpc-twins", tags: { Name: "a" } };
  await expect(find(creation("aws:ec2/subnet:Subnet", inputs))).rejects.toThrow(/subnet-new, subnet-twin all have/);
});

test("nothing is adopted that has no tags to know it by", async () => {
  expect((await find(creation("aws:ec2/subnet:Subnet", { vpcId: "vpc-1" }))).ids.size).toBe(0);
});

test("what finds itself again is forgotten, what nobody can look up is named", async () => {
  const { ids, unknown } = await find(
    creation("pulumi-nodejs:dynamic/redshift:DatashareGrant", {}),
    creation("aws:sqs/queue:Queue", {}),
  );
  expect(ids.size).toBe(0);
  expect(unknown.map(({ type }) => type)).toEqual(["aws:sqs/queue:Queue"]);
});
