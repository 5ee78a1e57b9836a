import { type Assumptions, unknownNamespace } from "../../assumptions";
import { AwsError } from "../../aws/errors";
import { iamDatabaseUser } from "../redshift-serverless/credentials";
import type { RedshiftServerless } from "../redshift-serverless/service";
import type { SecretsManager } from "../secretsmanager/service";
import type { StatementRecord } from "./records";
import { invalid, type TargetRequest } from "./requests";
import type { SessionSource } from "./session-port";
import type { Caller } from "./sessions";

/** Where statements run and as whom: workgroups, and users by their secrets. */
export class Targets {
  constructor(
    private readonly serverless: RedshiftServerless,
    private readonly secrets: SecretsManager,
    private readonly source: SessionSource,
    private readonly assumptions: Assumptions,
  ) {}

  /** Whom a request means to be, and where. */
  resolve(input: TargetRequest): { caller: Caller; workgroupName: string } {
    if (input.ClusterIdentifier !== undefined) {
      throw new AwsError(
        "NotImplemented",
        "The sandbox has no provisioned clusters; name a serverless workgroup by WorkgroupName.",
      );
    }
    if (!input.WorkgroupName) throw invalid("WorkgroupName is needed.");
    if (!input.Database) throw invalid("Database is needed.");
    if (input.DbUser !== undefined) throw invalid("DbUser goes with ClusterIdentifier, not with WorkgroupName.");
    const name = this.workgroupName(input.WorkgroupName);
    const { workgroup, namespace } = this.targetOf(name);
    if (workgroup.status !== "AVAILABLE" && workgroup.status !== "MODIFYING") {
      throw invalid(`The workgroup ${name} is in the status ${workgroup.status}.`);
    }
    const user = input.SecretArn === undefined ? iamDatabaseUser : this.credentials(input.SecretArn).username;
    return { caller: { namespaceId: namespace.namespaceId, database: input.Database, user }, workgroupName: name };
  }

  /** Checks the password of a statement that came with a secret. @throws Error as Redshift says it */
  async authenticate(record: StatementRecord): Promise<void> {
    if (record.secretArn === undefined) return;
    const { username, password } = this.credentials(record.secretArn);
    if (await this.source.verifyPassword(record.namespaceId, username, password)) return;
    throw new Error(`FATAL: password authentication failed for user "${username}"`);
  }

  /** Why a statement may not run at all: it names a namespace that AWS does not know yet. */
  refusal(sql: string): string | undefined {
    const unknown = this.serverless.invisibleNamespaces().find((id) => sql.includes(id));
    return unknown && `ERROR: ${unknownNamespace(this.assumptions, unknown)}`;
  }

  private workgroupName(nameOrArn: string): string {
    if (!nameOrArn.startsWith("arn:")) return nameOrArn;
    return (
      this.serverless.listWorkgroups().find(({ workgroupArn }) => workgroupArn === nameOrArn)?.workgroupName ??
      nameOrArn
    );
  }

  private targetOf(workgroupName: string) {
    try {
      return this.serverless.target(workgroupName);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw invalid(`Redshift endpoint doesn't exist in this region: ${workgroupName}`);
    }
  }

  private credentials(secretArn: string): { username: string; password: string } {
    let value: { username?: unknown; password?: unknown };
    try {
      value = JSON.parse(this.secrets.read(secretArn)) as typeof value;
    } catch (error) {
      throw invalid(`The secret ${secretArn} cannot be used: ${(error as Error).message}`);
    }
    if (typeof value.username !== "string" || typeof value.password !== "string") {
      throw invalid(`The secret ${secretArn} must be JSON with username and password.`);
    }
    return { username: value.username, password: value.password };
  }
}
