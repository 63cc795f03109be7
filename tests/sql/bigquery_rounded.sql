SELECT
  label,
  prediction,
  (LEAST(FLOOR(score * 1000), 999) + 0.5) / 1000 AS score,
  split,
  region,
  TIMESTAMP_TRUNC(predicted_at, DAY) AS predicted_at,
  COUNT(*) AS count
FROM predictions
GROUP BY 1, 2, 3, 4, 5, 6
