import { AwsError } from "../../aws/errors";
import type { Collection, Store } from "../../store/store";
import { isOver, type Results, type StatementRecord, type SubStatementRecord } from "./records";

/** Statements beyond this many are forgotten, the oldest first; AWS keeps a day. */
const longest = 2_000;

/** What was run. Records are in memory for reading, and in the store to outlive the process; results in memory only. */
export class History {
  readonly results: Results = new Map();
  private readonly records = new Map<string, StatementRecord>();
  private readonly tokens = new Map<string, string>();
  private readonly stored: Collection<StatementRecord>;

  constructor(store: Store) {
    this.stored = store.collection("redshift-data/statements");
    for (const record of this.stored.list()) this.remember(record);
  }

  /** Statements that the end of the last process cut off have failed: their connections are gone. */
  failInterrupted(): void {
    for (const record of this.records.values()) {
      if (isOver(record.status)) continue;
      for (const statement of record.statements) if (!isOver(statement.status)) statement.status = "ABORTED";
      record.status = "FAILED";
      record.error = "ERROR: The connection to the database was lost while the statement ran.";
      record.updatedAt = Date.now() / 1_000;
      this.save(record);
    }
  }

  /** A call and the one of its statements that `id` means: in a batch the last, unless named. @throws ResourceNotFoundException */
  require(id: string | undefined): { record: StatementRecord; statement: SubStatementRecord } {
    const record = this.records.get((id ?? "").split(":")[0] ?? "");
    const statement = record?.statements.find((candidate) => candidate.id === id) ?? record?.statements.at(-1);
    if (!record || !statement) throw new AwsError("ResourceNotFoundException", "Query does not exist.");
    return { record, statement };
  }

  findByToken(token: string): StatementRecord | undefined {
    return this.records.get(this.tokens.get(token) ?? "");
  }

  /** The latest first. */
  list(): StatementRecord[] {
    return [...this.records.values()].reverse();
  }

  add(record: StatementRecord): void {
    this.remember(record);
    this.save(record);
    if (this.records.size > longest) this.forgetOldest();
  }

  save(record: StatementRecord): void {
    this.stored.put(record.id, record);
  }

  private remember(record: StatementRecord): void {
    this.records.set(record.id, record);
    if (record.clientToken !== undefined) this.tokens.set(record.clientToken, record.id);
  }

  private forgetOldest(): void {
    for (const record of this.records.values()) {
      if (!isOver(record.status)) continue;
      this.records.delete(record.id);
      this.stored.delete(record.id);
      if (record.clientToken !== undefined) this.tokens.delete(record.clientToken);
      for (const { id } of record.statements) this.results.delete(id);
      return;
    }
  }
}
