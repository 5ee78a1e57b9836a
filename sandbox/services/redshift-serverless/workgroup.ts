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
import type { Change, ResourceType, TypeContext } from "../../provider/resource/resource-type";
import { tagList } from "../../provider/resource/tagging";
import {
  defined,
  isEmpty,
  isMap,
  maps,
  optionalNumber,
  text,
  textMap,
  texts,
  type Value,
  type ValueMap,
} from "../../provider/values";
import { isAllowedPort } from "./names";
import { get, NAME, setTags, tagsOf } from "./namespace";

/**
 * The keys that the provider takes: `StringInSlice` in internal/service/redshiftserverless/workgroup.go of
 * hashicorp/terraform-provider-aws 6.56. The API knows more of them, `wlm_json_configuration` among others.
 */
const CONFIG_KEYS = [
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

const find = (context: TypeContext, id: string) => get(context, "GetWorkgroup", { workgroupName: id }, "workgroup");

function available(context: TypeContext, id: string): Promise<ValueMap> {
  return context.until(`Redshift Serverless Workgroup (${id}) to be available`, async () => {
    const found = await find(context, id);
    return found?.status === "AVAILABLE" ? found : undefined;
  });
}

/** https://www.pulumi.com/registry/packages/aws/api-docs/redshiftserverless/workgroup/ */
export const workgroup: ResourceType = {
  token: "aws:redshiftserverless/workgroup:Workgroup",
  label: "Redshift Serverless Workgroup",
  tagged: true,
  properties: {
    baseCapacity: number({ computed: true }),
    configParameters: set({ computed: true }, each(members({ parameterKey: oneOf(...CONFIG_KEYS) }))),
    enhancedVpcRouting: boolean(),
    maxCapacity: number(),
    namespaceName: string({ required: true, replaces: true }),
    port: number({ computed: true }, port),
    pricePerformanceTarget: object({ computed: true }),
    publiclyAccessible: boolean(),
    region: string({ computed: true, replaces: true }),
    securityGroupIds: set({ computed: true }),
    subnetIds: set({ computed: true }),
    trackName: string({ computed: true }),
    workgroupName: string({ required: true, replaces: true }, length(3, 64), NAME),
  },
  outputs: ["arn", "endpoints", "workgroupId"],
  async create(inputs, context) {
    const name = text(inputs, "workgroupName");
    const tags = tagList(textMap(inputs, "tagsAll"), "key", "value");
    const input = { ...request(inputs), workgroupName: name, namespaceName: text(inputs, "namespaceName"), tags };
    await context.call("CreateWorkgroup", input);
    await available(context, name);
    return name;
  },
  async read(id, context) {
    const found = await find(context, id);
    if (!found) return undefined;
    return {
      arn: found.workgroupArn ?? "",
      baseCapacity: found.baseCapacity ?? null,
      configParameters: found.configParameters ?? [],
      endpoints: isMap(found.endpoint) ? [found.endpoint] : [],
      enhancedVpcRouting: found.enhancedVpcRouting ?? false,
      maxCapacity: found.maxCapacity ?? null,
      namespaceName: found.namespaceName ?? "",
      port: found.port ?? null,
      pricePerformanceTarget: performance(found.pricePerformanceTarget),
      publiclyAccessible: found.publiclyAccessible ?? false,
      securityGroupIds: found.securityGroupIds ?? [],
      subnetIds: found.subnetIds ?? [],
      tagsAll: await tagsOf(context, found.workgroupArn),
      trackName: found.trackName ?? "current",
      workgroupId: found.workgroupId ?? "",
      workgroupName: id,
    };
  },
  async update(id, change, context) {
    for (const part of steps(change)) {
      await context.settle(() => context.call("UpdateWorkgroup", { workgroupName: id, ...part }));
      await available(context, id);
    }
    await setTags(context, text(change.olds, "arn"), change.olds, change.news);
  },
  async delete(id, _state, context) {
    await context.settle(() => context.call("DeleteWorkgroup", { workgroupName: id }));
    await context.until(`Redshift Serverless Workgroup (${id}) to be deleted`, async () =>
      (await find(context, id)) ? undefined : true,
    );
  },
};

/** AWS takes one attribute a call. The maximum moves first when it rises and last when it falls, so that base never passes it. */
function steps({ news, olds, changed }: Change): ValueMap[] {
  const wanted = request(news);
  const parts: ValueMap[] = [];
  const capacity: ValueMap[] = [];
  if (changed.has("baseCapacity") && wanted.baseCapacity !== undefined) {
    capacity.push({ baseCapacity: wanted.baseCapacity });
  }
  if (changed.has("maxCapacity")) {
    const maximum = optionalNumber(news, "maxCapacity");
    const before = optionalNumber(olds, "maxCapacity") ?? Number.POSITIVE_INFINITY;
    // -1 takes the limit away.
    const step = { maxCapacity: maximum ?? -1 };
    if ((maximum ?? Number.POSITIVE_INFINITY) > before) capacity.unshift(step);
    else capacity.push(step);
  }
  const level = wanted.pricePerformanceTarget;
  if (changed.has("pricePerformanceTarget") && level !== undefined) parts.push({ pricePerformanceTarget: level });
  parts.push(...capacity);
  if (changed.has("configParameters")) parts.push({ configParameters: wanted.configParameters ?? [] });
  for (const key of ["enhancedVpcRouting", "publiclyAccessible"])
    if (changed.has(key)) parts.push({ [key]: news[key] === true });
  for (const key of ["subnetIds", "securityGroupIds", "port", "trackName"]) {
    const value = wanted[key];
    if (changed.has(key) && value !== undefined) parts.push({ [key]: value });
  }
  return parts;
}

function request(inputs: ValueMap): ValueMap {
  const target = inputs.pricePerformanceTarget;
  const given = (key: string): Value | undefined => (isEmpty(inputs[key]) ? undefined : inputs[key]);
  const values = {
    baseCapacity: given("baseCapacity"),
    configParameters: inputs.configParameters && maps(inputs, "configParameters"),
    enhancedVpcRouting: given("enhancedVpcRouting"),
    maxCapacity: given("maxCapacity"),
    port: given("port"),
    pricePerformanceTarget: isMap(target)
      ? defined({ status: target.enabled === true ? "ENABLED" : "DISABLED", level: target.level })
      : undefined,
    publiclyAccessible: given("publiclyAccessible"),
    securityGroupIds: isEmpty(inputs.securityGroupIds) ? undefined : texts(inputs, "securityGroupIds"),
    subnetIds: isEmpty(inputs.subnetIds) ? undefined : texts(inputs, "subnetIds"),
    trackName: given("trackName"),
  };
  return defined(values) as ValueMap;
}

function performance(target: Value | undefined): Value {
  if (!isMap(target)) return null;
  return defined({ enabled: target.status === "ENABLED", level: target.level });
}
