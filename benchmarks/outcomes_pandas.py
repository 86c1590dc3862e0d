"""The descriptive report as somebody at home in pandas would write it: run in a process of its own, prints JSON."""

import json
import sys
from typing import Any

import pandas as pd

KEYS = ["treatment", "instrument"]
SIZES = ("any", "30", "50", "important")
IMPORTANT = {"pain-nrs": 2.0, "rmdq-24": 5.0}


def reached(there: Any) -> Any:
    """With a column for each size of change, better and worse."""
    important = there.instrument.map(IMPORTANT)
    for name, moved in (("better", there.improved), ("worse", -there.improved)):
        there[f"{name}_any"] = moved > 1e-9
        there[f"{name}_30"] = (there.baseline != 0) & (moved >= 0.3 * there.baseline - 1e-9)
        there[f"{name}_50"] = (there.baseline != 0) & (moved >= 0.5 * there.baseline - 1e-9)
        there[f"{name}_important"] = moved >= important - 1e-9
    there["change"] = -there.improved
    return there


def by_week(there: Any, later: Any) -> Any:
    """Counts, means, spreads, quartiles and shares of each group and week."""
    grouped = there.groupby([*KEYS, "week"])
    found = grouped.agg(
        n=("score", "size"),
        mean=("score", "mean"),
        sd=("score", "std"),
        change=("change", "mean"),
        change_sd=("change", "std"),
    )
    found = found.join(grouped.score.quantile([0.25, 0.5, 0.75]).unstack())
    flags = [f"{side}_{size}" for side in ("better", "worse") for size in SIZES]
    return found.join(grouped[flags].sum()).join(later.groupby([*KEYS, "week"]).due.sum())


def main(path: str) -> None:
    """What `enthesis outcomes --no-models` says of each group and week."""
    rows = pd.read_parquet(path)
    before = rows[(rows.week <= 0) & rows.score.notna()].sort_values("week")
    baseline = before.groupby(["course", "instrument"], as_index=False).agg(baseline=("score", "last"))
    later = rows[rows.week > 0].merge(baseline, on=["course", "instrument"])
    later["improved"] = later.baseline - later.score
    found = by_week(reached(later[later.due & later.answered & later.score.notna()].copy()), later)
    people = rows.merge(baseline, on=["course", "instrument"]).drop_duplicates(["course", "instrument"])
    totals = people.groupby(KEYS).baseline.agg(["size", "mean", "std", "median"])
    weeks = found.reset_index().rename(columns=str).to_dict("records")
    print(json.dumps({"weeks": weeks, "groups": totals.reset_index().to_dict("records")}, default=float))


if __name__ == "__main__":
    main(sys.argv[1])
