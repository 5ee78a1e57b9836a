import type { QueryMonitoring, WarehouseSettings } from "./settings";

/** One parameter of a workgroup. */
export interface ConfigParameter {
  readonly parameterKey: string;
  readonly parameterValue: string;
}

/** The longest a query may run where nothing is said, in seconds: AWS's own default. */
export const defaultQueryTimeoutSeconds = 14_400;

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
 * Every parameter that AWS gives a workgroup a value for, whether it was asked for or not: a key left out comes back
 * with AWS's default and looks like drift for ever. Sorted by key, as AWS returns them.
 */
export function configParameters(settings: WarehouseSettings): ConfigParameter[] {
  const values: Record<string, string> = {
    auto_mv: "true",
    datestyle: "ISO, MDY",
    enable_case_sensitive_identifier: String(settings.caseSensitiveIdentifiers ?? false),
    enable_user_activity_logging: "true",
    query_group: "default",
    require_ssl: String(settings.requireSsl ?? true),
    search_path: settings.searchPath ?? "$user, public",
    use_fips_ssl: "false",
  };
  if (settings.wlm) values.wlm_json_configuration = JSON.stringify(settings.wlm);
  else {
    values.max_query_execution_time = String(settings.queryTimeoutSeconds ?? defaultQueryTimeoutSeconds);
    for (const [setting, key] of Object.entries(monitoringKeys)) {
      const limit = settings.monitoring?.[setting as keyof QueryMonitoring];
      if (limit !== undefined) values[key] = String(limit);
    }
  }
  return Object.entries(values)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue }));
}
