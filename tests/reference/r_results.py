"""Data sets and R's results on them, as tests/reference/data/README.md describes."""

import csv
import json
from functools import cache
from pathlib import Path

from enthesis import evidence

FOLDER = Path(__file__).parent / "data"


@cache
def analyses(name):
    """What R gave for one data set, by analysis."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["analyses"]


@cache
def table(name):
    """The rows of one data set."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def trials(name, **columns):
    """The data set as trials, each of our columns from one of its own."""
    rows = table(name)
    return evidence.trials_from({ours: [row[theirs] for row in rows] for ours, theirs in columns.items()}, source=name)
