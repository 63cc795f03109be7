"""Writes tests/reference/over_time.json: what pandas, scipy and scikit-learn say of the sample `bicycles` over time.

    pip install -r requirements.txt
    python over_time.py

Weeks begin on Monday. Reference are the rows of `validation`, current those of `production`. Bins are written out here from
their definition; all measures but the Population Stability Index are scipy's. The estimate is what NannyML 0.13.1 says of
the same rows as one chunk (`CBPE` with `chunk_number=1`): to 15 digits, its ROC AUC to 8.
"""

import json
from pathlib import Path

import numpy
import pandas
from scipy import stats
from scipy.spatial.distance import jensenshannon
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression

ROOT = Path(__file__).parents[2]
NUMBERS = ["hour", "temperature", "humidity", "wind_speed", "bicycles_week_before"]


def of_week(rows):
    label, prediction = rows.label, rows.prediction
    confusion = metrics.confusion_matrix(label, prediction, labels=[0, 1])
    (_, false_alerts), (missed, hits) = confusion.tolist()
    both = label.nunique() == 2
    percentiles = numpy.percentile(rows.latency_ms, [50, 90, 95, 99])
    return {
        "rows": len(rows),
        "confusion_matrix": confusion.tolist(),
        "accuracy": metrics.accuracy_score(label, prediction),
        "precision": metrics.precision_score(label, prediction) if hits + false_alerts else None,
        "recall": metrics.recall_score(label, prediction) if hits + missed else None,
        "roc_auc": metrics.roc_auc_score(label, rows.score) if both else None,
        "log_loss": metrics.log_loss(label, rows.score, labels=[0, 1]),
        "latency": {
            **dict(zip(["p50", "p90", "p95", "p99"], percentiles.tolist())),
            "mean": rows.latency_ms.mean(),
            "max": rows.latency_ms.max(),
        },
    }


def weeks(rows):
    """Monday to Monday; those in which the data begin or end are partial."""
    monday = rows.time.dt.to_period("W-SUN").dt.start_time
    told = []
    for start in pandas.date_range(monday.min(), monday.max(), freq="7D"):
        end = start + pandas.Timedelta(days=7)
        within = rows[monday == start]
        told.append(
            {
                "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
                "end": f"{end:%Y-%m-%dT%H:%M:%SZ}",
                # The year begins on a Sunday and ends on a Monday.
                "partial": start in (monday.min(), monday.max()),
                "first": f"{within.time.min():%Y-%m-%dT%H:%M:%SZ}",
                "last": f"{within.time.max():%Y-%m-%dT%H:%M:%SZ}",
                "evaluation": of_week(within),
            }
        )
    return told


def bins_of_numbers(reference, current):
    """Rows of both sides in each bin."""
    values, rows = numpy.unique(reference, return_counts=True)
    if len(values) <= 20:
        return bins_of_values(reference, current)
    edges = set(numpy.quantile(reference, numpy.arange(1, 10) / 10))
    for place in numpy.flatnonzero(rows > 0.1 * len(reference)):
        edges.update(values[place : place + 2])
    edges = numpy.array(sorted(edge for edge in edges if edge > values[0]))
    # A bin holds edge <= v < next edge.
    count = lambda side: numpy.bincount(
        numpy.searchsorted(edges, side, side="right"), minlength=len(edges) + 1
    )
    return numpy.array([count(reference), count(current)])


def bins_of_values(reference, current):
    """A bin for each value of the reference, and one for all others."""
    reference, current = pandas.Series(reference), pandas.Series(current)
    known = reference.unique()
    count = lambda side: [*(side.value_counts().reindex(known, fill_value=0)), (~side.isin(known)).sum()]
    return numpy.array([count(reference), count(current)])


def drift(reference, current, are_numbers):
    missing_change = current.isna().mean() - reference.isna().mean()
    reference, current = reference.dropna(), current.dropna()
    n, m = len(reference), len(current)
    bins = bins_of_numbers if are_numbers else bins_of_values
    bins = bins(reference.to_numpy(), current.to_numpy())
    bins = bins[:, bins.sum(axis=0) > 0]
    r, c = bins[0] / n, bins[1] / m
    told = {
        "bins": bins.shape[1],
        "jensen_shannon": float(jensenshannon(r, c, base=2)),
        "l_infinity": float(numpy.abs(c - r).max()),
        "chi2": float(stats.chi2_contingency(bins, correction=False).statistic),
        "missing_change": float(missing_change),
    }
    r, c = numpy.where(r == 0, 0.5 / n, r), numpy.where(c == 0, 0.5 / m, c)
    told["psi"] = float(((c - r) * numpy.log(c / r)).sum())
    is_rare = bins.sum(axis=0) * min(n, m) / (n + m) < 5
    pooled = numpy.column_stack([bins[:, ~is_rare], bins[:, is_rare].sum(axis=1)])
    pooled = pooled[:, pooled.sum(axis=0) > 0]
    told["chi2_p_value"] = float(stats.chi2_contingency(pooled, correction=False).pvalue)
    if are_numbers:
        distance = stats.ks_2samp(reference, current).statistic
        told["ks_statistic"] = float(distance)
        told["ks_p_value"] = float(stats.kstwobign.sf(numpy.sqrt(n * m / (n + m)) * distance))
        spread = max(numpy.std(reference.to_numpy()), 0.001)
        told["wasserstein_normed"] = float(stats.wasserstein_distance(reference, current) / spread)
    return told


def all_drift(reference, current):
    of = lambda name, are_numbers=False: drift(reference[name], current[name], are_numbers)
    told = {
        "score": of("score", True),
        "label": of("label"),
        "prediction": of("prediction"),
        "features": {name: of(name, True) for name in NUMBERS} | {"working_day": of("working_day")},
        "segments": {"weekday": of("weekday")},
    }
    judged = [told["score"], told["label"], told["prediction"], *told["features"].values()]
    adjusted = stats.false_discovery_control([each["chi2_p_value"] for each in judged])
    for each, p_value in zip(judged, adjusted):
        each["drifted"] = bool(each["psi"] > 0.1 and p_value <= 0.05)
    return {"reference_rows": len(reference), "current_rows": len(current), **told}


def estimate(rows, probability):
    """What is to be expected of the answers, were these the probabilities, and what came of them. This holds where inputs
    move and what they mean does not, which is not so here."""
    positive = rows.prediction == 1
    hits = probability[positive].sum()
    right = hits + (1 - probability[~positive]).sum()
    auc = metrics.roc_auc_score(
        numpy.repeat([1, 0], len(rows)),
        numpy.tile(rows.score, 2),
        sample_weight=numpy.concatenate([probability, 1 - probability]),
    )
    of = lambda expected, realised: {"expected": float(expected), "realised": realised}
    return {
        "rows": len(rows),
        "accuracy": of(right / len(rows), metrics.accuracy_score(rows.label, rows.prediction)),
        "precision": of(hits / positive.sum(), metrics.precision_score(rows.label, rows.prediction)),
        "recall": of(hits / probability.sum(), metrics.recall_score(rows.label, rows.prediction)),
        "roc_auc": of(auc, metrics.roc_auc_score(rows.label, rows.score)),
    }


rows = pandas.read_csv(ROOT / "static/samples/bicycles.csv", parse_dates=["time"])
reference, current = rows[rows.split == "validation"], rows[rows.split == "production"]
isotonic = IsotonicRegression(out_of_bounds="clip").fit(reference.score, reference.label)
told = {
    "windows": weeks(current),
    "drift": all_drift(reference, current),
    "estimate": {"overall": estimate(current, isotonic.predict(current.score))},
}
target = ROOT / "tests/reference/over_time.json"
target.write_text(json.dumps(told, indent=1) + "\n")
