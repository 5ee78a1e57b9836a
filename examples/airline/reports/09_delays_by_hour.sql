-- Delays by the hour of the departure in New York's time, the stored times taken as UTC.
SELECT DATE_PART(hour, CONVERT_TIMEZONE('UTC', 'America/New_York', scheduled_departure)) AS local_hour,
       count(*) AS flown,
       PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY departure_delay_minutes) AS delay_90,
       avg(DATEDIFF(minute, scheduled_arrival, actual_arrival)::FLOAT) AS average_arrival_delay
FROM airline.airline.flight_operations
WHERE status = 'flown'
GROUP BY 1
ORDER BY 1;
