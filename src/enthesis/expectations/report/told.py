"""The sentences of a report. Every share comes with how many were asked, how many answered, its interval, the share that got
worse, what the silent could do to it, and what people given something else reported; there is no other way to print one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from enthesis.expectations.report.names import PAIN, Names, number, percent, rate, signed, time
from enthesis.knowledge import Entry
from enthesis.outcomes import Background, Instead
from enthesis.outcomes.cohort import (
    FEWEST_PEOPLE,
    LEAST_RESPONSE,
    Comparison,
    Difference,
    Group,
    Interval,
    Share,
    Week,
    kept_back,
)
from enthesis.outcomes.cohort.analysis import BEST_TIME, FIRST_BENEFIT
from enthesis.outcomes.cohort.small_cells import is_small, shown_of
from enthesis.outcomes.numbers import plain

NO_COMPARISON = "We have no comparison group."


@dataclass(frozen=True)
class Telling:
    """What a sentence needs beside the group itself."""

    names: Names
    beside: Sequence[Entry[Background]]
    harms: str
    compared: bool


def headline_week(group: Group) -> Week | None:
    """The week a report leads with: from 3 months on, passing the floors, nearest to 6 months. None where none does."""
    able = [week for week in group.weeks if week.week >= FIRST_BENEFIT and not kept_back(week.flow)]
    return min(able, key=lambda week: (abs(week.week - BEST_TIME), week.week), default=None)


def sentence(group: Group, telling: Telling) -> str:
    """The whole of what may be said of a group in words (research: outcomes.md, 3.8), or why nothing may."""
    week = headline_week(group)
    if week is None or week.change.lower is None:
        return f"{_started(group, telling.names)} {_why_nothing(group)}"
    said = [f"{_started(group, telling.names)} {_answered(week)}", _change(group, week, telling.names), _shares(week)]
    said.append(
        "The arms of this trial are compared below."
        if telling.compared
        else f"{NO_COMPARISON} {_others(telling, week)}"
    )
    said += [f"Unwanted effects: {telling.harms}.", _other_treatment(week)]
    return " ".join(said)


def _started(group: Group, names: Names) -> str:
    treatment, condition = (group.key.get(key, "") for key in ("treatment", "condition"))
    what = names.name(treatment) if treatment else "treatment"
    arm = f" in the arm “{group.key['arm']}”" if group.key.get("arm") else ""
    where = f" at {names.name(group.key['clinic'])}" if group.key.get("clinic") else ""
    people = few(group.enrolled)
    return f"{people} people started {what}{f' for {names.name(condition)}' if condition else ''}{where}{arm}{_between(group)}."


def _between(group: Group) -> str:
    first, last = group.started
    return f" between {_day(first)} and {_day(last)}" if first and last else ""


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def _answered(week: Week) -> str:
    flow = week.flow
    return f"{flow.due} were due to answer at {time(week.week)}; {flow.answered} of them ({rate(flow.response_rate or 0)}) did."


def _change(group: Group, week: Week, names: Names) -> str:
    change, scale = week.change, group.measure
    of = "average pain" if scale.id in PAIN else f"average on the {names.short(scale.id)}"
    ends = f"of {plain(scale.high)}" if scale.low == 0 else f"on a scale from {plain(scale.low)} to {plain(scale.high)}"
    better = "" if scale.higher_is_worse else " (higher is better)"
    before, by = week.baseline_of_answered or 0.0, change.estimate or 0.0
    interval = f"95% interval {signed(change.lower or 0)} to {signed(change.upper or 0)}"
    return f"Their {of} went from {number(before)} to {number(before + by)} {ends}{better}: a change of {signed(by)} ({interval})."


def _shares(week: Week) -> str:
    kept = shown_of(week)
    better, worse = week.better["30"], week.worse["any"]
    said = "How many were better by at least 30% is not shown: so few were, or were not, that they could be recognised."
    if ("better", "30") in kept:
        said = (
            f"{share(better)} of those who answered were better by at least 30%; if everyone who did not answer had not "
            f"improved, it would be {percent(better.if_silent_failed or 0)}."
        )
    if ("worse", "any") in kept:
        return f"{said} {share(worse)} were worse than before."
    return f"{said} How many were worse is not shown: so few were that they could be recognised."


def share(one: Share) -> str:
    """A share with its Wilson interval."""
    return f"{percent(one.share or 0)} ({percent(one.lower or 0)} to {percent(one.upper or 0)})"


def _others(telling: Telling, week: Week) -> str:
    if not telling.beside:
        return (
            "People who are given saline, a sham procedure or nothing improve too; for this condition no such number could be "
            "read, so nobody can say which part of this change came from the treatment."
        )
    closest = min(telling.beside, key=lambda entry: _distance(entry.body, week))
    return f"{closest.body.says} So only part of this change, if any, is likely to come from the treatment."


def _distance(body: Background, week: Week) -> tuple[bool, bool, bool, float]:
    """Those of the condition, of saline, with a share, and at about the same time come first."""
    other = "any" in body.conditions
    return other, body.instead is not Instead.SALINE, body.percent is None, abs((body.weeks or 0) - week.week)


def _other_treatment(week: Week) -> str:
    count = week.flow.other_treatment
    return f"{few(count) if count else 'Nobody'} had another treatment in that time."


def few(count: int) -> str:
    """A count, or "fewer than 5" where it could point at somebody."""
    return "Fewer than 5" if is_small(count) else str(count)


def _why_nothing(group: Group) -> str:
    late = [week for week in group.weeks if week.week >= FIRST_BENEFIT]
    if not late:
        return "Nobody's 3 months are over, so nothing is said of benefit yet."
    reasons = "; ".join(
        f"at {time(week.week)}: {kept_back(week.flow) or 'nobody can be compared with a baseline'}" for week in late
    )
    floor = f"A figure needs at least {FEWEST_PEOPLE} people due and {LEAST_RESPONSE:.0%} of them answering"
    return f"No figure is shown ({reasons}). {floor}."


def comparison_sentences(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """What randomisation supports, where the arms were randomised: one sentence for each time."""
    found = [week for week in comparison.weeks if week.week >= FIRST_BENEFIT and isinstance(week.ancova, Interval)]
    return tuple(_difference(comparison, week, names) for week in found)


def _difference(comparison: Comparison, week: Difference, names: Names) -> str:
    between = (
        f"{names.name(comparison.arm)} less {names.name(comparison.reference)} on the {names.short(comparison.key[-1])}"
    )
    low, high, middle = (signed(getattr(week.ancova, name) or 0.0) for name in ("lower", "upper", "estimate"))
    gone = getattr(week.tipping_point, "gone_at", None)
    tipped = (
        f" It is gone once the silent of that arm did {number(gone)} points worse than people like them."
        if gone
        else ""
    )
    found = f"{middle} (95% interval {low} to {high}), adjusted for the baseline, of those who answered"
    return f"At {time(week.week)}, {between}: {found}.{tipped}"
