import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import { Queue } from "@pulumi/aws/sqs";
import * as vpcModule from "@pulumi/aws/vpc";
import * as command from "@pulumi/command/local";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { type Providers, startProviders } from "./index";
import { testAccount } from "./testing";

const CLI_HOME = join(homedir(), ".cache", "redshift-fleet", "pulumi", "v3.232.0");

/** What the program of the test says; the steps of the life change it. */
const settings = { dnsHostnames: true, subnets: ["10.0.0.0/24", "10.0.2.0/23"], description: "first", echo: "one" };

async function program() {
  const vpc = new aws.Vpc("net", {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: settings.dnsHostnames,
    tags: { Name: "net" },
  });
  const subnets = settings.subnets.map(
    (cidrBlock, index) =>
      new aws.Subnet(`net-${index}`, {
        vpcId: vpc.id,
        cidrBlock,
        availabilityZone: ["us-east-1a", "us-east-1b"][index],
      }),
  );
  const table = new aws.RouteTable("net", { vpcId: vpc.id });
  for (const [index, subnet] of subnets.entries()) {
    new aws.RouteTableAssociation(`net-${index}`, { routeTableId: table.id, subnetId: subnet.id });
  }
  const group = new aws.SecurityGroup("net", { vpcId: vpc.id, description: settings.description });
  new vpcModule.SecurityGroupIngressRule("net", {
    securityGroupId: group.id,
    referencedSecurityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: 5439,
    toPort: 5439,
    description: "members reach members",
  });
  new aws.DefaultSecurityGroup("net", { vpcId: vpc.id });
  new aws.VpcEndpoint("s3", { vpcId: vpc.id, serviceName: "com.amazonaws.us-east-1.s3", routeTableIds: [table.id] });
  new aws.VpcEndpoint("logs", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.us-east-1.logs",
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: subnets.map((subnet) => subnet.id),
    securityGroupIds: [group.id],
  });
  const key = new kms.Key("net", { enableKeyRotation: true, deletionWindowInDays: 7 });
  new kms.Alias("net", { targetKeyId: key.keyId });
  const trust = await iam.getPolicyDocument({
    statements: [
      { actions: ["sts:AssumeRole"], principals: [{ type: "Service", identifiers: ["redshift.amazonaws.com"] }] },
    ],
  });
  const role = new iam.Role("net", { assumeRolePolicy: trust.json });
  new iam.RolePolicy("net", {
    role: role.id,
    policy: key.arn.apply((Resource) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource }] }),
    ),
  });
  new Queue("extra", { delaySeconds: 5, tags: { kind: "unknown to the sandbox" } });
  const echo = new command.Command("echo", {
    create: `echo ${settings.echo}`,
    update: `echo ${settings.echo} after $PULUMI_COMMAND_STDOUT`,
  });
  return { vpcId: vpc.id, stdout: echo.stdout };
}

const describeWithCli = existsSync(join(CLI_HOME, "bin", "pulumi")) ? describe : describe.skip;

describeWithCli("the real engine against the sandbox's providers", () => {
  const account = testAccount();
  const home = mkdtempSync(join(tmpdir(), "sandbox-stack-"));
  let providers: Providers;
  let stack: Stack;

  beforeAll(async () => {
    providers = await startProviders(account);
    stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", projectName: "life", program },
      {
        pulumiCommand: await PulumiCommand.get({ root: CLI_HOME }),
        pulumiHome: home,
        envVars: {
          PULUMI_BACKEND_URL: `file://${home}`,
          PULUMI_CONFIG_PASSPHRASE: "test",
          PULUMI_SKIP_UPDATE_CHECK: "true",
          PULUMI_DEBUG_PROVIDERS: `aws:${providers.ports.aws},command:${providers.ports.command}`,
        },
      },
    );
    await stack.setAllConfig({
      "aws:region": { value: "us-east-1" },
      "aws:defaultTags": { value: JSON.stringify({ tags: { project: "life" } }) },
    });
  }, 120_000);

  afterAll(() => {
    providers?.close();
    account.dispose();
    rmSync(home, { recursive: true, force: true });
  });

  const changes = (summary: Record<string, number | undefined> | undefined) => {
    const { same: _same, ...rest } = summary ?? {};
    return rest;
  };

  test("up makes what the preview announced, and then nothing differs", async () => {
    const preview = await stack.preview();
    const up = await stack.up();
    expect(up.summary.resourceChanges?.create).toBe(preview.changeSummary.create);
    expect(up.outputs.stdout?.value).toBe("one");
    expect(account.models.ec2.vpcs.list()).toHaveLength(1);
    expect(account.models.ec2.vpcs.list()[0]?.tags).toEqual({ Name: "net", project: "life" });
    expect(changes((await stack.preview()).changeSummary)).toEqual({});
    expect(changes((await stack.refresh()).summary.resourceChanges)).toEqual({});
    expect(changes((await stack.preview()).changeSummary)).toEqual({});
  }, 300_000);

  test("a change by hand is seen by refresh and mended by up", async () => {
    const [vpc] = account.models.ec2.vpcs.list();
    account.models.ec2.vpcs.modify(vpc!.vpcId, { enableDnsHostnames: false });
    expect(changes((await stack.refresh()).summary.resourceChanges)).toEqual({ update: 1 });
    expect(changes((await stack.up()).summary.resourceChanges)).toEqual({ update: 1 });
    expect(account.models.ec2.vpcs.get(vpc!.vpcId).enableDnsHostnames).toBe(true);
  }, 300_000);

  test("updates in place, replaces what must be replaced, removes what is gone", async () => {
    settings.description = "second";
    settings.echo = "two";
    const up = await stack.up();
    // The group is made anew; its rule with it; the endpoint moves to the new one; the command updates.
    expect(changes(up.summary.resourceChanges)).toEqual({ replace: 2, update: 2 });
    expect(up.outputs.stdout?.value).toBe("two after one");
    expect(changes((await stack.preview()).changeSummary)).toEqual({});
  }, 300_000);

  test("destroy leaves nothing", async () => {
    await stack.destroy();
    expect(account.models.ec2.vpcs.list()).toEqual([]);
    expect(account.models.ec2.networkInterfaces.list()).toEqual([]);
    expect(account.models.ec2.securityGroups.listRules()).toEqual([]);
    expect(account.models.generic.list()).toEqual([]);
    expect(account.models.iam.listRoles()).toEqual([]);
  }, 300_000);
});
