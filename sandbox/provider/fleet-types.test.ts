import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAccount } from "../aws/account";
import { LoopbackAddresses } from "../network/addresses";
import { ec2 } from "../services/ec2/service";
import { parametersBefore205 } from "../services/redshift-serverless/testing";
import { TestServices } from "../services/testing";
import { Store } from "../store/store";
import { CertificateAuthority } from "../tls/authority";
import { AwsProvider } from "./aws-provider";
import { type Made, properties, TestEngine, target } from "./testing";
import type { ValueMap } from "./values";

const nothing = async () => undefined;
const dir = fs.mkdtempSync(join(tmpdir(), "fleet-types-"));
const store = Store.open(dir);
const account = createAccount();
let addresses: LoopbackAddresses;
let services: TestServices;
let provider: AwsProvider;
let engine: TestEngine;
let vpcId: string;
let subnetIds: string[];
let groupId: string;

beforeAll(async () => {
  addresses = await LoopbackAddresses.open(store, dir);
  const certificates = await CertificateAuthority.open(dir);
  const warehouse = {
    createNamespace: nothing,
    setAdmin: nothing,
    deleteNamespace: nothing,
    saveSnapshot: nothing,
    restoreSnapshot: nothing,
    deleteSnapshot: nothing,
    openWorkgroup: nothing,
    closeWorkgroup: nothing,
    issueCredentials: nothing,
    connect: () => Promise.reject(new Error("nobody connects here")),
    verifyPassword: async () => false,
  };
  services = TestServices.over({ store, account, addresses, certificates, warehouse }, dir);
  const { vpcs, subnets } = services.use(ec2);
  provider = new AwsProvider({ account, services });
  engine = new TestEngine(provider);
  const vpc = vpcs.create({ cidrBlock: "10.77.0.0/16" });
  vpcId = vpc.vpcId;
  groupId = vpc.defaultSecurityGroupId;
  subnetIds = [0, 2, 4].map((third, index) => {
    const availabilityZone = account.azs[index]!.name;
    return subnets.create({ vpcId, cidrBlock: `10.77.${third}.0/23`, availabilityZone }).subnetId;
  });
});

afterAll(async () => {
  await services.dispose();
  addresses.close();
});

const make = (type: string, news: ValueMap) => engine.make(type, news);
const change = (made: Made, news: ValueMap) => engine.change(made, news);
const remove = (made: Made) => engine.remove(made);

test("a fleet's types: made, settled, changed one attribute at a time, removed", async () => {
  const secret = await make("aws:secretsmanager/secret:Secret", { recoveryWindowInDays: 0, tags: { a: "b" } });
  const version = await make("aws:secretsmanager/secretVersion:SecretVersion", {
    secretId: secret.id,
    secretString: "{}",
  });
  const namespace = await make("aws:redshiftserverless/namespace:Namespace", {
    namespaceName: "fleet-one",
    adminUsername: "chief",
    dbName: "fleet",
    manageAdminPassword: true,
    logExports: ["userlog", "connectionlog"],
    tags: { a: "b" },
  });
  const workgroupType = "aws:redshiftserverless/workgroup:Workgroup";
  let workgroup = await make(workgroupType, {
    workgroupName: "fleet-one",
    namespaceName: namespace.id,
    baseCapacity: 32,
    maxCapacity: 64,
    enhancedVpcRouting: true,
    publiclyAccessible: false,
    subnetIds: [...subnetIds].reverse(),
    securityGroupIds: [groupId],
  });
  workgroup = await change(workgroup, {
    baseCapacity: 128,
    maxCapacity: 256,
    tags: { c: "d" },
    tagsAll: { c: "d" },
  });
  workgroup = await change(workgroup, { baseCapacity: 16, maxCapacity: 32 });
  const endpoint = await make("aws:redshiftserverless/endpointAccess:EndpointAccess", {
    endpointName: "fleet-one-a",
    workgroupName: workgroup.id,
    subnetIds: [subnetIds[0]!],
    vpcSecurityGroupIds: [groupId],
  });
  const limit = await make("aws:redshiftserverless/usageLimit:UsageLimit", {
    resourceArn: workgroup.state.arn!,
    usageType: "serverless-compute",
    amount: 100,
  });
  const balancer = await make("aws:lb/loadBalancer:LoadBalancer", {
    internal: true,
    loadBalancerType: "network",
    subnets: subnetIds,
    securityGroups: [groupId],
    enableCrossZoneLoadBalancing: true,
  });
  const groupType = "aws:lb/targetGroup:TargetGroup";
  let group = await make(groupType, {
    port: 5439,
    protocol: "TCP",
    targetType: "ip",
    vpcId,
    preserveClientIp: "false",
    deregistrationDelay: 30,
    healthCheck: { protocol: "TCP", interval: 30 },
  });
  group = await change(group, { deregistrationDelay: 60, healthCheck: { protocol: "TCP", interval: 10 } });
  const listener = await make("aws:lb/listener:Listener", {
    loadBalancerArn: balancer.id,
    port: 5439,
    protocol: "TCP",
    tcpIdleTimeoutSeconds: 6000,
    defaultActions: [{ type: "forward", targetGroupArn: group.id }],
  });
  // A group serves one balancer: a second one is not made beside the first with the same group.
  const second = await make("aws:lb/loadBalancer:LoadBalancer", {
    internal: true,
    loadBalancerType: "network",
    name: "second",
    subnets: subnetIds,
  });
  const forwarded = { ...listener.inputs, loadBalancerArn: second.id };
  await expect(
    provider.create({ ...target("aws:lb/listener:Listener"), news: properties(forwarded), preview: false }),
  ).rejects.toThrow(/TargetGroupAssociationLimit/);
  await remove(second);
  const [vpcEndpoint] = endpoint.state.vpcEndpoints as { networkInterfaces: { privateIpAddress: string }[] }[];
  const attachment = await make("aws:lb/targetGroupAttachment:TargetGroupAttachment", {
    targetGroupArn: group.id,
    targetId: vpcEndpoint!.networkInterfaces[0]!.privateIpAddress,
    port: 5439,
  });
  await remove(attachment);
  await remove(listener);
  await remove(group);
  await remove(balancer);
  await remove(limit);
  await remove(endpoint);
  await remove(workgroup);
  const blockType = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
  await remove(await make(blockType, { vpcId, cidrBlock: "10.78.0.0/16" }));
  await remove(namespace);
  await remove(version);
  await remove(secret);
  const { namespaces } = await services.call("redshift-serverless", "ListNamespaces", {});
  expect(namespaces).toEqual([]);
}, 30_000);

describe("what fails with the provider as it is on AWS", () => {
  const workgroupType = "aws:redshiftserverless/workgroup:Workgroup";
  const namespaceType = "aws:redshiftserverless/namespace:Namespace";
  const role = "arn:aws:iam::123456789012:role/loader";
  const otherRole = "arn:aws:iam::123456789012:role/unloader";
  const configParameters = Object.entries(parametersBefore205).map(([parameterKey, parameterValue]) => ({
    parameterKey,
    parameterValue,
  }));
  const place = () => ({ baseCapacity: 32, enhancedVpcRouting: true, subnetIds, securityGroupIds: [groupId] });

  async function created(type: string, news: ValueMap) {
    const request = { ...target(type), olds: properties({}), news: properties(news), randomSeed: new Uint8Array([7]) };
    const { inputs, failures } = await provider.check(request);
    expect(failures).toEqual([]);
    const { id, state } = await provider.create({ ...target(type), news: properties(inputs), preview: false });
    return { type, id, inputs, state };
  }
  const requestOf = (type: string, made: { id: string; inputs: ValueMap; state: ValueMap }, news: ValueMap) => ({
    ...target(type),
    id: made.id,
    oldState: properties(made.state),
    oldInputs: properties(made.inputs),
    news: properties(news),
    ignoreChanges: [],
    preview: false,
  });

  test("a workgroup's own config parameters: a difference for ever that cannot be applied", async () => {
    await created(namespaceType, { namespaceName: "fleet-two" });
    const workgroup = await created(workgroupType, {
      workgroupName: "fleet-two",
      namespaceName: "fleet-two",
      configParameters,
      ...place(),
    });
    const again = requestOf(workgroupType, workgroup, workgroup.inputs);
    expect((await provider.diff(again)).details).toEqual({ configParameters: "update" });
    await expect(provider.update(again)).rejects.toThrow(/You didn't specify any changes/);
    const wlm = [{ parameterKey: "wlm_json_configuration", parameterValue: "[]" }];
    const { failures } = await provider.check({
      ...target(workgroupType),
      olds: properties({}),
      news: properties({ ...workgroup.inputs, configParameters: wlm }),
      randomSeed: new Uint8Array([7]),
    });
    expect(failures).toMatchObject([{ property: "configParameters" }]);
    // Taken out of the program, as a fleet that had them there does at its next update.
    const { configParameters: _, ...without } = workgroup.inputs;
    expect((await provider.diff(requestOf(workgroupType, workgroup, without))).details).toEqual({});
    await remove(workgroup);
  });

  test("a second endpoint beside the first, and two changes of a namespace at once", async () => {
    const namespace = await created(namespaceType, { namespaceName: "fleet-three", iamRoles: [role] });
    const both = { ...namespace.inputs, iamRoles: [otherRole], logExports: ["userlog"] };
    await expect(provider.update(requestOf(namespaceType, namespace, both))).rejects.toThrow(
      /can't update multiple configurations at the same time for namespace fleet-three/,
    );
    const workgroup = await created(workgroupType, {
      workgroupName: "fleet-three",
      namespaceName: "fleet-three",
      ...place(),
    });
    const endpoint = (endpointName: string) =>
      created("aws:redshiftserverless/endpointAccess:EndpointAccess", {
        endpointName,
        workgroupName: "fleet-three",
        subnetIds: [subnetIds[0]!],
      });
    const made = await Promise.allSettled([endpoint("fleet-three-a"), endpoint("fleet-three-b")]);
    const refused = made.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    expect(refused).toEqual([expect.stringContaining("ConflictException: There is an operation running")]);
    const [kept] = made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    await remove(kept!);
    await remove(workgroup);
  });

  test("roles: left out they stay, an empty list takes them and the default away", async () => {
    const namespace = await created(namespaceType, {
      namespaceName: "fleet-four",
      iamRoles: [role],
      defaultIamRoleArn: role,
    });
    const { iamRoles: _, defaultIamRoleArn: __, ...leftOut } = namespace.inputs;
    expect((await provider.diff(requestOf(namespaceType, namespace, leftOut))).details).toEqual({
      defaultIamRoleArn: "delete",
    });
    await expect(provider.update(requestOf(namespaceType, namespace, leftOut))).rejects.toThrow(
      /you must specify the entire list of IAM roles/,
    );
    const emptied = requestOf(namespaceType, namespace, { ...leftOut, iamRoles: [] });
    expect(Object.keys((await provider.diff(emptied)).details).sort()).toEqual(["defaultIamRoleArn", "iamRoles"]);
    const { state } = await provider.update(emptied);
    expect(state).toMatchObject({ iamRoles: [], defaultIamRoleArn: "" });
    expect(
      (await provider.diff(requestOf(namespaceType, { ...namespace, state }, emptied.news.values))).details,
    ).toEqual({});
    await remove(namespace);
  });
});
