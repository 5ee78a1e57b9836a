import { z } from "zod";
import type { Connection } from "../connection";
import type { DatabaseTarget } from "../database-target";
import { DataApi, type DataApiDependencies } from "./data-api";
import { SqlError } from "./errors";
import { integer, text } from "./rows";

type Sent = { name: string; input: Record<string, unknown> };
type Answer = object | Error;

const connection: Connection = { region: "us-east-1" };
const target: DatabaseTarget = { workgroupName: "wg", database: "fleet", secretArn: "arn:secret" };

function fault(name: string, message = name): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** A client that answers from a list, and a clock that only sleeping moves. */
function stub(answers: Answer[], deadline = 60_000) {
  const sent: Sent[] = [];
  const sleeps: number[] = [];
  let clock = 0;
  const client = {
    send: async (command: { constructor: { name: string }; input: object }) => {
      sent.push({
        name: command.constructor.name.replace("Command", ""),
        input: command.input as Record<string, unknown>,
      });
      const answer = answers.shift();
      if (!answer) throw new Error(`nothing prepared for call ${sent.length}`);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const api = new DataApi(connection, target, {
    client: client as DataApiDependencies["client"],
    deadline,
    now: () => clock,
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      clock += milliseconds;
    },
    random: () => 0.5,
  });
  return { api, sent, sleeps };
}

const done = { Id: "s1", Status: "FINISHED", HasResultSet: false };
const failed = (message: string) => [
  { Id: "s1", Status: "FAILED" },
  { Status: "FAILED", Error: message },
];

test("a statement is sent once, waits on the service's side, and names its target", async () => {
  const { api, sent } = stub([done]);
  await api.execute('DROP DATASHARE "s"');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    name: "ExecuteStatement",
    input: {
      Sql: 'DROP DATASHARE "s"',
      WorkgroupName: "wg",
      Database: "fleet",
      SecretArn: "arn:secret",
      WaitTimeSeconds: 30,
    },
  });
});

test("a statement that takes longer is waited for by long polling", async () => {
  const { api, sent } = stub([
    { Id: "s1", Status: "STARTED" },
    { Status: "STARTED" },
    { Status: "FINISHED", HasResultSet: false },
  ]);
  await api.execute("VACUUM");
  expect(sent.map((call) => call.name)).toEqual(["ExecuteStatement", "DescribeStatement", "DescribeStatement"]);
  expect(sent[1]!.input).toEqual({ Id: "s1", WaitTimeSeconds: 30 });
});

test("rows of every page come back typed by column name", async () => {
  const { api, sent } = stub([
    { Id: "q", Status: "FINISHED", HasResultSet: true },
    {
      ColumnMetadata: [{ name: "NAME" }, { name: "total" }],
      Records: [[{ stringValue: "a  " }, { longValue: 1 }]],
      NextToken: "t",
    },
    { ColumnMetadata: [{ name: "NAME" }, { name: "total" }], Records: [[{ stringValue: "b" }, { stringValue: "2" }]] },
  ]);
  const rows = await api.query("SELECT", z.object({ name: text, total: integer }), { share: "x" });
  expect(rows).toEqual([
    { name: "a", total: 1 },
    { name: "b", total: 2 },
  ]);
  expect(sent[0]!.input.Parameters).toEqual([{ name: "share", value: "x" }]);
  expect(sent[2]!.input.NextToken).toBe("t");
});

test("rows of another shape are an error that says which column", async () => {
  const { api } = stub([
    { Id: "q", Status: "FINISHED", HasResultSet: true },
    { ColumnMetadata: [{ name: "other" }], Records: [[{ stringValue: "a" }]] },
  ]);
  await expect(api.query("SELECT", z.object({ name: text }))).rejects.toThrow(/name:/);
});

test.each(["ThrottlingException", "ActiveStatementsExceededException", "ConflictException"])(
  "%s is retried with a new token after a pause",
  async (name) => {
    const { api, sent, sleeps } = stub([fault(name), fault(name), done]);
    await api.execute("X");
    const tokens = sent.map((call) => call.input.ClientToken);
    expect(new Set(tokens).size).toBe(3);
    expect(sleeps).toEqual([200, 400]);
  },
);

test("a request that may have arrived is sent again with the same token", async () => {
  const { api, sent } = stub([fault("ECONNRESET"), fault("TimeoutError"), done]);
  await api.execute("X");
  expect(new Set(sent.map((call) => call.input.ClientToken)).size).toBe(1);
});

test("the same statement twice is two operations", async () => {
  const { api, sent } = stub([done, done]);
  await api.execute("GRANT");
  await api.execute("GRANT");
  expect(sent[0]!.input.ClientToken).not.toBe(sent[1]!.input.ClientToken);
});

test("a conflict between transactions is retried", async () => {
  const { api, sent } = stub([...failed("ERROR: conflict with concurrent transaction"), done]);
  await api.execute("X");
  expect(sent.map((call) => call.name)).toEqual(["ExecuteStatement", "DescribeStatement", "ExecuteStatement"]);
});

test("a namespace that is too new is waited for only where that was asked", async () => {
  const waiting = stub([...failed("ERROR: Namespace 0f6b does not exist"), done]);
  await waiting.api.execute("GRANT", { awaiting: "namespace" });
  expect(waiting.sent).toHaveLength(3);
  const worded = stub([...failed('ERROR: invalid consumer identifier "0f6b"'), done]);
  await worded.api.execute("GRANT", { awaiting: "namespace" });
  expect(worded.sent).toHaveLength(3);
  const settled = stub(failed("ERROR: permission denied for datashare sales"));
  await expect(settled.api.execute("GRANT", { awaiting: "namespace" })).rejects.toThrow(/permission denied/);
  const plain = stub(failed("ERROR: Namespace 0f6b does not exist"));
  await expect(plain.api.execute("REVOKE")).rejects.toThrow(/namespace/i);
});

test("retries end at the deadline, and the error says so", async () => {
  const { api, sent } = stub(
    Array.from({ length: 100 }, () => fault("ThrottlingException", "Rate exceeded")),
    30_000,
  );
  await expect(api.execute("X")).rejects.toThrow(/Rate exceeded \(given up after \d+ attempts in 30 s\)/);
  expect(sent.length).toBeLessThan(12);
});

test("a statement past the deadline is cancelled", async () => {
  const { api, sent } = stub(
    [{ Id: "s1", Status: "STARTED" }, ...Array.from({ length: 40 }, () => ({ Status: "STARTED" }))],
    5_000,
  );
  await expect(api.execute("X")).rejects.toThrow(/Not finished after 5 s/);
  expect(sent.at(-1)).toMatchObject({ name: "CancelStatement", input: { Id: "s1" } });
});

test("an error has statement, id, server message and remedy, and no secret", async () => {
  const digest = `sha256|${"ab".repeat(32)}|salt`;
  const { api } = stub(failed(`ERROR: permission denied for CREATE USER u PASSWORD '${digest}'`));
  const error = await api
    .execute(`CREATE USER u PASSWORD '${digest}' CONNECTION LIMIT 5`)
    .catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SqlError);
  expect(error).toMatchObject({
    sql: "CREATE USER u PASSWORD '***' CONNECTION LIMIT 5",
    statementId: "s1",
    serverMessage: "ERROR: permission denied for CREATE USER u PASSWORD '***'",
    remedy: expect.stringContaining("admin"),
    target: "wg/fleet",
  });
  expect(String(error)).not.toContain("abab");
});

test("several statements go as one transaction, one goes as a plain statement, none is not sent", async () => {
  const { api, sent } = stub([done, done]);
  await api.batch(["A", "B"]);
  await api.batch(["C"]);
  await api.batch([]);
  expect(sent.map((call) => [call.name, call.input.Sqls ?? call.input.Sql])).toEqual([
    ["BatchExecuteStatement", ["A", "B"]],
    ["ExecuteStatement", "C"],
  ]);
});

test("statements on one database run one after the other", async () => {
  const order: string[] = [];
  const client = {
    send: async (command: { input: object }) => {
      const { Sql: sql } = command.input as { Sql: string };
      order.push(`start ${sql}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`end ${sql}`);
      return done;
    },
  };
  const api = new DataApi(connection, target, { client: client as DataApiDependencies["client"] });
  await Promise.all([api.execute("A"), api.execute("B")]);
  expect(order).toEqual(["start A", "end A", "start B", "end B"]);
});
