SELECT
  label,
  prediction,
  score,
  split,
  region,
  date_trunc('DAY', predicted_at) AS predicted_at,
  count(*) AS count
FROM predictions
GROUP BY label, prediction, score, split, region, date_trunc('DAY', predicted_at)
