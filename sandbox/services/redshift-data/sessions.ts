import { randomBytes, randomUUID } from "node:crypto";
import { AwsError } from "../../aws/errors";
import { iamDatabaseUser } from "../redshift-serverless/credentials";
import type { Session, SessionSource } from "./session-port";

export interface Caller {
  namespaceId: string;
  database: string;
  user: string;
}

interface KeptSession {
  caller: Caller;
  workgroupName: string;
  session: Session | undefined;
  keepAliveSeconds: number;
  busy: boolean;
  expiry?: NodeJS.Timeout;
}

const longestSessionSeconds = 86_400;

/** Connections of statements: one each, or kept between statements where the caller asked for a session. */
export class Sessions {
  private readonly kept = new Map<string, KeptSession>();

  constructor(private readonly source: SessionSource) {}

  /** Starts to keep a session. @returns its id */
  keep(caller: Caller, workgroupName: string, keepAliveSeconds: number): string {
    if (keepAliveSeconds < 0 || keepAliveSeconds > longestSessionSeconds) {
      throw new AwsError("ValidationException", `SessionKeepAliveSeconds must be 0 to ${longestSessionSeconds}.`);
    }
    const id = randomUUID();
    this.kept.set(id, { caller, workgroupName, session: undefined, keepAliveSeconds, busy: false });
    return id;
  }

  /** Takes a kept session for a statement. @throws AwsError while another statement runs in it, or after its end. */
  claim(id: string): { caller: Caller; workgroupName: string } {
    const kept = this.kept.get(id);
    if (!kept) throw new AwsError("ValidationException", `The session ${id} does not exist or has expired.`);
    if (kept.busy) {
      throw new AwsError("ActiveSessionsExceededException", `Another statement is running in the session ${id}.`);
    }
    kept.busy = true;
    clearTimeout(kept.expiry);
    return kept;
  }

  async open(caller: Caller, sessionId: string | undefined): Promise<Session> {
    const kept = sessionId === undefined ? undefined : this.kept.get(sessionId);
    if (kept?.session) return kept.session;
    const session = await this.connect(caller);
    if (kept) kept.session = session;
    return session;
  }

  /** Ends a statement's connection, or gives a kept one back. */
  async release(session: Session | undefined, sessionId: string | undefined): Promise<void> {
    const kept = sessionId === undefined ? undefined : this.kept.get(sessionId);
    if (!kept || sessionId === undefined) {
      await session?.end();
      return;
    }
    kept.busy = false;
    kept.expiry = setTimeout(() => {
      this.kept.delete(sessionId);
      void kept.session?.end().catch(() => undefined);
    }, kept.keepAliveSeconds * 1_000);
    kept.expiry.unref();
  }

  async close(): Promise<void> {
    for (const { expiry } of this.kept.values()) clearTimeout(expiry);
    await Promise.allSettled([...this.kept.values()].map(({ session }) => session?.end()));
    this.kept.clear();
  }

  private async connect({ namespaceId, database, user }: Caller): Promise<Session> {
    try {
      return await this.source.connect(namespaceId, { database, user });
    } catch (error) {
      // The caller's own user comes into being with its first connection.
      const missing = user === iamDatabaseUser && /does not exist/.test((error as Error).message);
      if (!missing) throw error;
      const password = randomBytes(24).toString("base64url");
      await this.source.issueCredentials(namespaceId, { user, password, expiresAt: new Date(Date.now() + 900_000) });
      return this.source.connect(namespaceId, { database, user });
    }
  }
}
