import { bindParameters } from "./parameters";
import { isOver, type Results, type StatementRecord, type SubStatementRecord } from "./records";
import { sizeOf } from "./results";
import type { Session } from "./session-port";
import type { Sessions } from "./sessions";

/** Statements of one namespace that run at the same time; the others wait as SUBMITTED. */
const concurrency = 16;

export interface Running {
  workgroupName: string;
  session?: Session;
  cancelled: boolean;
  /** Resolves when the statement is over. */
  over: Promise<void>;
}

interface ExecutorDependencies {
  sessions: Sessions;
  results: Results;
  save(record: StatementRecord): void;
  /** A reason to fail a text before it is sent: other services' eventual consistency. */
  refuse(sql: string): string | undefined;
  /** @throws Error where the secret's password is not the user's. */
  authenticate(record: StatementRecord): Promise<void>;
}

/** Runs statements in the background and writes down how they fare. */
export class Executor {
  private readonly running = new Map<string, Running>();
  private readonly active = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly dependencies: ExecutorDependencies) {}

  start(record: StatementRecord): void {
    const running: Running = { workgroupName: record.workgroupName, cancelled: false, over: Promise.resolve() };
    this.running.set(record.id, running);
    running.over = this.run(record, running).finally(() => this.running.delete(record.id));
  }

  /** Waits until a statement is over, or so many seconds have passed. */
  async wait(id: string, seconds: number): Promise<void> {
    const running = this.running.get(id.split(":")[0]!);
    if (!running || seconds <= 0) return;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, seconds * 1_000);
    });
    await Promise.race([running.over, timeout]);
    clearTimeout(timer);
  }

  /** False where nothing of this id runs. */
  async cancel(id: string): Promise<boolean> {
    const running = this.running.get(id);
    if (!running) return false;
    running.cancelled = true;
    await running.session?.cancel();
    return true;
  }

  /** Statements of a workgroup that are not over. */
  count(workgroupName: string): number {
    return [...this.running.values()].filter((running) => running.workgroupName === workgroupName).length;
  }

  async close(): Promise<void> {
    const all = [...this.running.entries()];
    await Promise.allSettled(all.map(([id]) => this.cancel(id)));
    await Promise.allSettled(all.map(([, running]) => running.over));
  }

  private async run(record: StatementRecord, running: Running): Promise<void> {
    await this.enter(record.namespaceId);
    const started = process.hrtime.bigint();
    let inTransaction = false;
    try {
      if (running.cancelled) throw new Error("cancelled");
      this.change(record, { status: "PICKED" });
      await this.dependencies.authenticate(record);
      running.session = await this.dependencies.sessions.open(
        { namespaceId: record.namespaceId, database: record.database, user: record.dbUser },
        record.sessionId,
      );
      if (running.cancelled) throw new Error("cancelled");
      this.change(record, { status: "STARTED" });
      inTransaction = record.batch && !record.autoCommit;
      if (inTransaction) await running.session.query("BEGIN");
      for (const statement of record.statements) await this.execute(record, statement, running);
      if (inTransaction) await running.session.query("COMMIT");
      this.finish(record, started, "FINISHED");
    } catch (error) {
      if (inTransaction) await running.session?.query("ROLLBACK").catch(() => undefined);
      const failed = record.statements.findIndex(({ status }) => status === "FAILED");
      const message = serverMessage(error);
      const prefix = record.batch && failed >= 0 ? `Query #${failed + 1} failed with ` : "";
      if (running.cancelled) this.finish(record, started, "ABORTED");
      else this.finish(record, started, "FAILED", prefix + message);
    } finally {
      this.leave(record.namespaceId);
      await this.dependencies.sessions.release(running.session, record.sessionId).catch(() => undefined);
    }
  }

  private async execute(record: StatementRecord, statement: SubStatementRecord, running: Running): Promise<void> {
    const began = process.hrtime.bigint();
    Object.assign(statement, { status: "STARTED", updatedAt: Date.now() / 1_000 });
    try {
      const refusal = this.dependencies.refuse(statement.sql);
      if (refusal !== undefined) throw new Error(refusal);
      const bound = bindParameters(statement.sql, record.parameters ?? []);
      const answers = await running.session!.query(bound.text, bound.values.length > 0 ? bound.values : undefined);
      const result = answers.at(-1);
      statement.status = "FINISHED";
      statement.hasResultSet = result !== undefined && result.fields.length > 0;
      statement.resultRows = statement.hasResultSet ? result!.rows.length : (result?.rowCount ?? 0);
      statement.resultSize = result ? sizeOf(result) : 0;
      if (statement.hasResultSet) this.dependencies.results.set(statement.id, result!);
    } catch (error) {
      statement.status = running.cancelled ? "ABORTED" : "FAILED";
      statement.error = running.cancelled ? undefined : serverMessage(error);
      throw error;
    } finally {
      statement.durationNs = Number(process.hrtime.bigint() - began);
      statement.updatedAt = Date.now() / 1_000;
    }
  }

  private finish(record: StatementRecord, started: bigint, status: StatementRecord["status"], error?: string): void {
    for (const statement of record.statements) if (!isOver(statement.status)) statement.status = "ABORTED";
    this.change(record, { status, error, durationNs: Number(process.hrtime.bigint() - started) });
  }

  private change(record: StatementRecord, change: Partial<StatementRecord>): void {
    Object.assign(record, change, { updatedAt: Date.now() / 1_000 });
    this.dependencies.save(record);
  }

  private async enter(namespaceId: string): Promise<void> {
    const active = this.active.get(namespaceId) ?? 0;
    if (active < concurrency) {
      this.active.set(namespaceId, active + 1);
      return;
    }
    await new Promise<void>((resolve) => {
      this.waiting.set(namespaceId, [...(this.waiting.get(namespaceId) ?? []), resolve]);
    });
  }

  private leave(namespaceId: string): void {
    const next = this.waiting.get(namespaceId)?.shift();
    // A place is handed on as it is, so that nobody slips in between.
    if (next) next();
    else this.active.set(namespaceId, (this.active.get(namespaceId) ?? 1) - 1);
  }
}

/**
 * What the server said, with its hint: as AWS's JDBC driver puts the fields of an error together (ServerErrorMessage in
 * aws/amazon-redshift-jdbc-driver). Of the field `Error` the API reference says no more than that it is text.
 */
function serverMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = /^(ERROR|FATAL)/.test(message) ? message : `ERROR: ${message}`;
  return error instanceof Error && "hint" in error && error.hint ? `${text}\n  Hint: ${error.hint}` : text;
}
