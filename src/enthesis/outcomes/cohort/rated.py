"""Ratings of change: how many chose each answer, and how many called themselves much better. They follow the present state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.asking import fetched
from enthesis.outcomes.cohort.columns import DEAD, NOT_TREATED, Named
from enthesis.outcomes.cohort.floors import told_enrolled
from enthesis.outcomes.cohort.measures import RatingScale
from enthesis.outcomes.cohort.shares import Share, share


@dataclass(frozen=True)
class Rated:
    """One group at one week. `counts` are people by answer; `much` counts answers as good as the one the entry names.

    due  as in `Group`
    """

    key: Mapping[str, str]
    week: float
    counts: Mapping[float, int]
    much: Share
    due: tuple[int, ...] = ()

    @property
    def told_enrolled(self) -> int | None:
        """As `Group.told_enrolled`."""
        return told_enrolled(self.much.enrolled, self.due)


def rated(snapshot: Named, scales: Mapping[str, RatingScale], by: Sequence[str]) -> tuple[Rated, ...]:
    """Every group, instrument and week after treatment began. Raises BadInput for an answer that is not on the scale."""
    table = snapshot.table
    rows = table.filter(table.instrument.isin(sorted(scales)) & (table.status != NOT_TREATED))
    keys = [key for key in (*by, "arm", "instrument") if key in rows.columns]
    people = fetched(rows.group_by(keys).aggregate(enrolled=rows.course.nunique())).to_pylist()
    enrolled = {tuple(row[key] for key in keys): row["enrolled"] for row in people}
    counted = rows.filter(rows.due & (rows.status != DEAD) & (rows.week > 0))
    alike = counted.group_by(*keys, "week", "score").aggregate(people=lambda t: t.count())
    found: dict[tuple[object, ...], dict[float | None, int]] = {}
    for row in fetched(alike).to_pylist():
        found.setdefault((*(row[key] for key in keys), row["week"]), {})[row["score"]] = row["people"]
    return tuple(_rated(keys, at, found[at], scales, enrolled[at[:-1]]) for at in sorted(found, key=_order))


def _order(at: tuple[object, ...]) -> tuple[tuple[str, ...], float]:
    return tuple(map(str, at[:-1])), float(str(at[-1]))


def _rated(
    keys: Sequence[str],
    at: tuple[object, ...],
    answers: Mapping[float | None, int],
    scales: Mapping[str, RatingScale],
    enrolled: int,
) -> Rated:
    key, week, scale = dict(zip(keys, map(str, at), strict=False)), float(str(at[-1])), scales[str(at[-2])]
    counts = {float(score): people for score, people in sorted(answers.items(), key=str) if score is not None}
    wrong = [score for score in counts if not scale.low <= score <= scale.high]
    if wrong:
        raise BadInput(
            f"{scale.id}, week {week:g}: score {wrong[0]:g} is off the scale; expected {scale.low:g} to {scale.high:g}"
        )
    n, due = sum(counts.values()), sum(answers.values())
    events = sum(people for score, people in counts.items() if scale.is_much(score))
    return Rated(key, week, dict(sorted(counts.items())), share(events=events, n=n, due=due, enrolled=enrolled))
