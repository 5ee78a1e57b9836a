/**
 * Sessions and the queries they run now. There is no history of finished queries. PostgreSQL shows a session's query
 * text to its own user and to superusers only.
 */
export const activitySql = `
create view pg_catalog.rs_sessions as
  select pid, datname, usename, application_name, client_addr, client_port, backend_start, query_start, state, query
  from pg_catalog.pg_stat_activity where backend_type = 'client backend' and usename <> 'rdsdb' and datname is not null;
create view pg_catalog.stv_sessions as
  select backend_start::timestamp as starttime, pid as process, usename::char(50) as user_name, datname::char(50) as db_name, 0 as timeout_sec from pg_catalog.rs_sessions;
create view pg_catalog.stv_recents as
  select usename::text as user_name, datname::text as db_name, pid, case state when 'active' then 'Running' else 'Done' end as status, query_start::timestamp as starttime,
    (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint as duration, left(query, 600) as query from pg_catalog.rs_sessions;
create view pg_catalog.stv_inflight as
  select (usename::text::regrole)::oid::int as userid, pid as query, pid, query_start::timestamp as starttime, left(query, 100) as text, 0 as suspended, null::text as label from pg_catalog.rs_sessions where state = 'active';
create view pg_catalog.sys_query_history as
  select (usename::text::regrole)::oid::int as user_id, pid::bigint as query_id, null::text as query_label, null::bigint as transaction_id, pid as session_id, datname::text as database_name, 'UNKNOWN'::text as query_type,
    'running'::text as status, false as result_cache_hit, query_start::timestamp as start_time, null::timestamp as end_time, (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint as elapsed_time, 0::bigint as queue_time,
    (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint as execution_time, null::text as error_message, null::bigint as returned_rows, null::bigint as returned_bytes, left(query, 4000) as query_text from pg_catalog.rs_sessions where state = 'active';
create view pg_catalog.stl_query as
  select (usename::text::regrole)::oid::int as userid, pid as query, null::text as label, null::bigint as xid, pid, datname::text as database, left(query, 4000) as querytxt, query_start::timestamp as starttime, null::timestamp as endtime, 0 as aborted
  from pg_catalog.rs_sessions where state = 'active';
create view pg_catalog.sys_session_history as
  select (usename::text::regrole)::oid::int as user_id, pid as session_id, backend_start::timestamp as start_time, null::timestamp as end_time, 'active'::text as status, datname::text as database_name, application_name from pg_catalog.rs_sessions;
`;
