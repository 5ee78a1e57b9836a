import { newId } from "../../aws/account";
import type { Context } from "../../aws/context";
import { AwsError } from "../../aws/errors";
import type { FlowLog } from "./records";

/** The fields of AWS's default record format, in order. */
const defaultFields =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

export const defaultFormat = defaultFields.replace(/[\w-]+/g, (field) => `\${${field}}`);

/** Flow logs as records: no traffic is logged. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html */
export class FlowLogs {
  private readonly logs;

  constructor(context: Context) {
    this.logs = context.store.collection<FlowLog>("ec2/flow-logs");
  }

  /** @throws AwsError `FlowLogAlreadyExists` when the same thing already logs to the same place. */
  create(request: Omit<FlowLog, "flowLogId">): FlowLog {
    const twin = this.list().find(
      (other) => other.resourceId === request.resourceId && other.logDestination === request.logDestination,
    );
    if (twin) {
      throw new AwsError(
        "FlowLogAlreadyExists",
        `There is an existing Flow Log with the same configuration and log destination: ${twin.flowLogId}`,
      );
    }
    const flowLog = { ...request, flowLogId: newId("fl") };
    this.logs.put(flowLog.flowLogId, flowLog);
    return flowLog;
  }

  find(flowLogId: string): FlowLog | undefined {
    return this.logs.get(flowLogId);
  }

  list(): FlowLog[] {
    return this.logs.list();
  }

  delete(flowLogId: string): void {
    if (!this.logs.delete(flowLogId)) throw noFlowLog(flowLogId);
  }
}

function noFlowLog(id: string): AwsError {
  return new AwsError("InvalidFlowLogId.NotFound", `The flow log ID '${id}' does not exist`);
}
