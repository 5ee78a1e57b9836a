import type { TypeKind } from "../types";

/**
 * What a function gives: a type; that of its first argument; what its values have in common; `rule` where what writes it
 * also says what it gives; `any` where it cannot be told from the names alone.
 */
type Result = TypeKind | "first" | "common" | "rule" | "any";

export interface KnownFunction {
  readonly result: Result;
  /** Page of the developer guide, below https://docs.aws.amazon.com/redshift/latest/dg/ */
  readonly page: string;
  readonly aggregate: boolean;
  /** Runs on the leader node only, so that no query over tables of users may call it. */
  readonly leader: boolean;
}

const table = new Map<string, KnownFunction>();

interface Group {
  readonly aggregate?: boolean;
  readonly leader?: boolean;
}

function group(
  page: string,
  functions: Partial<Record<Result, string>>,
  { aggregate = false, leader = false }: Group = {},
) {
  for (const [result, names] of Object.entries(functions))
    for (const name of names.split(" ")) table.set(name, { result: result as Result, page, aggregate, leader });
}

group(
  "c_Aggregate_Functions",
  {
    rule: "avg sum count listagg",
    first: "min max any_value",
    float8: "median percentile_cont percentile_disc stddev stddev_samp stddev_pop variance var_samp var_pop",
  },
  { aggregate: true },
);
group("c_bitwise_aggregate_functions", { first: "bit_and bit_or", bool: "bool_and bool_or" }, { aggregate: true });
group("c_Window_functions", {
  int8: "rank dense_rank row_number ntile",
  first: "lag lead first_value last_value nth_value",
  float8: "cume_dist percent_rank",
  rule: "ratio_to_report",
});
group("c_conditional_expressions", {
  common: "coalesce nvl isnull greatest least",
  first: "nullif",
  rule: "nvl2 decode",
});
group("Date_functions_header", {
  timestamp: "getdate add_months to_timestamp",
  date: "to_date last_day next_day",
  int8: "datediff date_diff",
  int4: "date_cmp timestamp_cmp date_part_year",
  float8: "date_part months_between",
  rule: "dateadd date_add date_trunc convert_timezone timezone",
});
group("Math_functions", {
  first: "abs ceil ceiling floor mod sign",
  rule: "round trunc",
  float8:
    "sqrt exp ln log pow power random acos asin atan atan2 cos cot sin tan cbrt degrees radians pi dexp dlog1 dlog10",
});
group("String_functions_header", {
  int4: "len length char_length character_length textlen charindex strpos ascii octet_length bit_length",
  int8: "strtol regexp_count regexp_instr",
  varchar:
    "upper lower btrim ltrim rtrim substr left right lpad rpad replace split_part initcap reverse repeat translate chr " +
    "md5 sha2 to_hex regexp_replace regexp_substr quote_ident quote_literal concat",
});
group("r_Data_type_formatting", { varchar: "to_char", numeric: "to_number" });
group("json-functions", {
  varchar: "json_extract_path_text json_extract_array_element_text json_serialize json_typeof",
  int4: "json_array_length",
  bool: "is_valid_json is_valid_json_array can_json_parse",
  super: "json_parse",
});
group("Array_Functions", {
  super: "array object split_to_array",
  int8: "get_array_length",
  bool: "is_array is_object",
});
group("r_System_information_functions", {
  int4: "pg_backend_pid",
  varchar: "version current_database current_setting",
  bool: "has_table_privilege has_schema_privilege has_database_privilege",
});
group("System_administration_functions", { varchar: "set_config", bool: "pg_cancel_backend pg_terminate_backend" });
// https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html
group(
  "c_SQL_functions_leader_node_only",
  {
    interval: "age",
    timestamptz: "now",
    bool: "isfinite",
    name: "current_schema",
    any: "current_schemas generate_series",
    int4: "get_bit get_byte position",
  },
  { leader: true },
);
// Of the catalogs, which clients ask by functions.
group(
  "c_intro_catalog_views",
  {
    varchar:
      "pg_get_viewdef pg_get_userbyid pg_get_expr pg_get_constraintdef pg_get_indexdef format_type obj_description " +
      "col_description pg_encoding_to_char pg_client_encoding",
    bool: "pg_table_is_visible pg_function_is_visible pg_type_is_visible has_function_privilege has_language_privilege",
    oid: "to_regclass",
    any: "pg_get_late_binding_view_cols pg_get_cols",
  },
  { leader: true },
);
// Of the sandbox itself: what asks whether it answers, and what asks for an answer that takes a while.
group("", {
  any: "pg_sleep pg_is_in_recovery pg_postmaster_start_time inet_server_addr inet_server_port inet_client_addr",
});

/** Functions that Redshift has and the sandbox has not, which are refused by name. */
const missing = new Set(
  (
    "hll hll_cardinality hll_combine hll_create_sketch sha sha1 func_sha1 fnv_hash crc32 checksum farmfingerprint64 soundex " +
    "difference levenshtein octetindex oct2bin to_varbyte from_varbyte from_hex getbit text_to_int_alt " +
    "text_to_numeric_alt interval_cmp timestamptz_cmp timestamp_cmp_date date_cmp_timestamp date_cmp_timestamptz " +
    "timestamp_cmp_timestamptz timestamptz_cmp_date timestamptz_cmp_timestamp array_concat array_flatten subarray " +
    "array_contains array_distinct array_except array_intersection array_position array_positions array_sort array_union " +
    "arrays_overlap get_number_attributes lower_attribute_names upper_attribute_names is_bigint is_boolean is_char is_decimal " +
    "is_float is_integer is_scalar is_smallint is_varchar decimal_precision decimal_scale json_size object_transform " +
    "lag_ignore explain_model last_user_query_id pg_last_query_id pg_last_copy_id pg_last_copy_count pg_last_unload_id " +
    "pg_last_unload_count has_assumerole_privilege user_is_member_of role_is_member_of slice_num regexp_matches collate bpcharcmp bttext_pattern_cmp " +
    "to_geography st_astext st_x st_y st_point st_distance st_geomfromtext st_contains st_within st_area"
  ).split(" "),
);

export const knownFunction = (name: string): KnownFunction | undefined => table.get(name);
export const isMissing = (name: string): boolean => missing.has(name);
export const knownFunctions = (): IterableIterator<[string, KnownFunction]> => table.entries();
