-- MEDIAN and percentiles as ordinary aggregates, which may also be used as window functions.
create or replace function pg_catalog.rs_collect(state float8[], value float8) returns float8[] language sql immutable as
  'select case when value is null then state else array_append(state, value) end';
create or replace function pg_catalog.rs_collect(state float8[], value float8, fraction float8) returns float8[] language sql immutable as
  'select case when value is null then array[fraction] || state[2:] else array_append(array[fraction] || state[2:], value) end';
create or replace function pg_catalog.rs_median_of(state float8[]) returns float8 language sql immutable as
  'select percentile_cont(0.5) within group (order by v) from unnest(state) as v';
create or replace function pg_catalog.rs_percentile_cont_of(state float8[]) returns float8 language sql immutable as
  'select (select percentile_cont(state[1]) within group (order by v) from unnest(state[2:]) as v)';
create or replace function pg_catalog.rs_percentile_disc_of(state float8[]) returns float8 language sql immutable as
  'select (select percentile_disc(state[1]) within group (order by v) from unnest(state[2:]) as v)';
create or replace aggregate pg_catalog.median(float8) (sfunc = pg_catalog.rs_collect, stype = float8[], initcond = '{}', finalfunc = pg_catalog.rs_median_of);
create or replace aggregate pg_catalog.rs_percentile_cont(float8, float8)
  (sfunc = pg_catalog.rs_collect, stype = float8[], initcond = '{0}', finalfunc = pg_catalog.rs_percentile_cont_of);
create or replace aggregate pg_catalog.rs_percentile_disc(float8, float8)
  (sfunc = pg_catalog.rs_collect, stype = float8[], initcond = '{0}', finalfunc = pg_catalog.rs_percentile_disc_of);
