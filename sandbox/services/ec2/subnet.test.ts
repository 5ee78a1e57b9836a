import {
  CreateSubnetCommand,
  DeleteSubnetCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Filter,
} from "@aws-sdk/client-ec2";
import type { ApiServer } from "../../gateway/server";
import { startGateway } from "../../gateway/testing";
import { AwsProvider } from "../../provider/aws-provider";
import type { ValueMap } from "../../provider/values";
import { TestServices } from "../testing";
import { ec2 } from "./service";

// What a client of the API sees of a subnet, and what a program sees of it, are the same.

const services = TestServices.open();
const provider = new AwsProvider({ account: services.account, services });
const type = "aws:ec2/subnet:Subnet";
const target = { urn: "urn:s", type, name: "s", session: "", signal: new AbortController().signal };
const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });

let gateway: ApiServer;
let client: EC2Client;
let VpcId: string;
beforeAll(async () => {
  gateway = await startGateway({ ec2: services.api("ec2") });
  const endpoint = `http://127.0.0.1:${gateway.port}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  client = new EC2Client({ endpoint, region: "us-east-1", credentials, maxAttempts: 1 });
  VpcId = services.use(ec2).vpcs.create({ cidrBlock: "10.0.0.0/16", tags: { Name: "net" } }).vpcId;
  for (const [third, zone] of ["a", "b", "a", "b", "b"].entries()) {
    const tags: ValueMap = third === 2 ? { Name: `net-${third}`, tier: "data" } : { Name: `net-${third}` };
    await made({
      vpcId: VpcId,
      cidrBlock: `10.0.${third}.0/24`,
      availabilityZone: `us-east-1${zone}`,
      tags,
      tagsAll: tags,
    });
  }
});
afterAll(async () => {
  client.destroy();
  await gateway.close();
  await services.dispose();
});

const made = async (inputs: ValueMap) =>
  (await provider.create({ ...target, news: properties(inputs), preview: false })).state;
const call = async (token: string, args: ValueMap): Promise<ValueMap> =>
  (await provider.invoke({ token, args: properties(args), session: "", preview: false })).result;
const described = async (Filters?: Filter[]) =>
  (await client.send(new DescribeSubnetsCommand({ Filters }))).Subnets!.map(({ SubnetId }) => SubnetId!);

test("CreateSubnet answers what DescribeSubnets tells, zones by id and tags included", async () => {
  const { Subnet } = await client.send(
    new CreateSubnetCommand({
      VpcId,
      CidrBlock: "10.0.9.0/24",
      AvailabilityZoneId: "use1-az4",
      TagSpecifications: [{ ResourceType: "subnet", Tags: [{ Key: "Name", Value: "by id" }] }],
    }),
  );
  expect(Subnet).toMatchObject({
    AvailabilityZone: "us-east-1c",
    AvailabilityZoneId: "use1-az4",
    MapPublicIpOnLaunch: false,
    Tags: [{ Key: "Name", Value: "by id" }],
  });
  const found = await client.send(new DescribeSubnetsCommand({ SubnetIds: [Subnet!.SubnetId!] }));
  expect(found.Subnets).toEqual([Subnet]);
});

test("a resource, getSubnet and DescribeSubnets say the same", async () => {
  const state = await made({
    vpcId: VpcId,
    cidrBlock: "10.0.10.0/24",
    mapPublicIpOnLaunch: true,
    tags: { a: "b" },
    tagsAll: { a: "b" },
  });
  const { Subnets } = await client.send(new DescribeSubnetsCommand({ SubnetIds: [String(state.id)] }));
  const [subnet] = Subnets!;
  const looked = await call("aws:ec2/getSubnet:getSubnet", { id: state.id! });
  for (const seen of [state, looked])
    expect(seen).toMatchObject({
      id: subnet!.SubnetId,
      arn: subnet!.SubnetArn,
      vpcId: subnet!.VpcId,
      ownerId: subnet!.OwnerId,
      cidrBlock: subnet!.CidrBlock,
      availabilityZone: subnet!.AvailabilityZone,
      availabilityZoneId: subnet!.AvailabilityZoneId,
      mapPublicIpOnLaunch: subnet!.MapPublicIpOnLaunch,
      privateDnsHostnameTypeOnLaunch: subnet!.PrivateDnsNameOptionsOnLaunch!.HostnameType,
      tags: { a: "b" },
    });
  expect(looked).toMatchObject({ state: subnet!.State, availableIpAddressCount: subnet!.AvailableIpAddressCount });
});

test.each<[string, string[]]>([
  ["cidr-block", ["10.0.1.0/24"]],
  ["cidr-block", ["10.0.?.0/24"]],
  ["availability-zone", ["us-east-1a", "us-east-1b"]],
  ["availability-zone-id", ["use1-az1"]],
  ["availabilityZone", ["us-east-1a"]],
  ["availabilityZoneId", ["use1-az1"]],
  ["cidr", ["10.0.1.0/24"]],
  ["cidrBlock", ["10.0.1.0/24"]],
  ["map-public-ip-on-launch", ["true"]],
  ["tag:Name", ["net-*"]],
  ["tag:Name", ["net\\-1"]],
  ["tag-key", ["tier"]],
  ["state", ["pending"]],
  ["tag:Name", ["NET-*"]],
])("the filter %s of %j finds the same for both", async (name, values) => {
  const { ids } = await call("aws:ec2/getSubnets:getSubnets", { filters: [{ name, values }] });
  const found = await described([{ Name: name, Values: values }]);
  expect(ids).toEqual(found);
  expect(found.length > 0).toBe(!["pending", "NET-*"].includes(values[0]!));
});

test("what no filter of subnets is called is refused by both", async () => {
  const refusal = /InvalidParameterValue|colour/;
  await expect(described([{ Name: "colour", Values: ["red"] }])).rejects.toThrow(refusal);
  const filters = [{ name: "colour", values: ["red"] }];
  await expect(call("aws:ec2/getSubnets:getSubnets", { filters })).rejects.toThrow(refusal);
});

test("several filters must all be met; listings come in pages", async () => {
  const both = [
    { Name: "availability-zone", Values: ["us-east-1a"] },
    { Name: "tag:tier", Values: ["data"] },
  ];
  expect(await described(both)).toHaveLength(1);
  const all = await described();
  const first = await client.send(new DescribeSubnetsCommand({ MaxResults: 5 }));
  expect(first.Subnets).toHaveLength(5);
  const { NextToken } = first;
  const second = await client.send(new DescribeSubnetsCommand({ MaxResults: 1_000, NextToken }));
  expect([...first.Subnets!, ...second.Subnets!].map(({ SubnetId }) => SubnetId)).toEqual(all);
});

test.each([
  ["CreateSubnet", () => made({ vpcId: VpcId, cidrBlock: "10.0.20.0/24" })],
  ["DescribeSubnets", () => call("aws:ec2/getSubnets:getSubnets", {})],
] as const)("a fault of %s meets clients and programs alike", async (operation, byProgram) => {
  const byClient = () =>
    operation === "CreateSubnet"
      ? client.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.21.0/24" }))
      : client.send(new DescribeSubnetsCommand({}));
  const before = services.calls.list()[`ec2:${operation}`] ?? 0;
  const fault = services.faults.add({ service: "ec2", operation, kind: "fail", code: "Unavailable", httpStatus: 400 });
  try {
    await expect(byClient()).rejects.toMatchObject({ name: "Unavailable" });
    await expect(byProgram()).rejects.toThrow("StatusCode: 400, Unavailable");
  } finally {
    services.faults.clear(fault.id);
  }
  expect(services.calls.list()[`ec2:${operation}`]).toBe(before + 2);
});

test("who asks with DryRun is told so, and nothing is done", async () => {
  const before = await described();
  const refusal = { name: "DryRunOperation", $metadata: { httpStatusCode: 412 } };
  const asked = { DryRun: true, VpcId, CidrBlock: "10.0.30.0/24" };
  await expect(client.send(new CreateSubnetCommand(asked))).rejects.toMatchObject(refusal);
  const SubnetId = before[0]!;
  await expect(client.send(new DeleteSubnetCommand({ SubnetId, DryRun: true }))).rejects.toMatchObject(refusal);
  await expect(client.send(new DescribeSubnetsCommand({ DryRun: true }))).rejects.toMatchObject(refusal);
  expect(await described()).toEqual(before);
  for (const name of Object.keys(services.api("ec2").operations))
    await expect(services.call("ec2", name, { DryRun: true })).rejects.toMatchObject({ code: "DryRunOperation" });
});

test("a CIDR with bits behind its prefix is made canonical", async () => {
  const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.40.18/24" }));
  expect(Subnet!.CidrBlock).toBe("10.0.40.0/24");
  await expect(client.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.40.1/28" }))).rejects.toMatchObject({
    name: "InvalidSubnet.Conflict",
  });
});
