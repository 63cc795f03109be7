"""What `cargo xtask bench --over-time` compares with: weeks and drift by pandas, scikit-learn and scipy.

    python over_time.py predictions.csv

Prints the numbers by the report's names, and how many seconds went into imports, reading and computing. A report has more
than these: intervals, drift for each week, alerts, the verdict.
"""

from time import perf_counter

started = perf_counter()

import json
import sys

import numpy
import pandas
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics

imported = perf_counter()
rows = pandas.read_csv(sys.argv[1], parse_dates=["time"])
was_read = perf_counter()


def evaluation(rows):
    label, prediction = rows["label"].to_numpy(), rows["prediction"].to_numpy()
    percentiles = numpy.percentile(rows["latency_ms"], [50, 90, 95, 99])
    return {
        "rows": len(rows),
        "confusion_matrix": metrics.confusion_matrix(label, prediction).tolist(),
        "accuracy": metrics.accuracy_score(label, prediction),
        "precision": metrics.precision_score(label, prediction),
        "recall": metrics.recall_score(label, prediction),
        "roc_auc": metrics.roc_auc_score(label, rows["score"]),
        "latency": dict(zip(["p50", "p90", "p95", "p99"], percentiles)),
    }


def counts(reference, current):
    """Rows of both sides in the same bins: values where there are few, else the reference's deciles."""
    values = numpy.unique(reference)
    if len(values) <= 20:
        count = lambda side: side.value_counts().reindex(values, fill_value=0).to_numpy()
        unseen = lambda side: [(~side.isin(values)).sum()]
        sides = [numpy.concatenate([count(side), unseen(side)]) for side in (reference, current)]
    else:
        edges = numpy.unique(numpy.quantile(reference, numpy.arange(1, 10) / 10))
        edges = edges[edges > values[0]]
        place = lambda side: numpy.searchsorted(edges, side, side="right")
        sides = [numpy.bincount(place(side), minlength=len(edges) + 1) for side in (reference, current)]
    sides = numpy.array(sides)
    return sides[:, sides.sum(axis=0) > 0]


def drift(reference, current):
    reference, current = reference.dropna(), current.dropna()
    bins = counts(reference, current)
    r, c = bins / bins.sum(axis=1, keepdims=True)
    numbers = {
        "jensen_shannon": jensenshannon(r, c, base=2),
        "chi2": stats.chi2_contingency(bins, correction=False).statistic,
    }
    if (bins > 0).all():
        numbers["psi"] = ((c - r) * numpy.log(c / r)).sum()
    if pandas.api.types.is_numeric_dtype(reference):
        numbers["ks_statistic"] = stats.ks_2samp(reference, current, method="asymp").statistic
        distance = stats.wasserstein_distance(reference, current)
        numbers["wasserstein_normed"] = distance / numpy.std(reference.to_numpy())
    return numbers


reference, current = rows[rows["split"] == "reference"], rows[rows["split"] == "production"]
week = current["time"].dt.tz_localize(None).dt.to_period("W-SUN")
features = [name for name in rows.columns if name.startswith("feature_")]
numbers = {
    "windows": [{"evaluation": evaluation(part)} for _, part in current.groupby(week)],
    "drift": {
        "score": drift(reference["score"], current["score"]),
        "features": {name: drift(reference[name], current[name]) for name in features},
    },
}
computed = perf_counter()
seconds = {
    "imports": imported - started,
    "reading": was_read - imported,
    "computing": computed - was_read,
}
print(json.dumps({"seconds": seconds, "numbers": numbers}, default=float))
