-- Users. A secret is what Redshift keeps of a password, \`md5…\` or \`sha256|digest|salt\`, in PostgreSQL's own place for it;
-- PostgreSQL never checks it, because every client comes through the front.
create function rs_share.check_user_name(name text) returns void language plpgsql as $$
begin
  if name in ('rdsdb', 'public') or starts_with(name, 'rs_') or starts_with(name, 'pg_') then
    raise exception using errcode = '42939', message = format('user name "%s" is reserved', name);
  end if;
end $$;

create function rs_share.create_user(name text, secret text, options jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare member_of text;
begin
  if not rs_share.is_superuser() then
    raise exception using errcode = '42501', message = 'permission denied to create user';
  end if;
  perform rs_share.check_user_name(name);
  if exists (select from pg_roles where rolname = name) then
    raise exception using errcode = '42710', message = format('user "%s" already exists', name);
  end if;
  execute format('create role %I login', name);
  perform rs_share.set_user_options(name, secret, options, true);
  for member_of in select value from jsonb_array_elements_text(coalesce(options->'groups', '[]')) loop
    if not exists (select from pg_roles where rolname = member_of) then
      raise exception using errcode = '42704', message = format('group "%s" does not exist', member_of);
    end if;
    execute format('grant %I to %I', member_of, name);
  end loop;
  if not coalesce((options->>'superuser')::boolean, false) then
    execute format('grant %I to rs_superuser with admin option', name);
  end if;
end $$;

create function rs_share.alter_user(name text, new_name text, secret text, secret_given boolean, options jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not (rs_share.is_superuser() or (name = session_user and new_name is null and options = '{}')) then
    raise exception using errcode = '42501', message = 'permission denied';
  end if;
  perform rs_share.check_user_name(name);
  if not exists (select from pg_roles where rolname = name and rolcanlogin) then
    raise exception using errcode = '42704', message = format('user "%s" does not exist', name);
  end if;
  if new_name is not null then
    perform rs_share.check_user_name(new_name);
    execute format('alter role %I rename to %I', name, new_name);
    return;
  end if;
  perform rs_share.set_user_options(name, secret, options, secret_given);
end $$;

create function rs_share.set_user_options(name text, secret text, options jsonb, secret_given boolean) returns void language plpgsql as $$
begin
  if secret_given then update pg_authid set rolpassword = secret where rolname = name; end if;
  if options ? 'createDatabase' then
    execute format('alter role %I %s', name, case when (options->>'createDatabase')::boolean then 'createdb' else 'nocreatedb' end);
  end if;
  if options ? 'validUntil' then execute format('alter role %I valid until %L', name, options->>'validUntil'); end if;
  if options ? 'connectionLimit' then
    execute format('alter role %I connection limit %s', name,
      case when options->>'connectionLimit' = 'unlimited' then '-1' else (options->>'connectionLimit')::int::text end);
  end if;
  if (options->>'superuser')::boolean then
    execute format('revoke %I from rs_superuser', name);
    execute format('alter role %I createrole createdb', name);
    execute format('grant rs_superuser to %I with admin option', name);
  elsif options ? 'superuser' then
    execute format('revoke rs_superuser from %I', name);
    execute format('alter role %I nocreaterole', name);
    execute format('grant %I to rs_superuser with admin option', name);
  end if;
end $$;

create function rs_share.owns_something(name text) returns boolean language sql stable as
$$ select exists (select from pg_catalog.pg_shdepend d join pg_catalog.pg_roles r on r.oid = d.refobjid
  where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and r.rolname = name) $$;

create function rs_share.drop_users(names text[], if_exists boolean) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare name text;
begin
  if not rs_share.is_superuser() then
    raise exception using errcode = '42501', message = 'permission denied to drop user';
  end if;
  foreach name in array names loop
    perform rs_share.check_user_name(name);
    if exists (select from pg_roles where rolname = name and rolcanlogin) then
      begin
        execute format('drop role %I', name);
      exception when dependent_objects_still_exist then
        -- https://docs.aws.amazon.com/redshift/latest/dg/r_DROP_USER.html, usage notes
        raise exception using errcode = '55006', message = format('user "%s" can''t be dropped because the user %s', name,
          case when rs_share.owns_something(name) then 'owns some object' else 'has a privilege on some object' end);
      end;
    elsif not if_exists then
      raise exception using errcode = '42704', message = format('user "%s" does not exist', name);
    end if;
  end loop;
end $$;
