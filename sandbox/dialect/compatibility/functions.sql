-- Functions of Redshift that PostgreSQL lacks. Each is one SQL expression where it can be, so that the planner puts it
-- in place. No text here holds a backslash: whether one escapes depends on the session.
create or replace function pg_catalog.getdate() returns timestamp language sql stable as 'select statement_timestamp()::timestamp(0)';
create or replace function pg_catalog.sysdate() returns timestamp language sql stable as 'select transaction_timestamp()::timestamp';
create or replace function pg_catalog.current_namespace() returns text language sql stable as $$select current_setting('rs.namespace', true)$$;
create or replace function pg_catalog.current_aws_account() returns text language sql stable as $$select current_setting('rs.account', true)$$;
create or replace function pg_catalog.current_user_id() returns int language sql stable as $$select (current_user::regrole)::oid::int$$;
create or replace function pg_catalog.version() returns text language sql stable as
  $$select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.113159'::text$$;
create or replace function pg_catalog.len(text) returns int language sql immutable as 'select char_length($1)';
create or replace function pg_catalog.textlen(text) returns int language sql immutable as 'select char_length($1)';
create or replace function pg_catalog.charindex(text, text) returns int language sql immutable as 'select strpos($2, $1)';
create or replace function pg_catalog.trunc(timestamp) returns date language sql immutable as 'select $1::date';
create or replace function pg_catalog.trunc(timestamptz) returns date language sql stable as 'select $1::date';
create or replace function pg_catalog.add_months(timestamp, bigint) returns timestamp language sql immutable as
  $$select case when $1::date = (date_trunc('month', $1) + interval '1 month - 1 day')::date
    then date_trunc('month', $1) + make_interval(months => $2::int + 1) - interval '1 day' + ($1 - date_trunc('day', $1))
    else $1 + make_interval(months => $2::int) end$$;
create or replace function pg_catalog.last_day(timestamp) returns date language sql immutable as
  $$select (date_trunc('month', $1) + interval '1 month - 1 day')::date$$;
create or replace function pg_catalog.months_between(timestamp, timestamp) returns float8 language sql immutable as
  $$select case when date_part('day', $1) = date_part('day', $2) or ($1::date = last_day($1) and $2::date = last_day($2))
    then (date_part('year', $1) - date_part('year', $2)) * 12 + date_part('month', $1) - date_part('month', $2)
    else (date_part('year', $1) - date_part('year', $2)) * 12 + date_part('month', $1) - date_part('month', $2)
      + (extract(epoch from $1 - date_trunc('month', $1)) - extract(epoch from $2 - date_trunc('month', $2)))::float8 / 2678400 end$$;
create or replace function pg_catalog.next_day(timestamp, text) returns date language sql immutable as
  $$select $1::date + 1 + (position(left(lower($2), 2) in 'sumotuwethfrsa') / 2 - date_part('dow', $1)::int + 6) % 7$$;
create or replace function pg_catalog.date_part_year(date) returns int language sql immutable as $$select date_part('year', $1)::int$$;
create or replace function pg_catalog.date_cmp(date, date) returns int language sql immutable as 'select sign($1 - $2)::int';
create or replace function pg_catalog.timestamp_cmp(timestamp, timestamp) returns int language sql immutable as
  'select case when $1 < $2 then -1 when $1 > $2 then 1 when $1 = $2 then 0 end';
create or replace function pg_catalog.strtol(number text, base bigint) returns bigint language plpgsql immutable strict as $$
declare
  result bigint := 0; digit int; bare text := lower(ltrim(number, '+-'));
begin
  if base not between 2 and 36 then raise exception 'STRTOL takes a base between 2 and 36' using errcode = '22023'; end if;
  if base = 16 and left(bare, 2) = '0x' then bare := substr(bare, 3); end if;
  for i in 1 .. length(bare) loop
    digit := position(substr(bare, i, 1) in '0123456789abcdefghijklmnopqrstuvwxyz') - 1;
    if digit < 0 or digit >= base then raise exception 'the input % is not valid to be converted to base %', number, base using errcode = '22023'; end if;
    result := result * base + digit;
  end loop;
  return case when left(number, 1) = '-' then -result else result end;
end $$;
create or replace function pg_catalog.sha2(text, int) returns text language sql immutable as
  $$select encode(case $2 when 224 then sha224(convert_to($1, 'UTF8')) when 384 then sha384(convert_to($1, 'UTF8')) when 512 then sha512(convert_to($1, 'UTF8')) else sha256(convert_to($1, 'UTF8')) end, 'hex')$$;
create or replace function pg_catalog.dexp(float8) returns float8 language sql immutable as 'select exp($1)';
create or replace function pg_catalog.dlog1(float8) returns float8 language sql immutable as 'select ln($1)';
create or replace function pg_catalog.dlog10(float8) returns float8 language sql immutable as 'select log($1)';
