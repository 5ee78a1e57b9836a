-- Users, roles, groups and what they may do. Roles and groups are told apart by the marker roles they belong to.
create view pg_catalog.rs_identities as
  select r.oid, r.rolname::text as name, r.rolcanlogin, r.rolcreatedb, r.rolconnlimit, r.rolvaliduntil, r.rolconfig,
    case when r.rolcanlogin then 'user' when exists (select from pg_catalog.pg_auth_members m join pg_catalog.pg_roles g on g.oid = m.roleid where m.member = r.oid and g.rolname = 'rs_group') then 'group' else 'role' end as kind,
    r.rolcanlogin and exists (select from pg_catalog.pg_roles s where s.rolname = 'rs_superuser' and pg_has_role(r.oid, s.oid, 'member')) as is_superuser
  from pg_catalog.pg_roles r where r.rolname <> 'rdsdb' and left(r.rolname, 3) not in ('pg_', 'rs_');
create or replace view pg_catalog.pg_user as
  select name::name as usename, oid as usesysid, rolcreatedb as usecreatedb, is_superuser as usesuper, false as userepl, false as usebypassrls, '********'::text as passwd, rolvaliduntil as valuntil, rolconfig as useconfig
  from pg_catalog.rs_identities where kind = 'user';
create or replace view pg_catalog.pg_group as
  select name::name as groname, oid as grosysid, array(select m.member from pg_catalog.pg_auth_members m join pg_catalog.rs_identities u on u.oid = m.member where m.roleid = i.oid and u.kind = 'user') as grolist
  from pg_catalog.rs_identities i where kind = 'group';
create view pg_catalog.pg_user_info as
  select name::name as usename, oid as usesysid, rolcreatedb as usecreatedb, is_superuser as usesuper, false as usecatupd, '********'::text as passwd, rolvaliduntil as valuntil, rolconfig as useconfig,
    case when rolconnlimit < 0 then 'UNLIMITED' else rolconnlimit::text end as useconnlimit from pg_catalog.rs_identities where kind = 'user';
create view pg_catalog.svv_user_info as
  select name as user_name, oid::int as user_id, rolcreatedb as createdb, is_superuser as superuser, false as catalog_update, case when rolconnlimit < 0 then 'UNLIMITED' else rolconnlimit::text end as connection_limit,
    'RESTRICTED'::text as syslog_access, null::timestamp as last_ddl_timestamp, null::int as session_timeout, null::text as external_user_id from pg_catalog.rs_identities where kind = 'user';
create view pg_catalog.svv_roles as
  select oid::int as role_id, name as role_name, null::text as role_owner, null::text as external_id from pg_catalog.rs_identities where kind = 'role';
create view pg_catalog.svv_role_grants as
  select r.oid::int as role_id, r.name as role_name, g.oid::int as granted_role_id, g.name as granted_role_name
  from pg_catalog.pg_auth_members m join pg_catalog.rs_identities r on r.oid = m.member and r.kind = 'role' join pg_catalog.rs_identities g on g.oid = m.roleid and g.kind = 'role';
create view pg_catalog.svv_user_grants as
  select distinct u.oid::int as user_id, u.name as user_name, r.oid::int as role_id, r.name as role_name, bool_or(m.admin_option) over (partition by u.oid, r.oid) as admin_option
  from pg_catalog.pg_auth_members m join pg_catalog.rs_identities u on u.oid = m.member and u.kind = 'user' join pg_catalog.rs_identities r on r.oid = m.roleid and r.kind = 'role'
  where m.inherit_option and not exists (select from pg_catalog.pg_roles g where g.oid = m.grantor and m.grantor = m.member);
create view pg_catalog.rs_relation_grants as
  select r.database_name, r.shared, r.schema_name, r.table_name, x.privilege_type, x.grantee, coalesce(i.name, 'public') as identity_name, coalesce(i.kind, 'public') as identity_type, x.is_grantable, coalesce(g.name, '') as grantor
  from pg_catalog.rs_relations r cross join lateral aclexplode(coalesce(r.relacl, acldefault('r', r.relowner))) x left join pg_catalog.rs_identities i on i.oid = x.grantee left join pg_catalog.rs_identities g on g.oid = x.grantor
  where x.grantee = 0 or i.oid is not null;
create view pg_catalog.svv_relation_privileges as
  select schema_name as namespace_name, table_name as relation_name, privilege_type, grantee::int as identity_id, identity_name, identity_type, is_grantable as admin_option, 'TABLE'::text as privilege_scope
  from pg_catalog.rs_relation_grants where not shared and privilege_type not in ('MAINTAIN', 'TRIGGER');
create view pg_catalog.svv_schema_privileges as
  select s.schema_name as namespace_name, x.privilege_type, x.grantee::int as identity_id, coalesce(i.name, 'public') as identity_name, coalesce(i.kind, 'public') as identity_type, x.is_grantable as admin_option, 'SCHEMA'::text as privilege_scope
  from pg_catalog.rs_schemas s cross join lateral aclexplode(coalesce(s.nspacl, acldefault('n', s.nspowner))) x left join pg_catalog.rs_identities i on i.oid = x.grantee where not s.shared and (x.grantee = 0 or i.oid is not null);
create view pg_catalog.svv_database_privileges as
  select d.datname::text as database_name, case x.privilege_type when 'TEMPORARY' then 'TEMP' else x.privilege_type end as privilege_type, x.grantee::int as identity_id, coalesce(i.name, 'public') as identity_name, coalesce(i.kind, 'public') as identity_type, x.is_grantable as admin_option, 'DATABASE'::text as privilege_scope
  from pg_catalog.pg_database d join pg_catalog.rs_databases v on v.database_name = d.datname and v.database_type = 'local' cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) x left join pg_catalog.rs_identities i on i.oid = x.grantee
  where (x.grantee = 0 or i.oid is not null) and x.privilege_type <> 'CONNECT'
  union all
  select g.database_name, upper(g.privilege_type), i.oid::int, g.identity_name, g.identity_type, false, coalesce(g.privilege_scope, 'DATABASE') from rs_share.database_grants g left join pg_catalog.rs_identities i on i.name = g.identity_name and g.identity_type <> 'public';
create view pg_catalog.rs_show_table_grants as
  select database_name, schema_name, table_name as object_name, 'TABLE'::text as object_type, privilege_type, grantee::int as identity_id, identity_name, identity_type, is_grantable as admin_option, 'TABLE'::text as privilege_scope, grantor as grantor_name from pg_catalog.rs_relation_grants;
create view pg_catalog.rs_show_column_grants as
  select r.database_name, r.schema_name, r.table_name as object_name, a.attname::text as column_name, 'COLUMN'::text as object_type, x.privilege_type, x.grantee::int as identity_id, coalesce(i.name, 'public') as identity_name, coalesce(i.kind, 'public') as identity_type, x.is_grantable as admin_option, 'COLUMN'::text as privilege_scope, null::text as grantor_name
  from pg_catalog.rs_relations r join pg_catalog.pg_attribute a on a.attrelid = r.oid and a.attacl is not null cross join lateral aclexplode(a.attacl) x left join pg_catalog.rs_identities i on i.oid = x.grantee;
