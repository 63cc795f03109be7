"""Measures how often each pitfall is raised where nothing is wrong, and where something is.

    pip install scikit-learn==1.9.1 numpy==2.4.6 pandas==3.1.1
    cargo build --release -p greenlight-cli
    python healthy.py ../../target/release/greenlight [FILES [EACH [SEED]]]

Writes FILES (500 where not said) healthy files and EACH (25) with each trap to a temporary folder, runs `greenlight check`
on each, and prints two tables: false alarms by pitfall and severity, and the share of trapped files that are found out.

A healthy file is a sample without replacement from one of six real data sets, split at random (flights: by time) into train and
test, with a regularised model that saw train alone, and predictions on both. Same versions, same numbers.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import datasets
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegressionCV
from sklearn.model_selection import TunedThresholdClassifierCV, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "static" / "samples"


# Data --------------------------------------------------------------------------------------------


def of_sklearn(load):
    data = load(as_frame=True)
    return data.data.copy(), pd.Series(np.asarray(data.target), name="label")


def flights(label):
    """Cancelled flights are too rare among 5,000 to be foreseen from this: whoever tries has a model that is not ready. Whether a
    flight leaves from Newark can be told."""
    frame = pd.read_csv(SAMPLES / "flights.csv")
    features = ["carrier", "distance", "wind_speed", "precip", "visib", "time_hour"]
    labels = {"cancelled": frame["cancelled"], "from_newark": (frame["origin"] == "EWR").astype(int)}
    return frame[features].copy(), labels[label].rename("label")


def data_sets():
    cancer, wine, iris, digits = (
        of_sklearn(load) for load in (datasets.load_breast_cancer, datasets.load_wine, datasets.load_iris, datasets.load_digits)
    )
    patients, progress = of_sklearn(datasets.load_diabetes)
    return {
        "breast_cancer": cancer,
        "wine": wine,
        "iris": iris,
        "digits": digits,
        "diabetes": (patients, (progress > progress.median()).astype(int).rename("label")),
        "flights": flights("from_newark"),
        "cancelled_flights": flights("cancelled"),
    }


DATA = data_sets()
HEALTHY = [name for name in DATA if name != "cancelled_flights"]


# Healthy files -----------------------------------------------------------------------------------


def model_for(inputs, label):
    words = inputs.select_dtypes(["object", "string"]).columns.tolist()
    numbers = [name for name in inputs.columns if name not in words]
    prepare = make_column_transformer((make_pipeline(SimpleImputer(), StandardScaler()), numbers), (OneHotEncoder(handle_unknown="ignore", min_frequency=20), words))
    # How strongly to regularise is chosen for good probabilities, on the training rows.
    regression = LogisticRegressionCV(Cs=[0.1, 1, 10], cv=3, l1_ratios=(0,), use_legacy_attributes=False, scoring="neg_log_loss", max_iter=1000, tol=1e-3)
    model = make_pipeline(prepare, regression)
    rare = label.value_counts(normalize=True).min() < 0.2 and label.nunique() == 2
    # Of a rare class the threshold is chosen, as a sensible person would.
    return TunedThresholdClassifierCV(model, scoring="f1", cv=3) if rare else model


def sample(name, random):
    """A draw without replacement, sometimes made a problem of two classes, and its honest split."""
    inputs, label = DATA[name]
    share = random.uniform(0.7, 1.0)
    rows = np.sort(random.choice(len(inputs), int(share * len(inputs)), replace=False))
    inputs, label = inputs.iloc[rows].reset_index(drop=True), label.iloc[rows].reset_index(drop=True)
    if label.nunique() > 2 and random.random() < 0.5:
        # One class against the rest; of the iris virginica, as two features tell setosa for sure and no line versicolor.
        of_interest = 2 if name == "iris" else random.choice(sorted(set(label)))
        label = (label == of_interest).astype(int)
    if "time_hour" in inputs:
        later = inputs["time_hour"].rank(pct=True).to_numpy() > 0.5
    else:
        _, later = train_test_split(np.arange(len(label)), test_size=random.uniform(0.25, 0.5), stratify=label, random_state=int(random.integers(1 << 31)))
        later = np.isin(np.arange(len(label)), later)
    return inputs, label, later


def predicted(inputs, label, is_test, fit_on=None, model=None):
    """The file that people would bring: features, id, label, prediction, scores and split."""
    fit_on = ~is_test if fit_on is None else fit_on
    seen = inputs.drop(columns="time_hour", errors="ignore")
    model = model or model_for(seen, label[fit_on])
    model.fit(seen[fit_on], label[fit_on])
    scores = model.predict_proba(seen)
    frame = inputs.copy()
    frame.insert(0, "id", np.arange(len(frame)))
    frame["split"] = np.where(is_test, "test", "train")
    frame["label"] = label
    frame["prediction"] = model.predict(seen)
    if scores.shape[1] == 2:
        frame["score"] = scores[:, 1]
    else:
        for at, name in enumerate(model.classes_):
            frame[f"proba_{name}"] = scores[:, at]
    return frame


def shuffled(frame, random):
    """In an order, and with ids, that say nothing; flights stay in theirs, which says when they were."""
    if "time_hour" in frame:
        return frame
    frame = frame.sample(frac=1, random_state=int(random.integers(1 << 31))).reset_index(drop=True)
    frame["id"] = random.permutation(len(frame)) + 10_000
    return frame


def healthy(name, random):
    frame = shuffled(predicted(*sample(name, random)), random)
    # Labels missing by chance are no trap.
    if random.random() < 0.3:
        frame["label"] = frame["label"].astype(object).mask(random.random(len(frame)) < 0.05, "")
    return frame


# Traps -------------------------------------------------------------------------------------------

BINARY = ("breast_cancer", "diabetes", "flights")


def binary(random, names=BINARY):
    name = random.choice(names)
    inputs, label, is_test = sample(name, random)
    return inputs, label, is_test


def leaking_feature(random):
    inputs, label, is_test = binary(random, ("diabetes", "flights"))
    inputs["settled_amount"] = label * random.uniform(5, 50) + random.normal(0, 0.2, len(label))
    return shuffled(predicted(inputs, label, is_test), random)


def leaking_category(random):
    inputs, label, is_test = sample(random.choice(["wine", "digits", "diabetes"]), random)
    inputs["desk"] = "desk " + label.astype(str)
    return shuffled(predicted(inputs, label, is_test), random)


def leaking_gaps(random):
    inputs, label, is_test = binary(random, ("diabetes", "flights"))
    inputs["closed_after_days"] = np.where(label == 1, random.integers(1, 90, len(label)), np.nan)
    seen = predicted(inputs.drop(columns="closed_after_days"), label, is_test)
    seen["closed_after_days"] = inputs["closed_after_days"]
    return shuffled(seen, random)


def copied_rows(random):
    inputs, label, is_test = sample(random.choice(["breast_cancer", "wine", "digits", "diabetes"]), random)
    copies = random.choice(np.flatnonzero(is_test), int(0.4 * is_test.sum()), replace=False)
    inputs = pd.concat([inputs, inputs.iloc[copies]], ignore_index=True)
    label = pd.concat([label, label.iloc[copies]], ignore_index=True)
    is_test = np.append(is_test, np.zeros(len(copies), bool))
    return shuffled(predicted(inputs, label, is_test), random)


def shared_ids(random):
    inputs, label, is_test = sample(random.choice(["breast_cancer", "wine", "digits", "diabetes"]), random)
    frame = shuffled(predicted(inputs, label, is_test), random)
    train, test = (np.flatnonzero(frame["split"] == split) for split in ("train", "test"))
    shared = min(len(train), len(test)) // 2
    frame.loc[test[:shared], "id"] = frame.loc[train[:shared], "id"].to_numpy()
    return frame


def sorted_ids(random):
    frame = predicted(*binary(random))
    frame = frame.sort_values(["label", "id"]).reset_index(drop=True)
    frame["id"] = np.arange(len(frame))
    return frame


def trained_on_the_future(random):
    inputs, label, is_test = sample("flights", random)
    is_test = random.random(len(label)) < 0.4
    return predicted(inputs, label, is_test)


def copied_label(random):
    frame = shuffled(predicted(*binary(random, ("breast_cancer", "diabetes"))), random)
    frame["score"] = frame["label"]
    return frame


def overfitted(random):
    """Learnt by heart: the right answer for what it has seen."""
    inputs, label, is_test = binary(random, ("diabetes",))
    frame = predicted(inputs, label, is_test)
    known = frame["split"] == "train"
    frame.loc[known, "score"] = 0.03 + 0.94 * frame.loc[known, "label"]
    frame.loc[known, "prediction"] = frame.loc[known, "label"]
    return shuffled(frame, random)


def overconfident(random):
    frame = shuffled(predicted(*binary(random, ("diabetes", "breast_cancer"))), random)
    odds = np.log(frame["score"] / (1 - frame["score"]))
    frame["score"] = 1 / (1 + np.exp(-3 * odds - 0.5))
    frame["prediction"] = (frame["score"] >= 0.5).astype(int)
    return frame


def paradox(random):
    inputs, label, is_test = sample("cancelled_flights", random)
    frame = predicted(inputs, label, is_test)
    frame["prediction"] = (frame["score"] > frame["score"].quantile(0.999)).astype(int)
    return frame


def never_alarmed(random):
    frame = shuffled(predicted(*binary(random)), random)
    frame["prediction"] = 0
    return frame


def same_score(random):
    frame = shuffled(predicted(*binary(random)), random)
    frame["score"] = 0.5
    return frame


def other_run(random):
    frame = shuffled(predicted(*binary(random, ("diabetes", "breast_cancer"))), random)
    other = random.random(len(frame)) < 0.15
    frame.loc[other, "prediction"] = 1 - frame.loc[other, "prediction"]
    return frame


def other_class_score(random):
    frame = shuffled(predicted(*binary(random, ("diabetes", "breast_cancer"))), random)
    frame["score"] = 1 - frame["score"]
    return frame


def labelled_where_flagged(random):
    frame = shuffled(predicted(*binary(random)), random)
    lost = random.random(len(frame)) < np.where(frame["prediction"] == 1, 0.02, 0.5)
    frame["label"] = frame["label"].astype(object).mask(lost, "")
    return frame


def labelled_at_first(random):
    frame = shuffled(predicted(*binary(random)), random)
    lost = random.random(len(frame)) < np.linspace(0, 0.6, len(frame))
    frame["label"] = frame["label"].astype(object).mask(lost, "")
    return frame


def labelled_twice(random):
    inputs, label, is_test = sample(random.choice(["breast_cancer", "diabetes", "digits"]), random)
    frame = shuffled(predicted(inputs, label, is_test), random)
    test = frame.index[frame["split"] == "test"]
    again = random.choice(test, max(12, len(test) // 20), replace=False)
    copies = frame.loc[again].copy()
    classes = sorted(set(label))
    copies["label"] = [random.choice([other for other in classes if other != actual]) for actual in copies["label"]]
    copies["id"] = np.arange(len(copies)) + 90_000
    return pd.concat([frame, copies], ignore_index=True)


def few_cases(random):
    inputs, label, is_test = sample("breast_cancer", random)
    frame = shuffled(predicted(inputs, label, is_test), random)
    cases = frame.index[(frame["split"] == "test") & (frame["label"] == 1)]
    return frame.drop(cases[int(random.integers(2, 9)) :])


def too_good(random):
    inputs, label = DATA["digits"]
    frame = predicted(inputs, (label < 5).astype(int), random.random(len(label)) < 0.5)
    frame["score"] = np.clip(frame["label"] * 0.9 + 0.05 + random.uniform(-0.04, 0.04, len(frame)), 0, 1)
    frame["prediction"] = frame["label"]
    return shuffled(frame, random)


TRAPS = {
    leaking_feature: "leakage",
    leaking_category: "leakage",
    leaking_gaps: "leakage",
    copied_rows: "leakage",
    shared_ids: "leakage",
    sorted_ids: "leakage",
    trained_on_the_future: "leakage",
    copied_label: "leakage",
    overfitted: "overfitting",
    overconfident: "miscalibration",
    paradox: "accuracy_paradox",
    never_alarmed: "constant_prediction",
    same_score: "constant_score",
    other_run: "threshold_mismatch",
    other_class_score: "threshold_mismatch",
    labelled_where_flagged: "labels_missing_not_at_random",
    labelled_at_first: "labels_missing_not_at_random",
    labelled_twice: "conflicting_labels",
    few_cases: "too_few_positives",
    too_good: "suspiciously_perfect",
}


# Measuring ---------------------------------------------------------------------------------------


def check(greenlight, path):
    """The pitfalls of a file: name to severity."""
    done = subprocess.run([greenlight, "check", path, "--format", "json"], capture_output=True, text=True)
    if done.returncode == 2:
        raise SystemExit(f"{path}: {done.stderr}")
    return {pitfall["name"]: (pitfall["severity"], pitfall["reason"]) for pitfall in json.loads(done.stdout)["pitfalls"]}


def one(job):
    """Makes and checks one file: what it is, and its pitfalls."""
    greenlight, folder, seed, at, kind = job
    random = np.random.default_rng([seed, at])
    trap = next((trap for trap in TRAPS if trap.__name__ == kind), None)
    path = Path(folder) / f"{kind}-{at}.csv"
    (trap(random) if trap else healthy(kind, random)).to_csv(path, index=False)
    found = check(greenlight, path)
    path.unlink()
    return kind, found


def main():
    greenlight = sys.argv[1]
    files, each, seed = (int(text) for text in sys.argv[2:] + ["500", "25", "20260729"][len(sys.argv) - 2 :])
    kinds = [HEALTHY[at % len(HEALTHY)] for at in range(files)] + [trap.__name__ for trap in TRAPS for _ in range(each)]
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as pool:
        checked = list(pool.map(one, ((greenlight, folder, seed, at, kind) for at, kind in enumerate(kinds)), chunksize=4))
    healthy_files, trapped_files = checked[:files], checked[files:]

    print(f"{files} healthy files: files with each pitfall, by data set")
    by_pitfall = defaultdict(Counter)
    worst = Counter()
    for data, found in healthy_files:
        severities = {severity for severity, _ in found.values()}
        worst.update(severities & {"serious", "warning"})
        for name, (severity, reason) in found.items():
            by_pitfall[severity, name][data] += 1
            if severity == "serious" or name == "leakage":
                print(f"  {severity} in {data}: {reason}")
    for (severity, name), counts in sorted(by_pitfall.items()):
        total = sum(counts.values())
        print(f"  {severity:8} {name:30} {total:4} {100 * total / files:5.1f} %  {dict(sorted(counts.items()))}")
    for severity in ("serious", "warning"):
        print(f"  any {severity}: {worst[severity]} ({100 * worst[severity] / files:.1f} %)")
    print(f"{each} files with each trap: found, as what")
    by_trap = defaultdict(Counter)
    for trap, found in trapped_files:
        expected = next(name for make, name in TRAPS.items() if make.__name__ == trap)
        by_trap[trap, expected][found.get(expected, ("missed", ""))[0]] += 1
    for (trap, expected), counts in by_trap.items():
        hits = each - counts["missed"]
        print(f"  {trap:24} {expected:30} {100 * hits / each:5.1f} %  {dict(counts)}")


if __name__ == "__main__":
    main()
