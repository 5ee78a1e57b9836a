import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  BatchExecuteStatementCommand,
  CancelStatementCommand,
  DescribeStatementCommand,
  ExecuteStatementCommand,
  GetStatementResultCommand,
  type RedshiftDataClient,
  type SubStatementData,
} from "@aws-sdk/client-redshift-data";
import type { z } from "zod";
import { type Connection, dataClient } from "../connection";
import { type DatabaseTarget, describeTarget } from "../database-target";
import { SqlError } from "./errors";
import { inLane } from "./lanes";
import { type Awaited, backoff, requestVerdict, statementVerdict } from "./retry";
import { namedRows, type Row } from "./rows";

/** Values of `:name` parameters. */
export type Parameters = Record<string, string | number>;

export interface ExecuteOptions {
  parameters?: Parameters;
  /** Wait for minutes while the namespace or the datashare that the statement names is too new to be known. */
  awaiting?: Awaited;
}

/** The SDK client's one method that is used, and the clock: what tests put in place. */
export interface DataApiDependencies {
  client?: Pick<RedshiftDataClient, "send">;
  /** Milliseconds that one call may take, retries included. Default: 10 minutes. */
  deadline?: number;
  now?: () => number;
  sleep?: (milliseconds: number) => Promise<unknown>;
  random?: () => number;
}

interface Finished {
  id: string;
  hasResultSet: boolean;
}

interface Failure {
  message: string;
  /** Which of several statements it was, from 0, where the service says so. */
  statement?: number;
  id?: string;
  code?: string;
}

/** How a call ended: with an error where the database refused. */
interface Ended extends Finished {
  error?: string;
  statement?: number;
}

/** Sub-statements are numbered from 1 behind their id's colon, and listed in that order. */
function failedOf(statements: readonly SubStatementData[] = []): number | undefined {
  const at = statements.findIndex(({ Status }) => Status === "FAILED");
  return at < 0 ? undefined : at;
}

function failureOf(error: unknown): Failure {
  return error instanceof Error
    ? { message: error.message || error.name, code: error.name }
    : { message: String(error) };
}

/** Seconds; the longest the service waits before it answers. */
const longestWait = 30;
/** Milliseconds on top of the wait after which a request counts as lost. */
const answerMargin = 15_000;

/**
 * SQL on one database through the Redshift Data API: no driver and no network path to the warehouse.
 * Waits by long polling, retries what is worth retrying with jitter up to a deadline, and turns failures into SqlError.
 * @see https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_ExecuteStatement.html
 */
export class DataApi {
  private readonly client: Pick<RedshiftDataClient, "send">;
  private readonly deadline: number;
  private readonly now: () => number;
  private readonly sleep: (milliseconds: number) => Promise<unknown>;
  private readonly random: () => number;

  constructor(
    connection: Connection,
    readonly target: DatabaseTarget,
    dependencies: DataApiDependencies = {},
  ) {
    this.client = dependencies.client ?? dataClient(connection);
    this.deadline = dependencies.deadline ?? 600_000;
    this.now = dependencies.now ?? Date.now;
    this.sleep = dependencies.sleep ?? pause;
    this.random = dependencies.random ?? Math.random;
  }

  /** Rows of a query, each checked against `row`. Queries do not wait for the database's lane. */
  async query<S extends z.ZodType>(sql: string, row: S, parameters?: Parameters): Promise<z.output<S>[]> {
    const finished = await this.run([sql], { parameters });
    if (!finished.hasResultSet) return [];
    const rows = await this.fetch(finished.id, sql);
    return rows.map((raw) => {
      const parsed = row.safeParse(raw);
      if (parsed.success) return parsed.data;
      throw new SqlError({
        sql,
        target: describeTarget(this.target),
        statementId: finished.id,
        serverMessage: `The result has another shape than expected: ${parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ")}.`,
        remedy: "The catalog of this Redshift version differs: please report it with the statement.",
      });
    });
  }

  /** Runs one statement that changes something, after those before it on the same database. */
  async execute(sql: string, options: ExecuteOptions = {}): Promise<void> {
    await inLane(describeTarget(this.target), () => this.run([sql], options));
  }

  /** Runs the statements in one transaction: all or none. */
  async batch(statements: readonly string[], options: Omit<ExecuteOptions, "parameters"> = {}): Promise<void> {
    if (statements.length === 0) return;
    if (statements.length === 1) return this.execute(statements[0]!, options);
    await inLane(describeTarget(this.target), () => this.run(statements, options));
  }

  private async run(statements: readonly string[], options: ExecuteOptions): Promise<Finished> {
    const until = this.now() + this.deadline;
    // A token names one attempt of one call: a request sent twice runs once, a new attempt runs anew. It is not derived
    // from the SQL, because GRANT, REVOKE, GRANT within the token's lifetime would then run only once.
    const operation = randomUUID();
    let generation = 0;
    for (let attempt = 1; ; attempt++) {
      let failure: Failure;
      try {
        const answer = await this.submit(statements, options.parameters, `${operation}-${generation}`, until);
        if (answer.error === undefined) return answer;
        failure = { message: answer.error, id: answer.id, statement: answer.statement };
        const elapsed = this.now() - until + this.deadline;
        if (statementVerdict(answer.error, options.awaiting, elapsed) === "fatal")
          throw this.failed(statements, failure);
        generation++;
      } catch (error) {
        if (error instanceof SqlError) throw error;
        const verdict = requestVerdict(error);
        failure = failureOf(error);
        if (verdict === "fatal") throw this.failed(statements, failure);
        if (verdict === "again") generation++;
      }
      const wait = backoff(attempt, this.random);
      if (this.now() + wait >= until) {
        throw this.failed(statements, {
          ...failure,
          message: `${failure.message} (given up after ${attempt} attempts in ${Math.round(this.deadline / 1000)} s)`,
        });
      }
      await this.sleep(wait);
    }
  }

  private async submit(
    statements: readonly string[],
    parameters: Parameters | undefined,
    token: string,
    until: number,
  ): Promise<Ended> {
    const wait = this.waitSeconds(until);
    const common = {
      WorkgroupName: this.target.workgroupName,
      ClusterIdentifier: this.target.clusterIdentifier,
      Database: this.target.database,
      SecretArn: this.target.secretArn,
      ClientToken: token,
      WaitTimeSeconds: wait,
    };
    const signal = this.signal(wait);
    const accepted =
      statements.length === 1
        ? await this.client.send(
            new ExecuteStatementCommand({
              ...common,
              Sql: statements[0],
              Parameters:
                parameters && Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) })),
            }),
            signal,
          )
        : await this.client.send(new BatchExecuteStatementCommand({ ...common, Sqls: [...statements] }), signal);
    const id = accepted.Id!;
    if (accepted.Status === "FINISHED" && accepted.HasResultSet !== undefined) {
      return { id, hasResultSet: accepted.HasResultSet };
    }
    return this.settle(id, until);
  }

  private async settle(id: string, until: number): Promise<Ended> {
    for (let poll = 1; ; poll++) {
      const wait = this.waitSeconds(until);
      const asked = this.now();
      let status: string | undefined;
      try {
        const described = await this.client.send(
          new DescribeStatementCommand({ Id: id, WaitTimeSeconds: wait }),
          this.signal(wait),
        );
        status = described.Status;
        if (status === "FINISHED") return { id, hasResultSet: described.HasResultSet ?? false };
        if (status === "FAILED" || status === "ABORTED") {
          const error = described.Error || `The statement was ${status.toLowerCase()}.`;
          return { id, hasResultSet: false, error, statement: failedOf(described.SubStatements) };
        }
      } catch (error) {
        // The statement goes on whether or not we hear of it: asking again is always right.
        if (requestVerdict(error) === "fatal") throw error;
      }
      if (this.now() >= until) {
        await this.client.send(new CancelStatementCommand({ Id: id })).catch(() => undefined);
        return {
          id,
          hasResultSet: false,
          error: `Not finished after ${Math.round(this.deadline / 1000)} s; asked the service to cancel it.`,
        };
      }
      // A service that does not wait would otherwise be asked in a tight loop.
      if (this.now() - asked < 1_000)
        await this.sleep(Math.min(2_000, 25 * 2 ** Math.min(poll, 7)) * (0.5 + this.random() / 2));
    }
  }

  private async fetch(id: string, sql: string): Promise<Row[]> {
    const rows: Row[] = [];
    const until = this.now() + this.deadline;
    let next: string | undefined;
    let attempt = 1;
    for (;;) {
      try {
        const page = await this.client.send(new GetStatementResultCommand({ Id: id, NextToken: next }), this.signal(0));
        rows.push(...namedRows(page.ColumnMetadata ?? [], page.Records ?? []));
        next = page.NextToken;
        if (!next) return rows;
      } catch (error) {
        const wait = backoff(attempt++, this.random);
        if (requestVerdict(error) === "fatal" || this.now() + wait >= until) {
          throw this.failed([sql], { ...failureOf(error), id });
        }
        await this.sleep(wait);
      }
    }
  }

  private waitSeconds(until: number): number {
    return Math.max(1, Math.min(longestWait, Math.floor((until - this.now()) / 1000)));
  }

  private signal(waitSeconds: number): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(waitSeconds * 1000 + answerMargin) };
  }

  private failed(statements: readonly string[], failure: Failure): SqlError {
    const only = failure.statement === undefined ? undefined : statements[failure.statement];
    return new SqlError({
      sql: only ?? statements.join(";\n"),
      position: only === undefined ? undefined : failure.statement,
      target: describeTarget(this.target),
      serverMessage: failure.message,
      statementId: failure.id,
      code: failure.code,
    });
  }
}
