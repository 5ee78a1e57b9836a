import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkServerIdentity } from "node:tls";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import {
  CreateEndpointAccessCommand,
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  GetCredentialsCommand,
  GetEndpointAccessCommand,
  GetWorkgroupCommand,
  RedshiftServerlessClient,
} from "@aws-sdk/client-redshift-serverless";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { Client } from "pg";
import { Sandbox } from "./sandbox";

jest.setTimeout(120_000);

/** The whole account with real databases, seen by the official SDKs and a PostgreSQL driver. */
describe("a sandbox", () => {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-"));
  let sandbox: Sandbox;
  let subnetIds: string[];
  let secretArn: string;
  let endpointAddresses: string[];
  let balancer: string;
  let targetGroup: string;
  let serverless: RedshiftServerlessClient;
  let data: RedshiftDataClient;
  let secrets: SecretsManagerClient;
  let balancers: ElasticLoadBalancingV2Client;

  async function open(): Promise<void> {
    sandbox = await Sandbox.open({ dir, profile: "instant", region: "us-east-1", log: () => undefined });
    const port = await sandbox.listen(0);
    const options = {
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
    };
    serverless = new RedshiftServerlessClient(options);
    data = new RedshiftDataClient(options);
    secrets = new SecretsManagerClient(options);
    balancers = new ElasticLoadBalancingV2Client(options);
  }

  async function eventually(condition: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`not in time: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function query(host: string, text: string): Promise<unknown[][]> {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const { username, password } = JSON.parse(SecretString!) as { username: string; password: string };
    const client = new Client({ host, port: 5439, user: username, password, database: "fleet", ssl: tls(host) });
    await client.connect();
    try {
      return (await client.query({ text, rowMode: "array" })).rows as unknown[][];
    } finally {
      await client.end();
    }
  }

  /** The certificate verifies by address; through the balancer the name is another one. */
  const tls = (host: string) => ({
    ca: readFileSync(sandbox.caPath, "utf8"),
    checkServerIdentity: host === balancer ? () => undefined : checkServerIdentity,
  });

  const states = async () => {
    const health = await balancers.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
    return health.TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!.State);
  };

  beforeAll(open);
  afterAll(async () => {
    await sandbox?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it("brings up a workgroup with a managed admin password and endpoints in three zones", async () => {
    const vpc = sandbox.models.ec2.vpcs.create({ cidrBlock: "10.0.0.0/16" });
    subnetIds = ["a", "b", "c"].map((zone, index) => {
      const subnet = sandbox.models.ec2.subnets.create({
        vpcId: vpc.vpcId,
        cidrBlock: `10.0.${index * 2}.0/23`,
        availabilityZone: `us-east-1${zone}`,
      });
      return subnet.subnetId;
    });
    const { namespace } = await serverless.send(
      new CreateNamespaceCommand({ namespaceName: "orders", dbName: "fleet", manageAdminPassword: true }),
    );
    secretArn = namespace!.adminPasswordSecretArn!;
    await serverless.send(
      new CreateWorkgroupCommand({
        workgroupName: "orders",
        namespaceName: "orders",
        baseCapacity: 32,
        enhancedVpcRouting: true,
        subnetIds,
      }),
    );
    const workgroup = async () =>
      (await serverless.send(new GetWorkgroupCommand({ workgroupName: "orders" }))).workgroup!;
    await eventually(async () => (await workgroup()).status === "AVAILABLE", "workgroup available");
    const { endpoint } = await workgroup();
    expect(endpoint!.vpcEndpoints![0]!.networkInterfaces).toHaveLength(3);
    expect(sandbox.models.ec2.networkInterfaces.freeAddresses(subnetIds[0]!)).toBe(507 - 13);
    await expect(query(endpoint!.address!, "SELECT current_namespace")).resolves.toEqual([[namespace!.namespaceId]]);

    endpointAddresses = await Promise.all(
      subnetIds.map(async (subnetId, index) => {
        const endpointName = `orders-${index}`;
        await serverless.send(
          new CreateEndpointAccessCommand({ endpointName, workgroupName: "orders", subnetIds: [subnetId] }),
        );
        const get = async () => (await serverless.send(new GetEndpointAccessCommand({ endpointName }))).endpoint!;
        await eventually(async () => (await get()).endpointStatus === "ACTIVE", "endpoint active");
        return (await get()).vpcEndpoint!.networkInterfaces![0]!.privateIpAddress!;
      }),
    );
    for (const address of endpointAddresses) await expect(query(address, "SELECT 1")).resolves.toEqual([[1]]);
  });

  it("runs SQL through the Data API: batches in one transaction, parameters, failures, waiting", async () => {
    const target = { WorkgroupName: "orders", Database: "fleet", SecretArn: secretArn, WaitTimeSeconds: 10 };
    const made = await data.send(
      new BatchExecuteStatementCommand({
        ...target,
        Sqls: [
          "CREATE TABLE public.t (id int, name varchar(20), price numeric(8,2))",
          "INSERT INTO public.t VALUES (1, 'a', 1.50), (2, NULL, 2.25)",
        ],
      }),
    );
    expect(made.Status).toBe("FINISHED");
    const read = await data.send(
      new ExecuteStatementCommand({
        ...target,
        Sql: "SELECT id, name, price, id > 1 AS more FROM public.t WHERE id >= :least ORDER BY id",
        Parameters: [{ name: "least", value: "1" }],
      }),
    );
    const result = await data.send(new GetStatementResultCommand({ Id: read.Id! }));
    expect(result.Records).toEqual([
      [{ longValue: 1 }, { stringValue: "a" }, { stringValue: "1.50" }, { booleanValue: false }],
      [{ longValue: 2 }, { isNull: true }, { stringValue: "2.25" }, { booleanValue: true }],
    ]);
    expect(result.ColumnMetadata!.map(({ typeName }) => typeName)).toEqual(["int4", "varchar", "numeric", "bool"]);

    const broken = await data.send(
      new BatchExecuteStatementCommand({
        ...target,
        Sqls: ["INSERT INTO public.t VALUES (3, 'c', 3)", "SELECT * FROM nowhere"],
      }),
    );
    const told = await data.send(new DescribeStatementCommand({ Id: broken.Id! }));
    expect(told.Status).toBe("FAILED");
    expect(told.Error).toMatch(/^Query #2 failed with ERROR: .*nowhere/);
    expect(told.SubStatements!.map(({ Status }) => Status)).toEqual(["FINISHED", "FAILED"]);
    await expect(query(endpointAddresses[0]!, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[2]]);

    const token = { ...target, ClientToken: "again", Sql: "INSERT INTO public.t VALUES (9, 'once', 1)" };
    const first = await data.send(new ExecuteStatementCommand(token));
    expect((await data.send(new ExecuteStatementCommand(token))).Id).toBe(first.Id);
    await expect(query(endpointAddresses[0]!, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[3]]);
  });

  it("gives temporary credentials that open a connection", async () => {
    const { dbUser, dbPassword } = await serverless.send(new GetCredentialsCommand({ workgroupName: "orders" }));
    const client = new Client({
      host: endpointAddresses[0],
      port: 5439,
      user: dbUser,
      password: dbPassword,
      database: "fleet",
      ssl: tls(endpointAddresses[0]!),
    });
    await client.connect();
    expect((await client.query("SELECT current_user AS name")).rows).toEqual([{ name: "IAMR:sandbox" }]);
    await client.end();
  });

  it("balances over the endpoints, notices a killed workgroup, and takes it back", async () => {
    const { LoadBalancers } = await balancers.send(
      new CreateLoadBalancerCommand({ Name: "readers", Type: "network", Scheme: "internal", Subnets: subnetIds }),
    );
    balancer = LoadBalancers![0]!.DNSName!;
    const arn = LoadBalancers![0]!.LoadBalancerArn!;
    await balancers.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: arn,
        Attributes: [{ Key: "load_balancing.cross_zone.enabled", Value: "true" }],
      }),
    );
    const { TargetGroups } = await balancers.send(
      new CreateTargetGroupCommand({
        Name: "readers",
        Protocol: "TCP",
        Port: 5439,
        VpcId: LoadBalancers![0]!.VpcId,
        TargetType: "ip",
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 2,
      }),
    );
    targetGroup = TargetGroups![0]!.TargetGroupArn!;
    await balancers.send(
      new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: endpointAddresses.map((Id) => ({ Id })) }),
    );
    expect(await states()).toEqual(["unused", "unused", "unused"]);
    await balancers.send(
      new CreateListenerCommand({
        LoadBalancerArn: arn,
        Protocol: "TCP",
        Port: 5439,
        DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroup }],
      }),
    );
    const all = (state: string) => async () => (await states()).every((other) => other === state);
    await eventually(all("healthy"), "all healthy");
    await expect(query(balancer, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[3]]);
    await sandbox.setUp("workgroup:orders", false);
    await eventually(all("unhealthy"), "all unhealthy");
    await expect(query(balancer, "SELECT 1")).rejects.toThrow();
    await sandbox.setUp("workgroup:orders", true);
    await eventually(all("healthy"), "all healthy again");
    await expect(query(balancer, "SELECT 1")).resolves.toEqual([[1]]);
  });

  it("loses a zone and goes on through the others", async () => {
    await sandbox.setUp("zone:us-east-1b", false);
    await eventually(async () => (await states()).filter((state) => state === "healthy").length === 2, "two healthy");
    await expect(query(balancer, "SELECT 1")).resolves.toEqual([[1]]);
    await sandbox.setUp("zone:us-east-1b", true);
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
  });

  it("is there again after a restart, with its data, addresses and balancer", async () => {
    await sandbox.close();
    await open();
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
    await expect(query(balancer, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[3]]);
  });

  it("forgets over a restart a target that was draining: it gets no connections and is not waited for", async () => {
    const [leaving, ...staying] = endpointAddresses;
    const Targets = [{ Id: leaving! }];
    await balancers.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroup, Targets }));
    expect((await states()).sort()).toEqual(["draining", "healthy", "healthy"]);
    await sandbox.close();
    await open();
    const health = await balancers.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
    const listed = health.TargetHealthDescriptions!.map(({ Target }) => Target!.Id!);
    expect(listed.sort()).toEqual(staying.sort());
    await eventually(async () => (await states()).every((state) => state === "healthy"), "the others healthy");
    await balancers.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets }));
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
  });

  it("lets nobody name a namespace in SQL before it is known everywhere", async () => {
    const { namespace } = await serverless.send(
      new CreateNamespaceCommand({ namespaceName: "young", dbName: "fleet" }),
    );
    const records = sandbox.store.collection<{ visibleAt: string }>("redshift-serverless/namespaces");
    const made = records.get("young")!;
    const grant = async () => {
      const { Id } = await data.send(
        new ExecuteStatementCommand({
          WorkgroupName: "orders",
          Database: "fleet",
          SecretArn: secretArn,
          Sql: `grant usage on datashare eventual to namespace '${namespace!.namespaceId}'`,
        }),
      );
      const ended = () => data.send(new DescribeStatementCommand({ Id }));
      await eventually(async () => /FINISHED|FAILED/.test((await ended()).Status!), "the grant's end");
      const { Status, Error: message } = await ended();
      return `${Status} ${message ?? ""}`;
    };
    await query(endpointAddresses[0]!, "create datashare eventual");
    records.put("young", { ...made, visibleAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await grant()).toMatch(/^FAILED .*namespace.*does not exist/i);
    records.put("young", made);
    expect(await grant()).toBe("FINISHED ");
  });

  it("refuses what it is told to refuse, and only that", async () => {
    sandbox.faults.add({
      service: "redshift-serverless",
      operation: "GetWorkgroup",
      kind: "throttle",
      from: 2,
      count: 1,
    });
    const get = () => serverless.send(new GetWorkgroupCommand({ workgroupName: "orders" }));
    await get();
    await expect(get()).rejects.toMatchObject({ name: "ThrottlingException" });
    await get();
    sandbox.faults.clear();
  });
});
