import { invalid } from "./errors";
import type { ParameterRecord } from "./records";

/** What the service holds where sources about AWS are silent. */
export interface ParameterRules {
  /** Patch of the workgroups, which decides what parameters they have. */
  patch: number;
  /**
   * The API's model says that a workgroup has "either wlm_json_configuration or query monitoring metrics ... but not
   * both", and not what one does to the other that is there already: it takes its place, or is refused until that is gone.
   */
  otherForm: "refused" | "replaced";
}

const wlm = "wlm_json_configuration";
const wlmMaxCharacters = 8_000;
/** Takes a limit away: the console's own request, in hashicorp/terraform-provider-aws#33899. */
const removed = "-1";

/**
 * Query monitoring limits; exclusive with a WLM configuration. The last three are in the service's own list of supported
 * keys (quoted in workgroup.go of hashicorp/terraform-provider-aws), though its documentation does not name them.
 */
const metrics: Readonly<Record<string, number>> = {
  max_query_cpu_time: 999_999,
  max_query_blocks_read: 1_048_575,
  max_scan_row_count: 999_999_999_999_999,
  max_query_execution_time: 86_399,
  max_query_queue_time: 86_399,
  max_query_cpu_usage_percent: 6_399,
  max_query_temp_blocks_to_disk: 319_815_679,
  max_join_row_count: 999_999_999_999_999,
  max_nested_loop_join_row_count: 999_999_999_999_999,
  max_return_row_count: 999_999_999_999_999,
  max_cpu_skew: 99,
  max_io_skew: 99,
};

/**
 * Parameters that a patch brought: every workgroup has them from then on, and GetWorkgroup returns them though nobody
 * ever sent them. `enable_large_strings_opt_in`: hashicorp/terraform-provider-aws#49939 and #49941.
 */
const broughtByPatches: readonly { key: string; patch: number; value: string }[] = [
  { key: "enable_large_strings_opt_in", patch: 205, value: "false" },
];

const booleans = [
  "auto_mv",
  "enable_case_sensitive_identifier",
  "enable_user_activity_logging",
  "require_ssl",
  "use_fips_ssl",
];
const texts = ["datestyle", "query_group", "search_path"];

/** What AWS sets where the caller says nothing, and reports ever after. */
const defaultParameters: Readonly<Record<string, string>> = {
  auto_mv: "true",
  datestyle: "ISO, MDY",
  enable_case_sensitive_identifier: "false",
  enable_user_activity_logging: "true",
  query_group: "default",
  search_path: "$user, public",
  require_ssl: "true",
  use_fips_ssl: "false",
};
const executionTime = "max_query_execution_time";
const defaultExecutionTime = "14400";

/** Keys that WLM on serverless refuses. */
const refusedWlmKeys = [
  "max_execution_time",
  "short_query_queue",
  "auto_wlm",
  "concurrency_scaling",
  "priority",
  "queue_type",
  "query_concurrency",
  "memory_percent_to_use",
  "user_group",
  "user_group_wild_card",
];

/**
 * The parameters of a workgroup, changed by what is given. Keys that are not given stay as they are.
 * @param current undefined for a workgroup that is being made
 * @throws ValidationException
 */
export function mergeParameters(
  current: readonly ParameterRecord[] | undefined,
  given: readonly Partial<ParameterRecord>[],
  rules: ParameterRules,
): ParameterRecord[] {
  const before = new Map(
    current ? current.map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue]) : defaults(),
  );
  const wanted = given.map(({ parameterKey = "", parameterValue = "" }) => [parameterKey, parameterValue] as const);
  const keys = wanted.map(([key]) => key);
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined) throw invalid(`The config parameter ${repeated} is given more than once.`);
  const limits = keys.filter((key) => key in metrics);
  if (keys.includes(wlm) && limits.length > 0) throw notTogether(limits);
  for (const [key, value] of wanted) checkParameter(key, value, rules);
  const merged = new Map(before);
  for (const [key, value] of wanted) {
    if (value === removed || (key === wlm && isNoQueue(value))) merged.delete(key);
    else merged.set(key, value);
  }
  keepOneForm(merged, keys, rules);
  if (!merged.has(wlm) && !merged.has(executionTime)) merged.set(executionTime, defaultExecutionTime);
  if (current && sameParameters(before, merged)) {
    throw invalid("You didn't specify any changes to the configuration parameters.");
  }
  return [...merged].map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));
}

/** What GetWorkgroup tells: also what a patch brought. */
export function shownParameters(kept: readonly ParameterRecord[], { patch }: ParameterRules): ParameterRecord[] {
  const brought = broughtByPatches.filter(
    (one) => one.patch <= patch && !kept.some(({ parameterKey }) => parameterKey === one.key),
  );
  return [...kept, ...brought.map(({ key, value }) => ({ parameterKey: key, parameterValue: value }))];
}

/** Either a WLM configuration or single limits: what is there beside the form that was given is refused or goes. */
function keepOneForm(merged: Map<string, string>, given: readonly string[], { otherForm }: ParameterRules): void {
  if (!merged.has(wlm)) return;
  const limits = [...merged.keys()].filter((key) => key in metrics && !isDefaultLimit(key, merged.get(key)));
  if (limits.length > 0 && otherForm === "refused") throw notTogether(limits);
  if (given.includes(wlm) && otherForm === "replaced") for (const key of Object.keys(metrics)) merged.delete(key);
  else if (limits.length > 0) merged.delete(wlm);
}

const notTogether = (limits: readonly string[]) =>
  invalid(`${wlm} cannot be used together with single query monitoring limits (${limits.join(", ")}).`);

const isDefaultLimit = (key: string, value: string | undefined) =>
  key === executionTime && value === defaultExecutionTime;
const isNoQueue = (value: string) => value.trim() === "" || /^\s*\[\s*\]\s*$/.test(value);

function sameParameters(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

function defaults(): [string, string][] {
  return [...Object.entries(defaultParameters), [executionTime, defaultExecutionTime]];
}

function checkParameter(key: string, value: string, { patch }: ParameterRules): void {
  const limit = Object.hasOwn(metrics, key) ? metrics[key] : undefined;
  const flags = [...booleans, ...broughtByPatches.filter((one) => one.patch <= patch).map((one) => one.key)];
  if (limit !== undefined) {
    if (value !== removed && (!/^\d+$/.test(value) || Number(value) > limit)) {
      throw invalid(`The config parameter ${key} must be an integer from 0 to ${limit}, not "${value}".`);
    }
  } else if (flags.includes(key)) {
    if (!/^(true|false|on|off)$/i.test(value)) {
      throw invalid(`The config parameter ${key} must be true or false, not "${value}".`);
    }
  } else if (key === wlm) {
    if (!isNoQueue(value)) checkWlm(value);
  } else if (!texts.includes(key)) {
    const supported = [...flags, ...texts, wlm, ...Object.keys(metrics)];
    throw invalid(`The parameter key ${key} isn't supported. Supported values: [[${supported.join(", ")}]]`);
  }
}

function checkWlm(value: string): void {
  if (value.length > wlmMaxCharacters) {
    throw invalid(`${wlm} has ${value.length} characters; at most ${wlmMaxCharacters} are allowed.`);
  }
  let queues: unknown;
  try {
    queues = JSON.parse(value);
  } catch (error) {
    throw invalid(`${wlm} is not valid JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(queues)) throw invalid(`${wlm} must be a JSON array of queues.`);
  for (const queue of queues as Record<string, unknown>[]) {
    const refused = refusedWlmKeys.find((key) => Object.hasOwn(queue, key));
    if (refused) throw invalid(`${wlm}: Redshift Serverless does not support the property ${refused}.`);
    const rules = Array.isArray(queue.rules) ? (queue.rules as Record<string, unknown>[]) : [];
    const action = rules.map((rule) => rule.action).find((name) => name === "hop" || name === "change_query_priority");
    if (action) throw invalid(`${wlm}: Redshift Serverless does not support the rule action ${String(action)}.`);
  }
}
