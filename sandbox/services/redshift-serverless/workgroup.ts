import {
  boolean,
  each,
  length,
  members,
  number,
  object,
  oneOf,
  type Rule,
  set,
  string,
} from "../../provider/resource/property";
import type { Change } from "../../provider/resource/resource-type";
import { defined, isEmpty, isMap, optionalNumber, type Value, type ValueMap } from "../../provider/values";
import { isAllowedPort } from "./names";
import { nameRule, resource } from "./resource";

/**
 * The keys that the provider takes: `StringInSlice` in internal/service/redshiftserverless/workgroup.go of
 * hashicorp/terraform-provider-aws 6.56. The API knows more of them, `wlm_json_configuration` among others.
 */
const configKeys = [
  "auto_mv",
  "datestyle",
  "enable_case_sensitive_identifier",
  "enable_user_activity_logging",
  "query_group",
  "search_path",
  "require_ssl",
  "use_fips_ssl",
  "max_query_cpu_time",
  "max_query_blocks_read",
  "max_scan_row_count",
  "max_query_execution_time",
  "max_query_queue_time",
  "max_query_cpu_usage_percent",
  "max_query_temp_blocks_to_disk",
  "max_join_row_count",
  "max_nested_loop_join_row_count",
];

const port: Rule = (value) =>
  isAllowedPort(Number(value))
    ? undefined
    : `expected a port in the ranges (5431 - 5455) or (8191 - 8215), got ${value}`;

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/workgroup/ */
export const workgroup = resource({
  token: "aws:redshiftserverless/workgroup:Workgroup",
  label: "Redshift Serverless Workgroup",
  tagged: true,
  properties: {
    baseCapacity: number({ computed: true }),
    configParameters: set({ computed: true }, each(members({ parameterKey: oneOf(...configKeys) }))),
    enhancedVpcRouting: boolean(),
    maxCapacity: number(),
    namespaceName: string({ required: true, replaces: true }),
    port: number({ computed: true }, port),
    pricePerformanceTarget: object({ computed: true }),
    publiclyAccessible: boolean(),
    securityGroupIds: set({ computed: true }),
    subnetIds: set({ computed: true }),
    trackName: string({ computed: true }),
    workgroupName: string({ required: true, replaces: true }, length(3, 64), nameRule),
  },
  outputs: ["arn", "endpoints", "workgroupId"],
  id: "workgroupName",
  members: { arn: "workgroupArn" },
  create: [
    "CreateWorkgroup",
    ...["workgroupName", "namespaceName", "baseCapacity", "configParameters", "enhancedVpcRouting", "maxCapacity"],
    ...["port", "publiclyAccessible", "securityGroupIds", "subnetIds", "trackName"],
  ],
  request: ({ pricePerformanceTarget }) => performanceRequest(pricePerformanceTarget),
  read: { operation: "GetWorkgroup", at: "workgroup" },
  until: ["available", ({ status }) => status === "AVAILABLE"],
  optional: ["baseCapacity", "maxCapacity"],
  state: ({ endpoint, pricePerformanceTarget: target, trackName = "current", ...found }) => ({
    configParameters: found.configParameters ?? [],
    endpoints: isMap(endpoint) ? [endpoint] : [],
    enhancedVpcRouting: found.enhancedVpcRouting ?? false,
    pricePerformanceTarget: isMap(target)
      ? defined({ enabled: target.status === "ENABLED", level: target.level })
      : null,
    publiclyAccessible: found.publiclyAccessible ?? false,
    securityGroupIds: found.securityGroupIds ?? [],
    subnetIds: found.subnetIds ?? [],
    trackName,
  }),
  async apply(workgroupName, change, { call, settle }, ready) {
    if (change.olds.workgroupName === undefined) return;
    for (const part of steps(change)) {
      await settle(() => call("UpdateWorkgroup", { workgroupName, ...part }));
      await ready();
    }
  },
  delete: "DeleteWorkgroup",
  settles: true,
  deletedLater: true,
});

/** AWS takes one attribute a call. The maximum moves first when it rises and last when it falls, so that base never passes it. */
function steps({ news, olds, changed }: Change): ValueMap[] {
  const performance = changed.has("pricePerformanceTarget") ? performanceRequest(news.pricePerformanceTarget) : {};
  const parts: ValueMap[] = isEmpty(performance) ? [] : [performance];
  const capacity: ValueMap[] = [];
  if (changed.has("baseCapacity") && !isEmpty(news.baseCapacity)) capacity.push({ baseCapacity: news.baseCapacity! });
  if (changed.has("maxCapacity")) {
    const maximum = optionalNumber(news, "maxCapacity");
    const before = optionalNumber(olds, "maxCapacity") ?? Number.POSITIVE_INFINITY;
    // -1 takes the limit away.
    const step = { maxCapacity: maximum ?? -1 };
    if ((maximum ?? Number.POSITIVE_INFINITY) > before) capacity.unshift(step);
    else capacity.push(step);
  }
  parts.push(...capacity);
  if (changed.has("configParameters")) parts.push({ configParameters: news.configParameters ?? [] });
  for (const key of ["enhancedVpcRouting", "publiclyAccessible"])
    if (changed.has(key)) parts.push({ [key]: news[key] === true });
  for (const key of ["subnetIds", "securityGroupIds", "port", "trackName"])
    if (changed.has(key) && !isEmpty(news[key])) parts.push({ [key]: news[key]! });
  return parts;
}

function performanceRequest(target: Value | undefined): ValueMap {
  if (!isMap(target)) return {};
  const { enabled, level } = target;
  return { pricePerformanceTarget: defined({ status: enabled === true ? "ENABLED" : "DISABLED", level }) };
}
