/** A small airline in Redshift's DDL and INSERTs: three airports, four flights, a week of operations. */
export const airlineSchema = `
create schema airline;
create table airline.dim_airport (
  airport_key int not null encode az64 primary key, iata char(3) not null, city varchar(60) encode lzo, region varchar(max)
) diststyle all sortkey (iata);
create table airline.dim_customer (
  customer_key bigint identity(1, 1) not null, name varchar(80), tier varchar(10), joined date, preferences super
) distkey (customer_key) backup no;
create table airline.dim_flight (
  flight_key int not null primary key, number varchar(8), origin_key int references airline.dim_airport (airport_key), destination_key int
) diststyle all;
create table airline.flight_operations (
  flight_key int not null distkey, scheduled datetime not null sortkey, departed timestamp, delay_minutes int encode az64, cancelled bool default false
) diststyle key;
create table airline.bookings (
  booking_key bigint not null, flight_key int not null, customer_key bigint not null, booked_at timestamp not null, travel_date date, fare numeric(10, 2), cabin char(1)
) distkey (customer_key) compound sortkey (travel_date, flight_key);
create table airline.daily_revenue (
  day date not null, flight_key int not null, revenue numeric(12, 2) not null
) distkey (flight_key) interleaved sortkey (day, flight_key);

insert into airline.dim_airport values (1, 'ZRH', 'Zurich', 'Europe'), (2, 'JFK', 'New York', 'America'), (3, 'NRT', 'Tokyo', null);
insert into airline.dim_customer (name, tier, joined, preferences) values
  ('Ada', 'gold', '2020-01-31', json_parse('{"seat": "aisle"}')), ('Ben', 'none', '2023-06-15', null), ('Cleo', null, '2024-02-29', null);
insert into airline.dim_flight values (10, 'RF10', 1, 2), (20, 'RF20', 2, 1), (30, 'RF30', 1, 3), (40, 'RF40', 3, 1);
insert into airline.flight_operations values
  (10, '2026-03-02 08:00', '2026-03-02 08:00', 0, false), (10, '2026-03-03 08:00', '2026-03-03 08:45', 45, false), (10, '2026-03-04 08:00', null, null, true),
  (20, '2026-03-02 22:00', '2026-03-03 00:10', 130, false), (20, '2026-03-03 22:00', '2026-03-03 22:20', 20, false),
  (30, '2026-03-02 11:00', '2026-03-02 11:05', 5, false), (40, '2026-03-08 23:30', '2026-03-09 00:30', 60, false);
insert into airline.bookings values
  (1, 10, 1, '2026-01-02 10:00', '2026-03-02', 900.00, 'C'), (2, 10, 2, '2026-02-20 12:30', '2026-03-02', 300.00, 'Y'), (3, 20, 1, '2026-01-02 10:00', '2026-03-02', 800.00, 'C'),
  (4, 30, 3, '2026-03-01 23:59', '2026-03-02', 1200.00, 'Y'), (5, 40, 3, '2026-03-01 23:59', '2026-03-08', null, 'Y'), (6, 10, 2, '2026-02-25 09:00', '2026-03-03', 350.00, 'Y');
insert into airline.daily_revenue values
  ('2026-03-02', 10, 1200.00), ('2026-03-02', 20, 800.00), ('2026-03-02', 30, 1200.00), ('2026-03-03', 10, 350.00), ('2026-03-03', 20, 650.00), ('2026-03-08', 40, 1000.00);
`;
