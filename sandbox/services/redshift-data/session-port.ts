/** One statement's result: text values as PostgreSQL prints them. */
export interface SessionResult {
  command: string;
  rowCount: number | null;
  fields: { name: string; typeOid: number; typeModifier: number; tableOid?: number; columnNumber?: number }[];
  rows: (string | null)[][];
}

/** A connection of a database user. */
export interface Session {
  /** @throws Error whose message is the server's. */
  query(sql: string, values?: (string | null)[]): Promise<SessionResult[]>;
  cancel(): Promise<void>;
  end(): Promise<void>;
}

/** What the Data API needs of whatever runs the databases. */
export interface SessionSource {
  connect(namespaceId: string, options: { database: string; user: string }): Promise<Session>;
  verifyPassword(namespaceId: string, user: string, password: string): Promise<boolean>;
  issueCredentials(
    namespaceId: string,
    credentials: { user: string; password: string; expiresAt: Date },
  ): Promise<void>;
}
