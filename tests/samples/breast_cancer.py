"""Writes static/samples/breast_cancer.csv: what a real model answers on real data.

    pip install -r requirements.txt
    python breast_cancer.py

The data are the 569 biopsies of the Breast Cancer Wisconsin (Diagnostic) data set (W. Wolberg, W. Street and
O. Mangasarian, 1993, CC BY 4.0), which comes with scikit-learn. The model is a logistic regression on all 30 features,
scaled, learnt from the rows marked `train`.
Same versions, same file but for the latencies; see latency.py.
"""

import csv
import os
from pathlib import Path

# Before numpy is loaded: a single row gives several threads nothing to do but wait for each other.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from latency import predict_each

data = load_breast_cancer()
names = [str(name) for name in data.target_names]
MALIGNANT = names.index("malignant")
ids = range(len(data.target))
train, _ = train_test_split(ids, test_size=0.3, stratify=data.target, random_state=0)
train = set(train)

model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
rows_of_train = sorted(train)
model.fit(data.data[rows_of_train], data.target[rows_of_train])
answers = predict_each(
    lambda row: model.predict_proba(row)[0, MALIGNANT], [data.data[[index]] for index in ids]
)

radius, texture = (list(data.feature_names).index(name) for name in ("mean radius", "mean texture"))
target = Path(__file__).parents[2] / "static/samples/breast_cancer.csv"
with open(target, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(
        ["id", "split", "label", "prediction", "score", "latency_ms", "mean_radius", "mean_texture"]
    )
    for index, (probability, latency) in zip(ids, answers):
        writer.writerow(
            [
                index,
                "train" if index in train else "test",
                names[data.target[index]],
                "malignant" if probability >= 0.5 else "benign",
                f"{probability:.6f}",
                f"{latency:.4f}",
                f"{data.data[index, radius]:g}",
                f"{data.data[index, texture]:g}",
            ]
        )
