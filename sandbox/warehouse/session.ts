import net from "node:net";
import { Client, type FieldDef, type QueryResult } from "pg";
import type { Backend } from "../wire/backend";
import { startupCode } from "../wire/messages";
import { PipeEnd } from "../wire/pipe";
import { receiveTrusted } from "../wire/startup";

export interface SessionResult {
  /** First word of the command tag. */
  command: string;
  /** Rows returned or changed; null where that has no meaning. */
  rowCount: number | null;
  fields: { name: string; typeOid: number; typeModifier: number; tableOid: number; columnNumber: number }[];
  /** Values as PostgreSQL writes them. */
  rows: (string | null)[][];
}

/** A session of a user inside this process: same SQL, same permissions, same effects as through the wire. */
export class WarehouseSession {
  private constructor(
    private readonly client: Client,
    private readonly socketPath: string,
  ) {}

  /** @throws DatabaseError when the user may not connect. */
  static async open(backend: Backend, user: string, database: string): Promise<WarehouseSession> {
    const [near, far] = PipeEnd.pair();
    far.on("error", () => {});
    const client = new Client({ user, database, password: "", ssl: false, stream: () => near });
    client.on("error", () => {}); // a lost session shows at the next query
    void receiveTrusted(far, backend);
    await client.connect();
    return new WarehouseSession(client, backend.socketPath);
  }

  /**
   * Runs SQL. Without values it may be several statements, in one transaction, each with its result; values are for `$1`, `$2` …
   * @throws DatabaseError (`code` is the SQLSTATE) of the first statement that fails.
   */
  async query(sql: string, values?: (string | null)[]): Promise<SessionResult[]> {
    const answer: QueryResult<(string | null)[]> | QueryResult<(string | null)[]>[] = await this.client.query({
      text: sql,
      values,
      rowMode: "array",
      types: { getTypeParser: () => (text: string) => text },
    });
    return (Array.isArray(answer) ? answer : [answer]).map(({ command, rowCount, fields, rows }) => ({
      command,
      rowCount,
      fields: fields.map((field: FieldDef) => ({
        name: field.name,
        typeOid: field.dataTypeID,
        typeModifier: field.dataTypeModifier,
        tableOid: field.tableID,
        columnNumber: field.columnID,
      })),
      rows,
    }));
  }

  /** Asks PostgreSQL to break off the statement that is running; it then fails with SQLSTATE 57014. */
  cancel(): Promise<void> {
    const { processID, secretKey } = this.client as Client & { processID: number; secretKey: number };
    const packet = Buffer.alloc(16);
    [16, startupCode.cancel, processID].forEach((value, index) => {
      packet.writeUInt32BE(value, index * 4);
    });
    packet.writeInt32BE(secretKey, 12);
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.socketPath, () => socket.end(packet));
      socket
        .on("data", () => {})
        .on("close", () => resolve())
        .on("error", reject);
    });
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}
