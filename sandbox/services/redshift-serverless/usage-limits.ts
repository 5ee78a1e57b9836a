import { randomUUID } from "node:crypto";
import type { CreateUsageLimitRequest, UpdateUsageLimitRequest } from "@aws-sdk/client-redshift-serverless";
import { paginate } from "../../aws/paginate";
import type { ServerlessContext } from "./context";
import { conflict, invalid, notFound } from "./errors";
import type { UsageLimitRecord } from "./records";
import type { Workgroups } from "./workgroups";

const types = ["serverless-compute", "cross-region-datasharing"];
const periods = ["daily", "weekly", "monthly"];
const actions = ["log", "emit-metric", "deactivate"];
const limitsPerType = 4;

/** Usage limits of workgroups. The sandbox keeps them; it does not meter. */
export class UsageLimits {
  constructor(
    private readonly context: ServerlessContext,
    private readonly owners: Workgroups,
  ) {}

  create(input: CreateUsageLimitRequest) {
    const { usageLimits, workgroups, account } = this.context;
    const usageType = oneOf("usageType", types, input.usageType);
    const period = oneOf("period", periods, input.period ?? "monthly");
    const breachAction = oneOf("breachAction", actions, input.breachAction ?? "log");
    const owner = workgroups.list().find((workgroup) => workgroup.workgroupArn === input.resourceArn);
    if (!owner) throw notFound(`The workgroup ${input.resourceArn ?? ""} does not exist.`);
    this.owners.requireIdle(owner.workgroupName);
    const siblings = usageLimits
      .list()
      .filter((limit) => limit.resourceArn === input.resourceArn && limit.usageType === usageType);
    const amount = checkAmount(input.amount);
    if (siblings.some((limit) => limit.period === period && limit.breachAction === breachAction)) {
      throw conflict(`The workgroup already has a ${period} ${usageType} limit with the action ${breachAction}.`);
    }
    if (siblings.length >= limitsPerType) throw invalid(`A workgroup may have ${limitsPerType} limits of a type.`);
    const usageLimitId = randomUUID();
    const record: UsageLimitRecord = {
      usageLimitId,
      usageLimitArn: account.arn("redshift-serverless", `usagelimit/${usageLimitId}`),
      resourceArn: input.resourceArn ?? "",
      usageType,
      amount,
      period,
      breachAction,
    };
    usageLimits.put(usageLimitId, record);
    return { usageLimit: record };
  }

  get(input: { usageLimitId?: string }) {
    return { usageLimit: this.require(input.usageLimitId) };
  }

  list(input: { resourceArn?: string; usageType?: string; nextToken?: string; maxResults?: number }) {
    const matching = this.context.usageLimits
      .list()
      .filter(
        (limit) =>
          (input.resourceArn === undefined || limit.resourceArn === input.resourceArn) &&
          (input.usageType === undefined || limit.usageType === input.usageType),
      );
    const page = paginate(matching, input.nextToken, input.maxResults);
    return { usageLimits: page.items, nextToken: page.nextToken };
  }

  update(input: UpdateUsageLimitRequest) {
    const record = this.requireChangeable(input.usageLimitId);
    const next: UsageLimitRecord = {
      ...record,
      amount: input.amount === undefined ? record.amount : checkAmount(input.amount),
      breachAction: oneOf("breachAction", actions, input.breachAction ?? record.breachAction),
    };
    this.context.usageLimits.put(record.usageLimitId, next);
    return { usageLimit: next };
  }

  delete(input: { usageLimitId?: string }) {
    const record = this.requireChangeable(input.usageLimitId);
    this.context.usageLimits.delete(record.usageLimitId);
    return { usageLimit: record };
  }

  private requireChangeable(id: string | undefined): UsageLimitRecord {
    const record = this.require(id);
    const owner = this.context.workgroups.list().find(({ workgroupArn }) => workgroupArn === record.resourceArn);
    if (owner) this.owners.requireIdle(owner.workgroupName);
    return record;
  }

  private require(id: string | undefined): UsageLimitRecord {
    const record = this.context.usageLimits.get(id ?? "");
    if (!record) throw notFound(`The usage limit ${id ?? ""} does not exist.`);
    return record;
  }
}

function checkAmount(amount: number | undefined): number {
  if (amount === undefined || !Number.isInteger(amount) || amount < 1) {
    throw invalid(`amount ${amount} must be a positive integer (RPU hours, or terabytes).`);
  }
  return amount;
}

function oneOf(name: string, allowed: string[], value: string | undefined): string {
  if (value === undefined || !allowed.includes(value)) {
    throw invalid(`${name} "${value ?? ""}" must be one of ${allowed.join(", ")}.`);
  }
  return value;
}
