-- What a user may see, once for all catalog views: schemas, relations, columns and routines by database, without the
-- sandbox's own. Schemas named database$schema are those of shared databases.
create view pg_catalog.rs_schemas as
  select n.oid, coalesce(d.database_name, current_database())::text as database_name,
    case when d.database_name is null then n.nspname::text else substr(n.nspname, length(d.database_name) + 2) end as schema_name,
    n.nspowner, d.database_name is not null as shared, n.nspacl
  from pg_catalog.pg_namespace n
  left join rs_share.shared_databases d on starts_with(n.nspname, d.database_name || '$')
  where n.nspname <> 'information_schema' and left(n.nspname, 3) not in ('pg_', 'rs_')
    and (d.database_name is not null or position('$' in n.nspname) = 0)
    and (has_schema_privilege(n.oid, 'usage') or pg_has_role(n.nspowner, 'usage'));
create view pg_catalog.rs_relations as
  select c.oid, s.database_name, s.schema_name, c.relname::text as table_name, s.shared, c.relkind, c.relowner, c.relacl, c.reltuples, s.oid as schema_oid,
    case when c.relkind in ('v', 'm') then 'VIEW' else 'TABLE' end as table_type, obj_description(c.oid, 'pg_class') as remarks,
    coalesce(a.diststyle, case when a.distkey is not null then 'key' end, 'auto') as diststyle, a.distkey, a.sortstyle, a.sortkey, a.encodings
  from pg_catalog.pg_class c
  join pg_catalog.rs_schemas s on s.oid = c.relnamespace
  left join pg_catalog.rs_table_attributes a on a.relid = c.oid
  where c.relkind in ('r', 'v', 'm', 'f', 'p')
    and (pg_has_role(c.relowner, 'usage') or has_table_privilege(c.oid, 'select, insert, update, delete, references') or has_any_column_privilege(c.oid, 'select'));
create view pg_catalog.rs_columns as
  select r.oid as relation, r.database_name, r.schema_name, r.table_name, r.shared, a.attname::text as column_name, a.attnum, a.atttypid, a.atttypmod, a.attnotnull,
    (row_number() over (partition by r.oid order by a.attnum))::int as ordinal_position,
    pg_get_expr(d.adbin, d.adrelid) as column_default, case when a.attnotnull then 'NO' else 'YES' end as is_nullable,
    case when a.atttypid = 'jsonb'::regtype then 'super' when a.atttypid = 'bytea'::regtype then 'binary varying' else format_type(a.atttypid, null) end as data_type,
    case when a.atttypid = 'jsonb'::regtype then 'super' when a.atttypid = 'bytea'::regtype then 'binary varying' else format_type(a.atttypid, a.atttypmod) end as full_type,
    information_schema._pg_char_max_length(a.atttypid, a.atttypmod)::int as character_maximum_length,
    information_schema._pg_numeric_precision(a.atttypid, a.atttypmod)::int as numeric_precision,
    information_schema._pg_numeric_scale(a.atttypid, a.atttypmod)::int as numeric_scale,
    information_schema._pg_datetime_precision(a.atttypid, a.atttypmod)::int as datetime_precision,
    col_description(a.attrelid, a.attnum) as remarks,
    a.attidentity <> '' as is_identity,
    r.distkey is not distinct from a.attnum as is_distkey,
    coalesce(array_position(r.sortkey, a.attnum), 0) * case when r.sortstyle = 'interleaved' and array_position(r.sortkey, a.attnum) % 2 = 0 then -1 else 1 end as sortkey,
    coalesce(r.encodings ->> a.attnum::text, case
      when a.attnum = any (r.sortkey) or r.relkind = 'v' then 'none'
      when t.typname in ('int2', 'int4', 'int8', 'numeric', 'date', 'timestamp', 'timestamptz', 'time', 'timetz') then 'az64'
      when t.typname in ('varchar', 'bpchar', 'text') then 'lzo' else 'none' end) as encoding
  from pg_catalog.rs_relations r
  join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_catalog.pg_type t on t.oid = a.atttypid
  left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum;
create view pg_catalog.rs_routines as
  select p.oid, s.database_name, s.schema_name, p.proname::text as routine_name, p.prokind, p.proowner,
    oidvectortypes(p.proargtypes) as argument_type, format_type(p.prorettype, null) as result_type, obj_description(p.oid, 'pg_proc') as remarks
  from pg_catalog.pg_proc p
  join pg_catalog.rs_schemas s on s.oid = p.pronamespace
  where p.prokind in ('f', 'p') and has_function_privilege(p.oid, 'execute') and format_type(p.prorettype, null) <> 'event_trigger';
create view pg_catalog.rs_databases as
  select d.datname::text as database_name, d.datdba::int as database_owner, 'local' as database_type, d.datacl::text as database_acl
  from pg_catalog.pg_database d
  where not d.datistemplate and d.datname <> 'postgres' and left(d.datname, 3) not in ('rs_', 'rs$')
    and d.datname not in (select database_name from rs_share.shared_databases)
  union all
  select database_name, (select datdba::int from pg_catalog.pg_database where datname = current_database()), 'shared', null from rs_share.shared_databases;
create view pg_catalog.rs_visible_databases as
  select * from pg_catalog.pg_database d
  where not d.datistemplate and d.datname <> 'postgres' and left(d.datname, 3) not in ('rs_', 'rs$');
create view pg_catalog.rs_visible_namespaces as
  select * from pg_catalog.pg_namespace n
  where left(n.nspname, 3) <> 'rs_' and not exists (select from rs_share.shared_databases d where starts_with(n.nspname, d.database_name || '$'));
create view pg_catalog.rs_visible_routines as
  select * from pg_catalog.pg_proc p
  where left(p.proname, 3) <> 'rs_' and p.pronamespace in (select oid from pg_catalog.rs_visible_namespaces);
create view pg_catalog.rs_visible_roles as
  select * from pg_catalog.pg_roles r where r.rolname <> 'rdsdb' and left(r.rolname, 3) not in ('pg_', 'rs_');
