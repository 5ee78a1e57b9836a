import { Recorder } from "../testing/recorder";
import { checkFound, ExistingNetwork, lookUpNetwork } from "./existing";
import { Network, type NetworkArgs } from "./network";

const azs = ["us-east-1a", "us-east-1b", "us-east-1c"];
const args: NetworkArgs = {
  region: "us-east-1",
  cidr: "10.0.0.0/16",
  azs,
  namePrefix: "fleet-test",
  kmsKeyArn: "key-arn",
  tags: { owner: "me" },
};

async function made(over: Partial<NetworkArgs> = {}) {
  const recorder = Recorder.start();
  new Network("network", { ...args, ...over });
  await recorder.settled();
  return recorder;
}

describe("Network", () => {
  test("has one private subnet in each zone, all on one route table without a way out", async () => {
    const recorder = await made();
    const subnets = recorder.of("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs);
    expect(subnets.map(({ availabilityZone, cidrBlock }) => [availabilityZone, cidrBlock])).toEqual([
      ["us-east-1a", "10.0.0.0/23"],
      ["us-east-1b", "10.0.2.0/23"],
      ["us-east-1c", "10.0.4.0/23"],
    ]);
    expect(subnets.every(({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === false)).toBe(true);
    expect(recorder.of("aws:ec2/routeTableAssociation:RouteTableAssociation")).toHaveLength(3);
    expect(recorder.inputsOf("aws:ec2/routeTable:RouteTable", "network-routes")).not.toHaveProperty("routes");
    expect(recorder.of("aws:ec2/internetGateway:InternetGateway")).toEqual([]);
    expect(recorder.inputsOf("aws:ec2/vpc:Vpc", "network-vpc")).toMatchObject({
      enableDnsSupport: true,
      enableDnsHostnames: true,
    });
  });

  test("has subnets of the warehouses' own beside them, in a further block, and all else stays where it is", async () => {
    const warehouseSubnets = azs.map((az, index) => ({ az, cidr: `10.1.${16 * index}.0/20` }));
    const recorder = await made({ warehouseSubnets, secondaryCidrs: ["10.1.0.0/16"] });
    expect(recorder.named("aws:ec2/subnet:Subnet")).toEqual([
      "network-a",
      "network-b",
      "network-c",
      "network-a-10-1-0-0-20",
      "network-b-10-1-16-0-20",
      "network-c-10-1-32-0-20",
    ]);
    expect(recorder.of("aws:ec2/routeTableAssociation:RouteTableAssociation")).toHaveLength(6);
    const block = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    expect(recorder.inputsOf(block, "network-block-10-1-0-0-16")).toMatchObject({ cidrBlock: "10.1.0.0/16" });
    for (const { inputs } of recorder.of("aws:ec2/vpcEndpoint:VpcEndpoint"))
      if (inputs.vpcEndpointType === "Interface")
        expect(inputs.subnetIds).toEqual(["network-a-id", "network-b-id", "network-c-id"]);
  });

  test.each([
    ["over a subnet that is there", ["10.0.4.0/22", "10.0.16.0/20", "10.0.32.0/20"], [], /overlap 10\.0\.4\.0\/23/],
    ["over one another", ["10.0.16.0/20", "10.0.16.0/21", "10.0.32.0/20"], [], /overlap warehouseSubnets\[0\]/],
    ["outside the VPC", ["10.1.0.0/20", "10.0.16.0/20", "10.0.32.0/20"], [], /inside the VPC's 10\.0\.0\.0\/16/],
    ["outside its further blocks", ["10.2.0.0/20", "10.0.16.0/20", "10.0.32.0/20"], ["10.1.0.0/16"], /16 or 10\.1\./],
    ["too small", ["10.0.16.0/24", "10.0.18.0/24", "10.0.20.0/24"], [], /a \/23 or larger/],
    ["in two zones", ["10.0.16.0/20", "10.0.32.0/20"], [], /at least 3 different Availability Zones/],
  ])("refuses subnets of the warehouses' own %s", async (_, cidrs, secondaryCidrs, rule) => {
    const warehouseSubnets = cidrs.map((cidr, index) => ({ az: azs[index] ?? "", cidr }));
    await expect(made({ warehouseSubnets, secondaryCidrs })).rejects.toThrow(rule);
  });

  test.each([
    ["10.0.0.0/16", "10.0.8.0/21", /overlap 10\.0\.0\.0\/16/],
    // Beside first blocks of 10.0.0.0/15 AWS adds nothing of 10.0.0.0/16.
    ["10.0.0.0/21", "10.0.8.0/21", /not be of 10\.0\.0\.0\/16.*Use another block of 10\.0\.0\.0\/8/],
    ["10.0.0.0/21", "172.20.0.0/16", /not be of 172\.16\.0\.0\/12/],
    ["100.64.0.0/16", "198.19.0.0/16", /not be of 198\.19\.0\.0\/16/],
    ["10.0.0.0/16", "10.1.0.0/24", /\/16 to \/23/],
    ["10.0.0.0/16", "10.1.0.1/16", /CIDR notation/],
  ])("refuses to a VPC of %s the further block %s", async (cidr, further, rule) => {
    await expect(made({ cidr, subnetPrefix: 23, secondaryCidrs: [further] })).rejects.toThrow(rule);
  });

  test("lets each group talk to its neighbours only, and says why in each rule", async () => {
    const recorder = await made({ clientCidrs: ["10.9.0.0/16"], port: 5440 });
    const rules = [
      ...recorder.of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"),
      ...recorder.of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"),
    ];
    for (const { inputs } of rules) {
      expect(inputs).toMatchObject({ ipProtocol: "tcp", description: expect.stringMatching(/.{8}/) });
      expect([443, 5440]).toContain(inputs.fromPort);
      expect(inputs.toPort).toBe(inputs.fromPort);
      expect(inputs.cidrIpv4).not.toBe("0.0.0.0/0");
    }
    const into = rules
      .filter(({ type, inputs }) => type.includes("Ingress") && inputs.securityGroupId === "network-consumers-id")
      .map(({ inputs }) => inputs.referencedSecurityGroupId ?? inputs.cidrIpv4);
    expect(into.sort()).toEqual(["10.9.0.0/16", "network-balancer-id", "network-clients-id"]);
    expect(recorder.inputsOf("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-closed")).toMatchObject({
      ingress: [],
      egress: [],
    });
  });

  test("lets clients and warehouses, and nobody else, to the endpoints of AWS services", async () => {
    const recorder = await made();
    const into = recorder
      .of("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
      .map(({ inputs }) => inputs)
      .filter(({ securityGroupId }) => securityGroupId === "network-services-id");
    const out = recorder
      .of("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
      .map(({ inputs }) => inputs)
      .filter(({ referencedSecurityGroupId }) => referencedSecurityGroupId === "network-services-id");
    const callers = ["network-clients-id", "network-consumers-id", "network-producer-id"];
    expect(into.map(({ referencedSecurityGroupId }) => referencedSecurityGroupId).sort()).toEqual(callers);
    expect(out.map(({ securityGroupId }) => securityGroupId).sort()).toEqual(callers);
    for (const rule of [...into, ...out]) expect(rule).toMatchObject({ fromPort: 443, toPort: 443 });
  });

  test("reaches AWS services privately and S3 through a gateway", async () => {
    const recorder = await made();
    const endpoints = recorder.of("aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => inputs);
    expect(endpoints.map(({ serviceName, vpcEndpointType }) => `${vpcEndpointType} ${serviceName}`).sort()).toEqual([
      "Gateway com.amazonaws.us-east-1.s3",
      "Interface com.amazonaws.us-east-1.kms",
      "Interface com.amazonaws.us-east-1.logs",
      "Interface com.amazonaws.us-east-1.redshift-data",
      "Interface com.amazonaws.us-east-1.secretsmanager",
    ]);
  });

  test("keeps flow logs encrypted and for a time", async () => {
    const recorder = await made({ flowLogRetentionDays: 30 });
    expect(recorder.inputsOf("aws:cloudwatch/logGroup:LogGroup", "network-flow-logs")).toMatchObject({
      kmsKeyId: "key-arn",
      retentionInDays: 30,
      name: "/fleet-test/flow-logs",
    });
    expect(recorder.inputsOf("aws:ec2/flowLog:FlowLog", "network-flow")).toMatchObject({ trafficType: "ALL" });
  });

  test("refuses everything that is wrong at once, before the first child", async () => {
    const recorder = Recorder.start();
    expect(
      () => new Network("network", { ...args, azs: ["us-east-1a", "eu-west-1b"], subnetPrefix: 24, port: 80 }),
    ).toThrow(/4 faults[\s\S]*azs[\s\S]*eu-west-1b[\s\S]*subnetPrefix/);
    await recorder.settled();
    expect(recorder.resources.filter(({ type }) => type.startsWith("aws:"))).toEqual([]);
  });
});

describe("an existing network", () => {
  const subnets = azs.map((az, index) => ({
    id: `subnet-${index}`,
    vpcId: "vpc-1",
    az,
    cidr: `10.0.${2 * index}.0/23`,
  }));
  const found = { vpcId: "vpc-1", vpcCidr: "10.0.0.0/16", dnsSupport: true, dnsHostnames: true, subnets };

  test("is accepted when it has what a fleet needs", () => {
    expect(checkFound(found, { region: "us-east-1" })).toEqual([]);
  });

  test.each([
    ["without DNS", { ...found, dnsSupport: false, dnsHostnames: false }, ["vpcId", "vpcId"]],
    ["with two zones", { ...found, subnets: subnets.slice(0, 2) }, ["subnetIds"]],
    [
      "with a small subnet",
      { ...found, subnets: subnets.map((s, i) => (i ? s : { ...s, cidr: "10.0.0.0/24" })) },
      ["subnetIds[0]"],
    ],
    [
      "with a subnet of another VPC",
      { ...found, subnets: subnets.map((s, i) => (i ? s : { ...s, vpcId: "vpc-2" })) },
      ["subnetIds[0]"],
    ],
    [
      "with two subnets in a zone",
      { ...found, subnets: [...subnets, { ...subnets[0]!, id: "subnet-9" }] },
      ["subnetIds[3]"],
    ],
    [
      "with too few subnets of the warehouses' own, one of them small",
      { ...found, warehouseSubnets: subnets.slice(1).map((s, i) => (i ? s : { ...s, cidr: "10.0.8.0/24" })) },
      ["warehouseSubnetIds", "warehouseSubnetIds[0]"],
    ],
  ])("is refused %s", (_what, network, paths) => {
    expect(checkFound(network, { region: "us-east-1" }).map(({ path }) => path)).toEqual(paths);
  });

  test("is looked up, and only security groups are made", async () => {
    const wanted = {
      region: "us-east-1",
      vpcId: "vpc-1",
      subnetIds: subnets.map(({ id }) => id),
      namePrefix: "fleet-test",
    };
    const recorder = Recorder.start({
      "aws:ec2/getVpc:getVpc": () => ({
        id: "vpc-1",
        cidrBlock: "10.0.0.0/16",
        enableDnsSupport: true,
        enableDnsHostnames: true,
      }),
      "aws:ec2/getSubnet:getSubnet": ({ id }) => {
        const { az, cidr, vpcId } = subnets.find((subnet) => subnet.id === id)!;
        return { id, vpcId, availabilityZone: az, cidrBlock: cidr };
      },
      "aws:ec2/getPrefixList:getPrefixList": () => ({ id: "pl-1" }),
    });
    const network = new ExistingNetwork("network", wanted, await lookUpNetwork(wanted));
    await recorder.settled();
    expect(network.subnets.map(({ az }) => az)).toEqual(azs);
    expect(network.warehouseSubnets).toBe(network.subnets);
    expect(new Set(recorder.resources.map(({ type }) => type))).toEqual(
      new Set([
        "redshift-fleet:network:ExistingNetwork",
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      ]),
    );
  });
});
