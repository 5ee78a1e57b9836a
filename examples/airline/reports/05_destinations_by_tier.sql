-- Where the members of each tier fly, and on how many bookings.
SELECT c.loyalty_tier,
       count(*) AS bookings,
       LISTAGG(DISTINCT a.iata_code, ' ') WITHIN GROUP (ORDER BY a.iata_code) AS destinations
FROM airline.airline.bookings b
JOIN airline.airline.dim_customer c ON c.customer_key = b.customer_key
JOIN airline.airline.dim_flight n ON n.flight_key = b.flight_key
JOIN airline.airline.dim_airport a ON a.airport_key = n.destination_airport_key
WHERE NOT b.is_cancelled
GROUP BY c.loyalty_tier
ORDER BY c.loyalty_tier;
