"""Models of which an expert knows whether they are ready, and why not, as files of predictions.

    python generate.py

Made with scikit-learn 1.9.1 and numpy 2; `tests/report/verdicts.rs` says what is expected of each.
"""

import csv
from pathlib import Path

import numpy as np
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

HERE = Path(__file__).parent
SHOWN = 3  # features that are written


def data(rows, seed, noise, apart):
    return make_classification(
        n_samples=rows, n_features=12, n_informative=6, n_redundant=2, flip_y=noise, class_sep=apart, random_state=seed
    )


def write(name, rows):
    with (HERE / f"{name}.csv").open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "split", "label", "prediction", "score", "latency_ms"] + [f"x{i}" for i in range(SHOWN)])
        out.writerows(rows)


def records(model, parts, rng, ids=None, latency=(12.0, 0.3)):
    number = 0
    for split, x, y in parts:
        scores = model.predict_proba(x)[:, 1]
        for features, label, score in zip(x, y, scores):
            number += 1
            milliseconds = latency[0] * np.exp(latency[1] * rng.standard_normal())
            name = ids(label) if ids else f"case-{rng.integers(10**9):09d}"
            yield [name, split, label, int(score >= 0.5), f"{score:.4f}", f"{milliseconds:.1f}"] + [
                f"{value:.2f}" for value in features[:SHOWN]
            ]


def main():
    rng = np.random.default_rng(5)

    # Healthy: a linear model where a linear model is right, judged on rows of its own.
    x, y = data(5000, 1, 0.02, 2.2)
    x0, x1, y0, y1 = train_test_split(x, y, test_size=0.5, random_state=1)
    good = LogisticRegression(C=1.0, max_iter=1000).fit(x0, y0)
    write("healthy", records(good, [("train", x0, y0), ("test", x1, y1)], rng))

    # The same model behind a slow service.
    slow = (900.0, 0.6)
    write("slow_model", records(good, [("train", x0[:800], y0[:800]), ("test", x1[:1200], y1[:1200])], rng, latency=slow))

    # A tree that is grown to its end on noisy labels.
    x, y = data(1600, 2, 0.12, 1.5)
    x0, x1, y0, y1 = train_test_split(x, y, test_size=0.5, random_state=2)
    tree = DecisionTreeClassifier(random_state=2).fit(x0, y0)
    write("overfitted_tree", records(tree, [("train", x0, y0), ("test", x1, y1)], rng))

    # The same tree judged on rows it was grown on.
    copied = rng.choice(len(x0), 600, replace=False)
    write("duplicate_split", records(tree, [("train", x0, y0), ("test", x0[copied], y0[copied])], rng))

    # Ids were given out class by class, and the model was given the id.
    x, y = data(1600, 3, 0.1, 1.0)
    counters = {0: 100_000, 1: 200_000}
    number = np.array([counters.__setitem__(c, counters[c] + 1) or counters[c] for c in y], dtype=float)
    leaked = np.column_stack([x, number])
    x0, x1, y0, y1 = train_test_split(leaked, y, test_size=0.5, random_state=3)
    by_id = DecisionTreeClassifier(max_depth=3, random_state=3).fit(x0, y0)
    rows = list(records(by_id, [("train", x0, y0), ("test", x1, y1)], rng))
    for row, identity in zip(rows, np.concatenate([x0[:, -1], x1[:, -1]])):
        row[0] = int(identity)
    write("leaky_id", rows)


if __name__ == "__main__":
    main()
