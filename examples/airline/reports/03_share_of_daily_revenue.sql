-- What part of its day's fares each flight brought in, for the first week of June 2025.
SELECT date_key, flight_key, fare_revenue, RATIO_TO_REPORT(fare_revenue) OVER (PARTITION BY date_key) AS share
FROM airline.airline.daily_revenue
WHERE date_key < CAST(TO_CHAR(DATEADD(week, 1, '2025-06-01'), 'YYYYMMDD') AS INTEGER)
ORDER BY date_key, flight_key;
