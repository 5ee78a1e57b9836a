-- How long before the departure each fare class is booked, in days and in calendar weeks.
SELECT b.fare_class,
       count(*) AS bookings,
       min(DATEDIFF(day, b.booked_at, f.scheduled_departure)) AS latest_days,
       max(DATEDIFF(day, b.booked_at, f.scheduled_departure)) AS earliest_days,
       max(DATEDIFF(week, b.booked_at, f.scheduled_departure)) AS earliest_weeks
FROM airline.airline.bookings b
JOIN airline.airline.flight_operations f ON f.operation_id = b.operation_id
GROUP BY b.fare_class
ORDER BY b.fare_class;
