"""The headache trial as a snapshot: one row for each person and week, baselines at week 0."""

import csv
from pathlib import Path

import ibis
import pyarrow as pa

from enthesis.outcomes.cohort import declared

TRIAL = Path(__file__).parents[2] / "data" / "outcomes" / "acupuncture_headache.csv"
SCALES = {"headache": declared("headache=0:100:higher-is-worse")}
WEEKS = {"3": 13, "12": 52}


def headache_rows(arm="arm"):
    """Rows of a snapshot; `arm` names the column that holds the treatment."""
    rows, seen = [], set()
    with TRIAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            person = {
                "course": row["id"],
                arm: "acupuncture" if row["treat"] == "2" else "usual care",
                "instrument": "headache",
                "due": True,
                **{name: float(row[name]) for name in ("age", "sex", "migraine", "chronicity")},
            }
            if row["id"] not in seen:
                rows.append(person | {"week": 0, "answered": True, "score": float(row["head_base"])})
            seen.add(row["id"])
            score = float(row["head"]) if row["head"] else None
            rows.append(person | {"week": WEEKS[row["time"]], "answered": score is not None, "score": score})
    return rows


def as_table(rows):
    """Rows in an engine, without a file."""
    return ibis.memtable(pa.Table.from_pylist(rows))


def flat(value, at=""):
    """Every number of an answer by its path; words are compared by standing in the path."""
    if isinstance(value, dict):
        return {key: number for name, each in value.items() for key, number in flat(each, f"{at}/{name}").items()}
    if isinstance(value, list):
        return {key: number for i, each in enumerate(value) for key, number in flat(each, f"{at}/{i}").items()}
    return {at: float(value)} if isinstance(value, int | float) else {f"{at}={value}": 0.0}
