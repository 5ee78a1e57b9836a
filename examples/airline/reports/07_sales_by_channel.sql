-- Sales of each channel: our own and others', what was cancelled, and the average per passenger.
SELECT NVL(DECODE(channel, 'web', 'own', 'app', 'own'), 'others') AS side,
       INITCAP(channel) AS channel,
       APPROXIMATE COUNT(DISTINCT customer_key) AS customers,
       sum(CASE WHEN is_cancelled THEN 0 ELSE fare_amount END) AS fares,
       sum(CASE WHEN is_cancelled THEN fare_amount ELSE 0 END) AS cancelled_fares,
       CONVERT(DECIMAL(10, 2), sum(fare_amount) / sum(passengers)) AS fare_per_passenger
FROM airline.airline.bookings
GROUP BY 1, 2
ORDER BY 1, 2;
