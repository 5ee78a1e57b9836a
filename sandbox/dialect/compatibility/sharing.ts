/**
 * Datashare views over what the warehouse keeps in schema rs_share, and empty stand-ins for a PostgreSQL without it.
 * https://docs.aws.amazon.com/redshift/latest/dg/r_SVV_DATASHARES.html
 */
export const sharingStandInSql = `
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
`;

export const sharingSql = `
create view pg_catalog.svv_datashares as
  select share_name, share_owner, source_database, consumer_database, share_type, createdate, is_publicaccessible, share_acl, producer_account, producer_namespace, managed_by, null::text as share_id from rs_share.datashares;
create view pg_catalog.svv_datashare_objects as
  select share_type, share_name, object_type, object_name, producer_account, producer_namespace, include_new from rs_share.datashare_objects;
create view pg_catalog.svv_datashare_consumers as
  select share_name, consumer_account, consumer_namespace, share_date from rs_share.datashare_consumers;
create view pg_catalog.svv_datashare_privileges as
  select p.share_name as datashare_name, upper(p.privilege) as privilege_type, i.oid::int as identity_id, p.grantee::text as identity_name, coalesce(i.kind, 'public') as identity_type, false as admin_option, 'DATASHARE'::text as privilege_scope
  from rs_share.share_privileges p left join pg_catalog.rs_identities i on i.name = p.grantee
  where pg_has_role(session_user, 'rs_superuser', 'member') or p.grantee = session_user;
`;
