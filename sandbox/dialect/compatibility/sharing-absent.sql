-- Empty datashare views, for a PostgreSQL without schema rs_share.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATASHARES.html
create schema if not exists rs_share;
grant usage on schema rs_share to public;
do $$
declare
  name text; columns text;
begin
  for name, columns in values
    ('datashares', 'share_name text, share_owner int, source_database text, consumer_database text, share_type text, createdate timestamp, is_publicaccessible boolean, share_acl text, producer_account text, producer_namespace text, managed_by text'),
    ('datashare_objects', 'share_type text, share_name text, object_type text, object_name text, producer_account text, producer_namespace text, include_new boolean'),
    ('datashare_consumers', 'share_name text, consumer_account text, consumer_namespace text, share_date timestamp'),
    ('shared_databases', 'database_name text, share_name text, producer_account text, producer_namespace text, with_permissions boolean'),
    ('share_privileges', 'share_name text, grantee name, privilege text'),
    ('database_grants', 'database_name text, privilege_type text, identity_name text, identity_type text, privilege_scope text')
  loop
    if to_regclass('rs_share.' || name) is null then
      execute format('create table rs_share.%I (%s)', name, columns);
      execute format('grant select on rs_share.%I to public', name);
    end if;
  end loop;
end $$;
