import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { Tags } from "../../aws/tags";

export interface LogGroup {
  logGroupName: string;
  arn: string;
  /** Days, 0 for ever. */
  retentionInDays: number;
  kmsKeyId?: string;
  logGroupClass: string;
  deletionProtectionEnabled: boolean;
  tags: Tags;
}

export type LogGroupChange = Partial<
  Pick<LogGroup, "retentionInDays" | "kmsKeyId" | "deletionProtectionEnabled" | "tags">
>;

/** CloudWatch log groups as records: nothing is logged into them. */
export class Logs {
  private readonly groups;

  constructor(private readonly context: Context) {
    this.groups = context.store.collection<LogGroup>("logs/groups");
  }

  /** @throws AwsError `ResourceAlreadyExistsException` */
  createLogGroup(request: Pick<LogGroup, "logGroupName"> & Partial<LogGroup>): LogGroup {
    const { logGroupName } = request;
    if (this.groups.get(logGroupName)) {
      throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    const group: LogGroup = {
      ...request,
      arn: this.context.account.arn("logs", `log-group:${logGroupName}`),
      retentionInDays: request.retentionInDays ?? 0,
      logGroupClass: request.logGroupClass ?? "STANDARD",
      deletionProtectionEnabled: request.deletionProtectionEnabled ?? false,
      tags: request.tags ?? {},
    };
    this.groups.put(logGroupName, group);
    return group;
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get(logGroupName: string): LogGroup {
    const group = this.groups.get(logGroupName);
    if (!group) throw noGroup();
    return group;
  }

  /** The ARN of a group may end in `:*`. @throws AwsError `ResourceNotFoundException` */
  byArn(arn: string): LogGroup {
    return this.get(arn.replace(/^arn:.*:log-group:/, "").replace(/:\*$/, ""));
  }

  list(): LogGroup[] {
    return this.groups.list();
  }

  update(logGroupName: string, change: LogGroupChange): void {
    this.groups.put(logGroupName, { ...this.get(logGroupName), ...change });
  }

  delete(logGroupName: string): void {
    if (this.get(logGroupName).deletionProtectionEnabled) {
      throw new AwsError("InvalidOperationException", `Deletion protection is enabled on log group ${logGroupName}.`);
    }
    this.groups.delete(logGroupName);
  }
}

function noGroup(): AwsError {
  return new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
}
