SELECT
  label,
  prediction,
  score,
  split,
  region,
  TIMESTAMP_TRUNC(predicted_at, DAY) AS predicted_at,
  COUNT(*) AS count
FROM predictions
GROUP BY label, prediction, score, split, region, TIMESTAMP_TRUNC(predicted_at, DAY)
