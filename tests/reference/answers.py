"""Writes answers.json: files of graded answers and what the report must say of them, by scikit-learn, scipy and pandas.

    pip install scikit-learn==1.9.1 pandas==3.1.1
    python answers.py

Same versions, same file.
"""

import io
import json
import random
from pathlib import Path

import numpy as np
import pandas
import scipy
import sklearn
from scipy.stats import binomtest, norm
from sklearn.metrics import accuracy_score, cohen_kappa_score, confusion_matrix

draw = random.Random(20)


def flipped(word, share, other):
    return other if draw.random() < share else word


def pass_or_fail():
    """People graded some of the answers, the judge all."""
    lines = ["id,human,judge,latency_ms,cost"]
    for row in range(480):
        good = "pass" if draw.random() < 0.93 else "fail"
        other = "fail" if good == "pass" else "pass"
        human = good if draw.random() < 0.4 else ""
        lines.append(f"a{row},{human},{flipped(good, 0.04, other)},{draw.randint(500, 6000)},{draw.randint(10, 90) / 1000}")
    return lines


def graded(low, high, human, judge, share):
    """Grades of a scale that people and the judge each use as they like."""
    lines = [f"question,{human},{judge},cost"]
    for row in range(300):
        grade = max(low, high - int(draw.expovariate(1.5 / (high - low) * 3)))
        second = min(high, max(low, grade + draw.choice([-1, 0, 0, 0, 0, 1])))
        lines.append(f"q{row},{grade if draw.random() < share else ''},{second},{draw.randint(10, 90) / 1000}")
    return lines


def judge_alone():
    lines = ["id,judge_verdict"]
    return lines + [f"a{row},{flipped('accept', 0.04, 'reject')}" for row in range(400)]


def human_alone():
    lines = ["id,human_label,latency_ms,cost"]
    return lines + [f"a{row},{flipped('1', 0.08, '0')},{draw.randint(500, 6000)},{draw.randint(10, 90) / 1000}" for row in range(200)]


def repeats():
    lines = []
    for question in range(150):
        usual = "yes" if draw.random() < 0.9 else "no"
        for _ in range(draw.choice([1, 2, 3, 3, 5])):
            judge = flipped(usual, 0.05, "no" if usual == "yes" else "yes")
            lines.append(f"{question},{judge if draw.random() < 0.3 else ''},{judge}")
    draw.shuffle(lines)
    return ["question_id,human,judge", *lines]


def wilson(accepted, rows):
    interval = binomtest(int(accepted), int(rows)).proportion_ci(method="wilson")
    return [interval.low, interval.high]


def accepted(grades, accepts):
    grades = grades.dropna()
    if grades.empty:
        return None
    count = int(grades.map(accepts).sum())
    return {"rows": len(grades), "accepted": count, "share": count / len(grades), "interval": wilson(count, len(grades))}


def kappa_interval(table, weights):
    """Fleiss, Cohen and Everitt (1969), with one row more that is spread by the margins, symmetric in log(1 - kappa)."""
    rows = table.sum()
    shares = table / rows
    first, second = shares.sum(axis=1), shares.sum(axis=0)
    chance = np.outer(first, second)
    kappa = 1 - ((1 - weights) * shares).sum() / ((1 - weights) * chance).sum()
    shares = (table + chance) / (rows + 1)
    observed, expected = (weights * shares).sum(), (weights * chance).sum()
    shrunk = (observed - expected) / (1 - expected)
    of_first, of_second = weights @ second, weights.T @ first
    terms = weights * (1 - expected) - np.add.outer(of_first, of_second) * (1 - observed)
    variance = (shares * terms**2).sum() - (observed * expected - 2 * expected + observed) ** 2
    error = np.sqrt(variance / (rows + 1)) / (1 - expected) ** 2
    half = norm.ppf(0.975) * error / (1 - shrunk)
    low, high = 1 - (1 - shrunk) * np.exp(half), 1 - (1 - shrunk) * np.exp(-half)
    return [max(min(low, kappa), -1), min(max(high, kappa), 1)]


def agreement(human, judge, accepts, scale):
    both = human.notna() & judge.notna()
    if not both.any():
        return None
    human, judge = human[both], judge[both]
    labels = scale or sorted(set(human) | set(judge))
    positions = np.arange(len(labels))
    apart = np.subtract.outer(positions, positions) ** 2 if scale else 1 - np.eye(len(labels))
    table = confusion_matrix(human, judge, labels=labels).astype(float)
    return {
        "rows": len(human),
        "share": accuracy_score(human, judge),
        "accepted_alike": float((human.map(accepts) == judge.map(accepts)).mean()),
        "kappa": cohen_kappa_score(human, judge, labels=labels, weights="quadratic" if scale else None),
        "weighted": scale is not None,
        "interval": kappa_interval(table, 1 - apart / apart.max()),
    }


def repeated(ids, grades, accepts):
    verdicts = grades.dropna().map(accepts).groupby(ids)
    groups = [group for _, group in verdicts if len(group) > 1]
    if not groups:
        return None
    pairs = [(v * (v - 1) + (n - v) * (n - v - 1)) / (n * (n - 1)) for v, n in ((g.sum(), len(g)) for g in groups)]
    consistent = sum(group.nunique() == 1 for group in groups)
    return {
        "ids": len(groups),
        "rows": sum(len(group) for group in groups),
        "consistent": consistent,
        "share": consistent / len(groups),
        "interval": wilson(consistent, len(groups)),
        "always_accepted": sum(bool(group.all()) for group in groups),
        "pairwise_agreement": float(np.mean(pairs)),
    }


def answers(lines, human, judge, id, accepting=None, scale=None, mark=None, dtype="string"):
    csv = "\n".join(lines) + "\n"
    frame = pandas.read_csv(io.StringIO(csv), dtype={name: dtype for name in [human, judge] if name})
    nothing = pandas.Series([None] * len(frame), dtype="object")
    people = frame[human] if human else nothing
    verdicts = frame[judge] if judge else nothing
    accepts = (lambda grade: grade >= mark) if scale else (lambda word: word == accepting)
    by_people, by_judge = accepted(people, accepts), accepted(verdicts, accepts)
    decided_by = "human" if by_people and (by_people["rows"] >= 30 or not by_judge) else "judge"
    decisive = by_people if decided_by == "human" else by_judge
    cost = None
    if "cost" in frame:
        cost = frame["cost"].sum() * (decisive["rows"] / len(frame)) / decisive["accepted"]
    return {
        "csv": csv,
        "answers": {
            "pass_mark": mark,
            "decided_by": decided_by,
            "accepted_by_human": by_people,
            "accepted_by_judge": by_judge,
            "agreement": agreement(people, verdicts, accepts, scale),
            "cost_per_accepted": cost,
            "repeats": repeated(frame[id], verdicts.fillna(people), accepts),
        },
    }


def whole(low, high):
    return list(range(low, high + 1))


shapes = {
    "pass or fail, with some human labels": answers(pass_or_fail(), "human", "judge", "id", "pass"),
    "grades from 1 to 5": answers(
        graded(1, 5, "human_grade", "judge_grade", 0.5), "human_grade", "judge_grade", "question", scale=whole(1, 5), mark=4, dtype="Int64"
    ),
    "grades from 0 to 10": answers(
        graded(0, 10, "annotator", "llm_judge", 1.0), "annotator", "llm_judge", "question", scale=whole(0, 10), mark=7, dtype="Int64"
    ),
    "grades from 1 to 4, few of them by people": answers(
        graded(1, 4, "rater", "grader", 0.06), "rater", "grader", "question", scale=whole(1, 4), mark=3, dtype="Int64"
    ),
    "a judge alone": answers(judge_alone(), None, "judge_verdict", "id", "accept"),
    "people alone": answers(human_alone(), "human_label", None, "id", "1"),
    "several answers to a question": answers(repeats(), "human", "judge", "question_id", "yes"),
}
content = {
    "versions": {"scikit-learn": sklearn.__version__, "pandas": pandas.__version__, "scipy": scipy.__version__},
    "shapes": shapes,
}
text = json.dumps(content, indent=1, allow_nan=False, default=float)
(Path(__file__).parent / "answers.json").write_text(text + "\n")
