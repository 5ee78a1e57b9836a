-- Distribution and sort keys, kept by column number so that renamed columns keep them. They are recorded while the
-- statement runs, from the comment that the rewriting leaves in it.
create table pg_catalog.rs_table_attributes (
  relid oid primary key, diststyle text, distkey smallint, sortstyle text, sortkey smallint[], encodings jsonb);
create function pg_catalog.rs_record_table_attributes() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
declare
  note jsonb; relation oid; statement text := current_query();
begin
  if position('/*redshift:' in statement) = 0 then return; end if;
  for note, relation in
    select n.note, c.oid
    from (select m[1]::jsonb as note from regexp_matches(statement, '/[*]redshift:([{].*?[}])[*]/', 'g') as m) n
    join (select distinct objid from pg_event_trigger_ddl_commands() where classid = 'pg_class'::regclass) d on true
    join pg_class c on c.oid = d.objid and c.relname = n.note ->> 'table' and c.relkind in ('r', 'm')
  loop
    if note ? 'distkey' and not exists (select from pg_attribute where attrelid = relation and attname = note ->> 'distkey') then
      raise exception 'column "%" named in DISTKEY does not exist', note ->> 'distkey' using errcode = '42703';
    end if;
    if exists (select from jsonb_array_elements_text(note -> 'sortkey') k where not exists (select from pg_attribute where attrelid = relation and attname = k)) then
      raise exception 'a column named in SORTKEY does not exist' using errcode = '42703';
    end if;
    insert into rs_table_attributes as t values (
      relation, note ->> 'diststyle',
      (select attnum from pg_attribute where attrelid = relation and attname = note ->> 'distkey'),
      note ->> 'sortstyle',
      (select array_agg(a.attnum order by k.position) from jsonb_array_elements_text(note -> 'sortkey') with ordinality as k(name, position)
        join pg_attribute a on a.attrelid = relation and a.attname = k.name),
      (select jsonb_object_agg(coalesce(a.attnum::text, e.key), e.value) from jsonb_each(note -> 'encodings') e
        left join pg_attribute a on a.attrelid = relation and a.attname = e.key))
    on conflict (relid) do update set
      diststyle = coalesce(excluded.diststyle, t.diststyle),
      distkey = case when note ? 'diststyle' then excluded.distkey else t.distkey end,
      sortstyle = coalesce(excluded.sortstyle, t.sortstyle),
      sortkey = case when note ? 'sortkey' then excluded.sortkey else t.sortkey end,
      encodings = coalesce(t.encodings, '{}') || coalesce(excluded.encodings, '{}');
  end loop;
end $$;
create event trigger rs_record_table_attributes on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'CREATE MATERIALIZED VIEW', 'ALTER TABLE')
  execute function pg_catalog.rs_record_table_attributes();
create function pg_catalog.rs_sort_is_interleaved(oid) returns boolean language sql stable as
  $$select exists (select from pg_catalog.rs_table_attributes where relid = $1 and sortstyle = 'interleaved')$$;
