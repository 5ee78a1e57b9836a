-- The consumer's statements about databases made from datashares, and what may be read in them.
create function rs_share.create_shared_database(database text, share text, namespace text, account text, with_permissions boolean)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare inbound record;
begin
  if not (rs_share.is_superuser() or (select rolcreatedb from pg_roles where rolname = session_user)) then
    raise exception using errcode = '42501', message = 'permission denied to create database';
  end if;
  if exists (select from pg_database where datname = database and datdba <> 'rs_shared'::regrole)
     or exists (select from rs_share.shared_databases d where d.database_name = database) then
    raise exception using errcode = '42P04', message = format('database "%s" already exists', database);
  end if;
  select * into inbound from rs_share.inbound_shares i where i.producer_namespace = namespace and i.share_name = share
    and (account is null or i.producer_account = account);
  if not found then
    raise exception using errcode = '42704', message = format('datashare "%s" does not exist', share),
      detail = format('Namespace %s has granted this namespace no usage on a datashare of that name.', namespace);
  end if;
  if current_setting('rs.databases_of_a_share', true) is distinct from 'several'
     and exists (select from rs_share.shared_databases d where d.producer_namespace = namespace and d.share_name = share and d.share_created = inbound.created) then
    raise exception using errcode = '42710', message = format('a database from datashare "%s" already exists', share);
  end if;
  insert into rs_share.shared_databases values (database, inbound.producer_account, namespace, share, inbound.created, with_permissions, session_user);
  perform rs_share.changed();
end $$;

create function rs_share.drop_shared_database(database text, if_exists boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare found_owner name;
begin
  select d.owner into found_owner from rs_share.shared_databases d where d.database_name = database for update;
  if not found then
    if if_exists then return; end if;
    raise exception using errcode = '3D000', message = format('database "%s" does not exist', database);
  end if;
  if not (rs_share.is_superuser() or pg_has_role(session_user, found_owner, 'member')) then
    raise exception using errcode = '42501', message = format('must be owner of database %s', database);
  end if;
  perform rs_share.dismantle(database);
  delete from rs_share.shared_databases d where d.database_name = database;
  perform rs_share.changed();
end $$;

-- Takes down what stands for a shared database here. What views of this namespace read stays, unreadable, so that they work
-- again when the database comes back; nobody keeps a right on it, for the rights went with the database.
create function rs_share.dismantle(database text) returns void language plpgsql as $$
declare s record; t record; g name;
begin
  for s in select local_schema from rs_share.shared_schemas x where x.database_name = database loop
    for g in select distinct r.rolname from (
        select x.grantee from pg_namespace n cross join lateral aclexplode(n.nspacl) x where n.nspname = s.local_schema
        union select x.grantee from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) x where n.nspname = s.local_schema
      ) held join pg_roles r on r.oid = held.grantee where not r.rolsuper and r.rolname <> 'rs_superuser' loop
      execute format('revoke all on all tables in schema %I from %I cascade', s.local_schema, g);
      execute format('revoke all on schema %I from %I cascade', s.local_schema, g);
    end loop;
    for t in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = s.local_schema and c.relkind = 'f' loop
      begin execute format('drop foreign table %s', t.name); exception when dependent_objects_still_exist then null; end;
    end loop;
    for t in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = s.local_schema loop
      begin execute format('drop function %s', t.name); exception when dependent_objects_still_exist then null; end;
    end loop;
    begin execute format('drop schema %I', s.local_schema); exception when dependent_objects_still_exist or invalid_schema_name then null; end;
  end loop;
  execute format('drop user mapping if exists for public server %I', 'rs_' || database);
  begin execute format('drop server if exists %I', 'rs_' || database); exception when dependent_objects_still_exist then null; end;
end $$;

create function rs_share.change_database_grant(database text, privilege text, scope text, schema text, grantee name, granted boolean)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare d record;
begin
  select * into d from rs_share.shared_databases x where x.database_name = database for update;
  if not found then
    raise exception using errcode = '3D000', message = format('database "%s" does not exist', database);
  end if;
  if not (rs_share.is_superuser() or pg_has_role(session_user, d.owner, 'member')) then
    raise exception using errcode = '42501', message = format('permission denied for database %s', database);
  end if;
  if grantee <> 'public' and not exists (select from pg_roles where rolname = grantee) then
    raise exception using errcode = '42704', message = format('user, group or role "%s" does not exist', grantee);
  end if;
  if scope <> 'database' and not d.with_permissions then
    raise exception using errcode = '0A000',
      message = format('database "%s" was created without permissions: grant USAGE on the database', database);
  end if;
  if scope = 'database' and d.with_permissions and current_setting('rs.usage_with_permissions', true) = 'refused' then
    raise exception using errcode = '0A000',
      message = format('database "%s" was created with permissions: grant permissions on its objects', database);
  end if;
  if granted then
    insert into rs_share.shared_database_grants values (database, lower(privilege), scope, coalesce(schema, ''), grantee) on conflict do nothing;
  else
    delete from rs_share.shared_database_grants g where g.database_name = database and g.privilege = lower(change_database_grant.privilege)
      and g.scope = change_database_grant.scope and g.schema_name = coalesce(schema, '') and g.grantee = change_database_grant.grantee;
    perform rs_share.withdraw(database, lower(privilege), scope, coalesce(schema, ''), grantee);
  end if;
  perform rs_share.apply_grants(database);
  perform rs_share.changed();
end $$;

create function rs_share.grantee_text(grantee name) returns text language sql immutable as
$$ select case when grantee = 'public' then 'public' else quote_ident(grantee) end $$;

create function rs_share.withdraw(database text, privilege text, scope text, schema text, grantee name) returns void language plpgsql as $$
declare s record;
begin
  for s in select local_schema from rs_share.shared_schemas x where x.database_name = database and (schema = '' or x.schema_name = schema) loop
    if scope in ('database', 'schemas') then execute format('revoke usage on schema %I from %s', s.local_schema, rs_share.grantee_text(grantee)); end if;
    if scope in ('database', 'tables') then execute format('revoke select on all tables in schema %I from %s', s.local_schema, rs_share.grantee_text(grantee)); end if;
  end loop;
end $$;

-- Turns the grants of a shared database into PostgreSQL's, also for tables that came after the grant.
create function rs_share.apply_grants(database text) returns void language plpgsql as $$
declare s record; g record; whole boolean;
  usage_needed boolean := current_setting('rs.usage_with_permissions', true) = 'required';
begin
  select not d.with_permissions into whole from rs_share.shared_databases d where d.database_name = database;
  delete from rs_share.shared_database_grants x where x.grantee <> 'public' and not exists (select from pg_roles r where r.rolname = x.grantee);
  for s in select local_schema, schema_name from rs_share.shared_schemas x where x.database_name = database loop
    execute format('grant usage on schema %I to rs_superuser with grant option', s.local_schema);
    execute format('grant select on all tables in schema %I to rs_superuser with grant option', s.local_schema);
    for g in select * from rs_share.shared_database_grants x where x.database_name = database and x.schema_name in ('', s.schema_name)
        and (whole or not usage_needed or exists (select from rs_share.shared_database_grants u
          where u.database_name = database and u.scope = 'database' and u.grantee in (x.grantee, 'public'))) loop
      if whole or g.scope = 'schemas' then execute format('grant usage on schema %I to %s', s.local_schema, rs_share.grantee_text(g.grantee)); end if;
      if whole or g.scope = 'tables' then execute format('grant select on all tables in schema %I to %s', s.local_schema, rs_share.grantee_text(g.grantee)); end if;
    end loop;
  end loop;
end $$;

-- In the database that stands for a shared one: who was let in by the front may read all of it.
create function rs_share.open_to_all(database text) returns void language plpgsql as $$
declare s record;
begin
  for s in select local_schema from rs_share.shared_schemas x where x.database_name = database loop
    execute format('grant usage on schema %I to public', s.local_schema);
    execute format('grant select on all tables in schema %I to public', s.local_schema);
  end loop;
end $$;
