import { type ConfigParameters, defaultQueryTimeoutSeconds, queryLimits } from "@redshift-fleet/redshift/declarations";
import { limitsOf, type WarehouseSettings } from "./settings";

/**
 * The parameters that the fleet answers for, so that a change by hand shows as drift. A limit that is not set is not among
 * them, and is then none of the workgroup either; parameters that patches bring are AWS's business.
 */
export function configParameters(settings: WarehouseSettings): ConfigParameters {
  return {
    auto_mv: "true",
    datestyle: "ISO, MDY",
    enable_case_sensitive_identifier: String(settings.caseSensitiveIdentifiers ?? false),
    enable_user_activity_logging: "true",
    query_group: "default",
    require_ssl: String(settings.requireSsl ?? true),
    search_path: settings.searchPath ?? "$user, public",
    use_fips_ssl: "false",
    ...(settings.wlm ? { wlm_json_configuration: JSON.stringify(settings.wlm) } : limits(settings)),
  };
}

function limits(settings: WarehouseSettings): ConfigParameters {
  const { queryTimeoutSeconds = defaultQueryTimeoutSeconds } = settings;
  const values: Record<string, string> = { max_query_execution_time: String(queryTimeoutSeconds) };
  for (const [setting, limit] of limitsOf(settings)) values[queryLimits[setting].parameter] = String(limit);
  return values;
}
