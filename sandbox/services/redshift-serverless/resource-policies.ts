import type { ServerlessContext } from "./context";
import { invalid, notFound } from "./errors";
import type { PolicyRecord } from "./records";

/** Resource policies of namespaces and snapshots. */
export class ResourcePolicies {
  constructor(private readonly context: ServerlessContext) {}

  put(input: { resourceArn?: string; policy?: string }): { resourcePolicy: PolicyRecord } {
    const resourceArn = input.resourceArn ?? "";
    if (!/^arn:[^:]+:redshift-serverless:/.test(resourceArn))
      throw invalid(`"${resourceArn}" is not a serverless ARN.`);
    try {
      JSON.parse(input.policy ?? "");
    } catch {
      throw invalid("The policy is not valid JSON.");
    }
    const record = { resourceArn, policy: input.policy ?? "" };
    this.context.policies.put(resourceArn, record);
    return { resourcePolicy: record };
  }

  get(input: { resourceArn?: string }): { resourcePolicy: PolicyRecord } {
    const record = this.context.policies.get(input.resourceArn ?? "");
    if (!record) throw notFound(`${input.resourceArn ?? ""} has no resource policy.`);
    return { resourcePolicy: record };
  }

  delete(input: { resourceArn?: string }) {
    this.get(input);
    this.context.policies.delete(input.resourceArn ?? "");
    return {};
  }
}
