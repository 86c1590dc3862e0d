"""The people of one instrument at one week as rows at hand: where, when, with what, and how they did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from enthesis.outcomes.cohort.asking import fetched
from enthesis.outcomes.cohort.columns import DEAD, NOT_TREATED, Named
from enthesis.outcomes.cohort.courses import started
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.rows import adjusters_of
from enthesis.outcomes.mixed.patterns import Floats

WORDS = ("clinic", "condition", "treatment")


@dataclass(frozen=True, eq=False)
class People:
    """Those treated who were due, in order of course. `change` is on the instrument's own scale, NaN where silent.

    reached  at least 30% better; False where silent
    known    complete: what describes people before treatment, the baseline first
    """

    clinic: tuple[str, ...]
    condition: tuple[str, ...]
    treatment: tuple[str, ...]
    started: tuple[date | None, ...]
    change: Floats
    reached: NDArray[np.bool_]
    known: Floats
    names: tuple[str, ...]

    @property
    def answered(self) -> NDArray[np.bool_]:
        """Who can be judged."""
        return np.isfinite(self.change)

    def where(self, kept: NDArray[np.bool_]) -> "People":
        """Some of them."""
        at = np.flatnonzero(kept)
        words = {name: tuple(getattr(self, name)[i] for i in at) for name in (*WORDS, "started")}
        return replace(self, **words, change=self.change[kept], reached=self.reached[kept], known=self.known[kept])


def people(snapshot: Named, measure: Measure, week: float) -> People:
    """Everybody due at a week with a baseline. A checked snapshot is expected."""
    rows = _fetched(snapshot, measure, week)
    baseline, score = (_floats(rows[name]) for name in ("baseline", "score"))
    moved = measure.towards_better * (score - baseline)
    reached = np.nan_to_num(moved, nan=-np.inf) >= np.where(baseline != 0, 0.3 * baseline - 1e-9, np.inf)
    names, adjusters = adjusters_of(rows, snapshot.numbers, (*snapshot.labels, "condition"))
    words = {name: tuple(str(v or "") for v in rows[name].to_pylist()) for name in WORDS}
    days = tuple(rows["started"].to_pylist())
    known = np.column_stack([baseline, adjusters])
    return People(
        **words, started=days, change=score - baseline, reached=reached, known=known, names=("baseline", *names)
    )


def _fetched(snapshot: Named, measure: Measure, week: float) -> pa.Table:
    table = snapshot.table.filter(snapshot.table.instrument == measure.id)
    before, at = (table.week <= 0) & table.score.notnull(), table.week == week
    said: Mapping[str, ibis.Value] = {
        "baseline": table.score.argmax(table.week, where=before),
        "score": table.score.max(where=at & table.answered & table.due),
        "due": (at & table.due & (table.status != DEAD)).any(),
        "treated": (table.status != NOT_TREATED).all(),
        "started": started(table),
        **{name: table[name].max() if name in table.columns else ibis.literal("") for name in WORDS},
        **{name: table[name].max() for name in (*snapshot.numbers, *snapshot.labels)},
    }
    found = table.group_by("course").aggregate(**said)
    kept = found.filter(found.due & found.treated & found.baseline.notnull()).order_by("course")
    return fetched(kept)


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.array(column.cast(pa.float64()).to_pylist(), dtype=np.float64)
