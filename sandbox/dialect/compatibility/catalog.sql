-- The SVV, PG and STV views of tables, schemas and columns. https://docs.aws.amazon.com/redshift/latest/dg/svv_views.html
create view pg_catalog.svv_redshift_databases as
  select database_name, database_owner, database_type, database_acl, null::text as database_options, 'Snapshot Isolation'::text as database_isolation_level from pg_catalog.rs_databases;
create view pg_catalog.svv_redshift_schemas as
  select database_name, schema_name, nspowner::int as schema_owner, case when shared then 'shared' else 'local' end as schema_type, nspacl::text as schema_acl, null::text as schema_option from pg_catalog.rs_schemas;
create view pg_catalog.svv_redshift_tables as
  select database_name, schema_name, table_name, table_type, relacl::text as table_acl, remarks, (select rolname::text from pg_catalog.pg_roles o where o.oid = relowner) as table_owner from pg_catalog.rs_relations;
create view pg_catalog.svv_redshift_columns as
  select database_name, schema_name, table_name, column_name, ordinal_position, data_type, column_default, is_nullable, encoding, is_distkey as distkey, sortkey, null::text as column_acl, remarks from pg_catalog.rs_columns;
create view pg_catalog.svv_redshift_functions as
  select database_name, schema_name, routine_name as function_name, case prokind when 'p' then 'STORED PROCEDURE' else 'REGULAR FUNCTION' end as function_type, argument_type, result_type from pg_catalog.rs_routines;
create view pg_catalog.svv_all_schemas as
  select database_name, schema_name, nspowner::int as schema_owner, case when shared then 'shared' else 'local' end as schema_type, nspacl::text as schema_acl, null::text as source_database, null::text as schema_option from pg_catalog.rs_schemas;
create view pg_catalog.svv_all_tables as
  select database_name, schema_name, table_name, table_type, relacl::text as table_acl, remarks from pg_catalog.rs_relations;
create view pg_catalog.svv_all_columns as
  select database_name, schema_name, table_name, column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, remarks from pg_catalog.rs_columns;
create view pg_catalog.svv_tables as
  select database_name as table_catalog, schema_name as table_schema, table_name, case table_type when 'TABLE' then 'BASE TABLE' else table_type end as table_type, remarks from pg_catalog.rs_relations;
create view pg_catalog.svv_columns as
  select database_name as table_catalog, schema_name as table_schema, table_name, column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, numeric_precision,
    10 as numeric_precision_radix, numeric_scale, datetime_precision, null::text as interval_type, null::text as interval_precision, null::text as character_set_catalog, null::text as character_set_schema, null::text as character_set_name,
    null::text as collation_catalog, null::text as collation_schema, null::text as collation_name, null::text as domain_name, remarks from pg_catalog.rs_columns;
create view pg_catalog.pg_external_schema as
  select null::oid as esoid, null::int as eskind, null::text as esdbname, null::text as esoptions, null::text as esname where false;
create view pg_catalog.svv_external_schemas as
  select null::oid as esoid, null::smallint as eskind, null::text as schemaname, null::int as esowner, null::text as databasename, null::text as esoptions where false;
create view pg_catalog.svv_external_databases as
  select null::int as eskind, null::text as esoptions, null::text as databasename, null::text as location, null::text as parameters where false;
create view pg_catalog.svv_external_tables as
  select null::text as redshift_database_name, null::text as schemaname, null::text as tablename, null::text as tabletype, null::text as location, null::text as input_format, null::text as output_format,
    null::text as serialization_lib, null::text as serde_parameters, null::int as compressed, null::text as parameters where false;
create view pg_catalog.svv_external_columns as
  select null::text as redshift_database_name, null::text as schemaname, null::text as tablename, null::text as columnname, null::text as external_type, 0 as columnnum, 0 as part_key, null::text as is_nullable where false;
create view pg_catalog.svv_external_partitions as
  select null::text as schemaname, null::text as tablename, null::text as "values", null::text as location where false;
create view pg_catalog.pg_table_def as
  select schema_name::name as schemaname, table_name::name as tablename, column_name::name as "column", full_type as type, encoding, is_distkey as distkey, sortkey, attnotnull as notnull
  from pg_catalog.rs_columns where not shared and schema_name = any (current_schemas(false));
create view pg_catalog.svv_table_info as
  select database_name as database, schema_name as schema, r.oid::int as table_id, table_name as table,
    case when exists (select from pg_catalog.rs_columns c where c.relation = r.oid and c.encoding <> 'none') then 'Y' else 'N' end
      || case when encodings ? '*' or encodings is null then ', AUTO(ENCODE)' else '' end as encoded,
    case diststyle when 'key' then 'KEY(' || (select attname from pg_catalog.pg_attribute where attrelid = r.oid and attnum = r.distkey) || ')' when 'auto' then 'AUTO(ALL)' else upper(diststyle) end as diststyle,
    case when sortstyle = 'interleaved' then 'INTERLEAVED' when cardinality(sortkey) > 0 then (select attname::text from pg_catalog.pg_attribute where attrelid = r.oid and attnum = r.sortkey[1])
      when sortstyle = 'auto' or sortstyle is null then 'AUTO(SORTKEY)' end as sortkey1,
    (select coalesce(max(character_maximum_length), 0) from pg_catalog.rs_columns c where c.relation = r.oid) as max_varchar,
    case when cardinality(sortkey) > 0 then 'none' end as sortkey1_enc, coalesce(cardinality(sortkey), 0) as sortkey_num,
    (pg_catalog.pg_total_relation_size(r.oid) + 1048575) / 1048576 as size, 0.0::numeric(10,4) as pct_used, 0::bigint as empty, 0.00::numeric(5,2) as unsorted, 0.00::numeric(5,2) as stats_off,
    greatest(pg_catalog.pg_stat_get_live_tuples(r.oid), r.reltuples::bigint, 0)::numeric(38,0) as tbl_rows, null::numeric(19,2) as skew_sortkey1, 1.00::numeric(19,2) as skew_rows,
    greatest(pg_catalog.pg_stat_get_live_tuples(r.oid), r.reltuples::bigint, 0)::numeric(38,0) as estimated_visible_rows, null::text as risk_event, 0.00::numeric(12,2) as vacuum_sort_benefit, null::timestamp as create_time
  from pg_catalog.rs_relations r where relkind in ('r', 'm') and not shared;
create view pg_catalog.svv_interleaved_columns as
  select r.oid::int as tbl, (c.attnum - 1)::int as col, 1.00::numeric(19,2) as interleaved_skew, null::timestamp as last_reindex
  from pg_catalog.rs_relations r join pg_catalog.rs_columns c on c.relation = r.oid where r.sortstyle = 'interleaved' and c.sortkey <> 0;
create view pg_catalog.pg_proc_info as
  select oid as prooid, oid, proname, pronamespace, proowner, prolang, prosecdef, proisstrict, proretset, provolatile, pronargs, prorettype, proargtypes, proargnames, proargmodes, proallargtypes, prokind, prosrc, null::bytea as probin, proacl
  from pg_catalog.pg_proc where pronamespace in (select oid from pg_catalog.rs_schemas);
