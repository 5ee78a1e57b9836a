import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyLoadBalancerAttributesCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  BatchExecuteStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
} from "@aws-sdk/client-redshift-data";
import {
  CreateEndpointAccessCommand,
  CreateNamespaceCommand,
  CreateWorkgroupCommand,
  GetCredentialsCommand,
  GetEndpointAccessCommand,
  GetWorkgroupCommand,
} from "@aws-sdk/client-redshift-serverless";
import { ec2 } from "./services/ec2/service";
import { eventually, TestSandbox } from "./testing";

jest.setTimeout(120_000);

/** Three seconds and a half here. Less than AWS has, so that nobody waits for long; more than clients' keepalives. */
const endpointIdleSeconds = 105;

/** The whole account with real databases, seen by the official SDKs and a PostgreSQL driver. */
describe("a sandbox", () => {
  let account: TestSandbox;
  let subnetIds: string[];
  let secretArn: string;
  let endpointAddresses: string[];
  let balancer: string;
  let targetGroup: string;

  /** The certificate verifies by address; through the balancer the name is another one. */
  const query = (host: string, text: string) => account.query(text, { host, secretArn, anyName: host === balancer });

  const states = async () => {
    const health = await account.balancers.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
    return health.TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth!.State);
  };

  beforeAll(async () => {
    account = await TestSandbox.open({ endpointIdleSeconds });
  });
  afterAll(() => account?.close());

  test("brings up a workgroup with a managed admin password and endpoints in three zones", async () => {
    const vpc = account.sandbox.use(ec2).vpcs.create({ cidrBlock: "10.0.0.0/16" });
    subnetIds = ["a", "b", "c"].map((zone, index) => {
      const subnet = account.sandbox.use(ec2).subnets.create({
        vpcId: vpc.vpcId,
        cidrBlock: `10.0.${index * 2}.0/23`,
        availabilityZone: `us-east-1${zone}`,
      });
      return subnet.subnetId;
    });
    const { namespace } = await account.serverless.send(
      new CreateNamespaceCommand({ namespaceName: "orders", dbName: "fleet", manageAdminPassword: true }),
    );
    secretArn = namespace!.adminPasswordSecretArn!;
    await account.serverless.send(
      new CreateWorkgroupCommand({
        workgroupName: "orders",
        namespaceName: "orders",
        baseCapacity: 32,
        enhancedVpcRouting: true,
        subnetIds,
      }),
    );
    const workgroup = async () =>
      (await account.serverless.send(new GetWorkgroupCommand({ workgroupName: "orders" }))).workgroup!;
    await eventually(async () => (await workgroup()).status === "AVAILABLE", "workgroup available");
    const { endpoint } = await workgroup();
    expect(endpoint!.vpcEndpoints![0]!.networkInterfaces).toHaveLength(3);
    expect(account.sandbox.use(ec2).networkInterfaces.freeAddresses(subnetIds[0]!)).toBe(507 - 13);
    await expect(query(endpoint!.address!, "SELECT current_namespace")).resolves.toEqual([[namespace!.namespaceId]]);

    endpointAddresses = [];
    // One after another: a workgroup takes one operation at a time.
    for (const [index, subnetId] of subnetIds.entries()) {
      const endpointName = `orders-${index}`;
      await account.serverless.send(
        new CreateEndpointAccessCommand({ endpointName, workgroupName: "orders", subnetIds: [subnetId] }),
      );
      const get = async () => (await account.serverless.send(new GetEndpointAccessCommand({ endpointName }))).endpoint!;
      await eventually(async () => (await get()).endpointStatus === "ACTIVE", "endpoint active");
      endpointAddresses.push((await get()).vpcEndpoint!.networkInterfaces![0]!.privateIpAddress!);
    }
    for (const address of endpointAddresses) await expect(query(address, "SELECT 1")).resolves.toEqual([[1]]);
  });

  test("runs SQL through the Data API: batches in one transaction, parameters, failures, waiting", async () => {
    const target = { WorkgroupName: "orders", Database: "fleet", SecretArn: secretArn, WaitTimeSeconds: 10 };
    const made = await account.data.send(
      new BatchExecuteStatementCommand({
        ...target,
        Sqls: [
          "CREATE TABLE public.t (id int, name varchar(20), price numeric(8,2))",
          "INSERT INTO public.t VALUES (1, 'a', 1.50), (2, NULL, 2.25)",
        ],
      }),
    );
    expect(made.Status).toBe("FINISHED");
    const read = await account.data.send(
      new ExecuteStatementCommand({
        ...target,
        Sql: "SELECT id, name, price, id > 1 AS more FROM public.t WHERE id >= :least ORDER BY id",
        Parameters: [{ name: "least", value: "1" }],
      }),
    );
    const result = await account.data.send(new GetStatementResultCommand({ Id: read.Id! }));
    expect(result.Records).toEqual([
      [{ longValue: 1 }, { stringValue: "a" }, { stringValue: "1.50" }, { booleanValue: false }],
      [{ longValue: 2 }, { isNull: true }, { stringValue: "2.25" }, { booleanValue: true }],
    ]);
    expect(result.ColumnMetadata!.map(({ typeName }) => typeName)).toEqual(["int4", "varchar", "numeric", "bool"]);

    const broken = await account.data.send(
      new BatchExecuteStatementCommand({
        ...target,
        Sqls: ["INSERT INTO public.t VALUES (3, 'c', 3)", "SELECT * FROM nowhere"],
      }),
    );
    const told = await account.data.send(new DescribeStatementCommand({ Id: broken.Id! }));
    expect(told.Status).toBe("FAILED");
    expect(told.Error).toMatch(/^Query #2 failed with ERROR: .*nowhere/);
    expect(told.SubStatements!.map(({ Status }) => Status)).toEqual(["FINISHED", "FAILED"]);
    await expect(query(endpointAddresses[0]!, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[2]]);

    // What Redshift's drivers show below a message is part of what the API tells.
    const external = "CREATE EXTERNAL SCHEMA lake FROM DATA CATALOG DATABASE 'lake'";
    const refused = await account.data.send(new ExecuteStatementCommand({ ...target, Sql: external }));
    const why = await account.data.send(new DescribeStatementCommand({ Id: refused.Id! }));
    expect(why.Error).toMatch(/^ERROR: .+\n {2}Hint: .+/);

    const token = { ...target, ClientToken: "again", Sql: "INSERT INTO public.t VALUES (9, 'once', 1)" };
    const first = await account.data.send(new ExecuteStatementCommand(token));
    expect((await account.data.send(new ExecuteStatementCommand(token))).Id).toBe(first.Id);
    await expect(query(endpointAddresses[0]!, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[3]]);
  });

  test("gives temporary credentials that open a connection", async () => {
    const { dbUser, dbPassword } = await account.serverless.send(
      new GetCredentialsCommand({ workgroupName: "orders" }),
    );
    const client = await account.connect({ host: endpointAddresses[0]!, user: dbUser, password: dbPassword });
    expect((await client.query("SELECT current_user AS name")).rows).toEqual([{ name: "IAMR:sandbox" }]);
    await client.end();
  });

  const onLinux = process.platform === "linux" ? test : test.skip;
  onLinux(
    "cuts who waits in silence for a long query, on endpoints and the workgroup's own, without keepalives",
    async () => {
      const { workgroup } = await account.serverless.send(new GetWorkgroupCommand({ workgroupName: "orders" }));
      const hosts = [endpointAddresses[0]!, workgroup!.endpoint!.address!];
      const ends = (keepAlive: boolean) =>
        Promise.allSettled(
          hosts.map((host) => account.query("SELECT 1 FROM (SELECT pg_sleep(5)) s", { host, secretArn, keepAlive })),
        );
      const [without, withThem] = await Promise.all([ends(false), ends(true)]);
      expect(without.map((end) => end.status === "rejected" && String(end.reason))).toEqual(
        Array(hosts.length).fill(expect.stringMatching(/ECONNRESET|terminated unexpectedly/)),
      );
      expect(withThem).toEqual(Array(hosts.length).fill({ status: "fulfilled", value: [[1]] }));
    },
  );

  test("balances over the endpoints, notices a killed workgroup, and takes it back", async () => {
    const { LoadBalancers } = await account.balancers.send(
      new CreateLoadBalancerCommand({ Name: "readers", Type: "network", Scheme: "internal", Subnets: subnetIds }),
    );
    balancer = LoadBalancers![0]!.DNSName!;
    const arn = LoadBalancers![0]!.LoadBalancerArn!;
    await account.balancers.send(
      new ModifyLoadBalancerAttributesCommand({
        LoadBalancerArn: arn,
        Attributes: [{ Key: "load_balancing.cross_zone.enabled", Value: "true" }],
      }),
    );
    const { TargetGroups } = await account.balancers.send(
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
    await account.balancers.send(
      new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets: endpointAddresses.map((Id) => ({ Id })) }),
    );
    expect(await states()).toEqual(["unused", "unused", "unused"]);
    await account.balancers.send(
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
    await account.sandbox.setUp("workgroup:orders", false);
    await eventually(all("unhealthy"), "all unhealthy");
    await expect(query(balancer, "SELECT 1")).rejects.toThrow();
    await account.sandbox.setUp("workgroup:orders", true);
    await eventually(all("healthy"), "all healthy again");
    await expect(query(balancer, "SELECT 1")).resolves.toEqual([[1]]);
  });

  test("loses a zone and goes on through the others", async () => {
    await account.sandbox.setUp("zone:us-east-1b", false);
    await eventually(async () => (await states()).filter((state) => state === "healthy").length === 2, "two healthy");
    await expect(query(balancer, "SELECT 1")).resolves.toEqual([[1]]);
    await account.sandbox.setUp("zone:us-east-1b", true);
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
  });

  test("is there again after a restart, with its data, addresses and balancer", async () => {
    await account.restart();
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
    await expect(query(balancer, "SELECT count(*)::int FROM public.t")).resolves.toEqual([[3]]);
  });

  test("forgets over a restart a target that was draining: it gets no connections and is not waited for", async () => {
    const [leaving, ...staying] = endpointAddresses;
    const Targets = [{ Id: leaving! }];
    await account.balancers.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroup, Targets }));
    expect((await states()).sort()).toEqual(["draining", "healthy", "healthy"]);
    await account.restart();
    const health = await account.balancers.send(new DescribeTargetHealthCommand({ TargetGroupArn: targetGroup }));
    const listed = health.TargetHealthDescriptions!.map(({ Target }) => Target!.Id!);
    expect(listed.sort()).toEqual(staying.sort());
    await eventually(async () => (await states()).every((state) => state === "healthy"), "the others healthy");
    await account.balancers.send(new RegisterTargetsCommand({ TargetGroupArn: targetGroup, Targets }));
    await eventually(async () => (await states()).every((state) => state === "healthy"), "all healthy again");
  });

  test("lets nobody name a namespace in SQL before it is known everywhere", async () => {
    const { namespace } = await account.serverless.send(
      new CreateNamespaceCommand({ namespaceName: "young", dbName: "fleet" }),
    );
    const records = account.sandbox.store.collection<{ visibleAt: string }>("redshift-serverless/namespaces");
    const made = records.get("young")!;
    const grant = async () => {
      const { Id } = await account.data.send(
        new ExecuteStatementCommand({
          WorkgroupName: "orders",
          Database: "fleet",
          SecretArn: secretArn,
          Sql: `grant usage on datashare eventual to namespace '${namespace!.namespaceId}'`,
        }),
      );
      const ended = () => account.data.send(new DescribeStatementCommand({ Id }));
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

  test("refuses what it is told to refuse, and only that", async () => {
    account.sandbox.faults.add({
      service: "redshift-serverless",
      operation: "GetWorkgroup",
      kind: "throttle",
      from: 2,
      count: 1,
    });
    const get = () => account.serverless.send(new GetWorkgroupCommand({ workgroupName: "orders" }));
    await get();
    await expect(get()).rejects.toMatchObject({ name: "ThrottlingException" });
    await get();
    account.sandbox.faults.clear();
  });

  test("has told each event on a line, without secrets, statements or data", async () => {
    const { SecretString } = await account.secret(secretArn);
    const { username: user, password } = JSON.parse(SecretString!) as { username: string; password: string };
    const host = endpointAddresses[0]!;
    await expect(account.connect({ host, user, password: "a-wrong-password" })).rejects.toThrow();
    const newcomer = "create user newcomer password 'Newcomers-Secret-1'";
    await query(host, newcomer);
    await expect(query(host, newcomer)).rejects.toThrow();
    await expect(query(host, "SELECT 'card-4711'::int")).rejects.toThrow();
    const log = account.events.join("\n");
    for (const event of [
      /^api: redshift-serverless CreateWorkgroup orders: 200, \d+ ms$/m,
      /^api: redshift-serverless GetWorkgroup orders: 400 ThrottlingException, \d+ ms$/m,
      /^sandbox: workgroup orders killed$/m,
      /^sandbox: workgroup orders revived$/m,
      /^sandbox: availability zone us-east-1b is down$/m,
      /^balancer: target [\d.]+:5439 in us-east-1a: registered$/m,
      /^balancer: target [\d.]+:5439 in us-east-1a: initial → healthy$/m,
      /^balancer: target [\d.]+:5439 in us-east-1a: healthy → unhealthy$/m,
      /^balancer: target [\d.]+:5439 in us-east-1a: draining$/m,
      /^balancer readers: connection refused: /m,
      /^orders: connection cut: silent for 105 s$/m,
      new RegExp(`^orders: ${user} from 127[.:\\d]+ connected to fleet, with TLS$`, "m"),
      new RegExp(`^orders: ${user} from 127[.:\\d]+ left after [.\\d]+ s$`, "m"),
      new RegExp(
        `^orders: connection from 127[.:\\d]+ refused: password authentication failed for user "${user}"$`,
        "m",
      ),
      new RegExp(`^orders: statement of ${user} in fleet \\(session \\d+\\) failed: 22P02, invalid text`, "m"),
    ]) {
      expect(log).toMatch(event);
    }
    for (const secret of [password, "a-wrong-password", "Newcomers-Secret-1", "card-4711", "newcomer", "public.t"]) {
      expect(log).not.toContain(secret);
    }
  });
});
