"""An analysis as it may leave the clinic: floors and small cells hold in every group, whatever tells groups apart.

`enthesis outcomes --json --for-publication` prints it. What may not be told is absent; `kept_back` says why a week has no
figures. Clinics side by side, every single answer of a rating and differences of arms below the floors stay with the clinic.
"""

from collections.abc import Mapping
from typing import Any

from enthesis.outcomes.cohort.analysis import Analysis, Group
from enthesis.outcomes.cohort.as_json import (
    comparison_as_json,
    level_as_json,
    models_as_json,
    said_as_json,
    share_as_json,
)
from enthesis.outcomes.cohort.comparing import Comparison
from enthesis.outcomes.cohort.floors import is_small, kept_back, too_few
from enthesis.outcomes.cohort.rated import Rated
from enthesis.outcomes.cohort.shares import Share
from enthesis.outcomes.cohort.small_cells import (
    events_may_be_told,
    failed_may_be_told,
    kinds_told,
    people_may_be_told,
    shown_of,
)
from enthesis.outcomes.cohort.week import Week

FEW = "fewer than 5 people"


def publishable(analysis: Analysis) -> dict[str, Any]:
    """What anybody may read of an analysis."""
    return {
        "by": list(analysis.by),
        "for_publication": True,
        "groups": [_group(group) for group in analysis.groups if not is_small(group.enrolled)],
        "comparisons": [_comparison(one, analysis.groups) for one in analysis.comparisons],
        "ratings": [_rated(one) for one in analysis.rated if not is_small(one.much.enrolled)],
    }


def _group(group: Group) -> dict[str, Any]:
    told = group.told_enrolled
    start = {
        "n": group.baseline_n,
        "mean": group.baseline_mean,
        "sd": group.baseline_sd,
        "median": group.baseline_median,
    }
    shown = any(not kept_back(week.flow) for week in group.weeks)
    apart = not is_small(group.enrolled - group.baseline_n) and told is not None
    return {
        **group.key,
        "higher_is_worse": group.measure.higher_is_worse,
        **({"n_enrolled": told} if told is not None else {"n_enrolled_at_least": max(group.due, default=0)}),
        **({"baseline": start if apart else {k: v for k, v in start.items() if k != "n"}} if shown else {}),
        "weeks": [_week(week, all_told=told is not None) for week in group.weeks],
    }


def _week(week: Week, *, all_told: bool) -> dict[str, Any]:
    flow = week.flow
    lost = {"other_treatment": flow.other_treatment, "withdrawn": flow.withdrawn, "dead": flow.dead}
    counts = {
        "week": week.week,
        "n_due": flow.due,
        "n_answered": flow.answered,
        "response_rate": flow.response_rate,
        "flow": {name: FEW if is_small(count) else count for name, count in lost.items()},
    }
    why = kept_back(flow)
    return {**counts, "kept_back": why} if why else {**counts, **_figures(week, all_told=all_told)}


def _figures(week: Week, *, all_told: bool) -> dict[str, Any]:
    kept, sides = shown_of(week), {"better": week.better, "worse": week.worse}
    told = {side: {size: _share(sides[side][size], all_told) for at, size in kept if at == side} for side in sides}
    return {
        **level_as_json(week),
        "worse": told["worse"],
        "responders": told["better"],
        **models_as_json(week),
        **_others(week, all_told=all_told),
    }


def _share(one: Share, all_told: bool) -> dict[str, Any]:
    made = share_as_json(one)
    return made if all_told else {name: value for name, value in made.items() if name != "share_of_enrolled"}


def _others(week: Week, *, all_told: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if week.others:
        kinds = {kind: n if kind in kinds_told(week) else _few(n) for kind, n in week.others.kinds.items()}
        people = week.others.people if people_may_be_told(week) else _few(week.others.people)
        found["other_treatment"] = {"people": people, "kinds": kinds}
    if week.without and events_may_be_told(week):
        failed = {
            size: _share(share, all_told)
            for size, share in week.without.better.items()
            if size != "any" and failed_may_be_told(week, size)
        }
        found["without_other_treatment"] = {
            "answers_set_aside": week.without.set_aside,
            "mixed_model": said_as_json(week.without.mixed_model),
            "imputed": said_as_json(week.without.imputed),
            "responders_if_failed": failed,
        }
    return found


def _few(count: int) -> str:
    return FEW if is_small(count) else "not told: it could be subtracted"


def _rated(one: Rated) -> dict[str, Any]:
    """A rating of change; nothing but how many were due and answered below the floors, or where a few would be told."""
    much = one.much
    counts = {**one.key, "week": one.week, "n_due": much.due, "n_answered": much.n}
    if why := too_few(due=much.due, answered=much.n):
        return {**counts, "kept_back": why}
    if is_small(much.events) or is_small(much.n - much.events):
        return {**counts, "kept_back": FEW}
    return {**counts, "much_better": _share(much, one.told_enrolled is not None)}


def _comparison(comparison: Comparison, groups: tuple[Group, ...]) -> dict[str, Any]:
    """Only times at which both arms pass the floors."""
    made, passing = comparison_as_json(comparison), passing_weeks(comparison, groups)
    return made | {"weeks": [week for week in made["weeks"] if week["week"] in passing]}


def passing_weeks(comparison: Comparison, groups: tuple[Group, ...]) -> frozenset[float]:
    """The times at which both arms of a comparison pass the floors."""
    return _passing(groups, comparison, comparison.arm) & _passing(groups, comparison, comparison.reference)


def _passing(groups: tuple[Group, ...], comparison: Comparison, arm: str) -> frozenset[float]:
    """The weeks at which one arm of a comparison passes the floors."""

    def same(key: Mapping[str, str]) -> bool:
        return key.get("arm") == arm and tuple(v for k, v in key.items() if k != "arm") == comparison.key

    return frozenset(
        week.week for group in groups if same(group.key) for week in group.weeks if not kept_back(week.flow)
    )
