-- Datashare views over schema rs_share, which the warehouse keeps.
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
