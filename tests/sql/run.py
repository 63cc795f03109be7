"""Runs the queries of docs/sql.md for real, and holds the report on the grouped table against that on the rows.

    pip install -r requirements.txt        # Spark needs Java 17
    cargo build --release -p greenlight-cli
    python run.py ../../target/release/greenlight [duckdb] [spark]

Two tables: the sample of flights, and 200,000 rows that are drawn here. Of each engine the query that keeps scores as they are has to give every
number of the row-level report, and the one that rounds them every number that does not depend on more than the rounded score tells.
"""

import csv
import datetime
import json
import math
import random
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent.parent / "static" / "samples" / "flights.csv"
COLUMNS = ["label", "prediction", "score", "split", "region", "predicted_at"]
# Whole days, as the grouped table keeps them.
ARGUMENTS = ["--window", "day", "--segment", "region", "--policy", "balanced"]
# What follows from the four counts, and so survives rounding; everything else there is depends on each score.
OF_COUNTS = {"rows", "confusion_matrix", "accuracy", "balanced_accuracy", "precision", "recall", "specificity", "f1", "f0_5", "f2", "jaccard"}
OF_COUNTS |= {"matthews_corrcoef", "cohen_kappa", "prevalence", "majority_baseline_accuracy", "macro", "micro", "weighted", "support", "intervals"}
OF_SCORES = ["roc_auc", "average_precision", "log_loss", "brier_score", "expected_calibration_error"]


def flights():
    """The sample under the names of the queries; its scores have five decimals."""
    with SAMPLE.open(newline="") as file:
        for row in csv.DictReader(file):
            values = row["cancelled"], row["prediction"], row["score"], row["split"], row["origin"], row["time_hour"].replace("T", " ").rstrip("Z")
            yield dict(zip(COLUMNS, values))


def drawn():
    """200,000 rows of a model of which one region is served worse; scores are doubles with all their digits."""
    rng = random.Random(14)
    start = datetime.datetime(2025, 1, 1)
    for _ in range(200_000):
        region = rng.choices(["north", "south", "east"], [5, 3, 2])[0]
        label = int(rng.random() < 0.08)
        centre = (1.9 if region != "east" else 1.1) * label - 2.6
        score = 1 / (1 + math.exp(-rng.gauss(centre, 1.0)))
        moment = start + datetime.timedelta(seconds=rng.randrange(28 * 86_400))
        split = rng.choices(["test", "production"], [1, 3])[0]
        yield dict(zip(COLUMNS, (label, int(score >= 0.3), repr(score), split, region, moment)))


def write(path, rows):
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*COLUMNS, "count"] if "count" in rows[0] else COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def with_duckdb(source, query):
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE predictions AS SELECT * FROM read_csv('{source}', header = true)")
    result = connection.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def with_spark(source, query):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    types = "label INT, prediction INT, score DOUBLE, split STRING, region STRING, predicted_at TIMESTAMP_NTZ"
    session.read.csv(str(source), header=True, schema=types).createOrReplaceTempView("predictions")
    return [row.asDict() for row in session.sql(query).collect()]


ENGINES = {"duckdb": with_duckdb, "spark": with_spark}


def report(greenlight, path):
    done = subprocess.run([greenlight, "check", str(path), "--format", "json", *ARGUMENTS], capture_output=True, text=True)
    assert done.returncode in (0, 1, 3), done.stderr
    return json.loads(done.stdout)


def compare(rows, grouped, at="", only=None):
    """Walks both documents together; yields the number of values compared, and the largest relative difference."""
    if isinstance(rows, dict):
        assert isinstance(grouped, dict) and rows.keys() == grouped.keys(), (at, rows, grouped)
        for key in rows:
            if only is None or key in only:
                yield from compare(rows[key], grouped[key], f"{at}/{key}", None if key != "intervals" else only)
    elif isinstance(rows, list):
        assert isinstance(grouped, list) and len(rows) == len(grouped), (at, rows, grouped)
        for place, (one, other) in enumerate(zip(rows, grouped)):
            yield from compare(one, other, f"{at}/{place}")
    elif isinstance(rows, float) and isinstance(grouped, (int, float)):
        apart = abs(rows - grouped) / max(abs(rows), abs(grouped), 1e-300)
        assert apart <= 1e-12 or abs(rows - grouped) <= 1e-12, (at, rows, grouped)
        yield apart
    else:
        assert rows == grouped, (at, rows, grouped)
        yield 0.0


def evaluations(report):
    """Every evaluation of the report by its place."""
    yield "overall", report["overall"]
    for split, evaluation in report["splits"].items():
        yield f"splits/{split}", evaluation
    for place, window in enumerate(report["windows"]):
        yield f"windows/{place}", window["evaluation"]
    for column, values in report["segments"].items():
        for value, evaluation in values.items():
            yield f"segments/{column}/{value}", evaluation


def assert_equal(rows, grouped):
    """Everything of the report but what tells of the file itself, and of the hour of the day."""
    pairs = [("", rows[key], grouped[key]) for key in ("threshold", "calibration", "drift", "stability", "criteria", "verdict", "reasons")]
    of_rows, of_groups = dict(evaluations(rows)), dict(evaluations(grouped))
    assert of_rows.keys() == of_groups.keys()
    pairs += [(place, evaluation, of_groups[place]) for place, evaluation in of_rows.items()]
    apart = [apart for place, one, other in pairs for apart in compare(one, other, place)]
    return len(apart), max(apart)


def assert_close(rows, grouped):
    """What follows from counts is equal; how far each number of the scores moves is told."""
    of_rows, of_groups = dict(evaluations(rows)), dict(evaluations(grouped))
    assert of_rows.keys() == of_groups.keys()
    equal = 0
    for place, evaluation in of_rows.items():
        keep = OF_COUNTS - {"intervals"}
        equal += len(list(compare(evaluation, of_groups[place], place, keep)))
        for name, interval in evaluation["intervals"].items():
            if name != "roc_auc":
                equal += len(list(compare(interval, of_groups[place]["intervals"][name], f"{place}/{name}")))
    assert rows["verdict"] == grouped["verdict"]
    moved = {name: abs(rows["overall"][name] - grouped["overall"][name]) for name in OF_SCORES}
    assert all(moved[name] < 1e-3 for name in ("roc_auc", "log_loss", "brier_score", "expected_calibration_error")), moved
    return equal, moved


def main():
    greenlight, engines = sys.argv[1], sys.argv[2:] or list(ENGINES)
    documented = (HERE.parent.parent / "docs" / "sql.md").read_text()
    for path in sorted(HERE.glob("*.sql")):
        assert path.read_text().strip() in documented, f"docs/sql.md does not hold {path.name} as it is run"
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in {"flights": list(flights()), "drawn": list(drawn())}.items():
            source = Path(folder) / f"{name}.csv"
            write(source, rows)
            of_rows = report(greenlight, source)
            for engine in engines:
                for kind, check in (("", assert_equal), ("_rounded", assert_close)):
                    query = (HERE / f"{engine}{kind}.sql").read_text()
                    groups = ENGINES[engine](source, query)
                    path = Path(folder) / f"{name}_{engine}{kind}.csv"
                    write(path, groups)
                    told, more = check(of_rows, report(greenlight, path))
                    more = f"largest relative difference {more:.1e}" if kind == "" else ", ".join(f"{key} moves by {value:.1e}" for key, value in more.items())
                    print(f"{name}: {len(rows)} rows, {engine}{kind}: {len(groups)} groups, {told} values equal, {more}", flush=True)


if __name__ == "__main__":
    main()
