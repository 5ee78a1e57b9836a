-- The producer's statements about shares, as functions which run in the client's transaction with the rights of the server's
-- superuser; each checks what the session's user may do. Every change raises an INFO with SQLSTATE RS001, which the front
-- takes out of the stream and remembers until the transaction has ended: then it brings the consumers up to date.
create function rs_share.changed() returns void language plpgsql as $$
begin raise info using errcode = 'RS001', message = 'shares changed'; end $$;

create function rs_share.is_superuser() returns boolean language sql stable as
$$ select pg_catalog.pg_has_role(session_user, 'rs_superuser', 'member') $$;

create function rs_share.role_of(share text) returns name language sql immutable as
$$ select ('rs_share_' || substr(md5(share), 1, 16))::name $$;

-- The share, locked, after checking that the session's user may change it.
create function rs_share.open_share(share text, privilege text) returns void language plpgsql as $$
declare found_owner name;
begin
  select owner into found_owner from rs_share.shares where share_name = share for update;
  if not found then
    raise exception using errcode = '42704', message = format('datashare "%s" does not exist', share);
  end if;
  if not (rs_share.is_superuser() or pg_has_role(session_user, found_owner, 'member') or exists (
    select from rs_share.share_privileges p where p.share_name = share and p.privilege = open_share.privilege
      and (p.grantee = 'public' or pg_has_role(session_user, p.grantee, 'member')))) then
    raise exception using errcode = '42501', message = format('permission denied for datashare %s', share);
  end if;
end $$;

create function rs_share.create_datashare(share text, public_accessible boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not rs_share.is_superuser() then
    raise exception using errcode = '42501', message = 'permission denied to create datashare';
  end if;
  -- The role is unique in the whole server: a share's name is taken for all databases of a namespace.
  if exists (select from pg_roles where rolname = rs_share.role_of(share)) then
    raise exception using errcode = '42710', message = format('datashare "%s" already exists', share);
  end if;
  execute format('create role %I nologin', rs_share.role_of(share));
  insert into rs_share.shares (share_name, owner, public_accessible) values (share, session_user, public_accessible);
  perform rs_share.changed();
end $$;

create function rs_share.drop_datashare(share text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare consumer name;
begin
  perform rs_share.open_share(share, 'drop');
  for consumer in select role_name from rs_share.share_consumers where share_name = share loop
    execute format('drop role %I', consumer);
  end loop;
  execute format('drop owned by %I', rs_share.role_of(share));
  execute format('drop role %I', rs_share.role_of(share));
  delete from rs_share.shares where share_name = share;
  perform rs_share.changed();
end $$;

create function rs_share.alter_datashare(share text, change jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare item jsonb;
begin
  perform rs_share.open_share(share, 'alter');
  case change->>'type'
    when 'set-public' then
      update rs_share.shares set public_accessible = (change->>'publicAccessible')::boolean where share_name = share;
    when 'set-include-new' then
      update rs_share.share_schemas set include_new = (change->>'includeNew')::boolean
        where share_name = share and schema_oid = rs_share.schema_named(change->>'schema');
      if not found then
        raise exception using errcode = '42704',
          message = format('schema "%s" is not in datashare "%s"', change->>'schema', share);
      end if;
    when 'add' then
      for item in select value from jsonb_array_elements(change->'objects') loop perform rs_share.add_item(share, item); end loop;
    when 'remove' then
      for item in select value from jsonb_array_elements(change->'objects') loop perform rs_share.remove_item(share, item); end loop;
  end case;
  perform rs_share.changed();
end $$;

create function rs_share.grant_datashare(share text, namespace text, account text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare consumer name := rs_share.role_of(share) || '_' || replace(coalesce(namespace, account), '-', '');
begin
  perform rs_share.open_share(share, 'share');
  if namespace = current_setting('rs.namespace', true) then
    raise exception using errcode = '22023', message = 'cannot grant usage on a datashare to its own namespace';
  end if;
  if not exists (select from pg_roles where rolname = consumer) then
    execute format('create role %I login in role %I', consumer, rs_share.role_of(share));
  end if;
  insert into rs_share.share_consumers (share_name, consumer_account, consumer_namespace, role_name)
    values (share, account, namespace, consumer) on conflict do nothing;
  perform rs_share.changed();
end $$;

create function rs_share.revoke_datashare(share text, namespace text, account text) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare consumer name := rs_share.role_of(share) || '_' || replace(coalesce(namespace, account), '-', '');
begin
  perform rs_share.open_share(share, 'share');
  delete from rs_share.share_consumers where share_name = share and role_name = consumer;
  if found then execute format('drop role %I', consumer); end if;
  perform rs_share.changed();
end $$;

create function rs_share.change_share_privilege(share text, privilege text, grantee name, granted boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform rs_share.open_share(share, 'grant option');
  if grantee <> 'public' and not exists (select from pg_roles where rolname = grantee) then
    raise exception using errcode = '42704', message = format('user, group or role "%s" does not exist', grantee);
  end if;
  if granted then
    insert into rs_share.share_privileges values (share, grantee, privilege) on conflict do nothing;
  else
    delete from rs_share.share_privileges p
      where p.share_name = share and p.grantee = change_share_privilege.grantee and p.privilege = change_share_privilege.privilege;
  end if;
end $$;

-- What consumers need to know of this database's shares, for the warehouse.
create function rs_share.snapshot() returns jsonb language sql stable set search_path = pg_catalog as $$
select coalesce(jsonb_agg(jsonb_build_object(
  'name', s.share_name, 'sourceDatabase', current_database(), 'publicAccessible', s.public_accessible, 'created', s.created,
  'consumers', (select coalesce(jsonb_agg(jsonb_build_object('namespace', c.consumer_namespace, 'account', c.consumer_account,
      'role', c.role_name, 'granted', c.share_date) order by c.role_name), '[]')
    from rs_share.share_consumers c where c.share_name = s.share_name),
  'schemas', (select coalesce(jsonb_agg(jsonb_build_object('name', m.schema_name, 'includeNew', m.include_new) order by m.schema_name), '[]')
    from rs_share.share_schemas m where m.share_name = s.share_name),
  'relations', (select coalesce(jsonb_agg(jsonb_build_object('type', o.object_type, 'schema', o.schema_name, 'name', o.object_name,
      'columns', (select coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'required', a.attnotnull) order by a.attnum), '[]')
        from pg_attribute a where a.attrelid = o.object_oid and a.attnum > 0 and not a.attisdropped))
      order by o.schema_name, o.object_name), '[]')
    from rs_share.share_objects o where o.share_name = s.share_name and o.object_type <> 'function'),
  'functions', (select coalesce(jsonb_agg(jsonb_build_object('schema', o.schema_name, 'signature', o.object_name, 'name', p.proname,
      'arguments', pg_get_function_arguments(p.oid), 'identity', pg_get_function_identity_arguments(p.oid),
      'result', pg_get_function_result(p.oid), 'volatility', p.provolatile, 'body', p.prosrc)
      order by o.schema_name, o.object_name), '[]')
    from rs_share.share_objects o join pg_proc p on p.oid = o.object_oid
    where o.share_name = s.share_name and o.object_type = 'function')
) order by s.share_name), '[]') from rs_share.shares s $$;
