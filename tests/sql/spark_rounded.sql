SELECT
  label,
  prediction,
  (least(floor(score * 1000), 999) + 0.5D) / 1000D AS score,
  split,
  region,
  date_trunc('DAY', predicted_at) AS predicted_at,
  count(*) AS count
FROM predictions
GROUP BY label, prediction, least(floor(score * 1000), 999), split, region, date_trunc('DAY', predicted_at)
