-- How punctual each route is: departures, cancellations, the usual and the worst delay on arrival.
SELECT o.iata_code || '-' || d.iata_code AS route,
       count(*) AS departures,
       sum(DECODE(f.status, 'cancelled', 1, 0)) AS cancelled,
       MEDIAN(f.arrival_delay_minutes) AS median_delay,
       NVL(max(f.arrival_delay_minutes), 0) AS worst_delay
FROM airline.airline.flight_operations f
JOIN airline.airline.dim_flight n ON n.flight_key = f.flight_key
JOIN airline.airline.dim_airport o ON o.airport_key = n.origin_airport_key
JOIN airline.airline.dim_airport d ON d.airport_key = n.destination_airport_key
GROUP BY 1
ORDER BY 1;
