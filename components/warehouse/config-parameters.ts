import { type ConfigParameters, defaultQueryTimeoutSeconds } from "@redshift-fleet/redshift/declarations";
import type { QueryMonitoring, WarehouseSettings } from "./settings";

const monitoringKeys: Readonly<Record<keyof QueryMonitoring, string>> = {
  maxQueryCpuTime: "max_query_cpu_time",
  maxQueryBlocksRead: "max_query_blocks_read",
  maxScanRowCount: "max_scan_row_count",
  maxQueryQueueTime: "max_query_queue_time",
  maxQueryCpuUsagePercent: "max_query_cpu_usage_percent",
  maxQueryTempBlocksToDisk: "max_query_temp_blocks_to_disk",
  maxJoinRowCount: "max_join_row_count",
  maxNestedLoopJoinRowCount: "max_nested_loop_join_row_count",
};

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

function limits({ queryTimeoutSeconds = defaultQueryTimeoutSeconds, monitoring }: WarehouseSettings): ConfigParameters {
  const values: Record<string, string> = { max_query_execution_time: String(queryTimeoutSeconds) };
  for (const [setting, key] of Object.entries(monitoringKeys)) {
    const limit = monitoring?.[setting as keyof QueryMonitoring];
    if (limit !== undefined) values[key] = String(limit);
  }
  return values;
}
