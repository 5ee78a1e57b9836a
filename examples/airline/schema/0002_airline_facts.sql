-- An airline's star schema, part two: what happens.
--
-- Every fact is read by time first, so each is sorted by its date in front (COMPOUND SORTKEY): a query over a month skips
-- the blocks of all other months, and rows that arrive in order of time need no re-sorting.

-- One row for each departure. Spread by the operation, which is nearly unique: rows are even over the nodes.
CREATE TABLE airline.flight_operations (
  operation_id             BIGINT      NOT NULL DISTKEY,
  date_key                 INTEGER     NOT NULL REFERENCES airline.dim_date (date_key),
  flight_key               INTEGER     NOT NULL REFERENCES airline.dim_flight (flight_key),
  aircraft_key             INTEGER     NOT NULL REFERENCES airline.dim_aircraft (aircraft_key),
  scheduled_departure      TIMESTAMP   NOT NULL,
  actual_departure         TIMESTAMP,              -- null when cancelled
  scheduled_arrival        TIMESTAMP   NOT NULL,
  actual_arrival           TIMESTAMP,
  departure_delay_minutes  SMALLINT,
  arrival_delay_minutes    SMALLINT,
  status                   VARCHAR(9)  NOT NULL,   -- flown, cancelled
  seats                    SMALLINT    NOT NULL,
  passengers               SMALLINT    NOT NULL,
  fuel_kg                  INTEGER     NOT NULL,
  PRIMARY KEY (operation_id)
)
COMPOUND SORTKEY (date_key, flight_key);

-- One row for each booking, by far the largest table. Its join with the customers is the costly one, because customers
-- are too many to be copied to every node: both are spread by the customer, so that the join moves nothing.
CREATE TABLE airline.bookings (
  booking_id        BIGINT         NOT NULL,
  record_locator    CHAR(6)        NOT NULL,
  customer_key      BIGINT         NOT NULL DISTKEY REFERENCES airline.dim_customer (customer_key),
  operation_id      BIGINT         NOT NULL REFERENCES airline.flight_operations (operation_id),
  date_key          INTEGER        NOT NULL REFERENCES airline.dim_date (date_key),  -- of the departure
  flight_key        INTEGER        NOT NULL REFERENCES airline.dim_flight (flight_key),
  booked_at         TIMESTAMP      NOT NULL,
  passengers        SMALLINT       NOT NULL,
  fare_class        VARCHAR(8)     NOT NULL,  -- economy, premium, business
  channel           VARCHAR(8)     NOT NULL,  -- web, app, agency, partner
  fare_amount       DECIMAL(10, 2) NOT NULL,  -- USD, all passengers
  tax_amount        DECIMAL(10, 2) NOT NULL,
  ancillary_amount  DECIMAL(10, 2) NOT NULL,
  is_cancelled      BOOLEAN        NOT NULL,
  PRIMARY KEY (booking_id)
)
COMPOUND SORTKEY (date_key, booked_at);

-- What was sold for each flight and day of departure, cancelled bookings left out of the amounts.
CREATE TABLE airline.daily_revenue (
  date_key            INTEGER        NOT NULL REFERENCES airline.dim_date (date_key),
  flight_key          INTEGER        NOT NULL DISTKEY REFERENCES airline.dim_flight (flight_key),
  bookings            INTEGER        NOT NULL,
  cancelled_bookings  INTEGER        NOT NULL,
  passengers          INTEGER        NOT NULL,
  fare_revenue        DECIMAL(14, 2) NOT NULL,
  tax_collected       DECIMAL(14, 2) NOT NULL,
  ancillary_revenue   DECIMAL(14, 2) NOT NULL,
  PRIMARY KEY (date_key, flight_key)
)
COMPOUND SORTKEY (date_key, flight_key);
