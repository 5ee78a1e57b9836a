import { randomBytes } from "node:crypto";
import type { ServerlessContext } from "./context";
import { invalid } from "./errors";
import type { Workgroups } from "./workgroups";

/** The database user that stands for the sandbox's one IAM identity. It is no superuser. */
export const iamDatabaseUser = "IAMR:sandbox";

const shortestSeconds = 900;
const longestSeconds = 3_600;

/** Temporary database credentials of the caller, good for one workgroup. */
export class Credentials {
  constructor(
    private readonly context: ServerlessContext,
    private readonly workgroups: Workgroups,
  ) {}

  async issue(input: { workgroupName?: string; durationSeconds?: number }) {
    const workgroup = this.workgroups.requireAvailable(input.workgroupName);
    const namespace = this.context.namespaces.get(workgroup.namespaceName)!;
    const seconds = input.durationSeconds ?? shortestSeconds;
    if (!Number.isInteger(seconds) || seconds < shortestSeconds || seconds > longestSeconds) {
      throw invalid(`durationSeconds ${seconds} must be ${shortestSeconds} to ${longestSeconds}.`);
    }
    const expiresAt = new Date(Date.now() + seconds * 1_000);
    const password = randomBytes(24).toString("base64url");
    await this.context.warehouse.issueCredentials(namespace.namespaceId, {
      user: iamDatabaseUser,
      password,
      expiresAt,
    });
    return {
      dbUser: iamDatabaseUser,
      dbPassword: password,
      expiration: expiresAt.getTime() / 1_000,
      nextRefreshTime: (expiresAt.getTime() - 300_000) / 1_000,
    };
  }
}
