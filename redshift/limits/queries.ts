/** The longest a query may run where nothing is said, in seconds: AWS's own default. */
export const defaultQueryTimeoutSeconds = 14_400;
/** The longest that can be asked for, in seconds. */
export const longestQueryTimeoutSeconds = 86_399;

const mostRows = 999_999_999_999_999;

/**
 * Limits on single queries: the workgroup's parameter and the largest value.
 * https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html
 */
export const queryLimits = {
  /** Processor time of a query, in seconds. */
  maxQueryCpuTime: { parameter: "max_query_cpu_time", most: 1_000_000 },
  /** Blocks of 1 MB that a query may read. */
  maxQueryBlocksRead: { parameter: "max_query_blocks_read", most: 1_048_575 },
  maxScanRowCount: { parameter: "max_scan_row_count", most: mostRows },
  /** In seconds. */
  maxQueryQueueTime: { parameter: "max_query_queue_time", most: longestQueryTimeoutSeconds },
  maxQueryCpuUsagePercent: { parameter: "max_query_cpu_usage_percent", most: 100 },
  /** Blocks of 1 MB of intermediate results. */
  maxQueryTempBlocksToDisk: { parameter: "max_query_temp_blocks_to_disk", most: 319_815_679 },
  maxJoinRowCount: { parameter: "max_join_row_count", most: mostRows },
  maxNestedLoopJoinRowCount: { parameter: "max_nested_loop_join_row_count", most: mostRows },
} as const;

/** Characters of JSON that `wlm_json_configuration` may have. */
export const longestWlm = 8000;

/** Properties of queues that serverless workgroups do not accept, though provisioned clusters do. */
export const refusedInQueues: ReadonlySet<string> = new Set([
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
]);
/** Actions of rules, likewise. */
export const refusedQueueActions: ReadonlySet<string> = new Set(["hop", "change_query_priority"]);
