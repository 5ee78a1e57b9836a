import { strings } from "../framework/config";
import { definePolicy } from "../framework/policy";
import { isProduction, productionStacks } from "../framework/production";
import { isSandbox, sandboxStacks } from "../framework/sandboxes";

export const workgroupUsageLimit = definePolicy({
  name: "workgroup-usage-limit",
  area: "serverless",
  entry: 20,
  description: "A Redshift Serverless workgroup must have a usage limit (in stacks other than production it should).",
  why: "one runaway dashboard otherwise spends without bound",
  mend: "add an aws.redshiftserverless.UsageLimit with the workgroup's ARN and usageType serverless-compute",
  severity: "medium",
  level: "mandatory",
  controls: [],
  url: "https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroup-max-rpu.html",
  parameters: {
    productionStacks,
    sandboxStacks,
    usageTypes: strings(["serverless-compute"], "Usage types, one of which a limit must have."),
  },
  stackTypes: ["aws:redshiftserverless/workgroup:Workgroup"],
  stackChecks: [
    (workgroup, { graph, config, stack, violation, undecided }) => {
      if (isSandbox(stack, config.sandboxStacks)) return;
      const advisory = !isProduction(stack, config.productionStacks);
      const limits = graph.referrers(workgroup, ["aws:redshiftserverless/usageLimit:UsageLimit"], "resourceArn");
      if (limits.length === 0) return violation("it has no usage limit", { advisory });
      const types = limits.map((limit) => limit.peek("usageType"));
      if (types.some((type) => type.state === "known" && config.usageTypes.includes(String(type.value)))) return;
      if (types.some(({ state }) => state === "unknown")) return undecided("usageType");
      violation(`no usage limit of it has the type ${config.usageTypes.join(" or ")}`, { advisory });
    },
  ],
});
