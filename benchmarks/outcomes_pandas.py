"""The descriptive report as somebody at home in pandas would write it: run in a process of its own, prints the same JSON.

The same checks, counts, figures and intervals as `enthesis outcomes --by treatment --no-models --json`. Words are left as
`read_parquet` brings them, or with --categories are read as categories, which is the first thing to try where pandas is slow.
"""

import json
import sys
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

WORDS = ["course", "instrument", "treatment"]
KEYS = ["treatment", "instrument"]
ROW = ["course", "instrument", "week"]
COLUMNS = [*WORDS, "week", "score", "answered", "due", "age"]
SIZES = ("any", "30", "50", "important")
SIDES = ("better", "worse")
SCALES = {"pain-nrs": (0.0, 10.0, 2.0), "rmdq-24": (0.0, 24.0, 5.0)}
EARLIEST, OLDEST, TENTHS, WORSE_BY = -13, 120, 1e-9, 0.12


def read(path: str, *, categories: bool) -> pd.DataFrame:
    """The columns that are needed, words without blanks around them."""
    if categories:
        rows = pd.read_parquet(path, columns=COLUMNS, read_dictionary=WORDS)
        for word in WORDS:
            stripped = rows[word].cat.categories.str.strip()
            if not stripped.equals(rows[word].cat.categories):
                rows[word] = (
                    rows[word].map(dict(zip(rows[word].cat.categories, stripped, strict=True))).astype("category")
                )
        return rows
    rows = pd.read_parquet(path, columns=COLUMNS)
    return rows.assign(**{word: rows[word].str.strip() for word in WORDS})


def check(rows: pd.DataFrame) -> None:
    """Stop at a row at fault, a row twice, or a course in two groups."""
    low, high = (rows.instrument.map({name: ends[at] for name, ends in SCALES.items()}).astype(float) for at in (0, 1))
    faults = {
        "no course": rows.course.isna() | (rows.course == ""),
        "unknown instrument": ~rows.instrument.isin(SCALES),
        "no week": rows.week.isna(),
        "before enrolment": rows.week < EARLIEST,
        "off the scale": (rows.score < low) | (rows.score > high),
        "age": (rows.age < 0) | (rows.age > OLDEST),
        "not answered, with a score": ~rows.answered & rows.score.notna(),
        "twice": rows.duplicated(ROW),
        "in two groups": rows[WORDS].drop_duplicates().duplicated(["course", "instrument"]),
    }
    for name, fault in faults.items():
        if fault.any():
            raise SystemExit(f"{name}: {rows.loc[fault[fault].index[0]].to_dict()}")


def reached(there: pd.DataFrame) -> pd.DataFrame:
    """With a column for each size of change, better and worse."""
    improved = there.baseline - there.score
    important = there.instrument.map({name: ends[2] for name, ends in SCALES.items()}).astype(float)
    for name, moved in (("better", improved), ("worse", -improved)):
        there[f"{name}_any"] = moved > TENTHS
        there[f"{name}_30"] = (there.baseline != 0) & (moved >= 0.3 * there.baseline - TENTHS)
        there[f"{name}_50"] = (there.baseline != 0) & (moved >= 0.5 * there.baseline - TENTHS)
        there[f"{name}_important"] = moved >= important - TENTHS
    return there.assign(change=-improved)


def by_week(later: pd.DataFrame) -> pd.DataFrame:
    """Counts, means, spreads, quartiles and shares of each group and week."""
    there = later[later.due & later.answered & later.score.notna()]
    both = reached(there[there.baseline.notna()].copy())
    by = {"by": [*KEYS, "week"], "observed": True}
    found = later.groupby(**by).agg(n_due=("due", "sum"))
    scores, grouped = there.groupby(**by).score, both.groupby(**by)
    found = found.join(scores.agg(n_answered="size", mean="mean"))
    found = found.join(scores.quantile([0.25, 0.5, 0.75]).unstack())
    found = found.join(grouped.agg(n=("score", "size"), baseline_of=("baseline", "mean")))
    found = found.join(grouped.change.agg(change="mean", sd="std"))
    return found.join(grouped[[f"{side}_{size}" for side in SIDES for size in SIZES]].sum())


def share(events: int, n: int, due: int, enrolled: int, *, wanted: bool) -> dict[str, Any]:
    """A share of those who answered with Wilson's interval, and what it becomes when the silent did badly, well, or worse."""
    z, part, silent = float(special.ndtri(0.975)), events / n, due - n
    middle = (part + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (part * (1 - part) / n + z * z / (4 * n * n)) ** 0.5
    bad, good = (events, events + silent) if wanted else (events + silent, events)
    shifted = min(max(0.0, part - WORSE_BY if wanted else part + WORSE_BY), 1.0)
    return {
        "events": events,
        "n": n,
        "share": part,
        "lower": middle - half if events else 0.0,
        "upper": middle + half if events < n else 1.0,
        "share_of_enrolled": events / enrolled,
        "if_silent_failed": bad / due,
        "if_silent_succeeded": good / due,
        "if_silent_12_points_worse": (events + silent * shifted) / due,
    }


def week_as_json(row: dict[str, Any], enrolled: int, baseline: float) -> dict[str, Any]:
    """One week of one group."""
    n, due, answered = int(row["n"]), int(row["n_due"]), int(row["n_answered"])
    se = row["sd"] / n**0.5
    half = float(special.stdtrit(n - 1, 0.975)) * se
    shares = {
        side: {s: share(int(row[f"{side}_{s}"]), n, due, enrolled, wanted=side == "better") for s in SIZES}
        for side in SIDES
    }
    worse = shares["worse"].pop("any") | shares["worse"]
    said = {"n_enrolled": enrolled, "n_due": due, "n_answered": answered, "response_rate": answered / due}
    return said | {
        "week": row["week"],
        "flow": {"silent": due - answered, "other_treatment": 0, "withdrawn": 0, "dead": 0},  # nobody has a status here
        "baseline_mean": baseline,
        "baseline_mean_of_answered": row["baseline_of"],
        "mean": row["mean"],
        "median": row[0.5],
        "quartiles": [row[0.25], row[0.75]],
        "change": {"estimate": row["change"], "se": se, "lower": row["change"] - half, "upper": row["change"] + half},
        "worse": worse,
        "responders": shares["better"],
    }


def main(path: str, *, categories: bool) -> None:
    """What `enthesis outcomes --no-models` says of each group and week."""
    rows = read(path, categories=categories)
    check(rows)
    before = rows[(rows.week <= 0) & rows.score.notna()].sort_values("week")
    baseline = before.drop_duplicates(["course", "instrument"], keep="last")[["course", "instrument", "score"]]
    baseline = baseline.rename(columns={"score": "baseline"})
    people = rows[WORDS].drop_duplicates().merge(baseline, on=["course", "instrument"], how="left")
    later = rows[rows.week > 0].merge(baseline, on=["course", "instrument"], how="left")
    totals = people.groupby(KEYS, observed=True).baseline.agg(["size", "count", "mean", "std", "median"])
    weeks = by_week(later).reset_index("week")
    groups = []
    for key, total in totals.sort_index().iterrows():
        start = {"n": total["count"], "mean": total["mean"], "sd": total["std"], "median": total["median"]}
        said = weeks.loc[[key]].sort_values("week").to_dict("records")
        each = [week_as_json(row, int(total["size"]), total["mean"]) for row in said]
        head = dict(zip(KEYS, key, strict=True)) | {"n_eligible": total["size"], "n_enrolled": total["size"]}
        groups.append(head | {"baseline": start, "weeks": each})
    print(
        json.dumps(
            {"groups": groups}, default=lambda value: value.item() if isinstance(value, np.generic) else str(value)
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], categories="--categories" in sys.argv)
