-- Primary and unique keys as Redshift has them: shown by every catalog, believed by nobody, never enforced. PostgreSQL
-- cannot declare such a key, so the key is made and its index is told at once that duplicates are welcome; the planner
-- then draws no conclusions from it either. NOT NULL stays. A foreign key may only name columns whose index is unique:
-- while one is being declared the indexes say so again. (Foreign keys themselves are declared NOT ENFORCED.)
-- https://docs.aws.amazon.com/redshift/latest/dg/t_Defining_constraints.html
create function pg_catalog.rs_set_uniqueness(wanted boolean) returns void language sql security definer set search_path = pg_catalog as $$
  update pg_index i set indisunique = wanted
  from pg_constraint c join pg_namespace n on n.oid = c.connamespace
  where c.conindid = i.indexrelid and c.contype in ('p', 'u') and i.indisunique <> wanted
    and n.nspname <> 'information_schema' and left(n.nspname, 3) not in ('pg_', 'rs_')
$$;
revoke all on function pg_catalog.rs_set_uniqueness(boolean) from public;
create function pg_catalog.rs_believe_keys() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if current_query() ~* 'references' then perform rs_set_uniqueness(true); end if;
end $$;
create function pg_catalog.rs_doubt_keys() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform rs_set_uniqueness(false);
end $$;
create event trigger rs_believe_keys on ddl_command_start when tag in ('CREATE TABLE', 'ALTER TABLE', 'CREATE SCHEMA') execute function pg_catalog.rs_believe_keys();
create event trigger rs_doubt_keys on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE', 'CREATE SCHEMA') execute function pg_catalog.rs_doubt_keys();
