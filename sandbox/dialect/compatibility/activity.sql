-- Sessions, the queries they run, and the latest that they ran. Finished ones are in two files of JSON lines in the
-- server's data directory, written by the warehouse, secrets masked; users see their own, superusers all, as in Redshift.
-- A statement of our own that holds a digest shows no text while it runs.
-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_QUERY_HISTORY.html
-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_SESSION_HISTORY.html
-- https://docs.aws.amazon.com/redshift/latest/dg/SYS_SERVERLESS_USAGE.html (nothing is billed here, so that it is empty)
create view pg_catalog.rs_sessions as
  select pid, datname, usename, application_name, client_addr, client_port, backend_start, query_start, state,
    case when position('rs_share.' in query) > 0 then '<statement of the warehouse>' else query end as query
  from pg_catalog.pg_stat_activity where backend_type = 'client backend' and usename <> 'rdsdb' and datname is not null;
create view pg_catalog.stv_sessions as
  select backend_start::timestamp as starttime, pid as process, usename::char(50) as user_name, datname::char(50) as db_name, 0 as timeout_sec from pg_catalog.rs_sessions;
create view pg_catalog.stv_recents as
  select usename::text as user_name, datname::text as db_name, pid, case state when 'active' then 'Running' else 'Done' end as status, query_start::timestamp as starttime,
    (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint as duration, left(query, 600) as query from pg_catalog.rs_sessions;
create view pg_catalog.stv_inflight as
  select (usename::text::regrole)::oid::int as userid, pid as query, pid, query_start::timestamp as starttime, left(query, 100) as text, 0 as suspended, null::text as label from pg_catalog.rs_sessions where state = 'active';
create function pg_catalog.rs_history() returns table (id bigint, usename text, database text, pid int, started timestamp, ended timestamp, query_text text, tag text, error text)
  language sql stable security definer set search_path = pg_catalog set timezone = 'UTC' rows 1000 as $$
  select h.id, h."user", h.database, h.pid, to_timestamp(h.start / 1000.0)::timestamp, to_timestamp(h."end" / 1000.0)::timestamp, h.text, h.tag, h.error
  from string_to_table(coalesce(pg_read_file('rs_history.1', true), '') || coalesce(pg_read_file('rs_history', true), ''), chr(10)) as line
  cross join lateral jsonb_to_record(line::jsonb) as h(id bigint, "user" text, database text, pid int, start bigint, "end" bigint, text text, tag text, error text)
  where line like '{%}' and (h."user" = session_user
    or exists (select from pg_roles r where r.rolname = 'rs_superuser' and pg_has_role(session_user, r.oid, 'member')) or session_user = 'rdsdb')
$$;
create view pg_catalog.rs_queries as
  select h.*, coalesce((select u.oid::int from pg_catalog.pg_roles u where u.rolname = h.usename), 0) as userid,
    upper(split_part(coalesce(h.tag, ltrim(h.query_text)), ' ', 1)) as command, case when h.tag ~ '^(SELECT|FETCH) ' then split_part(h.tag, ' ', 2)::bigint end as rows
  from pg_catalog.rs_history() h;
create view pg_catalog.sys_query_history as
  select userid as user_id, id as query_id, null::text as query_label, null::bigint as transaction_id, pid as session_id, database as database_name,
    case when command in ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'COPY') then command when command in ('CREATE', 'ALTER', 'DROP', 'TRUNCATE') then 'DDL' when command in ('SHOW', 'SET', 'RESET', 'ANALYZE', 'VACUUM', 'GRANT', 'REVOKE') then 'UTILITY' else 'OTHER' end as query_type,
    case when error is null then 'success' else 'failed' end as status, false as result_cache_hit, started as start_time, ended as end_time, (extract(epoch from ended - started) * 1000000)::bigint as elapsed_time, 0::bigint as queue_time,
    (extract(epoch from ended - started) * 1000000)::bigint as execution_time, error as error_message, rows as returned_rows, null::bigint as returned_bytes, query_text from pg_catalog.rs_queries
  union all
  select (usename::text::regrole)::oid::int, null, null, null, pid, datname::text, 'OTHER', 'running', false, query_start::timestamp, null, (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint, 0,
    (extract(epoch from clock_timestamp() - query_start) * 1000000)::bigint, null, null, null, left(query, 4000) from pg_catalog.rs_sessions where state = 'active';
create view pg_catalog.stl_query as
  select userid, id::int as query, 'default'::text as label, null::bigint as xid, pid, database, query_text as querytxt, started as starttime, ended as endtime, (error is not null)::int as aborted from pg_catalog.rs_queries;
create view pg_catalog.stl_querytext as
  select userid, null::bigint as xid, pid, id::int as query, part.n as sequence, substr(query_text, part.n * 200 + 1, 200) as text
  from pg_catalog.rs_queries cross join lateral generate_series(0, greatest(length(query_text) - 1, 0) / 200) as part(n);
create view pg_catalog.svl_qlog as
  select userid, id::int as query, null::bigint as xid, pid, started as starttime, ended as endtime, (extract(epoch from ended - started) * 1000000)::bigint as elapsed, (error is not null)::int as aborted, 'default'::text as label,
    left(query_text, 60) as substring, null::int as source_query, 0 as concurrency_scaling_status, null::text as from_sp_call from pg_catalog.rs_queries;
create view pg_catalog.sys_session_history as
  select (usename::text::regrole)::oid::char(50) as user_id, pid as session_id, datname::char(50) as database_name, 'active'::text as status, 0 as session_timeout, backend_start::timestamp as start_time, null::timestamp as end_time from pg_catalog.rs_sessions;
create view pg_catalog.sys_serverless_usage as
  select null::timestamp as start_time, null::timestamp as end_time, null::float8 as compute_seconds, null::float8 as compute_capacity, null::int as data_storage, null::int as cross_region_transferred_data, null::int as charged_seconds where false;
