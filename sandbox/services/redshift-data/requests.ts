import { randomInt } from "node:crypto";
import { AwsError } from "../../aws/errors";
import type { SqlParameter, StatementRecord, SubStatementRecord } from "./records";
import type { Caller } from "./sessions";

export interface TargetRequest {
  WorkgroupName?: string;
  ClusterIdentifier?: string;
  Database?: string;
  SecretArn?: string;
  DbUser?: string;
  SessionId?: string;
}

export interface ExecuteRequest extends TargetRequest {
  Sql?: string;
  Sqls?: string[];
  Parameters?: Partial<SqlParameter>[];
  ClientToken?: string;
  StatementName?: string;
  ResultFormat?: "JSON" | "CSV";
  SessionKeepAliveSeconds?: number;
  WaitTimeSeconds?: number;
  ExecutionMode?: string;
}

const longestStatementBytes = 100 * 1_024;
const longestBatch = 40;
const longestWaitSeconds = 30;

export const invalid = (message: string) => new AwsError("ValidationException", message);

/** @throws ValidationException for no statement, too many, an empty or too long one */
export function checkTexts(sqls: string[]): void {
  if (sqls.length === 0 || sqls.length > longestBatch) throw invalid(`Sqls must have 1 to ${longestBatch} statements.`);
  if (sqls.some((sql) => sql.trim() === "")) throw invalid("A SQL statement is empty.");
  const bytes = sqls.reduce((sum, sql) => sum + Buffer.byteLength(sql), 0);
  if (bytes > longestStatementBytes) {
    throw invalid(`Cannot process query string larger than ${longestStatementBytes / 1_024}kB.`);
  }
}

/** @throws ValidationException for a time to wait that AWS does not take */
export function checkWait(seconds: number | undefined): void {
  if (seconds !== undefined && (!Number.isInteger(seconds) || seconds < 0 || seconds > longestWaitSeconds)) {
    throw invalid(`WaitTimeSeconds must be 0 to ${longestWaitSeconds}.`);
  }
}

/** A call that is yet to run, as the request of `id` asks for it. */
export function newRecord(
  id: string,
  input: ExecuteRequest,
  sqls: string[],
  to: { batch: boolean; caller: Caller; workgroupName: string; sessionId: string | undefined },
): StatementRecord {
  const { batch, caller, workgroupName, sessionId } = to;
  const now = Date.now() / 1_000;
  return {
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
    parameters: input.Parameters?.map(({ name = "", value = "" }) => ({ name, value })),
    status: "SUBMITTED",
    createdAt: now,
    updatedAt: now,
    durationNs: 0,
    pid: randomInt(1 << 30),
    queryId: randomInt(1 << 30),
    statements: sqls.map((sql, index) => newStatement(batch ? `${id}:${index + 1}` : id, sql, now)),
  };
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
