import type { StatementRecord, SubStatementRecord } from "./records";

/** A statement as DescribeStatement tells of it; with `only`, one of a batch. */
export function presentStatement(record: StatementRecord, only?: SubStatementRecord) {
  const common = {
    CreatedAt: record.createdAt,
    Database: record.database,
    DbUser: record.dbUser,
    SecretArn: record.secretArn,
    WorkgroupName: record.workgroupName,
    SessionId: record.sessionId,
    ResultFormat: record.resultFormat,
    RedshiftPid: record.pid,
    RedshiftQueryId: record.queryId,
    QueryParameters: record.parameters,
  };
  if (only) return { ...common, ...outcome(only), QueryString: only.sql };
  const last = record.statements.at(-1)!;
  const whole = {
    ...common,
    Id: record.id,
    Status: record.status,
    Error: record.error,
    Duration: record.durationNs,
    UpdatedAt: record.updatedAt,
    HasResultSet: last.hasResultSet,
    ResultRows: last.resultRows,
    ResultSize: last.resultSize,
  };
  if (!record.batch) return { ...whole, QueryString: last.sql };
  return {
    ...whole,
    HasResultSet: record.statements.some(({ hasResultSet }) => hasResultSet),
    SubStatements: record.statements.map((statement) => ({
      ...outcome(statement),
      QueryString: statement.sql,
      CreatedAt: record.createdAt,
      RedshiftQueryId: record.queryId,
    })),
  };
}

/** A call as ExecuteStatement and BatchExecuteStatement answer it. */
export function presentSubmitted(record: StatementRecord) {
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

/** A statement as ListStatements tells of it. */
export function presentSummary(record: StatementRecord) {
  return {
    Id: record.id,
    StatementName: record.name,
    Status: record.status,
    CreatedAt: record.createdAt,
    UpdatedAt: record.updatedAt,
    SecretArn: record.secretArn,
    IsBatchStatement: record.batch,
    QueryString: record.batch ? undefined : record.statements[0]?.sql,
    QueryStrings: record.batch ? record.statements.map(({ sql }) => sql) : undefined,
    QueryParameters: record.parameters,
    ResultFormat: record.resultFormat,
    SessionId: record.sessionId,
  };
}

function outcome(statement: SubStatementRecord) {
  return {
    Id: statement.id,
    Status: statement.status,
    Error: statement.error,
    Duration: statement.durationNs,
    UpdatedAt: statement.updatedAt,
    HasResultSet: statement.hasResultSet,
    ResultRows: statement.resultRows,
    ResultSize: statement.resultSize,
  };
}
