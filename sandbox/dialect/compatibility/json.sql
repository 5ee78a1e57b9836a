-- JSON in text and SUPER values (jsonb here). https://docs.aws.amazon.com/redshift/latest/dg/json-functions.html
create or replace function pg_catalog.json_extract_path_text(document text, variadic path text[]) returns text language sql immutable as
  $$select coalesce(pg_catalog.json_extract_path_text(document::json, variadic path), '')$$;
create or replace function pg_catalog.json_parse(text) returns jsonb language sql immutable as 'select $1::jsonb';
create or replace function pg_catalog.can_json_parse(text) returns boolean language sql immutable as 'select $1 is json';
create or replace function pg_catalog.is_valid_json(text) returns boolean language sql immutable as 'select $1 is json object';
create or replace function pg_catalog.is_valid_json_array(text) returns boolean language sql immutable as 'select $1 is json array';
create or replace function pg_catalog.json_array_length(text) returns int language sql immutable as 'select pg_catalog.json_array_length($1::json)';
create or replace function pg_catalog.json_extract_array_element_text(text, int) returns text language sql immutable as 'select $1::json ->> $2';
create or replace function pg_catalog.get_array_length(jsonb) returns bigint language sql immutable as
  $$select case when pg_catalog.jsonb_typeof($1) = 'array' then pg_catalog.jsonb_array_length($1) end$$;
create or replace function pg_catalog.json_typeof(jsonb) returns text language sql immutable as 'select pg_catalog.jsonb_typeof($1)';
create or replace function pg_catalog.is_array(jsonb) returns boolean language sql immutable as $$select pg_catalog.jsonb_typeof($1) = 'array'$$;
create or replace function pg_catalog.is_object(jsonb) returns boolean language sql immutable as $$select pg_catalog.jsonb_typeof($1) = 'object'$$;
create or replace function pg_catalog.split_to_array(text, text) returns jsonb language sql immutable as 'select to_jsonb(string_to_array($1, $2))';
create or replace function pg_catalog.split_to_array(text) returns jsonb language sql immutable as $$select to_jsonb(string_to_array($1, ','))$$;
