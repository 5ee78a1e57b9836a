-- What depends on types that only the server knows: PostgreSQL chooses among functions of one name.
-- `rs_average` has the average as PostgreSQL computes it, and a value of the column, for its type and scale.
-- https://docs.aws.amazon.com/redshift/latest/dg/r_AVG.html
-- https://docs.aws.amazon.com/redshift/latest/dg/r_DATE_TRUNC.html
create or replace function pg_catalog.rs_average(numeric, smallint) returns bigint language sql immutable as 'select trunc($1)::bigint';
create or replace function pg_catalog.rs_average(numeric, int) returns bigint language sql immutable as 'select trunc($1)::bigint';
create or replace function pg_catalog.rs_average(numeric, bigint) returns bigint language sql immutable as 'select trunc($1)::bigint';
create or replace function pg_catalog.rs_average(numeric, numeric) returns numeric language sql immutable as 'select trunc($1, scale($2))';
create or replace function pg_catalog.rs_average(float8, real) returns float8 language sql immutable as 'select $1';
create or replace function pg_catalog.rs_average(float8, float8) returns float8 language sql immutable as 'select $1';
create or replace function pg_catalog.rs_average(interval, interval) returns interval language sql immutable as 'select $1';
create or replace function pg_catalog.date_trunc(text, date) returns timestamp language sql immutable as 'select pg_catalog.date_trunc($1, $2::timestamp)';
create operator pg_catalog.+ (leftarg = text, rightarg = text, function = pg_catalog.textcat);
