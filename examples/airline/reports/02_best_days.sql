-- The three days that sold most, with what they are in the calendar.
SELECT TOP 3 d.calendar_date, d.day_name, d.is_weekend, sum(r.fare_revenue + r.ancillary_revenue) AS revenue
FROM airline.airline.daily_revenue r
JOIN airline.airline.dim_date d ON d.date_key = r.date_key
GROUP BY d.calendar_date, d.day_name, d.is_weekend
ORDER BY revenue DESC, d.calendar_date;
