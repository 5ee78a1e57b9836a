import { randomInt, randomUUID } from "node:crypto";
import type { Store } from "../../store/store";
import { AwsError } from "../errors";
import { operation } from "../operation";
import { paginate } from "../paginate";
import { IAM_DATABASE_USER } from "../redshift-serverless/credentials";
import type { RedshiftServerless } from "../redshift-serverless/service";
import type { SecretsManager } from "../secretsmanager/service";
import type { AwsService, Operation } from "../service";
import { Executor } from "./executor";
import { History } from "./history";
import { describeTable, type ListingRequest, listDatabases, listSchemas, listTables } from "./listings";
import { presentStatement, presentSummary } from "./presentation";
import type { SqlParameter, StatementRecord, SubStatementRecord } from "./records";
import { columnMetadata, toCsv, toField } from "./results";
import type { Session, SessionSource } from "./session-port";
import { type Caller, Sessions } from "./sessions";

interface TargetRequest {
  WorkgroupName?: string;
  ClusterIdentifier?: string;
  Database?: string;
  SecretArn?: string;
  DbUser?: string;
  SessionId?: string;
}

interface ExecuteRequest extends TargetRequest {
  Sql?: string;
  Sqls?: string[];
  Parameters?: SqlParameter[];
  ClientToken?: string;
  StatementName?: string;
  ResultFormat?: "JSON" | "CSV";
  SessionKeepAliveSeconds?: number;
  WaitTimeSeconds?: number;
  ExecutionMode?: string;
}

const LONGEST_STATEMENT_BYTES = 100 * 1_024;
const LONGEST_BATCH = 40;
const LONGEST_WAIT_SECONDS = 30;
const ACTIVE_STATEMENTS = 200;
const PAGE_ROWS = 1_000;

const invalid = (message: string) => new AwsError("ValidationException", message);

/** The Redshift Data API: SQL by HTTP, run in the background, its results read later. */
export class RedshiftData implements AwsService {
  readonly operations: Readonly<Record<string, Operation>> = {
    ExecuteStatement: operation((input: ExecuteRequest) => this.execute(input, false)),
    BatchExecuteStatement: operation((input: ExecuteRequest) => this.execute(input, true)),
    DescribeStatement: operation(this.describe.bind(this)),
    GetStatementResult: operation(this.getResult.bind(this)),
    GetStatementResultV2: operation(this.getResultAsCsv.bind(this)),
    CancelStatement: operation(this.cancel.bind(this)),
    ListStatements: operation(this.list.bind(this)),
    ListDatabases: operation(this.listing(listDatabases)),
    ListSchemas: operation(this.listing(listSchemas)),
    ListTables: operation(this.listing(listTables)),
    DescribeTable: operation(this.listing(describeTable)),
  };
  private readonly history: History;
  private readonly sessions: Sessions;
  private readonly executor: Executor;

  constructor(
    store: Store,
    private readonly serverless: RedshiftServerless,
    private readonly secrets: SecretsManager,
    private readonly source: SessionSource,
  ) {
    this.history = new History(store);
    this.sessions = new Sessions(source);
    this.executor = new Executor({
      sessions: this.sessions,
      results: this.history.results,
      save: (record) => this.history.save(record),
      refuse: (sql) => this.refusal(sql),
      authenticate: (record) => this.authenticate(record),
    });
  }

  /** What the end of the last process cut off has failed. */
  resume(): void {
    this.history.failInterrupted();
  }

  async close(): Promise<void> {
    await this.executor.close();
    await this.sessions.close();
  }

  private async execute(input: ExecuteRequest, batch: boolean): Promise<object> {
    const sqls = batch ? (input.Sqls ?? []) : [input.Sql ?? ""];
    checkTexts(sqls);
    checkWait(input.WaitTimeSeconds);
    const repeated = input.ClientToken === undefined ? undefined : this.history.findByToken(input.ClientToken);
    if (repeated) {
      await this.executor.wait(repeated.id, input.WaitTimeSeconds ?? 0);
      return this.answer(repeated.id);
    }
    const { caller, workgroupName } = input.SessionId ? this.sessions.claim(input.SessionId) : this.resolve(input);
    if (this.executor.count(workgroupName) >= ACTIVE_STATEMENTS) {
      throw new AwsError(
        "ActiveStatementsExceededException",
        `Active statements exceeded the allowed quota (${ACTIVE_STATEMENTS}).`,
      );
    }
    const sessionId = input.SessionId ?? this.keepSession(input, caller, workgroupName);
    const id = randomUUID();
    const now = Date.now() / 1_000;
    const record: StatementRecord = {
      id,
      name: input.StatementName,
      clientToken: input.ClientToken,
      batch,
      autoCommit: input.ExecutionMode === "AUTO_COMMIT",
      workgroupName,
      namespaceId: caller.namespaceId,
      database: caller.database,
      secretArn: input.SecretArn,
      dbUser: caller.user,
      sessionId,
      resultFormat: input.ResultFormat ?? "JSON",
      parameters: input.Parameters,
      status: "SUBMITTED",
      createdAt: now,
      updatedAt: now,
      durationNs: 0,
      pid: randomInt(1 << 30),
      queryId: randomInt(1 << 30),
      statements: sqls.map((sql, index) => newStatement(batch ? `${id}:${index + 1}` : id, sql, now)),
    };
    this.history.add(record);
    this.executor.start(record);
    await this.executor.wait(id, input.WaitTimeSeconds ?? 0);
    return this.answer(id);
  }

  private async describe(input: { Id?: string; WaitTimeSeconds?: number }): Promise<object> {
    checkWait(input.WaitTimeSeconds);
    this.require(input.Id);
    await this.executor.wait(input.Id ?? "", input.WaitTimeSeconds ?? 0);
    const { record, statement } = this.require(input.Id);
    return presentStatement(record, (input.Id ?? "").includes(":") ? statement : undefined);
  }

  private async getResult(input: { Id?: string; NextToken?: string; WaitTimeSeconds?: number }): Promise<object> {
    const { fields, rows, total, nextToken } = await this.resultPage(input);
    return {
      ColumnMetadata: columnMetadata(fields),
      Records: rows.map((row) => row.map((value, index) => toField(value, fields[index]?.typeOid ?? 0))),
      TotalNumRows: total,
      NextToken: nextToken,
    };
  }

  private async getResultAsCsv(input: { Id?: string; NextToken?: string; WaitTimeSeconds?: number }): Promise<object> {
    if (this.require(input.Id).record.resultFormat !== "CSV") {
      throw invalid("The statement was not run with ResultFormat CSV; read it with GetStatementResult.");
    }
    const { fields, rows, total, nextToken } = await this.resultPage(input);
    return {
      ColumnMetadata: columnMetadata(fields),
      Records: [{ CSVRecords: toCsv(fields, rows) }],
      ResultFormat: "CSV",
      TotalNumRows: total,
      NextToken: nextToken,
    };
  }

  private async resultPage(input: { Id?: string; NextToken?: string; WaitTimeSeconds?: number }) {
    checkWait(input.WaitTimeSeconds);
    await this.executor.wait(input.Id ?? "", input.WaitTimeSeconds ?? 0);
    const { statement } = this.require(input.Id);
    const result = this.history.results.get(statement.id);
    if (!result) {
      throw new AwsError(
        "ResourceNotFoundException",
        "Query does not have result. Please check query status with DescribeStatement.",
      );
    }
    const { items, nextToken } = paginate(result.rows, input.NextToken, undefined, { fallback: PAGE_ROWS });
    return { fields: result.fields, rows: items, total: result.rows.length, nextToken };
  }

  private async cancel(input: { Id?: string }): Promise<object> {
    const { record } = this.require(input.Id);
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
  }): object {
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

  private listing(list: (session: Session, request: ListingRequest) => Promise<object>) {
    return async (input: TargetRequest & ListingRequest): Promise<object> => {
      const { caller } = this.resolve({ ...input, Database: input.ConnectedDatabase ?? input.Database });
      const session = await this.sessions.open(caller, undefined);
      try {
        return await list(session, input);
      } finally {
        await this.sessions.release(session, undefined);
      }
    };
  }

  /** Whom a request means to be, and where. */
  private resolve(input: TargetRequest): { caller: Caller; workgroupName: string } {
    if (input.ClusterIdentifier !== undefined) {
      throw new AwsError(
        "NotImplemented",
        "The sandbox has no provisioned clusters; name a serverless workgroup by WorkgroupName.",
      );
    }
    if (!input.WorkgroupName) throw invalid("WorkgroupName is needed.");
    if (!input.Database) throw invalid("Database is needed.");
    if (input.DbUser !== undefined) throw invalid("DbUser goes with ClusterIdentifier, not with WorkgroupName.");
    const name = this.workgroupName(input.WorkgroupName);
    const { workgroup, namespace } = this.targetOf(name);
    if (workgroup.status !== "AVAILABLE" && workgroup.status !== "MODIFYING") {
      throw invalid(`The workgroup ${name} is in the status ${workgroup.status}.`);
    }
    const user = input.SecretArn === undefined ? IAM_DATABASE_USER : this.credentials(input.SecretArn).username;
    return { caller: { namespaceId: namespace.namespaceId, database: input.Database, user }, workgroupName: name };
  }

  private workgroupName(nameOrArn: string): string {
    if (!nameOrArn.startsWith("arn:")) return nameOrArn;
    return (
      this.serverless.listWorkgroups().find(({ workgroupArn }) => workgroupArn === nameOrArn)?.workgroupName ??
      nameOrArn
    );
  }

  private targetOf(workgroupName: string) {
    try {
      return this.serverless.target(workgroupName);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalid(`Redshift endpoint doesn't exist in this region: ${workgroupName}`);
    }
  }

  private credentials(secretArn: string): { username: string; password: string } {
    let value: { username?: unknown; password?: unknown };
    try {
      value = JSON.parse(this.secrets.read(secretArn)) as typeof value;
    } catch (error) {
      throw invalid(`The secret ${secretArn} cannot be used: ${(error as Error).message}`);
    }
    if (typeof value.username !== "string" || typeof value.password !== "string") {
      throw invalid(`The secret ${secretArn} must be JSON with username and password.`);
    }
    return { username: value.username, password: value.password };
  }

  private async authenticate(record: StatementRecord): Promise<void> {
    if (record.secretArn === undefined) return;
    const { username, password } = this.credentials(record.secretArn);
    if (await this.source.verifyPassword(record.namespaceId, username, password)) return;
    throw new Error(`FATAL: password authentication failed for user "${username}"`);
  }

  private refusal(sql: string): string | undefined {
    const unknown = this.serverless.invisibleNamespaces().find((id) => sql.includes(id));
    return unknown && `ERROR: Namespace ${unknown} does not exist.`;
  }

  private keepSession(input: ExecuteRequest, caller: Caller, workgroupName: string): string | undefined {
    if (input.SessionKeepAliveSeconds === undefined) return undefined;
    const id = this.sessions.keep(caller, workgroupName, input.SessionKeepAliveSeconds);
    this.sessions.claim(id);
    return id;
  }

  private require(id: string | undefined): { record: StatementRecord; statement: SubStatementRecord } {
    const record = this.history.get((id ?? "").split(":")[0] ?? "");
    const statement = record?.statements.find((candidate) => candidate.id === id) ?? record?.statements.at(-1);
    if (!record || !statement) throw new AwsError("ResourceNotFoundException", "Query does not exist.");
    return { record, statement };
  }

  private answer(id: string): object {
    const { record } = this.require(id);
    return {
      Id: record.id,
      CreatedAt: record.createdAt,
      Database: record.database,
      DbUser: record.secretArn === undefined ? record.dbUser : undefined,
      SecretArn: record.secretArn,
      WorkgroupName: record.workgroupName,
      SessionId: record.sessionId,
      Status: record.status,
      RedshiftPid: record.pid,
      HasResultSet: record.statements.some(({ hasResultSet }) => hasResultSet),
    };
  }
}

function newStatement(id: string, sql: string, now: number): SubStatementRecord {
  return {
    id,
    sql,
    status: "SUBMITTED",
    durationNs: 0,
    updatedAt: now,
    hasResultSet: false,
    resultRows: -1,
    resultSize: -1,
  };
}

function checkTexts(sqls: string[]): void {
  if (sqls.length === 0 || sqls.length > LONGEST_BATCH)
    throw invalid(`Sqls must have 1 to ${LONGEST_BATCH} statements.`);
  if (sqls.some((sql) => sql.trim() === "")) throw invalid("A SQL statement is empty.");
  const bytes = sqls.reduce((sum, sql) => sum + Buffer.byteLength(sql), 0);
  if (bytes > LONGEST_STATEMENT_BYTES) {
    throw invalid(`Cannot process query string larger than ${LONGEST_STATEMENT_BYTES / 1_024}kB.`);
  }
}

function checkWait(seconds: number | undefined): void {
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_WAIT_SECONDS)) {
    throw invalid(`WaitTimeSeconds must be 0 to ${LONGEST_WAIT_SECONDS}.`);
  }
}
