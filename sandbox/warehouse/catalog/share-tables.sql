-- Tables of the schema `rs_share`, in every database. On the producer they are the truth about its shares, changed in the
-- transaction of whoever shares; on a consumer they hold what producers share with it, put there by the warehouse.
create schema rs_share;
grant usage on schema rs_share to public;

create table rs_share.shares (
  share_name text primary key, owner name not null, public_accessible boolean not null, created timestamptz not null default now());
create table rs_share.share_schemas (
  share_name text references rs_share.shares on delete cascade, schema_oid oid, schema_name text not null,
  include_new boolean not null default false, primary key (share_name, schema_oid));
create table rs_share.share_objects (
  share_name text references rs_share.shares on delete cascade, object_type text not null, object_oid oid,
  schema_name text not null, object_name text not null, primary key (share_name, object_oid));
create table rs_share.share_consumers (
  share_name text references rs_share.shares on delete cascade, consumer_account text, consumer_namespace text,
  role_name name not null, share_date timestamptz not null default now(), primary key (share_name, role_name));
create table rs_share.share_privileges (
  share_name text references rs_share.shares on delete cascade, grantee name, privilege text,
  primary key (share_name, grantee, privilege));

create table rs_share.inbound_shares (
  producer_account text not null, producer_namespace text, share_name text, source_database text not null,
  public_accessible boolean not null, created timestamptz not null, share_date timestamptz not null,
  primary key (producer_namespace, share_name));
create table rs_share.inbound_objects (
  producer_namespace text, share_name text, object_type text not null, schema_name text not null, object_name text,
  include_new boolean,
  foreign key (producer_namespace, share_name) references rs_share.inbound_shares on delete cascade);
create table rs_share.shared_databases (
  database_name text primary key, producer_account text not null, producer_namespace text not null,
  share_name text not null, share_created timestamptz not null, with_permissions boolean not null, owner name not null,
  created timestamptz not null default now());
create table rs_share.shared_schemas (
  database_name text references rs_share.shared_databases on delete cascade, schema_name text, local_schema name not null unique,
  primary key (database_name, schema_name));
create table rs_share.shared_database_grants (
  database_name text references rs_share.shared_databases on delete cascade, privilege text, scope text, schema_name text,
  grantee name, primary key (database_name, privilege, scope, schema_name, grantee));
