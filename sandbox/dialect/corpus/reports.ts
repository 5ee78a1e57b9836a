/** A report as an analyst writes it for Redshift, and the rows it must give over the airline of this corpus. */
export interface Report {
  readonly title: string;
  readonly sql: string;
  readonly rows: readonly (readonly (string | null)[])[];
}

export const reports: readonly Report[] = [
  {
    title: "punctuality by route",
    sql: `select o.iata || '-' || d.iata as route, count(*) as flights, sum(decode(f.cancelled, true, 1, 0)) as cancelled,
            median(f.delay_minutes) as median_delay, nvl(max(f.delay_minutes), 0) as worst
          from airline.flight_operations f join airline.dim_flight n using (flight_key)
          join airline.dim_airport o on o.airport_key = n.origin_key join airline.dim_airport d on d.airport_key = n.destination_key
          group by 1 order by 1`,
    rows: [
      ["JFK-ZRH", "2", "0", "75", "130"],
      ["NRT-ZRH", "1", "0", "60", "60"],
      ["ZRH-JFK", "3", "1", "22.5", "45"],
      ["ZRH-NRT", "1", "0", "5", "5"],
    ],
  },
  {
    title: "the three best days",
    sql: `select top 3 day, sum(revenue) as revenue from dev.airline.daily_revenue group by day order by revenue desc, day`,
    rows: [
      ["2026-03-02", "3200.00"],
      ["2026-03-03", "1000.00"],
      ["2026-03-08", "1000.00"],
    ],
  },
  {
    title: "share of each flight in its day's revenue",
    sql: `select day, flight_key, round(ratio_to_report(revenue) over (partition by day), 3) as share
          from airline.daily_revenue where day <= dateadd(day, 1, '2026-03-02') order by day, flight_key`,
    rows: [
      ["2026-03-02", "10", "0.375"],
      ["2026-03-02", "20", "0.250"],
      ["2026-03-02", "30", "0.375"],
      ["2026-03-03", "10", "0.350"],
      ["2026-03-03", "20", "0.650"],
    ],
  },
  {
    title: "latest booking of each customer",
    sql: `select c.name, b.booking_key, b.fare from airline.bookings b join airline.dim_customer c using (customer_key)
          qualify row_number() over (partition by c.customer_key order by b.booked_at desc, b.booking_key desc) = 1 order by c.name`,
    rows: [
      ["Ada", "3", "800.00"],
      ["Ben", "6", "350.00"],
      ["Cleo", "5", null],
    ],
  },
  {
    title: "flights flown by each customer",
    sql: `select c.name, listagg(distinct n.number, ', ') within group (order by n.number) as flights, approximate count(distinct b.flight_key) as different
          from airline.bookings b join airline.dim_customer c on c.customer_key = b.customer_key join airline.dim_flight n on n.flight_key = b.flight_key
          group by c.name order by c.name`,
    rows: [
      ["Ada", "RF10, RF20", "2"],
      ["Ben", "RF10", "1"],
      ["Cleo", "RF30, RF40", "2"],
    ],
  },
  {
    title: "how early people book",
    sql: `select cabin, min(datediff(day, booked_at, travel_date)) as latest, max(datediff(week, booked_at, travel_date)) as weeks, max(datediff(month, booked_at, travel_date)) as months
          from airline.bookings group by cabin order by cabin`,
    rows: [
      ["C", "59", "9", "2"],
      ["Y", "1", "2", "1"],
    ],
  },
  {
    title: "customers by tier, those without one named",
    sql: `select nvl2(nullif(tier, 'none'), upper(tier), 'STANDARD') as class, count(*) as customers, min(add_months(joined, 1))::date as first_anniversary,
            max(len(name)) as longest
          from airline.dim_customer group by 1 order by 1`,
    rows: [
      ["GOLD", "1", "2020-02-29", "3"],
      ["STANDARD", "2", "2023-07-15", "4"],
    ],
  },
  {
    title: "flights without a booking on a day they flew",
    sql: `select flight_key, trunc(scheduled) as day from airline.flight_operations
          minus select flight_key, travel_date from airline.bookings order by 2, 1`,
    rows: [
      ["20", "2026-03-03"],
      ["10", "2026-03-04"],
    ],
  },
  {
    title: "delays by weekday and local hour",
    sql: `select date_part(dayofweek, convert_timezone('UTC', 'Asia/Tokyo', scheduled)) as weekday, date_part(hr, convert_timezone('Asia/Tokyo', scheduled)) as hour,
            percentile_cont(0.5) within group (order by delay_minutes) as typical, datediff(minute, min(scheduled), max(departed)) as span
          from airline.flight_operations where not cancelled group by 1, 2 order by 1, 2`,
    rows: [
      ["1", "8", "60", "60"],
      ["1", "17", "0", "0"],
      ["1", "20", "5", "5"],
      ["2", "7", "130", "130"],
      ["2", "17", "45", "45"],
      ["3", "7", "20", "20"],
    ],
  },
  {
    title: "revenue against the month before, running total, seat preference",
    sql: `with monthly as (select date_trunc('mon', day) as month, sum(revenue)::numeric(12, 2) as revenue from airline.daily_revenue group by 1)
          select to_char(month, 'YYYY-MM') as month, revenue, nvl(revenue - lag(revenue) over (order by month), revenue) as change,
            convert(varchar(20), sum(revenue) over (order by month rows unbounded preceding)) as running,
            (select json_extract_path_text(json_serialize(preferences), 'seat') from airline.dim_customer where name = 'Ada') as seat,
            case when dateadd(month, 1, month) > sysdate then 'open' else 'closed' end in ('open', 'closed') as known
          from monthly order by 1`,
    rows: [["2026-03", "5200.00", "5200.00", "5200.00", "aisle", "t"]],
  },
];
