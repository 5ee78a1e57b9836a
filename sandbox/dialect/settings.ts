import type { Draft } from "./draft";

/** Settings that only Redshift has; the front keeps them under `rs.`, where PostgreSQL accepts any name. */
const redshiftSettings = new Set([
  ..."analyze_threshold_percent auto_mv autocommit cast_super_null_on_error datashare_break_glass_session_var".split(
    " ",
  ),
  ..."default_geometry_encoding describe_field_name_in_uppercase downcase_delimited_identifier".split(" "),
  ..."enable_case_sensitive_identifier enable_case_sensitive_super_attribute enable_numeric_rounding".split(" "),
  ..."enable_result_cache_for_session enable_user_activity_logging enable_vacuum_boost".split(" "),
  ..."error_on_nondeterministic_update json_parse_dedup_attributes json_parse_truncate_strings".split(" "),
  ..."json_serialization_enable json_serialization_parse_nested_strings max_concurrency_scaling_clusters".split(" "),
  ..."max_cursor_result_set_size max_query_execution_time mv_enable_aqmv_for_session navigate_super_null_on_error".split(
    " ",
  ),
  ..."parse_super_null_on_error pg_federation_repeatable_read query_group require_ssl selective_batch_size".split(" "),
  ..."spectrum_enable_pseudo_columns spectrum_query_maxerror stored_proc_log_min_messages use_fips_ssl".split(" "),
  ..."wlm_json_configuration wlm_query_slot_count".split(" "),
]);

/** `SET query_group TO 'x'`, `RESET query_group`, `SET readonly = 1`; SHOW of one is done with the other SHOW forms. */
export function rewriteSetting(draft: Draft): void {
  if (!draft.is(0, "set", "reset")) return;
  const at = draft.is(1, "session", "local") ? 2 : 1;
  const name = draft.value(at);
  if (redshiftSettings.has(name)) {
    draft.replaceOne(at, `rs.${name}`);
  } else if (name === "readonly") {
    const on = /^(on|true|1|'(on|true|1)')$/i.test(draft.tokens[draft.length - 1]!.text);
    draft.replace(
      { from: 0, to: draft.length - 1 },
      `set session characteristics as transaction read ${on ? "only" : "write"}`,
    );
  } else if (
    draft.reads(0, "set", "session", "authorization") &&
    draft.tokens[3]?.kind === "word" &&
    !draft.is(3, "default")
  ) {
    draft.replaceOne(3, `"${draft.value(3)}"`);
  }
}

/** SHOW of a Redshift setting as a query that gives "" while it is not set. */
export function showSetting(name: string): string | undefined {
  if (!redshiftSettings.has(name)) return undefined;
  return `select coalesce(pg_catalog.current_setting('rs.${name}', true), '') as ${name}`;
}
