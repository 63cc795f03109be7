SELECT
  label,
  prediction,
  (least(floor(score * 1000), 999) + 0.5) / 1000 AS score,
  split,
  region,
  date_trunc('day', predicted_at) AS predicted_at,
  count(*) AS count
FROM predictions
GROUP BY ALL
