"""Writes static/samples/breast_cancer.csv: what a real model answers on real data.

    pip install scikit-learn==1.9.1 numpy==2.4.6
    python breast_cancer.py

The data are the 569 biopsies of the Breast Cancer Wisconsin (Diagnostic) data set (W. Wolberg, W. Street and
O. Mangasarian, 1993, CC BY 4.0), which comes with scikit-learn. The model is a logistic regression on all 30 features,
scaled, learnt from the rows marked `train`. Same versions, same file but for the column of latencies: each is the
measured time of a call with that one row, so it differs from run to run and from machine to machine.
"""

import csv
from pathlib import Path
from time import perf_counter_ns

from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

data = load_breast_cancer()
names = [str(name) for name in data.target_names]
MALIGNANT = names.index("malignant")
ids = range(len(data.target))
train, _ = train_test_split(ids, test_size=0.3, stratify=data.target, random_state=0)
train = set(train)

model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
rows_of_train = sorted(train)
model.fit(data.data[rows_of_train], data.target[rows_of_train])


def score(row):
    return model.predict_proba(row)[0, MALIGNANT]


def timed_score(row):
    before = perf_counter_ns()
    value = score(row)
    return value, (perf_counter_ns() - before) / 1e6


# The first calls also load code; a service has done that before it answers anyone.
for index in ids[:100]:
    score(data.data[[index]])

radius, texture = (list(data.feature_names).index(name) for name in ("mean radius", "mean texture"))
target = Path(__file__).parents[2] / "static/samples/breast_cancer.csv"
with open(target, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["id", "split", "label", "prediction", "score", "latency_ms", "mean_radius", "mean_texture"]
    )
    for index in ids:
        row = data.data[[index]]
        probability, latency = timed_score(row)
        writer.writerow(
            [
                index,
                "train" if index in train else "test",
                names[data.target[index]],
                "malignant" if probability >= 0.5 else "benign",
                f"{probability:.6f}",
                f"{latency:.4f}",
                f"{row[0, radius]:g}",
                f"{row[0, texture]:g}",
            ]
        )
