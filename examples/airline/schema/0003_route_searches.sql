-- Searches on the web site, for the producer's own jobs. They are looked up by any of four columns with equal weight,
-- which is what an interleaved sort key is for. Data sharing does not support interleaved tables: adding one to a
-- datashare fails, and so does adding a view over it. So this one lives in a schema of its own that no share names;
-- whatever readers need of it is aggregated into a table of schema airline.

CREATE SCHEMA IF NOT EXISTS airline_internal;

CREATE TABLE airline_internal.route_searches (
  search_id                BIGINT IDENTITY(1, 1) NOT NULL,
  searched_at              TIMESTAMP   NOT NULL,
  origin_airport_key       INTEGER     NOT NULL,
  destination_airport_key  INTEGER     NOT NULL,
  travel_date_key          INTEGER     NOT NULL,
  channel                  VARCHAR(8)  NOT NULL,
  results                  SMALLINT    NOT NULL
)
DISTSTYLE EVEN
INTERLEAVED SORTKEY (searched_at, origin_airport_key, destination_airport_key, travel_date_key);
