import { createAccount } from "../../aws/account";
import { AwsProvider } from "../../provider/aws-provider";
import type { ValueMap } from "../../provider/values";
import { TestAccount } from "../redshift-serverless/testing";
import { callsOf } from "../testing";
import { RedshiftData } from "./service";
import type { SessionSource } from "./session-port";

describe("aws.redshiftdata.Statement", () => {
  const ran: string[] = [];
  const source: SessionSource = {
    connect: async () => ({
      query: async (sql) => {
        if (/broken/.test(sql)) throw new Error('syntax error at or near "broken"');
        ran.push(sql);
        return [{ command: "CREATE", rowCount: null, fields: [], rows: [] }];
      },
      cancel: async () => undefined,
      end: async () => undefined,
    }),
    verifyPassword: async () => true,
    issueCredentials: async () => undefined,
  };
  let account: TestAccount;
  let data: RedshiftData;
  let provider: AwsProvider;

  beforeAll(async () => {
    account = await TestAccount.open();
    await account.create("orders");
    data = new RedshiftData(account.store, account.service, account.secrets, source);
    provider = new AwsProvider({
      account: createAccount(),

      services: callsOf({ "redshift-data": data.operations }),
    });
  });
  afterAll(async () => {
    await data.close();
    await account.close();
  });

  const type = "aws:redshiftdata/statement:Statement";
  const properties = (values: ValueMap) => ({ values, secrets: new Set<string>() });
  const target = (token = type) => ({
    urn: `urn:${token}`,
    type: token,
    name: "t",
    session: "",
    signal: new AbortController().signal,
    timeoutMs: 10_000,
  });
  const inputs = { workgroupName: "orders", database: "dev", sql: "create table public.t (a int)", statementName: "t" };
  const create = (values: ValueMap, preview = false) =>
    provider.create({ ...target(), news: properties(values), preview });
  const read = (id: string, state: ValueMap) =>
    provider.read({ ...target(), id, state: properties(state), inputs: properties(inputs) });
  const check = (token: string, values: ValueMap) =>
    provider.check({
      ...target(token),
      olds: properties({}),
      news: properties(values),
      randomSeed: new Uint8Array(32),
    });

  test("runs its SQL through the Data API, and only when it is made", async () => {
    await create(inputs, true);
    expect(ran.join()).not.toContain("public.t");
    const { id, state } = await create(inputs);
    expect(ran.join()).toContain(inputs.sql);
    expect(state).toMatchObject({ ...inputs, id });
    const described = await data.operations.DescribeStatement!({ Id: id });
    expect(described).toMatchObject({ Status: "FINISHED", QueryString: inputs.sql, WorkgroupName: "orders" });
    expect(await read(id, state)).toMatchObject({ id, state: inputs });
    await provider.delete({ ...target(), id, state: properties(state) });
    expect(await read(id, state)).toBeDefined();
  });

  test("waits for the end, and fails in Redshift's words", async () => {
    await expect(create({ ...inputs, sql: "broken" })).rejects.toThrow(
      /creating Redshift Data Statement .*FAILED.*syntax error at or near "broken"/,
    );
  });

  test("runs anew what is changed", async () => {
    const { id, state } = await create(inputs);
    const { details } = await provider.diff({
      ...target(),
      id,
      oldState: properties(state),
      oldInputs: properties(inputs),
      news: properties({ ...inputs, sql: "select 2" }),
      ignoreChanges: [],
    });
    expect(details).toEqual({ sql: "update-replace" });
  });

  test("is gone where the Data API does not know it any more", async () => {
    expect(await read("00000000-0000-0000-0000-000000000000", inputs)).toBeUndefined();
  });

  test.each([
    "aws:lambda/invocation:Invocation",
    "aws:other/command:Command",
    "aws:sagemaker/trainingJob:TrainingJob",
    "aws:rdsdata/statement:Statement",
  ])("of other types that do something, %s is refused at preview", async (token) => {
    const { failures } = await check(token, { input: "{}" });
    expect(failures).toEqual([{ property: "", reason: expect.stringContaining(`does not implement ${token}`) }]);
  });

  test.each(["aws:athena/namedQuery:NamedQuery", "aws:athena/preparedStatement:PreparedStatement", "aws:glue/job:Job"])(
    "%s, which is only kept, is taken",
    async (token) => {
      expect((await check(token, { name: "x" })).failures).toEqual([]);
    },
  );
});
