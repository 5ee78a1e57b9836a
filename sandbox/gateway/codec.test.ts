import { DescribeVpcEndpointsCommand, EC2Client, type EC2ServiceException } from "@aws-sdk/client-ec2";
import {
  CreateTargetGroupCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { operation } from "../aws/operation";
import type { ApiServer } from "./server";
import { jsonCall, queryCall, send, startGateway } from "./testing";

const vpcVersion = "Version=2016-11-15";

describe("requests and answers", () => {
  const seen: object[] = [];
  const answers: Record<string, object> = {};
  const recorded = (name: string) => ({
    [name]: operation((input: object) => {
      seen.push(input);
      return answers[name] ?? {};
    }),
  });
  let gateway: ApiServer;
  beforeAll(async () => {
    gateway = await startGateway({
      "redshift-data": { operations: { ...recorded("ExecuteStatement"), ...recorded("ListTables") } },
      "redshift-serverless": { operations: recorded("TagResource") },
      secretsmanager: { operations: recorded("PutSecretValue") },
      elasticloadbalancing: { operations: { ...recorded("CreateTargetGroup"), ...recorded("DescribeTags") } },
      ec2: { operations: { ...recorded("DescribeVpcEndpoints"), ...recorded("CreateNetworkInterface") } },
    });
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterAll(() => gateway.close());

  const json = async (service: string, target: string, body: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const { status, text: answer } = await send(gateway.port, jsonCall(service, target, text));
    return { status, answer: JSON.parse(answer) as { __type?: string; message?: string } };
  };
  const query = (service: string, body: string) => send(gateway.port, queryCall(service, body));
  const options = () => ({
    endpoint: `http://127.0.0.1:${gateway.port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });

  test.each([
    ["a number for a text", { Sql: "select 1", StatementName: 7 }, "NUMBER_VALUE can not be converted to a String"],
    ["a truth for a text", { Sql: true }, "TRUE_VALUE can not be converted to a String"],
    [
      "a text for a number",
      { Sql: "select 1", WaitTimeSeconds: "5" },
      "STRING_VALUE can not be converted to an Integer",
    ],
    ["a fraction", { Sql: "select 1", WaitTimeSeconds: 1.5 }, "DECIMAL_VALUE can not be converted to an Integer"],
    ["a structure for a list", { Sql: "select 1", Parameters: {} }, "Expected list or null"],
    ["a list for a structure", { Sql: "select 1", Parameters: [[]] }, "Start of list found where not expected"],
    ["half a character", '{"Sql": "\\ud800"}', "STRING_VALUE can not be converted to a String"],
    ["null for everything", "null", "Expected a structure or null"],
    ["a list for everything", "[]", "Start of list found where not expected"],
    ["cut JSON", '{"Sql":', "not valid JSON"],
    ["depth", "[".repeat(400_000), "not valid JSON"],
  ])("refuses %s before a service sees it", async (_, body, message) => {
    const { status, answer } = await json("redshift-data", "RedshiftData.ExecuteStatement", body);
    expect(answer).toMatchObject({ __type: "SerializationException", message: expect.stringContaining(message) });
    expect(status).toBe(400);
    expect(seen).toEqual([]);
  });

  test("names everything that a request lacks or has too much of, and no secret", async () => {
    const serverless = await json("redshift-serverless", "RedshiftServerless.TagResource", { tags: [{ key: "" }] });
    expect(serverless.answer).toMatchObject({
      __type: "ValidationException",
      message: expect.stringMatching(
        /^3 validation errors detected: Value null at 'resourceArn' .*not be null; .*'tags\.1\.member\.value'.*null; Value '' at 'tags\.1\.member\.key' .*greater than or equal to 1/,
      ),
    });
    const secret = { SecretId: "s", SecretString: "hush".repeat(20_000), ClientRequestToken: "short" };
    const { answer } = await json("secretsmanager", "secretsmanager.PutSecretValue", secret);
    expect(answer.message).toMatch(/Value at 'secretString' failed .* less than or equal to 65536/);
    expect(JSON.stringify(answer)).not.toContain("hush");
    expect(seen).toEqual([]);
  });

  test("passes what it does not know by, and null as if it were not there", async () => {
    const body = '{"Sql": "select 1", "Database": null, "__proto__": {"DbUser": "x"}, "Later": [[[]]]}';
    expect((await json("redshift-data", "RedshiftData.ExecuteStatement", body)).status).toBe(200);
    expect(seen).toEqual([{ Sql: "select 1" }]);
  });

  test("tells what AWS has and the sandbox has not from what nobody has", async () => {
    const cancelled = await json("redshift-data", "RedshiftData.CancelStatement", { Id: "x" });
    expect(cancelled).toMatchObject({ status: 501, answer: { message: expect.stringContaining("CancelStatement") } });
    for (const name of ["RedshiftData.Nothing", "RedshiftData.__proto__", "RedshiftData.", "__proto__", "Other.X"]) {
      const { status, answer } = await json("redshift-data", name, {});
      expect({ name, status, type: answer.__type }).toEqual({ name, status: 400, type: "UnknownOperationException" });
    }
    expect((await query("ec2", `Action=RunInstances&${vpcVersion}`)).status).toBe(501);
    for (const name of ["Nothing", "constructor", "__proto__"]) {
      const { status, text } = await query("ec2", `Action=${name}&${vpcVersion}`);
      expect(status).toBe(400);
      expect(text).toContain("<Code>InvalidAction</Code>");
    }
    expect((await query("ec2", vpcVersion)).text).toContain("<Code>MissingAction</Code>");
  });

  test("wants the content type of its protocol", async () => {
    const request = jsonCall("redshift-data", "RedshiftData.ExecuteStatement", '{"Sql":"select 1"}');
    request.headers!["content-type"] = "text/plain";
    expect((await send(gateway.port, request)).text).toContain("SerializationException");
  });

  test("reads Query as the SDK writes it, with types", async () => {
    answers.CreateTargetGroup = { TargetGroups: [{ TargetGroupName: "<a&b>", Port: 5439, HealthCheckEnabled: true }] };
    const client = new ElasticLoadBalancingV2Client(options());
    const input = {
      Name: "readers",
      Port: 5439,
      HealthCheckEnabled: false,
      Tags: Array.from({ length: 12 }, (_, index) => ({ Key: `k${index}`, Value: "a b=ü+" })),
    };
    const { TargetGroups } = await client.send(new CreateTargetGroupCommand(input));
    expect(seen).toEqual([input]);
    expect(TargetGroups).toEqual([{ TargetGroupName: "<a&b>", Port: 5439, HealthCheckEnabled: true }]);
    answers.DescribeTags = {
      TagDescriptions: [{ ResourceArn: "arn", Tags: [{ Key: "a", Value: "\u0001\ud800 \t€𝄞" }] }],
    };
    const { TagDescriptions } = await client.send(new DescribeTagsCommand({ ResourceArns: ["arn"] }));
    expect(TagDescriptions?.[0]?.Tags).toEqual([{ Key: "a", Value: "\ufffd\ufffd \t€𝄞" }]);
  });

  test("reads and writes EC2's own form of it", async () => {
    answers.DescribeVpcEndpoints = {
      VpcEndpoints: [{ VpcEndpointId: "vpce-1", SubnetIds: ["a", "b"], Groups: [{ GroupId: "sg" }], Tags: [] }],
      NotInTheModel: "x",
    };
    const client = new EC2Client(options());
    const input = { VpcEndpointIds: ["vpce-1"], Filters: [{ Name: "vpc-id", Values: ["a", "b"] }], MaxResults: 5 };
    const { VpcEndpoints } = await client.send(new DescribeVpcEndpointsCommand(input));
    expect(seen).toEqual([input]);
    expect(VpcEndpoints).toMatchObject([
      { VpcEndpointId: "vpce-1", SubnetIds: ["a", "b"], Groups: [{ GroupId: "sg" }] },
    ]);
    const wrong = client.send(new DescribeVpcEndpointsCommand({ MaxResults: "x" as never }));
    await expect(wrong).rejects.toMatchObject<Partial<EC2ServiceException>>({ name: "InvalidParameterValue" });
    expect((await query("ec2", `Action=CreateNetworkInterface&${vpcVersion}`)).text).toContain(
      "<Code>MissingParameter</Code>",
    );
  });

  test("refuses one parameter where a structure belongs, and a structure where one belongs", async () => {
    const base = "Action=CreateTargetGroup&Version=2015-12-01";
    for (const more of ["Name.member.1=a", "Name=a&Name.x=b", "Name=a&Port=x", "Name=a&HealthCheckEnabled=7"]) {
      const { status, text } = await query("elasticloadbalancing", `${base}&${more}`);
      expect({ more, status }).toEqual({ more, status: 400 });
      expect(text).toContain("<Code>MalformedInput</Code>");
    }
    expect((await query("elasticloadbalancing", base)).text).toContain("<Code>ValidationError</Code>");
    expect(seen).toEqual([]);
  });
});
