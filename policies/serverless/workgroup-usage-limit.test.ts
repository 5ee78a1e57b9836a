import { absent, ref, resource, unknown } from "../testing/fixture";
import { advises, passes, testPolicy, undecided, violates } from "../testing/table";
import { workgroupUsageLimit } from "./workgroup-usage-limit";

const prod = { stack: "prod" };

testPolicy(
  workgroupUsageLimit,
  {
    wg: resource("aws:redshiftserverless/workgroup:Workgroup", { workgroupName: "bi" }),
    limit: resource("aws:redshiftserverless/usageLimit:UsageLimit", {
      resourceArn: ref("wg", "arn"),
      usageType: "serverless-compute",
      amount: 600,
    }),
  },
  [
    violates("none in production", { limit: absent }, /wg: it has no usage limit/, prod),
    violates("one of another workgroup", { "limit.resourceArn": "arn:elsewhere" }, /no usage limit/, prod),
    violates("one on sharing only", { "limit.usageType": "cross-region-datasharing" }, /type serverless-compute/, prod),
    violates("none in a stack that the organization calls production", { limit: absent }, /no usage limit/, {
      stack: "live",
      config: { productionStacks: ["live"] },
    }),
    advises("none elsewhere", { limit: absent }, /no usage limit/, { stack: "dev" }),
    advises("the wrong one elsewhere", { "limit.usageType": "cross-region-datasharing" }, /type serverless-compute/),
    undecided("a type not known yet", { "limit.usageType": unknown }, /usageType/, prod),
    passes("one in production", {}, prod),
    passes(
      "one that names the workgroup by its ARN",
      { "limit.resourceArn": "wg-arn" },
      { ...prod, phases: ["deployed"] },
    ),
    passes("none in a sandbox", { limit: absent }, { stack: "local" }),
  ],
);
