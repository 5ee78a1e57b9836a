import {
  capacityFault,
  longestQueryTimeoutSeconds,
  longestWlm,
  portFault,
  queryLimits,
  refusedInQueues,
  refusedQueueActions,
} from "@redshift-fleet/redshift/declarations";
import { checkWarehouseName } from "../naming/names";
import { at, checkInteger, checkName, checkSqlName, type Fault } from "../validation";
import { type CompleteSettings, limitsOf } from "./settings";

/** Names that every warehouse in the world has by default, and that guesses begin with. */
const defaultDatabases = new Set(["dev"]);
const defaultAdmins = new Set(["admin", "awsuser"]);
/** Names of Redshift's own. */
const reservedNames = new Set(["rdsdb", "padb_harvest", "template0", "template1", "sys", "public", "ds"]);

/** Every fault of a serverless warehouse's settings and of its name. */
export function checkServerless(name: string, namePrefix: string, settings: CompleteSettings): Fault[] {
  return [
    ...checkName("name", name),
    ...checkWarehouseName("name", namePrefix, name),
    ...checkCapacities(settings),
    ...portFault("port", settings.port),
    ...checkOwnName("database", settings.database, defaultDatabases, "fleet"),
    ...checkOwnName("adminUsername", settings.adminUsername, defaultAdmins, "fleet_admin"),
    ...checkInteger("generation", settings.generation, 1, 1_000_000),
    ...checkLimits(settings),
  ];
}

function checkCapacities({ baseCapacity, maxCapacity }: CompleteSettings): Fault[] {
  const faults = [...capacityFault("baseCapacity", baseCapacity), ...capacityFault("maxCapacity", maxCapacity)];
  if (maxCapacity < baseCapacity)
    faults.push({
      path: "maxCapacity",
      value: maxCapacity,
      rule: `must be at least the base capacity of ${baseCapacity} RPUs`,
      remedy: `Raise it to ${baseCapacity} or more, or lower \`baseCapacity\``,
    });
  return faults;
}

/** Checks a name that SQL knows and that nobody may guess. */
function checkOwnName(path: string, name: string, defaults: ReadonlySet<string>, example: string): Fault[] {
  const faults = checkSqlName(path, name);
  if (defaults.has(name) || reservedNames.has(name))
    faults.push({
      path,
      value: name,
      rule: "must not be a default or reserved name: those are the first that anybody tries",
      remedy: `Choose a name of your own, such as \`${example}\``,
    });
  return faults;
}

function checkLimits(settings: CompleteSettings): Fault[] {
  const faults: Fault[] = [];
  const monitoring = limitsOf(settings);
  if (settings.queryTimeoutSeconds !== undefined)
    faults.push(
      ...checkInteger("queryTimeoutSeconds", settings.queryTimeoutSeconds, 1, longestQueryTimeoutSeconds, "seconds"),
    );
  for (const [metric, limit] of monitoring)
    faults.push(...at("monitoring", checkInteger(metric, limit, 1, queryLimits[metric].most)));
  if (settings.wlm) {
    const single = [
      ...(settings.queryTimeoutSeconds === undefined ? [] : ["queryTimeoutSeconds"]),
      ...monitoring.map(([metric]) => `monitoring.${metric}`),
    ];
    if (single.length > 0)
      faults.push({
        path: "wlm",
        value: single,
        rule: "must stand alone: Redshift Serverless takes either a WLM configuration or single limits",
        remedy: `Remove ${single.join(", ")}, or say the same with rules inside \`wlm\``,
      });
    faults.push(...checkWlm(settings.wlm));
  }
  if (settings.usageLimit)
    faults.push(...at("usageLimit", checkInteger("rpuHours", settings.usageLimit.rpuHours, 1, 1e9, "RPU-hours")));
  return faults;
}

function checkWlm(queues: NonNullable<CompleteSettings["wlm"]>): Fault[] {
  const faults: Fault[] = [];
  const length = JSON.stringify(queues).length;
  if (length > longestWlm)
    faults.push({
      path: "wlm",
      value: `${length} characters`,
      rule: `must be at most ${longestWlm} characters of JSON`,
      remedy: "Use fewer queues or rules",
    });
  queues.forEach((queue, index) => {
    for (const key of Object.keys(queue).filter((candidate) => refusedInQueues.has(candidate)))
      faults.push({
        path: `wlm[${index}].${key}`,
        value: queue[key],
        rule: "must not be set: queues of Redshift Serverless have no such property",
        remedy: "Remove it",
      });
    const rules = Array.isArray(queue.rules) ? queue.rules : [];
    rules.forEach((rule: { action?: unknown }, ruleIndex) => {
      if (typeof rule?.action === "string" && refusedQueueActions.has(rule.action))
        faults.push({
          path: `wlm[${index}].rules[${ruleIndex}].action`,
          value: rule.action,
          rule: "must be an action that Redshift Serverless knows: log or abort",
          remedy: "Use `abort` or `log`",
        });
    });
  });
  return faults;
}
