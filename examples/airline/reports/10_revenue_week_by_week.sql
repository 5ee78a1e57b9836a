-- Fares week by week, against the week before, with a running total.
WITH weekly AS (
  SELECT DATE_TRUNC('week', d.calendar_date) AS week, sum(r.fare_revenue) AS revenue
  FROM airline.airline.daily_revenue r
  JOIN airline.airline.dim_date d ON d.date_key = r.date_key
  GROUP BY 1
)
SELECT TO_CHAR(week, 'YYYY-MM-DD') AS week_of,
       revenue,
       revenue - LAG(revenue) OVER (ORDER BY week) AS change,
       sum(revenue) OVER (ORDER BY week ROWS UNBOUNDED PRECEDING) AS running,
       CASE WHEN DATEADD(day, 6, week) < SYSDATE THEN 'closed' ELSE 'open' END AS state
FROM weekly
ORDER BY 1;
