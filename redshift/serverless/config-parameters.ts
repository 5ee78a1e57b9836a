import { defaultQueryTimeoutSeconds } from "../limits/queries";

/** Parameters of a workgroup by key, as UpdateWorkgroup takes and GetWorkgroup returns them. */
export type ConfigParameters = Readonly<Record<string, string>>;

const queues = "wlm_json_configuration";
const timeout = "max_query_execution_time";
/** Takes a limit away: the console's own request, in hashicorp/terraform-provider-aws#33899. */
const removed = "-1";
/** Takes all queues away. */
const noQueues = "[]";

/**
 * What a workgroup has where nobody said anything: harvested from a new one (go-to-k/cdk-real-drift#1441). No single limit
 * but the time-out has a default.
 */
const defaults: ConfigParameters = {
  auto_mv: "true",
  datestyle: "ISO, MDY",
  enable_case_sensitive_identifier: "false",
  enable_user_activity_logging: "true",
  query_group: "default",
  require_ssl: "true",
  search_path: "$user, public",
  use_fips_ssl: "false",
  [timeout]: String(defaultQueryTimeoutSeconds),
};

/** Whether it is one of the limits on single queries, which a workgroup has in place of queues. */
const isLimit = (key: string) => key.startsWith("max_");

/** One form for values that mean the same: JSON by its content, lists without regard to blanks. */
export function canonicalParameters(parameters: ConfigParameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, value]) => [key, canonicalValue(key, value)]),
  );
}

function canonicalValue(key: string, value: string): string {
  if (key === queues) return canonicalQueues(value);
  if (key === "search_path" || key === "datestyle")
    return value
      .split(/\s*,\s*/)
      .join(", ")
      .trim();
  return value;
}

/** Members that are empty mean the same as none: the service may fill them in. */
function canonicalQueues(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const members = Object.entries(value).filter(([, member]) => !isEmpty(member));
      return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
    });
  } catch {
    return text;
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0)
  );
}

/**
 * What a workgroup has of the parameters that are ours: those wanted, and limits or queues, of which it has one form and
 * nothing that we did not set. Parameters unknown to us, which patches bring, are left out.
 *
 * @param actual as GetWorkgroup returns them
 */
export function ownParameters(actual: ConfigParameters, wanted: ConfigParameters): Record<string, string> {
  const own = Object.entries(actual).filter(([key, value]) => key in wanted || isForeignLimit(key, value));
  return canonicalParameters(Object.fromEntries(own));
}

/** A limit, or queues, in force: not AWS's default, and not what stands for "none". */
function isForeignLimit(key: string, value: string): boolean {
  if (key === queues) return canonicalQueues(value) !== noQueues && value !== removed && value.trim() !== "";
  return isLimit(key) && value !== removed && value !== defaults[key];
}

/**
 * The next request that brings a workgroup nearer to what is wanted; nothing when it is there. Only what differs is
 * sent: AWS refuses a request that changes nothing. Queues and single limits exclude each other (UpdateWorkgroup: "but
 * not both"); what one of them does to the other that is there already is not said. So limits go before queues come.
 * Limits are tried beside the queues first, for no document names the value that takes queues away.
 *
 * @param queuesFirst take the queues away before the limits are set
 */
export function nextChange(
  actual: ConfigParameters,
  wanted: ConfigParameters,
  queuesFirst = false,
): Record<string, string> | undefined {
  const own = ownParameters(actual, wanted);
  const goal = canonicalParameters(wanted);
  const unwanted = Object.keys(own).filter((key) => !(key in goal));
  const changed = Object.entries(goal).filter(([key, value]) => own[key] !== value);
  const plain = changed.filter(([key]) => key !== queues && !isLimit(key));
  const goneLimits = unwanted.filter(isLimit).map((key) => [key, key === timeout ? defaults[key]! : removed]);
  const limits = [...changed.filter(([key]) => isLimit(key)), ...goneLimits];
  const newQueues = changed.filter(([key]) => key === queues);
  const oldQueues = unwanted.includes(queues) ? [[queues, noQueues]] : [];
  const requests = queuesFirst ? [oldQueues, [...plain, ...limits]] : [[...plain, ...limits], oldQueues];
  const next = [...requests, newQueues].find((request) => request.length > 0);
  return next && Object.fromEntries(next);
}

/** What undoes `parameters`: AWS's default of each. Limits without a default simply are not wanted any more. */
export function defaultsOf(parameters: ConfigParameters): Record<string, string> {
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => key in parameters || key === timeout));
}
