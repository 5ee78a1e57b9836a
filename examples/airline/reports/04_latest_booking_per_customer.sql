-- The latest booking of every customer of the highest tiers who has one.
SELECT c.customer_number, c.loyalty_tier, b.record_locator, b.booked_at, b.fare_amount
FROM airline.airline.bookings b
JOIN airline.airline.dim_customer c ON c.customer_key = b.customer_key
WHERE c.loyalty_tier IN ('gold', 'platinum')
QUALIFY ROW_NUMBER() OVER (PARTITION BY c.customer_key ORDER BY b.booked_at DESC, b.booking_id DESC) = 1
ORDER BY c.customer_number;
