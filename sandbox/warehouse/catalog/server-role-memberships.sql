-- After the compatibility layer's marker roles exist: superusers make roles and groups.
do $$ declare r name;
begin
  for r in select rolname from pg_catalog.pg_roles where rolname in ('rs_role', 'rs_group') loop
    execute format('grant %I to rs_superuser with admin option, inherit false', r);
  end loop;
end $$;
