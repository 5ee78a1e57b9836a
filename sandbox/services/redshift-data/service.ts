import { randomUUID } from "node:crypto";
import { type Assumptions, defaultAssumptions } from "../../assumptions";
import { AwsError } from "../../aws/errors";
import { operationsOf } from "../../aws/handlers";
import { paginate } from "../../aws/paginate";
import type { AwsService, Operations } from "../../aws/service";
import type { Store } from "../../store/store";
import { type RedshiftServerless, redshiftServerless } from "../redshift-serverless/service";
import { type SecretsManager, secretsManager } from "../secretsmanager/service";
import { defineService } from "../service";
import { Executor } from "./executor";
import { History } from "./history";
import { describeTable, type ListingRequest, listDatabases, listSchemas, listTables } from "./listings";
import { presentStatement, presentSubmitted, presentSummary } from "./presentation";
import { checkTexts, checkWait, type ExecuteRequest, invalid, newRecord, type TargetRequest } from "./requests";
import { ResultPages } from "./result-pages";
import type { Session, SessionSource } from "./session-port";
import { type Caller, Sessions } from "./sessions";
import { statement } from "./statement";
import { Targets } from "./targets";

const activeStatements = 200;

/** The Redshift Data API: SQL by HTTP, run in the background, its results read later. */
export class RedshiftData implements AwsService {
  readonly operations: Operations;
  private readonly history: History;
  private readonly sessions: Sessions;
  private readonly targets: Targets;
  private readonly executor: Executor;

  constructor(
    store: Store,
    serverless: RedshiftServerless,
    secrets: SecretsManager,
    source: SessionSource,
    assumptions: Assumptions = defaultAssumptions,
  ) {
    this.history = new History(store);
    this.sessions = new Sessions(source);
    this.targets = new Targets(serverless, secrets, source, assumptions);
    this.executor = new Executor({
      sessions: this.sessions,
      results: this.history.results,
      save: (record) => this.history.save(record),
      refuse: (sql) => this.targets.refusal(sql),
      authenticate: (record) => this.targets.authenticate(record),
    });
    this.operations = this.table();
  }

  /** What the end of the last process cut off has failed. */
  resume(): void {
    this.history.failInterrupted();
  }

  async close(): Promise<void> {
    await this.executor.close();
    await this.sessions.close();
  }

  private async execute(input: ExecuteRequest, batch: boolean) {
    const sqls = batch ? (input.Sqls ?? []) : [input.Sql ?? ""];
    checkTexts(sqls);
    checkWait(input.WaitTimeSeconds);
    const repeated = input.ClientToken === undefined ? undefined : this.history.findByToken(input.ClientToken);
    if (repeated) {
      await this.executor.wait(repeated.id, input.WaitTimeSeconds ?? 0);
      return presentSubmitted(this.history.require(repeated.id).record);
    }
    const { caller, workgroupName } = input.SessionId
      ? this.sessions.claim(input.SessionId)
      : this.targets.resolve(input);
    if (this.executor.count(workgroupName) >= activeStatements) {
      throw new AwsError(
        "ActiveStatementsExceededException",
        `Active statements exceeded the allowed quota (${activeStatements}).`,
      );
    }
    const sessionId = input.SessionId ?? this.keepSession(input, caller, workgroupName);
    const id = randomUUID();
    const record = newRecord(id, input, sqls, { batch, caller, workgroupName, sessionId });
    this.history.add(record);
    this.executor.start(record);
    await this.executor.wait(id, input.WaitTimeSeconds ?? 0);
    return presentSubmitted(this.history.require(id).record);
  }

  private async describe(input: { Id?: string; WaitTimeSeconds?: number }) {
    checkWait(input.WaitTimeSeconds);
    this.history.require(input.Id);
    await this.executor.wait(input.Id ?? "", input.WaitTimeSeconds ?? 0);
    const { record, statement } = this.history.require(input.Id);
    return presentStatement(record, (input.Id ?? "").includes(":") ? statement : undefined);
  }

  private async cancel(input: { Id?: string }) {
    const { record } = this.history.require(input.Id);
    if (!(await this.executor.cancel(record.id))) {
      throw invalid(`Could not cancel a query that is already in ${record.status} state with ID: ${record.id}`);
    }
    return { Status: true };
  }

  private list(input: {
    NextToken?: string;
    MaxResults?: number;
    Status?: string;
    StatementName?: string;
    Database?: string;
    WorkgroupName?: string;
  }) {
    const matching = this.history
      .list()
      .filter(
        (record) =>
          (input.Status === undefined || input.Status === "ALL" || record.status === input.Status) &&
          (input.StatementName === undefined || record.name?.startsWith(input.StatementName)) &&
          (input.Database === undefined || record.database === input.Database) &&
          (input.WorkgroupName === undefined || record.workgroupName === input.WorkgroupName),
      );
    const page = paginate(matching, input.NextToken, input.MaxResults);
    return { Statements: page.items.map(presentSummary), NextToken: page.nextToken };
  }

  private listing<T>(list: (session: Session, request: ListingRequest) => Promise<T>) {
    return async (input: TargetRequest & ListingRequest) => {
      const { caller } = this.targets.resolve({ ...input, Database: input.ConnectedDatabase ?? input.Database });
      const session = await this.sessions.open(caller, undefined);
      try {
        return await list(session, input);
      } finally {
        await this.sessions.release(session, undefined);
      }
    };
  }

  private keepSession(input: ExecuteRequest, caller: Caller, workgroupName: string): string | undefined {
    if (input.SessionKeepAliveSeconds === undefined) return undefined;
    const id = this.sessions.keep(caller, workgroupName, input.SessionKeepAliveSeconds);
    this.sessions.claim(id);
    return id;
  }

  private table(): Operations {
    const results = new ResultPages(this.history, this.executor);
    return operationsOf<typeof import("@aws-sdk/client-redshift-data")>({
      ExecuteStatement: (input: ExecuteRequest) => this.execute(input, false),
      BatchExecuteStatement: (input: ExecuteRequest) => this.execute(input, true),
      DescribeStatement: this.describe.bind(this),
      GetStatementResult: results.asFields.bind(results),
      GetStatementResultV2: results.asCsv.bind(results),
      CancelStatement: this.cancel.bind(this),
      ListStatements: this.list.bind(this),
      ListDatabases: this.listing(listDatabases),
      ListSchemas: this.listing(listSchemas),
      ListTables: this.listing(listTables),
      DescribeTable: this.listing(describeTable),
    });
  }
}

export const redshiftData = defineService({
  name: "redshift-data",
  api: {
    form: "json",
    target: "RedshiftData",
    async client(config) {
      const sdk = await import("@aws-sdk/client-redshift-data");
      return [sdk, new sdk.RedshiftDataClient(config).config];
    },
    constraints: () => import("./constraints.json"),
  },
  open: ({ store, use, warehouse, assumptions }) =>
    new RedshiftData(store, use(redshiftServerless), use(secretsManager), warehouse, assumptions),
  operations: ({ operations }) => operations,
  resume: (service) => service.resume(),
  close: (service) => service.close(),
  resources: [statement],
});
