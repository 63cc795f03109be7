"""Writes drift_evidently.json: what Evidently says of columns where nobody chooses a test.

    pip install evidently==0.7.23 numpy==2.1.3 pandas==2.2.3 scipy==1.17.1
    python drift_evidently.py

(With newer pandas the package cannot be imported.) Same versions, same file.
"""

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from evidently.legacy.calculations.stattests import jensenshannon_stat_test, psi_stat_test
from evidently.legacy.core import ColumnType
from evidently.legacy.metric_preset import DataDriftPreset
from evidently.legacy.pipeline.column_mapping import ColumnMapping
from evidently.legacy.report import Report

warnings.simplefilter("ignore")
HERE = Path(__file__).parent


def drift(reference, current, is_number):
    """What the report of these columns says: by column, and of the data set."""
    kinds = {"numerical_features" if is_number else "categorical_features": list(reference.columns)}
    report = Report(metrics=[DataDriftPreset()])
    report.run(reference_data=reference, current_data=current, column_mapping=ColumnMapping(**kinds))
    data_set, table = (metric["result"] for metric in report.as_dict()["metrics"])
    return data_set, table["drift_by_columns"]


def tally(values):
    values, rows = np.unique(np.asarray(values, dtype=float), return_counts=True)
    return [[float(value), int(count)] for value, count in zip(values[::-1], rows[::-1])]


def case(name, reference, current):
    is_number = np.asarray(reference).dtype.kind == "f"
    frames = [pd.DataFrame({"x": side}) for side in (reference, current)]
    _, columns = drift(*frames, is_number)
    found = columns["x"]
    kind = ColumnType.Numerical if is_number else ColumnType.Categorical
    sides = [frame["x"] for frame in frames]
    distance = lambda test: float(test(*sides, kind, 0.1).drift_score)
    written = {"name": name}
    if is_number:
        written["numbers"] = [tally(side) for side in (reference, current)]
    else:
        words = sorted(set(reference) | set(current))
        written["counts"] = [[int(np.sum(np.asarray(side) == word)) for word in words] for side in (reference, current)]
    return written | {
        "test": found["stattest_name"],
        "score": float(found["drift_score"]),
        "drifted": bool(found["drift_detected"]),
        "limit": float(found["stattest_threshold"]),
        "is_beyond_exact": found["stattest_name"].startswith("K-S") and max(len(reference), len(current)) > 10_000,
        "psi": distance(psi_stat_test),
        "jensen_shannon": distance(jensenshannon_stat_test),
    }


def cases():
    rng = np.random.default_rng(7)
    a = rng.normal(0, 1, 2000)
    b = rng.normal(0.3, 1.2, 1500)
    c = rng.choice(list("abcde"), 2000, p=[0.4, 0.3, 0.2, 0.08, 0.02])
    d = rng.choice(list("abcdf"), 1500, p=[0.3, 0.3, 0.25, 0.1, 0.05])
    words = lambda size, shares: rng.choice(list("abcdef")[: len(shares)], size, p=shares)
    numbers = lambda size, values: rng.choice(np.arange(values) * 0.5, size)
    return [
        case("numbers, 2000 and 1500", a, b),
        case("numbers, 1000 and 1500", a[:1000], b),
        case("numbers, 1000 and 1000", a[:1000], b[:1000]),
        case("numbers, alike", a[:1000], a[1000:]),
        case("numbers, 300 and 70", a[:300], b[:70]),
        case("numbers, 50 and 8000", a[:50], np.round(rng.normal(0, 1, 8000), 2)),
        case("numbers, 900 and 12,000", a[:900], np.round(rng.normal(0.05, 1, 12_000), 2)),
        case("numbers, 990 and 40,000", a[:990], np.round(rng.normal(0.0, 1.05, 40_000), 2)),
        case("numbers, ties", np.round(a[:800], 1), np.round(b[:700], 1)),
        case("twenty values", numbers(1500, 20), numbers(900, 21)),
        case("six values", numbers(500, 6), numbers(400, 6)),
        case("six values, many rows", numbers(1500, 6), numbers(400, 6)),
        case("five values", numbers(500, 5), numbers(400, 5)),
        case("five values, many rows", numbers(1001, 5), numbers(400, 5)),
        case("five values, and a sixth", numbers(500, 5), np.append(numbers(400, 5), 77.0)),
        case("three values", numbers(500, 3), numbers(400, 3)),
        case("two values", numbers(500, 2), numbers(400, 2)),
        case("two values, many rows", numbers(1500, 2), numbers(400, 2)),
        case("words, 2000 and 1500", c, d),
        case("words, 1000 and 1500, unseen", c[:1000], d),
        case("words, 1000 and 1000, alike", c[:1000], c[1000:]),
        case("two words, alike", words(300, [0.5, 0.5]), words(300, [0.5, 0.5])),
        case("two words, apart", words(300, [0.5, 0.5]), words(300, [0.4, 0.6])),
        case("two words, many rows", words(3000, [0.5, 0.5]), words(300, [0.36, 0.64])),
        case("one word", words(300, [1.0]), words(200, [1.0])),
        case("one word, many rows", words(1300, [1.0]), words(200, [1.0])),
        case("rare words", words(20_000, [0.9, 0.09, 0.0098, 0.0001, 0.0001]), words(20_000, [0.9, 0.09, 0.009, 0.001])),
    ]


def data_sets():
    """How many columns of how many have drifted, and whether the data set has."""
    rng = np.random.default_rng(11)
    sets = []
    for moved, columns in [(0, 1), (1, 1), (1, 2), (1, 3), (2, 3), (2, 4), (2, 5), (3, 6)]:
        names = [f"x{column}" for column in range(columns)]
        reference = pd.DataFrame({name: rng.normal(0, 1, 3000) for name in names})
        current = pd.DataFrame({name: rng.normal(1.0 * (at < moved), 1, 3000) for at, name in enumerate(names)})
        found, _ = drift(reference, current, True)
        assert found["number_of_drifted_columns"] == moved
        sets.append({"columns": [moved, columns], "drifted": bool(found["dataset_drift"])})
    return sets


def main():
    text = json.dumps({"cases": cases(), "data_sets": data_sets()}, separators=(",", ":"))
    (HERE / "drift_evidently.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")


main()
