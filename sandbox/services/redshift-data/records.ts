import type { SessionResult } from "./session-port";

export type Status = "SUBMITTED" | "PICKED" | "STARTED" | "FINISHED" | "FAILED" | "ABORTED";

export interface SqlParameter {
  name: string;
  value: string;
}

/** One SQL text of a statement. Times are epoch seconds, durations nanoseconds. */
export interface SubStatementRecord {
  id: string;
  sql: string;
  status: Status;
  error?: string;
  durationNs: number;
  updatedAt: number;
  hasResultSet: boolean;
  resultRows: number;
  resultSize: number;
}

/** A call of ExecuteStatement or BatchExecuteStatement. */
export interface StatementRecord {
  id: string;
  name?: string;
  clientToken?: string;
  batch: boolean;
  autoCommit: boolean;
  workgroupName: string;
  namespaceId: string;
  database: string;
  secretArn?: string;
  dbUser: string;
  sessionId?: string;
  resultFormat: "JSON" | "CSV";
  parameters?: SqlParameter[];
  status: Status;
  error?: string;
  createdAt: number;
  updatedAt: number;
  durationNs: number;
  pid: number;
  queryId: number;
  statements: SubStatementRecord[];
}

/** Results live in memory only; AWS keeps them for a day, the sandbox until it stops. */
export type Results = Map<string, SessionResult>;

export const isOver = (status: Status) => status === "FINISHED" || status === "FAILED" || status === "ABORTED";
