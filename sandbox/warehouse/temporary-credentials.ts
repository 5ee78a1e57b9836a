import { md5Secret } from "../wire/password";

/** Passwords that let a user in for a while, beside the one that it may have. In memory only, the last one of each user. */
export class TemporaryCredentials {
  private readonly issued = new Map<string, { secret: string; expiresAt: number }>();

  issue(namespaceId: string, credentials: { user: string; password: string; expiresAt: Date }): void {
    const { user, password, expiresAt } = credentials;
    this.issued.set(`${namespaceId}/${user}`, { secret: md5Secret(user, password), expiresAt: expiresAt.getTime() });
  }

  /** The secret of a user's credentials, while they are valid. */
  secret(namespaceId: string, user: string): string | undefined {
    const credentials = this.issued.get(`${namespaceId}/${user}`);
    return credentials && credentials.expiresAt > Date.now() ? credentials.secret : undefined;
  }
}
