import { invalid } from "./errors";
import type { ParameterRecord } from "./records";

const WLM = "wlm_json_configuration";
const WLM_MAX_CHARACTERS = 8_000;

/** Query monitoring limits; exclusive with a WLM configuration. */
const METRICS: Readonly<Record<string, number>> = {
  max_query_cpu_time: 999_999,
  max_query_blocks_read: 1_048_575,
  max_scan_row_count: 999_999_999_999_999,
  max_query_execution_time: 86_399,
  max_query_queue_time: 86_399,
  max_query_cpu_usage_percent: 6_399,
  max_query_temp_blocks_to_disk: 319_815_679,
  max_join_row_count: 999_999_999_999_999,
  max_nested_loop_join_row_count: 999_999_999_999_999,
};

const BOOLEANS = [
  "auto_mv",
  "enable_case_sensitive_identifier",
  "enable_user_activity_logging",
  "require_ssl",
  "use_fips_ssl",
];
const TEXTS = ["datestyle", "query_group", "search_path"];

/** What AWS sets where the caller says nothing, and reports ever after. */
const DEFAULTS: Readonly<Record<string, string>> = {
  auto_mv: "true",
  datestyle: "ISO, MDY",
  enable_case_sensitive_identifier: "false",
  enable_user_activity_logging: "true",
  query_group: "default",
  search_path: "$user, public",
  require_ssl: "true",
  use_fips_ssl: "false",
};
const DEFAULT_EXECUTION_TIME = "14400";

/** Keys that WLM on serverless refuses. */
const REFUSED_WLM_KEYS = [
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

/** The full set of parameters of a workgroup: what it had, changed by what is given. @throws ValidationException */
export function mergeParameters(
  current: readonly ParameterRecord[] | undefined,
  given: readonly Partial<ParameterRecord>[],
): ParameterRecord[] {
  const merged = new Map<string, string>(
    current ? current.map(({ parameterKey, parameterValue }) => [parameterKey, parameterValue]) : defaults(),
  );
  const keys = given.map(({ parameterKey }) => parameterKey ?? "");
  const repeated = keys.find((key, index) => keys.indexOf(key) !== index);
  if (repeated !== undefined) throw invalid(`The config parameter ${repeated} is given more than once.`);
  if (keys.includes(WLM) && keys.some((key) => key in METRICS)) {
    throw invalid(
      `${WLM} cannot be used together with single query monitoring limits (${keys.filter((key) => key in METRICS).join(", ")}).`,
    );
  }
  for (const { parameterKey = "", parameterValue = "" } of given) {
    checkParameter(parameterKey, parameterValue);
    if (parameterKey === WLM) for (const metric of Object.keys(METRICS)) merged.delete(metric);
    if (parameterKey in METRICS) merged.delete(WLM);
    merged.set(parameterKey, parameterValue);
  }
  return [...merged].map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));
}

function defaults(): [string, string][] {
  return [...Object.entries(DEFAULTS), ["max_query_execution_time", DEFAULT_EXECUTION_TIME]];
}

function checkParameter(key: string, value: string): void {
  const limit = METRICS[key];
  if (limit !== undefined) {
    if (!/^\d+$/.test(value) || Number(value) > limit) {
      throw invalid(`The config parameter ${key} must be an integer from 0 to ${limit}, not "${value}".`);
    }
  } else if (BOOLEANS.includes(key)) {
    if (!/^(true|false|on|off)$/i.test(value)) {
      throw invalid(`The config parameter ${key} must be true or false, not "${value}".`);
    }
  } else if (key === WLM) {
    checkWlm(value);
  } else if (!TEXTS.includes(key)) {
    throw invalid(
      `"${key}" is not a config parameter of Redshift Serverless. Supported: ${[...BOOLEANS, ...TEXTS, WLM, ...Object.keys(METRICS)].join(", ")}.`,
    );
  }
}

function checkWlm(value: string): void {
  if (value.length > WLM_MAX_CHARACTERS) {
    throw invalid(`${WLM} has ${value.length} characters; at most ${WLM_MAX_CHARACTERS} are allowed.`);
  }
  let queues: unknown;
  try {
    queues = JSON.parse(value);
  } catch (error) {
    throw invalid(`${WLM} is not valid JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(queues)) throw invalid(`${WLM} must be a JSON array of queues.`);
  for (const queue of queues as Record<string, unknown>[]) {
    const refused = REFUSED_WLM_KEYS.find((key) => Object.hasOwn(queue, key));
    if (refused) throw invalid(`${WLM}: Redshift Serverless does not support the property ${refused}.`);
    const rules = Array.isArray(queue.rules) ? (queue.rules as Record<string, unknown>[]) : [];
    const action = rules.map((rule) => rule.action).find((name) => name === "hop" || name === "change_query_priority");
    if (action) throw invalid(`${WLM}: Redshift Serverless does not support the rule action ${String(action)}.`);
  }
}
