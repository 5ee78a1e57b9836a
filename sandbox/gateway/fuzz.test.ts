import { createAccount } from "../aws/account";
import type { Json, JsonObject } from "../aws/json";
import { latencyProfile } from "../aws/latency";
import { defaultTimes } from "../network/times";
import { randomFrom } from "../seeded-random";
import { ec2 } from "../services/ec2/service";
import { ElasticLoadBalancingV2 } from "../services/elbv2/service";
import { kms } from "../services/kms/service";
import { RedshiftData } from "../services/redshift-data/service";
import type { SessionSource } from "../services/redshift-data/session-port";
import { TestAccount } from "../services/redshift-serverless/testing";
import { Sts } from "../services/sts/service";
import { constraintsOf } from "./constraints";
import { asParameters, Mutator } from "./fuzzing";
import type { ApiServer } from "./server";
import { type ApiServices, isService, type ServiceName, schemaOf } from "./services";
import { jsonCall, queryCall, type RawAnswer, send, startGateway } from "./testing";

// A longer run by hand: FUZZ_REQUESTS=100000 FUZZ_SEED=1 npx jest sandbox/gateway/fuzz --selectProjects unit
const requests = Number(process.env.FUZZ_REQUESTS ?? 2_000);
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_007);
jest.setTimeout(60_000 + requests * 20);

/** Answers every statement with one row. */
const source: SessionSource = {
  connect: async () => ({
    query: async () => [
      { command: "SELECT", rowCount: 1, fields: [{ name: "a", typeOid: 25, typeModifier: -1 }], rows: [["x"]] },
    ],
    cancel: async () => undefined,
    end: async () => undefined,
  }),
  verifyPassword: async () => true,
  issueCredentials: async () => undefined,
};

describe("what others send", () => {
  let account: TestAccount;
  let data: RedshiftData;
  let balancers: ElasticLoadBalancingV2;
  let services: ApiServices;
  let gateway: ApiServer;
  const failures: string[] = [];

  const build = async () => {
    const { store, service, secrets } = account;
    const { networkInterfaces, subnets } = account.use(ec2);
    const owner = createAccount();
    data = new RedshiftData(store, service, secrets, source);
    balancers = new ElasticLoadBalancingV2({
      account: owner,
      store,
      networkInterfaces,
      subnets: async (ids) => ids.map((id) => subnets.get(id)),
      addresses: account.addresses,
      latency: latencyProfile("instant"),
      times: defaultTimes,
      zoneDown: () => false,
    });
    services = {
      "redshift-serverless": service,
      "redshift-data": data,
      secretsmanager: secrets,
      elasticloadbalancing: balancers,
      sts: new Sts(owner),
      ec2: account.services.api("ec2"),
      kms: account.services.api("kms"),
      iam: account.services.api("iam"),
      logs: account.services.api("logs"),
      sqs: account.services.api("sqs"),
    };
    gateway = await startGateway(services, (line) => {
      // Each call has a line of its own; of interest is what went wrong inside.
      if (!line.startsWith("api: ")) failures.push(line);
    });
  };
  const end = async () => {
    await gateway.close();
    balancers.close();
    await data.close();
  };

  beforeAll(async () => {
    account = await TestAccount.open();
    await account.create("orders");
    account.use(kms).createKey({});
    await build();
  });
  afterAll(async () => {
    await end();
    await account.close();
  });

  const call = async (service: ServiceName, operation: string, input: Json, raw?: string): Promise<RawAnswer> => {
    const { protocol, target, apiVersion, operations } = await schemaOf(service);
    if (protocol.startsWith("awsJson")) {
      return send(gateway.port, jsonCall(service, `${target}.${operation}`, raw ?? JSON.stringify(input)));
    }
    const schema = operations.get(operation)?.input;
    const dialect = protocol === "ec2Query" ? "ec2" : "query";
    const parameters = schema ? asParameters(schema, input, dialect) : new URLSearchParams();
    parameters.set("Action", operation);
    parameters.set("Version", apiVersion);
    return send(gateway.port, queryCall(service, raw ?? String(parameters)));
  };

  /** Inputs that do something; of all other operations the model says what is valid. */
  const recorded = async (): Promise<Record<string, JsonObject>> => {
    const target = { WorkgroupName: "orders", Database: "dev" };
    const [subnetId = ""] = account.subnetIds;
    const subnet = account.use(ec2).subnets.get(subnetId);
    const arn = async (service: ServiceName, operation: string, input: JsonObject, pattern: RegExp) =>
      pattern.exec((await call(service, operation, input)).text)?.[0] ?? "";
    const group = await arn(
      "elasticloadbalancing",
      "CreateTargetGroup",
      { Name: "readers", Protocol: "TCP", Port: 5439, VpcId: subnet.vpcId, TargetType: "ip" },
      /arn:[^<]*targetgroup[^<]*/,
    );
    const balancer = await arn(
      "elasticloadbalancing",
      "CreateLoadBalancer",
      { Name: "readers", Type: "network", Scheme: "internal", Subnets: [subnetId] },
      /arn:[^<]*loadbalancer[^<]*/,
    );
    const listener = { LoadBalancerArn: balancer, Protocol: "TCP", Port: 5439 };
    const statement = /"Id":"([^"]+)"/.exec(
      (await call("redshift-data", "ExecuteStatement", { ...target, Sql: "select 1" })).text,
    );
    const id = { Id: statement?.[1] ?? "" };
    await call("secretsmanager", "CreateSecret", { Name: "s", SecretString: "{}" });
    return {
      ExecuteStatement: { ...target, Sql: "select :a", StatementName: "n", Parameters: [{ name: "a", value: "1" }] },
      BatchExecuteStatement: { ...target, Sqls: ["select 1", "select 2"], StatementName: "n", ClientToken: "t" },
      DescribeStatement: id,
      GetStatementResult: id,
      GetStatementResultV2: id,
      CancelStatement: id,
      ListStatements: { StatementName: "n", Status: "ALL", MaxResults: 10 },
      ListDatabases: target,
      ListSchemas: { ...target, SchemaPattern: "%" },
      ListTables: { ...target, SchemaPattern: "public", TablePattern: "%" },
      DescribeTable: { ...target, Schema: "public", Table: "t" },
      CreateNamespace: {
        namespaceName: "other",
        adminUsername: "admin",
        adminUserPassword: "Secret-1234",
        dbName: "dev",
      },
      UpdateNamespace: { namespaceName: "orders", adminUserPassword: "Secret-1234", adminUsername: "admin" },
      UpdateWorkgroup: {
        workgroupName: "orders",
        configParameters: [{ parameterKey: "datestyle", parameterValue: "ISO" }],
      },
      CreateWorkgroup: { workgroupName: "w", namespaceName: "orders", subnetIds: account.subnetIds, baseCapacity: 32 },
      CreateEndpointAccess: { endpointName: "e", workgroupName: "orders", subnetIds: [subnetId] },
      GetCredentials: { workgroupName: "orders", dbName: "dev", durationSeconds: 900 },
      CreateSecret: { Name: "t", SecretString: "{}", Tags: [{ Key: "a", Value: "b" }], Description: "d" },
      PutSecretValue: { SecretId: "s", SecretString: "{}", VersionStages: ["AWSCURRENT"] },
      UpdateSecret: { SecretId: "s", SecretString: "{}", Description: "d" },
      ListSecrets: { Filters: [{ Key: "name", Values: ["s"] }], MaxResults: 10 },
      GetRandomPassword: { PasswordLength: 20, ExcludeCharacters: "abc" },
      CreateTargetGroup: { Name: "t", Protocol: "TCP", Port: 5439, VpcId: subnet.vpcId, TargetType: "ip" },
      ModifyTargetGroup: { TargetGroupArn: group, HealthCheckIntervalSeconds: 10 },
      ModifyTargetGroupAttributes: {
        TargetGroupArn: group,
        Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "10" }],
      },
      RegisterTargets: { TargetGroupArn: group, Targets: [{ Id: "10.0.0.9", Port: 5439 }] },
      DeregisterTargets: { TargetGroupArn: group, Targets: [{ Id: "10.0.0.9", Port: 5439 }] },
      DescribeTargetHealth: { TargetGroupArn: group },
      CreateListener: { ...listener, DefaultActions: [{ Type: "forward", TargetGroupArn: group }] },
      AddTags: { ResourceArns: [group], Tags: [{ Key: "a", Value: "b" }] },
      AssumeRole: { RoleArn: "arn:aws:iam::000000000000:role/r", RoleSessionName: "session", DurationSeconds: 900 },
      CreateSubnet: { VpcId: subnet.vpcId, CidrBlock: "10.0.9.0/24", AvailabilityZone: "us-east-1a" },
      CreateNetworkInterface: { SubnetId: subnetId, Description: "d", SecondaryPrivateIpAddressCount: 1 },
      DescribeSubnets: { SubnetIds: [subnetId], Filters: [{ Name: "vpc-id", Values: [subnet.vpcId] }] },
    };
  };

  /** The reading calls that everybody makes: none may fail over what was taken before. */
  const wellbeing = async (): Promise<void> => {
    const target = { WorkgroupName: "orders", Database: "dev" };
    const reads: [ServiceName, string, JsonObject][] = [
      ["redshift-data", "ListStatements", { StatementName: "a", Status: "ALL" }],
      ["redshift-data", "ExecuteStatement", { ...target, Sql: "select 1", StatementName: "well" }],
      ["redshift-serverless", "ListWorkgroups", {}],
      ["redshift-serverless", "ListNamespaces", {}],
      ["redshift-serverless", "ListEndpointAccess", {}],
      ["redshift-serverless", "ListUsageLimits", {}],
      ["redshift-serverless", "GetWorkgroup", { workgroupName: "orders" }],
      ["secretsmanager", "ListSecrets", { Filters: [{ Key: "name", Values: ["a"] }] }],
      ["elasticloadbalancing", "DescribeLoadBalancers", {}],
      ["elasticloadbalancing", "DescribeTargetGroups", {}],
      ["sts", "GetCallerIdentity", {}],
      ["kms", "ListKeys", {}],
      ["kms", "ListAliases", {}],
      ["ec2", "DescribeSubnets", {}],
      ["ec2", "DescribeNetworkInterfaces", {}],
      ["ec2", "DescribeSecurityGroupRules", {}],
    ];
    for (const [service, operation, input] of reads) {
      const { status, text } = await call(service, operation, input);
      expect({ operation, status, text: status === 200 ? "" : text }).toEqual({ operation, status: 200, text: "" });
    }
  };

  /** What may go away while others are tried: without these the trials would soon meet nothing but "not found". */
  const spared = new Set(["DeleteWorkgroup", "DeleteNamespace", "DeleteSubnet", "DeleteSecret", "ReceiveMessage"]);

  test.each(["__proto__", "constructor", "toString"])(
    "has no meaning by being a name of every object's: %s",
    async (name) => {
      const { TargetGroupArn } = (await recorded()).DescribeTargetHealth!;
      const tried: [ServiceName, string, JsonObject][] = [
        ["ec2", "DescribeSubnets", { Filters: [{ Name: name, Values: ["a"] }] }],
        ["secretsmanager", "ListSecrets", { Filters: [{ Key: name, Values: ["a"] }] }],
        [
          "elasticloadbalancing",
          "ModifyTargetGroupAttributes",
          { TargetGroupArn: TargetGroupArn!, Attributes: [{ Key: name, Value: "1" }] },
        ],
        [
          "redshift-serverless",
          "UpdateWorkgroup",
          { workgroupName: "orders", configParameters: [{ parameterKey: name, parameterValue: "1" }] },
        ],
      ];
      for (const [service, operation, input] of tried) {
        expect({ operation, ...(await call(service, operation, input)) }).toMatchObject({ operation, status: 400 });
      }
    },
  );

  test(`is refused as AWS refuses it, and changes nothing for others (seed ${seed}, ${requests} requests)`, async () => {
    const mutator = new Mutator(randomFrom(seed));
    const known = await recorded();
    const operations = Object.keys(services)
      .filter(isService)
      .flatMap((service) =>
        Object.keys(services[service]?.operations ?? {}).map((operation) => ({ service, operation })),
      )
      .filter(({ operation }) => !spared.has(operation));
    const statuses = new Map<number, number>();
    for (let count = 0; count < requests; count += 1) {
      const { service, operation } = operations[count % operations.length]!;
      const schema = (await schemaOf(service)).operations.get(operation)?.input;
      const constraints = await constraintsOf(service);
      const of = constraints.operations[operation];
      const valid = known[operation] ?? (schema ? (mutator.valid(schema, constraints, { of }) as JsonObject) : {});
      const input = mutator.mutate(valid);
      const text = JSON.stringify(input);
      const raw = mutator.chance(0.05)
        ? mutator.pick([
            "null",
            "[]",
            "1",
            '"a"',
            text.slice(0, -1),
            "[".repeat(200_000),
            '{"a":'.repeat(100_000),
            "\ufeff{}",
            "a&b=%zz&=",
            "a.".repeat(50_000),
          ])
        : undefined;
      const answer = await call(service, operation, input, raw).catch((error: Error) => ({
        status: 0,
        text: error.message,
      }));
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 0 || answer.status === 500 || answer.status > 501) {
        failures.push(
          `${service} ${operation} ${(raw ?? text).slice(0, 500)}: ${answer.status} ${answer.text.slice(0, 500)}`,
        );
      }
      if (count % 500 === 499) await wellbeing();
    }
    expect(failures).toEqual([]);
    // Most trials must get as far as the services, and some must be refused: else the fuzz has lost its way.
    expect(statuses.get(200)).toBeGreaterThan(requests / 20);
    expect(statuses.get(400)).toBeGreaterThan(requests / 5);
    await wellbeing();
    await end();
    await account.restart();
    await build();
    await wellbeing();
  });
});
