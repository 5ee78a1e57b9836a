import { execFile } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Server, ServerCredentials, type UntypedServiceImplementation } from "@grpc/grpc-js";
import * as aws from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import { Topic } from "@pulumi/aws/sns";
import * as vpcModule from "@pulumi/aws/vpc";
import * as command from "@pulumi/command/local";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import { environment, locateEngine } from "@redshift-fleet/toolchain";
import { ec2 } from "../services/ec2/service";
import { generic } from "../services/generic/service";
import { iam as iamService } from "../services/iam/service";
import { TestServices } from "../services/testing";
import { type Providers, startProviders } from "./index";

/** What the Automation API serves inline programs with; internal to the SDK, hence without a type. */
const { LanguageServer } = require("@pulumi/pulumi/automation/server") as {
  LanguageServer: new (program: () => Promise<object>) => UntypedServiceImplementation;
};

/** How long one operation may take, in milliseconds: seconds, more on a busy machine. */
const deadlineMs = 100_000;

/** What the program of the test says; the steps of the life change it. */
const settings = { description: "first", echo: "one" };

async function program() {
  const vpc = new aws.Vpc("net", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags: { Name: "net" } });
  const subnets = ["10.0.0.0/24", "10.0.2.0/23"].map(
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
  new Topic("extra", { displayName: "extra", tags: { kind: "unknown to the sandbox" } });
  const echo = new command.Command("echo", {
    create: `echo ${settings.echo}`,
    update: `echo ${settings.echo} after $PULUMI_COMMAND_STDOUT`,
  });
  return { vpcId: vpc.id, stdout: echo.stdout };
}

/** The part of the engine's events that tells what an operation did. */
interface EngineEvent {
  summaryEvent?: { resourceChanges: Record<string, number> };
  resOutputsEvent?: { metadata: { type: string; new?: { outputs: Record<string, unknown> } } };
}

interface Operation {
  /** Resources by what became of them, or will; those left as they were not counted. */
  changes: Record<string, number>;
  /** The stack's outputs. */
  outputs: Record<string, unknown>;
}

const describeWithEngine = locateEngine() ? describe : describe.skip;

describeWithEngine("the real engine against the sandbox's providers", () => {
  const account = TestServices.open();
  const folder = fs.mkdtempSync(join(tmpdir(), "sandbox-stack-"));
  /** Runs the program in this process: one that the engine starts takes a second to load the SDK, each time. */
  const host = new Server();
  /** Hosts that the engine asked its proxy for. */
  const asked: string[] = [];
  const proxy = createServer().on("connect", ({ url }, socket) => {
    asked.push(String(url));
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  let providers: Providers;
  let variables: NodeJS.ProcessEnv;
  let programPort: number;
  let runs = 0;

  const cli = (...args: string[]) =>
    promisify(execFile)("pulumi", [...args, "--non-interactive"], { cwd: folder, env: variables, timeout: deadlineMs });

  async function pulumi(...args: string[]): Promise<Operation> {
    const log = join(folder, `events-${++runs}.json`);
    await cli(...args, `--client=127.0.0.1:${programPort}`, "--event-log", log);
    const lines = fs.readFileSync(log, "utf8").split("\n").filter(Boolean);
    const events = lines.map((line) => JSON.parse(line) as EngineEvent);
    const { same: _same, ...changes } = events.find((event) => event.summaryEvent)!.summaryEvent!.resourceChanges;
    const resources = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []);
    const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
    return { changes, outputs: stack?.new?.outputs ?? {} };
  }

  beforeAll(async () => {
    providers = await startProviders({ account: account.account, services: account });
    host.addService(LanguageRuntimeService, new LanguageServer(program));
    programPort = await promisify(host.bindAsync.bind(host))("127.0.0.1:0", ServerCredentials.createInsecure());
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    variables = {
      ...process.env,
      ...environment(folder, { api: 0, ...providers.ports }),
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      // The engine writes its events to a file only where its debugging commands are switched on.
      PULUMI_DEBUG_COMMANDS: "true",
    };
    fs.writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify({ name: "life", runtime: "nodejs" }));
    const config = { "aws:region": "us-east-1", "aws:defaultTags": { tags: { project: "life" } } };
    fs.writeFileSync(join(folder, "Pulumi.test.yaml"), JSON.stringify({ config }));
    await cli("stack", "init", "test");
  }, deadlineMs);

  afterAll(async () => {
    providers?.close();
    host.forceShutdown();
    proxy.close();
    await account.dispose();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test(
    "up makes what the preview announced, and then nothing differs",
    async () => {
      const preview = await pulumi("preview");
      const up = await pulumi("up", "--yes", "--skip-preview");
      expect(up.changes).toEqual({ create: expect.any(Number) });
      expect(up.changes).toEqual(preview.changes);
      expect(up.outputs.stdout).toBe("one");
      expect(account.use(ec2).vpcs.list()).toHaveLength(1);
      expect(account.use(ec2).vpcs.list()[0]?.tags).toEqual({ Name: "net", project: "life" });
      expect((await pulumi("refresh", "--yes", "--skip-preview")).changes).toEqual({});
      expect((await pulumi("preview")).changes).toEqual({});
    },
    4 * deadlineMs,
  );

  test(
    "a change by hand is seen by refresh and mended by up",
    async () => {
      const [vpc] = account.use(ec2).vpcs.list();
      account.use(ec2).vpcs.modify(vpc!.vpcId, { enableDnsHostnames: false });
      expect((await pulumi("refresh", "--yes", "--skip-preview")).changes).toEqual({ update: 1 });
      expect((await pulumi("up", "--yes", "--skip-preview")).changes).toEqual({ update: 1 });
      expect(account.use(ec2).vpcs.get(vpc!.vpcId).enableDnsHostnames).toBe(true);
    },
    2 * deadlineMs,
  );

  test(
    "updates in place, replaces what must be replaced, removes what is gone",
    async () => {
      settings.description = "second";
      settings.echo = "two";
      const up = await pulumi("up", "--yes", "--skip-preview");
      // The group is made anew; its rule with it; the endpoint moves to the new one; the command updates.
      expect(up.changes).toEqual({ replace: 2, update: 2 });
      expect(up.outputs.stdout).toBe("two after one");
      expect((await pulumi("preview")).changes).toEqual({});
    },
    2 * deadlineMs,
  );

  test(
    "destroy leaves nothing",
    async () => {
      await pulumi("destroy", "--yes", "--skip-preview");
      expect(account.use(ec2).vpcs.list()).toEqual([]);
      expect(account.use(ec2).networkInterfaces.list()).toEqual([]);
      expect(account.use(ec2).securityGroups.listRules()).toEqual([]);
      expect(account.use(generic).list()).toEqual([]);
      expect(account.use(iamService).listRoles()).toEqual([]);
    },
    deadlineMs,
  );

  test("the engine looks nowhere else for what the sandbox serves", () => {
    expect(asked).toEqual([]);
  });
});
