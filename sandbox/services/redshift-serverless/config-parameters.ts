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

const WLM = "wlm_json_configuration";
const WLM_MAX_CHARACTERS = 8_000;
/** Takes a limit away: the console's own request, in hashicorp/terraform-provider-aws#33899. */
const REMOVED = "-1";

/**
 * Query monitoring limits; exclusive with a WLM configuration. The last three are in the service's own list of supported
 * keys (quoted in workgroup.go of hashicorp/terraform-provider-aws), though its documentation does not name them.
 */
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
  max_return_row_count: 999_999_999_999_999,
  max_cpu_skew: 99,
  max_io_skew: 99,
};

/**
 * Parameters that a patch brought: every workgroup has them from then on, and GetWorkgroup returns them though nobody
 * ever sent them. `enable_large_strings_opt_in`: hashicorp/terraform-provider-aws#49939 and #49941.
 */
const BROUGHT_BY_PATCHES: readonly { key: string; patch: number; value: string }[] = [
  { key: "enable_large_strings_opt_in", patch: 205, value: "false" },
];

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
const EXECUTION_TIME = "max_query_execution_time";
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
  const limits = keys.filter((key) => key in METRICS);
  if (keys.includes(WLM) && limits.length > 0) throw notTogether(limits);
  for (const [key, value] of wanted) checkParameter(key, value, rules);
  const merged = new Map(before);
  for (const [key, value] of wanted) {
    if (value === REMOVED || (key === WLM && isNoQueue(value))) merged.delete(key);
    else merged.set(key, value);
  }
  keepOneForm(merged, keys, rules);
  if (!merged.has(WLM) && !merged.has(EXECUTION_TIME)) merged.set(EXECUTION_TIME, DEFAULT_EXECUTION_TIME);
  if (current && sameParameters(before, merged)) {
    throw invalid("You didn't specify any changes to the configuration parameters.");
  }
  return [...merged].map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));
}

/** What GetWorkgroup tells: also what a patch brought. */
export function shownParameters(kept: readonly ParameterRecord[], { patch }: ParameterRules): ParameterRecord[] {
  const brought = BROUGHT_BY_PATCHES.filter(
    (one) => one.patch <= patch && !kept.some(({ parameterKey }) => parameterKey === one.key),
  );
  return [...kept, ...brought.map(({ key, value }) => ({ parameterKey: key, parameterValue: value }))];
}

/** Either a WLM configuration or single limits: what is there beside the form that was given is refused or goes. */
function keepOneForm(merged: Map<string, string>, given: readonly string[], { otherForm }: ParameterRules): void {
  if (!merged.has(WLM)) return;
  const limits = [...merged.keys()].filter((key) => key in METRICS && !isDefaultLimit(key, merged.get(key)));
  if (limits.length > 0 && otherForm === "refused") throw notTogether(limits);
  if (given.includes(WLM) && otherForm === "replaced") for (const key of Object.keys(METRICS)) merged.delete(key);
  else if (limits.length > 0) merged.delete(WLM);
}

const notTogether = (limits: readonly string[]) =>
  invalid(`${WLM} cannot be used together with single query monitoring limits (${limits.join(", ")}).`);

const isDefaultLimit = (key: string, value: string | undefined) =>
  key === EXECUTION_TIME && value === DEFAULT_EXECUTION_TIME;
const isNoQueue = (value: string) => value.trim() === "" || /^\s*\[\s*\]\s*$/.test(value);

function sameParameters(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

function defaults(): [string, string][] {
  return [...Object.entries(DEFAULTS), [EXECUTION_TIME, DEFAULT_EXECUTION_TIME]];
}

function checkParameter(key: string, value: string, { patch }: ParameterRules): void {
  const limit = Object.hasOwn(METRICS, key) ? METRICS[key] : undefined;
  const flags = [...BOOLEANS, ...BROUGHT_BY_PATCHES.filter((one) => one.patch <= patch).map((one) => one.key)];
  if (limit !== undefined) {
    if (value !== REMOVED && (!/^\d+$/.test(value) || Number(value) > limit)) {
      throw invalid(`The config parameter ${key} must be an integer from 0 to ${limit}, not "${value}".`);
    }
  } else if (flags.includes(key)) {
    if (!/^(true|false|on|off)$/i.test(value)) {
      throw invalid(`The config parameter ${key} must be true or false, not "${value}".`);
    }
  } else if (key === WLM) {
    if (!isNoQueue(value)) checkWlm(value);
  } else if (!TEXTS.includes(key)) {
    const supported = [...flags, ...TEXTS, WLM, ...Object.keys(METRICS)];
    throw invalid(`The parameter key ${key} isn't supported. Supported values: [[${supported.join(", ")}]]`);
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
