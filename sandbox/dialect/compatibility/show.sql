-- What the SHOW forms list, with the columns that drivers read by name.
create view pg_catalog.rs_show_databases as
  select database_name, database_owner, database_type, database_acl, null::text as parameters, 'Snapshot Isolation'::text as database_isolation_level from pg_catalog.rs_databases;
create view pg_catalog.rs_show_schemas as
  select database_name, schema_name, schema_owner, schema_type, schema_acl, source_database, schema_option from pg_catalog.svv_all_schemas;
create view pg_catalog.rs_show_tables as
  select database_name, schema_name, table_name, table_type, relacl::text as table_acl, remarks, (select rolname::text from pg_catalog.pg_roles o where o.oid = relowner) as owner, null::timestamp as last_altered_time,
    null::timestamp as last_modified_time, diststyle as dist_style, case relkind when 'm' then 'MATERIALIZED VIEW' when 'v' then 'REGULAR VIEW' else 'REGULAR TABLE' end as table_subtype from pg_catalog.rs_relations;
create view pg_catalog.rs_show_columns as
  select database_name, schema_name, table_name, column_name, ordinal_position, column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, remarks,
    case when sortkey <> 0 then 'COMPOUND' end as sort_key_type, nullif(sortkey, 0) as sort_key, case when is_distkey then 1 end as dist_key, encoding, null::text as collation from pg_catalog.rs_columns;
create view pg_catalog.rs_show_functions as
  select database_name, schema_name, routine_name as function_name, (select count(*) from unnest(p.proargtypes))::int as number_of_arguments, r.argument_type as argument_list, result_type as return_type, remarks
  from pg_catalog.rs_routines r join pg_catalog.pg_proc p using (oid) where r.prokind = 'f';
create view pg_catalog.rs_show_procedures as
  select database_name, schema_name, routine_name as procedure_name, (select count(*) from unnest(p.proargtypes))::int as number_of_arguments, r.argument_type as argument_list, result_type as return_type, remarks
  from pg_catalog.rs_routines r join pg_catalog.pg_proc p using (oid) where r.prokind = 'p';
create view pg_catalog.rs_show_procedure_parameters as
  select r.database_name, r.schema_name, r.routine_name as procedure_name, r.argument_type as argument_list, coalesce(p.proargnames[a.position], '') as parameter_name, a.position::int as ordinal_position,
    case p.proargmodes[a.position] when 'o' then 'OUT' when 'b' then 'INOUT' else 'IN' end as parameter_type, format_type(a.type, null) as data_type, null::int as character_maximum_length, null::int as numeric_precision, null::int as numeric_scale, null::text as remarks
  from pg_catalog.rs_routines r join pg_catalog.pg_proc p using (oid)
  cross join lateral unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type, position) where r.prokind = 'p';
create view pg_catalog.rs_show_function_parameters as
  select r.database_name, r.schema_name, r.routine_name as function_name, r.argument_type as argument_list, coalesce(p.proargnames[a.position], '') as parameter_name, a.position::int as ordinal_position,
    case p.proargmodes[a.position] when 'o' then 'OUT' when 'b' then 'INOUT' else 'IN' end as parameter_type, format_type(a.type, null) as data_type, null::int as character_maximum_length, null::int as numeric_precision, null::int as numeric_scale, null::text as remarks
  from pg_catalog.rs_routines r join pg_catalog.pg_proc p using (oid)
  cross join lateral unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type, position) where r.prokind = 'f';
create view pg_catalog.rs_show_primary_keys as
  select r.database_name, r.schema_name, r.table_name, a.attname::text as column_name, k.position::int as key_seq, c.conname::text as pk_name
  from pg_catalog.pg_constraint c join pg_catalog.rs_relations r on r.oid = c.conrelid
  cross join lateral unnest(c.conkey) with ordinality as k(attnum, position)
  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum where c.contype = 'p';
create view pg_catalog.rs_show_foreign_keys as
  select p.database_name as pk_database_name, p.schema_name as pk_schema_name, p.table_name as pk_table_name, pa.attname::text as pk_column_name,
    f.database_name as fk_database_name, f.schema_name as fk_schema_name, f.table_name as fk_table_name, fa.attname::text as fk_column_name, k.position::int as key_seq,
    3 as update_rule, 3 as delete_rule, c.conname::text as fk_name, (select conname::text from pg_catalog.pg_constraint u where u.conrelid = c.confrelid and u.contype = 'p') as pk_name, 7 as deferrability
  from pg_catalog.pg_constraint c join pg_catalog.rs_relations f on f.oid = c.conrelid join pg_catalog.rs_relations p on p.oid = c.confrelid
  cross join lateral unnest(c.conkey, c.confkey) with ordinality as k(fk, pk, position)
  join pg_catalog.pg_attribute fa on fa.attrelid = c.conrelid and fa.attnum = k.fk join pg_catalog.pg_attribute pa on pa.attrelid = c.confrelid and pa.attnum = k.pk where c.contype = 'f';
create function pg_catalog.rs_show_view(regclass) returns text language sql stable as
  $$select 'create or replace view ' || $1::text || ' as ' || pg_catalog.pg_get_viewdef($1, true)$$;
create function pg_catalog.rs_show_table(regclass) returns text language sql stable as
  $$select 'CREATE TABLE ' || r.schema_name || '.' || quote_ident(r.table_name) || ' (' || chr(10)
      || (select string_agg('    ' || quote_ident(c.column_name) || ' ' || c.full_type || case when c.attnotnull then ' NOT NULL' else '' end || ' ENCODE ' || replace(c.encoding, 'none', 'raw')
        || case when c.is_distkey then ' distkey' else '' end, ',' || chr(10) order by c.ordinal_position) from pg_catalog.rs_columns c where c.relation = r.oid)
      || chr(10) || ')' || chr(10) || 'DISTSTYLE ' || upper(r.diststyle)
      || coalesce(chr(10) || case r.sortstyle when 'interleaved' then 'INTERLEAVED ' else '' end || 'SORTKEY ( '
        || (select string_agg(quote_ident(c.column_name), ', ' order by abs(c.sortkey)) from pg_catalog.rs_columns c where c.relation = r.oid and c.sortkey <> 0) || ' )', '') || ';'
    from pg_catalog.rs_relations r where r.oid = $1$$;
