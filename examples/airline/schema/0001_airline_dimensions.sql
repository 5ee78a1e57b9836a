-- An airline's star schema, part one: what the facts are described by.
--
-- Small dimensions are copied to every node (DISTSTYLE ALL): a join with them never moves a row, and a few thousand rows
-- per node cost nothing. Only customers are many, so they are spread by the key that bookings are spread by.
-- Primary and foreign keys inform the planner; Redshift does not enforce them.

CREATE SCHEMA IF NOT EXISTS airline;

CREATE TABLE airline.dim_date (
  date_key        INTEGER     NOT NULL,  -- yyyymmdd
  calendar_date   DATE        NOT NULL,
  year            SMALLINT    NOT NULL,
  quarter         SMALLINT    NOT NULL,
  month           SMALLINT    NOT NULL,
  month_name      VARCHAR(9)  NOT NULL,
  day_of_month    SMALLINT    NOT NULL,
  day_of_week     SMALLINT    NOT NULL,  -- ISO: 1 = Monday
  day_name        VARCHAR(9)  NOT NULL,
  is_weekend      BOOLEAN     NOT NULL,
  is_peak_season  BOOLEAN     NOT NULL,
  PRIMARY KEY (date_key)
)
DISTSTYLE ALL
SORTKEY (date_key);

CREATE TABLE airline.dim_airport (
  airport_key   INTEGER       NOT NULL,
  iata_code     CHAR(3)       NOT NULL,
  airport_name  VARCHAR(80)   NOT NULL,
  city          VARCHAR(60)   NOT NULL,
  country_code  CHAR(2)       NOT NULL,
  latitude      DECIMAL(8, 5) NOT NULL,
  longitude     DECIMAL(8, 5) NOT NULL,
  is_hub        BOOLEAN       NOT NULL,
  PRIMARY KEY (airport_key)
)
DISTSTYLE ALL
SORTKEY (iata_code);

CREATE TABLE airline.dim_aircraft (
  aircraft_key      INTEGER      NOT NULL,
  tail_number       VARCHAR(8)   NOT NULL,
  manufacturer      VARCHAR(20)  NOT NULL,
  model             VARCHAR(20)  NOT NULL,
  seats_economy     SMALLINT     NOT NULL,
  seats_business    SMALLINT     NOT NULL,
  range_km          INTEGER      NOT NULL,
  in_service_since  DATE         NOT NULL,
  PRIMARY KEY (aircraft_key)
)
DISTSTYLE ALL
SORTKEY (aircraft_key);

-- Spread by the same key as airline.bookings: the one join of two large tables stays on each node.
CREATE TABLE airline.dim_customer (
  customer_key      BIGINT       NOT NULL DISTKEY,
  customer_number   VARCHAR(12)  NOT NULL,
  loyalty_tier      VARCHAR(8)   NOT NULL,
  country_code      CHAR(2)      NOT NULL,
  home_airport_key  INTEGER      NOT NULL REFERENCES airline.dim_airport (airport_key),
  birth_year        SMALLINT     NOT NULL,
  joined_on         DATE         NOT NULL,
  accepts_offers    BOOLEAN      NOT NULL,
  PRIMARY KEY (customer_key)
)
SORTKEY (customer_key);

CREATE TABLE airline.dim_flight (
  flight_key               INTEGER     NOT NULL,
  flight_number            VARCHAR(7)  NOT NULL,
  origin_airport_key       INTEGER     NOT NULL REFERENCES airline.dim_airport (airport_key),
  destination_airport_key  INTEGER     NOT NULL REFERENCES airline.dim_airport (airport_key),
  departs_at               CHAR(5)     NOT NULL,  -- hh:mm, local time of the origin
  block_minutes            SMALLINT    NOT NULL,  -- off blocks to on blocks
  distance_km              INTEGER     NOT NULL,
  is_international         BOOLEAN     NOT NULL,
  PRIMARY KEY (flight_key)
)
DISTSTYLE ALL
SORTKEY (flight_key);
