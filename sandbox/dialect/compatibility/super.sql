-- Values within SUPER, as jsonb here. A scalar is no array: what Redshift makes of one in FROM is not documented.
-- https://docs.aws.amazon.com/redshift/latest/dg/query-super.html
create or replace function pg_catalog.rs_scalar(jsonb) returns text language sql immutable as $$select $1 #>> '{}'$$;
create or replace function pg_catalog.rs_elements(document jsonb) returns setof jsonb language plpgsql immutable as $$
begin
  if document is null or jsonb_typeof(document) = 'null' then return; end if;
  if jsonb_typeof(document) <> 'array' then
    raise exception 'unnesting a value of SUPER that is no array is not supported here' using errcode = '0A000';
  end if;
  return query select * from jsonb_array_elements(document);
end $$;
create or replace function pg_catalog.rs_attributes(document jsonb) returns table (name text, value jsonb) language plpgsql immutable as $$
begin
  if document is null or jsonb_typeof(document) = 'null' then return; end if;
  if jsonb_typeof(document) <> 'object' then
    raise exception 'UNPIVOT of a value of SUPER that is no object is not supported here' using errcode = '0A000';
  end if;
  return query select * from jsonb_each(document);
end $$;
