SELECT
  label,
  prediction,
  score,
  split,
  region,
  date_trunc('day', predicted_at) AS predicted_at,
  count(*) AS count
FROM predictions
GROUP BY ALL
