-- Which objects a share holds: adding, removing, and following the producer's DDL.
create function rs_share.schema_named(name text) returns oid language plpgsql stable as $$
declare result oid;
begin
  select n.oid into result from pg_catalog.pg_namespace n where n.nspname = name;
  if result is null then raise exception using errcode = '3F000', message = format('schema "%s" does not exist', name); end if;
  if name in ('pg_catalog', 'information_schema', 'rs_share') then
    raise exception using errcode = '0A000', message = format('system schema "%s" cannot be shared', name);
  end if;
  if exists (select from rs_share.shared_schemas s where s.local_schema = name) then
    raise exception using errcode = '0A000', message = 'objects of a shared database cannot be shared again';
  end if;
  return result;
end $$;

-- Does the table, or a table below the view, have an interleaved sort key?
create function rs_share.is_interleaved(relation oid) returns boolean language plpgsql stable as $$
declare answer boolean;
begin
  if to_regprocedure('pg_catalog.rs_sort_is_interleaved(oid)') is null then return false; end if;
  execute 'with recursive below(id) as (select $1 union
      select d.refobjid from below join pg_rewrite r on r.ev_class = below.id
      join pg_depend d on d.classid = ''pg_rewrite''::regclass and d.objid = r.oid and d.refclassid = ''pg_class''::regclass)
    select coalesce(bool_or(pg_catalog.rs_sort_is_interleaved(id)), false) from below' into answer using relation;
  return answer;
end $$;

create function rs_share.relation_type(kind "char") returns text language sql immutable as
$$ select case kind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end $$;

create function rs_share.signature(routine oid) returns text language sql stable as
$$ select proname || '(' || array_to_string(array(select format_type(t, null) from unnest(proargtypes) t), ', ') || ')'
   from pg_catalog.pg_proc where oid = routine $$;

create function rs_share.put_relation(share text, relation oid) returns void language plpgsql as $$
declare r record;
begin
  select c.relname, c.relkind, n.nspname into r from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  insert into rs_share.share_objects values (share, rs_share.relation_type(r.relkind), relation, r.nspname, r.relname)
    on conflict do nothing;
  execute format('grant select on table %I.%I to %I', r.nspname, r.relname, rs_share.role_of(share));
end $$;

create function rs_share.put_function(share text, routine oid) returns void language plpgsql as $$
declare r record;
begin
  select n.nspname into r from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.oid = routine;
  insert into rs_share.share_objects values (share, 'function', routine, r.nspname, rs_share.signature(routine)) on conflict do nothing;
end $$;

-- Only functions written in SQL can be shared; others are refused by name, or passed over where all of a schema are meant.
create function rs_share.shareable_function(routine oid) returns boolean language sql stable as $$
select p.prokind = 'f' and l.lanname = 'sql' from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang where p.oid = routine $$;

create function rs_share.require_schema(share text, name text) returns oid language plpgsql as $$
declare id oid := rs_share.schema_named(name);
begin
  if not exists (select from rs_share.share_schemas s where s.share_name = share and s.schema_oid = id) then
    raise exception using errcode = '55000', message = format('schema "%s" is not in datashare "%s"', name, share),
      hint = format('Add the schema before its objects: ALTER DATASHARE %I ADD SCHEMA %I.', share, name);
  end if;
  return id;
end $$;

create function rs_share.relation_named(item jsonb) returns oid language plpgsql stable as $$
declare r record;
begin
  select c.oid, c.relkind into r from pg_class c
    where c.relnamespace = rs_share.schema_named(item->>'schema') and c.relname = item->>'name' and c.relkind in ('r', 'p', 'v', 'm', 'f');
  if not found then
    raise exception using errcode = '42P01', message = format('relation "%s.%s" does not exist', item->>'schema', item->>'name');
  end if;
  return r.oid;
end $$;

create function rs_share.function_named(item jsonb) returns oid language plpgsql stable as $$
declare routine oid; found_oid oid;
begin
  for routine in select p.oid from pg_proc p where p.pronamespace = rs_share.schema_named(item->>'schema') and p.proname = item->>'name' loop
    if array(select t::oid from unnest((select proargtypes from pg_proc where oid = routine)) t)
       = array(select to_regtype(regexp_replace(a, '[(].*$', ''))::oid from jsonb_array_elements_text(item->'arguments') with ordinality x(a, n) order by n) then
      found_oid := routine;
    end if;
  end loop;
  if found_oid is null then
    raise exception using errcode = '42883', message = format('function %s.%s(%s) does not exist', item->>'schema', item->>'name',
      (select string_agg(a, ', ') from jsonb_array_elements_text(item->'arguments') a));
  end if;
  return found_oid;
end $$;

create function rs_share.add_item(share text, item jsonb) returns void language plpgsql as $$
declare id oid; parent oid;
begin
  case item->>'kind'
    when 'schema' then
      insert into rs_share.share_schemas values (share, rs_share.schema_named(item->>'schema'), item->>'schema') on conflict do nothing;
      if not found then
        raise exception using errcode = '42710', message = format('schema "%s" is already in datashare "%s"', item->>'schema', share);
      end if;
      execute format('grant usage on schema %I to %I', item->>'schema', rs_share.role_of(share));
    when 'table' then
      perform rs_share.require_schema(share, item->>'schema');
      id := rs_share.relation_named(item);
      if rs_share.is_interleaved(id) then
        raise exception using errcode = '0A000', message = format('table "%s.%s" cannot be added to a datashare: it has, or reads a table that has, an interleaved sort key', item->>'schema', item->>'name');
      end if;
      if exists (select from rs_share.share_objects o where o.share_name = share and o.object_oid = id) then
        raise exception using errcode = '42710', message = format('relation "%s.%s" is already in datashare "%s"', item->>'schema', item->>'name', share);
      end if;
      perform rs_share.put_relation(share, id);
    when 'function' then
      perform rs_share.require_schema(share, item->>'schema');
      id := rs_share.function_named(item);
      if not rs_share.shareable_function(id) then
        raise exception using errcode = '0A000', message = format('"%s.%s" cannot be added to a datashare: only SQL user-defined functions can be shared', item->>'schema', item->>'name');
      end if;
      perform rs_share.put_function(share, id);
    when 'all-tables' then
      parent := rs_share.require_schema(share, item->>'schema');
      for id in select c.oid from pg_class c where c.relnamespace = parent and c.relkind in ('r', 'p', 'v', 'm') loop
        if rs_share.is_interleaved(id) then
          raise notice 'table "%" is not added to the datashare: interleaved sort keys cannot be shared', id::regclass;
        else
          perform rs_share.put_relation(share, id);
        end if;
      end loop;
    when 'all-functions' then
      parent := rs_share.require_schema(share, item->>'schema');
      perform rs_share.put_function(share, p.oid) from pg_proc p where p.pronamespace = parent and rs_share.shareable_function(p.oid);
  end case;
end $$;

create function rs_share.take_out(share text, wanted oid[]) returns void language plpgsql as $$
declare o record;
begin
  for o in delete from rs_share.share_objects x where x.share_name = share and x.object_oid = any (wanted) returning * loop
    if o.object_type <> 'function' then
      execute format('revoke select on table %I.%I from %I', o.schema_name, o.object_name, rs_share.role_of(share));
    end if;
  end loop;
end $$;

create function rs_share.remove_item(share text, item jsonb) returns void language plpgsql as $$
declare id oid;
begin
  if item->>'kind' in ('table', 'function') then
    id := case item->>'kind' when 'table' then rs_share.relation_named(item) else rs_share.function_named(item) end;
    if not exists (select from rs_share.share_objects o where o.share_name = share and o.object_oid = id) then
      raise exception using errcode = '42704', message = format('%s "%s.%s" is not in datashare "%s"',
        case item->>'kind' when 'table' then 'relation' else 'function' end, item->>'schema', item->>'name', share);
    end if;
    perform rs_share.take_out(share, array[id]);
    return;
  end if;
  perform rs_share.require_schema(share, item->>'schema');
  perform rs_share.take_out(share, array(select o.object_oid from rs_share.share_objects o where o.share_name = share
    and o.schema_name = item->>'schema' and (item->>'kind' = 'schema' or (o.object_type = 'function') = (item->>'kind' = 'all-functions'))));
  if item->>'kind' = 'schema' then
    delete from rs_share.share_schemas s where s.share_name = share and s.schema_name = item->>'schema';
    execute format('revoke usage on schema %I from %I', item->>'schema', rs_share.role_of(share));
  end if;
end $$;

-- New objects of schemas shared with INCLUDENEW join the share; changed and renamed ones are told to the consumers.
create function rs_share.on_ddl() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
declare c record; s record; touched boolean := false;
begin
  if not exists (select from rs_share.shares) then return; end if;
  for c in select * from pg_event_trigger_ddl_commands() loop
    if c.classid = 'pg_class'::regclass and c.object_type in ('table', 'view', 'materialized view') then
      for s in select m.share_name from rs_share.share_schemas m where m.include_new and m.schema_name = c.schema_name and c.command_tag like 'CREATE%' loop
        if not rs_share.is_interleaved(c.objid) then perform rs_share.put_relation(s.share_name, c.objid); touched := true; end if;
      end loop;
    elsif c.classid = 'pg_proc'::regclass and rs_share.shareable_function(c.objid) then
      for s in select m.share_name from rs_share.share_schemas m where m.include_new and m.schema_name = c.schema_name and c.command_tag like 'CREATE%' loop
        perform rs_share.put_function(s.share_name, c.objid); touched := true;
      end loop;
    elsif c.classid = 'pg_namespace'::regclass then
      update rs_share.share_schemas m set schema_name = n.nspname from pg_namespace n
        where n.oid = m.schema_oid and m.schema_oid = c.objid and m.schema_name <> n.nspname;
      update rs_share.share_objects o set schema_name = n.nspname from pg_namespace n
        where n.oid = c.objid and n.nspname <> o.schema_name and (
          exists (select from pg_class k where k.oid = o.object_oid and k.relnamespace = n.oid)
          or exists (select from pg_proc p where p.oid = o.object_oid and p.pronamespace = n.oid));
      touched := touched or exists (select from rs_share.share_schemas m where m.schema_oid = c.objid);
    end if;
    update rs_share.share_objects o set object_name = k.relname, schema_name = n.nspname
      from pg_class k join pg_namespace n on n.oid = k.relnamespace where k.oid = c.objid and o.object_oid = c.objid;
    touched := touched or found or exists (select from rs_share.share_objects o where o.object_oid = c.objid);
  end loop;
  if touched then perform rs_share.changed(); end if;
end $$;

create function rs_share.on_drop() returns event_trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from rs_share.shares) then return; end if;
  delete from rs_share.share_objects o using pg_event_trigger_dropped_objects() d where d.objid = o.object_oid and d.objsubid = 0;
  delete from rs_share.share_schemas s using pg_event_trigger_dropped_objects() d where d.objid = s.schema_oid and d.object_type = 'schema';
  perform rs_share.changed();
end $$;

create event trigger rs_share_ddl on ddl_command_end execute function rs_share.on_ddl();
create event trigger rs_share_drop on sql_drop execute function rs_share.on_drop();
