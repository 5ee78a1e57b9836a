-- Views the catalog views of Redshift (SVV_DATASHARES and its kin) stand on.
create view rs_share.datashares as
select share_name, (select usesysid::int from pg_catalog.pg_user where usename = owner) as share_owner,
  current_database()::text as source_database, null::text as consumer_database, 'OUTBOUND'::text as share_type,
  created::timestamp as createdate, public_accessible as is_publicaccessible, null::text as share_acl,
  current_setting('rs.account', true) as producer_account, current_setting('rs.namespace', true) as producer_namespace,
  null::text as managed_by
from rs_share.shares
union all
select i.share_name, null, i.source_database, d.database_name, 'INBOUND', i.created::timestamp, i.public_accessible, null,
  i.producer_account, i.producer_namespace, null
from rs_share.inbound_shares i
left join rs_share.shared_databases d
  on d.producer_namespace = i.producer_namespace and d.share_name = i.share_name and d.share_created = i.created;

create view rs_share.datashare_objects as
select 'OUTBOUND'::text as share_type, share_name, 'schema'::text as object_type, schema_name as object_name,
  current_setting('rs.account', true) as producer_account, current_setting('rs.namespace', true) as producer_namespace,
  include_new
from rs_share.share_schemas
union all
select 'OUTBOUND', share_name, object_type, schema_name || '.' || object_name, current_setting('rs.account', true),
  current_setting('rs.namespace', true), null
from rs_share.share_objects
union all
select 'INBOUND', o.share_name, o.object_type, o.schema_name || coalesce('.' || o.object_name, ''), s.producer_account,
  o.producer_namespace, o.include_new
from rs_share.inbound_objects o join rs_share.inbound_shares s using (producer_namespace, share_name);

create view rs_share.datashare_consumers as
select share_name, consumer_account, consumer_namespace, share_date::timestamp as share_date from rs_share.share_consumers;

create view rs_share.database_grants as
select g.database_name, upper(g.privilege) as privilege_type, g.grantee::text as identity_name,
  case when g.grantee = 'public' then 'public' when r.rolcanlogin then 'user' else 'role' end as identity_type,
  upper(g.scope) as privilege_scope, nullif(g.schema_name, '') as schema_name
from rs_share.shared_database_grants g left join pg_catalog.pg_roles r on r.rolname = g.grantee
where g.grantee = 'public' or r.rolname is not null;

grant select on rs_share.shared_databases, rs_share.shared_schemas, rs_share.datashares, rs_share.datashare_objects,
  rs_share.datashare_consumers, rs_share.database_grants to public;
