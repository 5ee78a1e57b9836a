import { ExecuteStatementCommand, RedshiftDataClient, ResourceNotFoundException } from "@aws-sdk/client-redshift-data";
import { AwsSmithyRpcV2CborProtocol } from "@aws-sdk/core/protocols";
import { cbor } from "@smithy/core/cbor";
import { AwsError } from "../aws/errors";
import { operationsOf } from "../aws/handlers";
import type { ApiServer } from "./server";
import { send, signature, startGateway } from "./testing";

describe("CBOR, where a client asks for it", () => {
  const seen: object[] = [];
  let gateway: ApiServer;
  beforeAll(async () => {
    const operations = operationsOf<typeof import("@aws-sdk/client-redshift-data")>({
      ExecuteStatement(input) {
        seen.push(input);
        if (input.Database === "none") throw new AwsError("ResourceNotFoundException", "There is none.");
        return { Id: "1", CreatedAt: new Date(1_790_000_000_500), DbGroups: ["a"] };
      },
    });
    gateway = await startGateway({ "redshift-data": { operations } });
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterAll(() => gateway.close());

  test("carries what JSON carries, and errors by their class", async () => {
    const client = new RedshiftDataClient({
      endpoint: `http://127.0.0.1:${gateway.port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
      protocol: AwsSmithyRpcV2CborProtocol,
    });
    const input = { Sql: "select 'ü'", Parameters: [{ name: "a", value: "1" }], WaitTimeSeconds: 5 };
    const answer = await client.send(new ExecuteStatementCommand(input));
    expect(answer).toMatchObject({ Id: "1", CreatedAt: new Date(1_790_000_000_500), DbGroups: ["a"] });
    expect(seen).toEqual([expect.objectContaining(input)]);
    const none = client.send(new ExecuteStatementCommand({ Sql: "select 1", Database: "none" }));
    await expect(none).rejects.toBeInstanceOf(ResourceNotFoundException);
    client.destroy();
  });

  test.each<[string, Uint8Array]>([
    ["no CBOR", Buffer.from("{}")],
    ["half of it", cbor.serialize({ Sql: "select 1" }).subarray(0, 6)],
    ["a list", cbor.serialize(["Sql"])],
    ["a number for a text", cbor.serialize({ Sql: 7 })],
    ["a text for a number", cbor.serialize({ Sql: "select 1", WaitTimeSeconds: "5" })],
    ["depth", Buffer.alloc(500_000, 0x81)],
    ["a list that says it is long", Buffer.from("a163537173 9affffffff".replaceAll(" ", ""), "hex")],
    ["a text that says it is long", Buffer.from("a16353716c7affffffff", "hex")],
  ])("refuses %s before a service sees it", async (_, body) => {
    const { status, text } = await send(gateway.port, {
      path: "/service/RedshiftData/operation/ExecuteStatement",
      headers: {
        authorization: signature("redshift-data"),
        "x-amz-date": "20261129T120000Z",
        "smithy-protocol": "rpc-v2-cbor",
        "content-type": "application/cbor",
      },
      body: Buffer.from(body),
    });
    expect({ status, told: /SerializationException|ValidationException/.test(text) }).toEqual({
      status: 400,
      told: true,
    });
    expect(seen).toEqual([]);
  });
});
