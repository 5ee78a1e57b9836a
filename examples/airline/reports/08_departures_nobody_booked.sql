-- Departures for which there is no booking that still stands.
SELECT flight_key, date_key FROM airline.airline.flight_operations
MINUS
SELECT flight_key, date_key FROM airline.airline.bookings WHERE NOT is_cancelled
ORDER BY 2, 1;
