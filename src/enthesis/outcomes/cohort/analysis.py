"""The whole honest analysis of a snapshot: every group, every week, every doubt."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import ibis

from enthesis.outcomes.cohort import columns
from enthesis.outcomes.cohort.asking import fetched
from enthesis.outcomes.cohort.checking import check, require_readable_texts, require_rows
from enthesis.outcomes.cohort.comparing import Comparison, comparisons
from enthesis.outcomes.cohort.counting import Counted, Key, counted
from enthesis.outcomes.cohort.courses import Courses, courses, without_events
from enthesis.outcomes.cohort.floors import told_enrolled
from enthesis.outcomes.cohort.keeping import keeping
from enthesis.outcomes.cohort.measures import Measure, RatingScale, known
from enthesis.outcomes.cohort.modelling import Material, Telling, material, modelled, started_high
from enthesis.outcomes.cohort.models import Modelled
from enthesis.outcomes.cohort.other_treatments import other_treatments
from enthesis.outcomes.cohort.people import people
from enthesis.outcomes.cohort.rated import Rated, rated
from enthesis.outcomes.cohort.regression_to_mean import AtMean
from enthesis.outcomes.cohort.watching import Watched, watched
from enthesis.outcomes.cohort.week import Others, Unmodelled, Week, Without, flow, if_failed, mean_interval, shares

PAIN = "pain-nrs"
FIRST_BENEFIT = 12  # weeks; before it no benefit is claimed (research: outcomes.md, 2.4: 3 months)
BEST_TIME = 26  # weeks; a report speaks of the time nearest to it
ALWAYS = ("course", "instrument", "arm", "status")  # the words that counting reads
NO_RATINGS: Mapping[str, RatingScale] = {}
NOT_ASKED = Unmodelled("models were not asked for")


@dataclass(frozen=True)
class Group:
    """One group: who they are, how they started, and each week. Means and SD are on the instrument's own scale.

    due  every count of those due of the same people, over all instruments and times
    """

    key: Mapping[str, str]
    measure: Measure
    eligible: int
    enrolled: int
    baseline_n: int
    baseline_mean: float | None
    baseline_sd: float | None
    baseline_median: float | None
    started: tuple[date | None, date | None]
    weeks: tuple[Week, ...]
    regression_to_mean: tuple[AtMean, ...]
    due: tuple[int, ...] = ()

    @property
    def told_enrolled(self) -> int | None:
        """How many were treated, where that may stand beside how many were due; None where the difference tells of a few."""
        return told_enrolled(self.enrolled, self.due)


@dataclass(frozen=True)
class Analysis:
    """What was found in a snapshot, and differences between its arms where it has arms: of everybody's answers, and
    without those after an intercurrent event.
    """

    by: tuple[str, ...]
    groups: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]
    comparisons_without: tuple[Comparison, ...] = ()
    watched: Watched | None = None
    rated: tuple[Rated, ...] = ()


def analyse(
    table: ibis.Table,
    *,
    measures: Mapping[str, Measure],
    by: Sequence[str] = (),
    told: Telling = lambda _: None,
    with_models: bool = True,
    with_curves: bool = False,
    with_watching: bool = False,
    ratings: Mapping[str, RatingScale] = NO_RATINGS,
) -> Analysis:
    """Analyse a snapshot in whatever engine its table lives. `told` hears of each step.

    `with_watching` also sets clinics, quarters and treatments side by side; `with_curves` counts people by how much they
    changed, for the cumulative curves. Rows of `ratings` (`measures.ratings`) are counted by themselves: a rating of change
    has no baseline to change from.

    Raises BadInput for the first fault of the snapshot, naming the row.
    """
    told("checking every row")
    words = columns.LABELS if with_models or with_watching else (*ALWAYS, *by)
    everything = _snapshot(table, words)
    snapshot = everything.without(ratings)
    scales, times = _scales_and_times(snapshot.table, measures)
    with keeping() as keep:
        grouped = courses(snapshot, by=tuple(by), weeks=times, keep=keep, with_models=with_models)
        check(snapshot.table, grouped, scales)
        told("counting and averaging")
        found = counted(grouped, scales, with_curves=with_curves)
        weeks = sorted({row["week"] for group in found.values() for row in group.weeks})
        seen = _watched(snapshot, scales, weeks, told) if with_watching else None
        beside: dict[str, Any] = {"watched": seen, "rated": rated(everything, ratings, by) if ratings else ()}
        asked = _Asked(grouped, scales, found, other_treatments(snapshot, grouped.keys))
        if not with_models or not weeks:
            return _with_due(Analysis(tuple(by), tuple(_group(asked, key) for key in found), (), **beside))
        return _with_due(replace(_with_models(tuple(by), asked, weeks, told), **beside))


def _with_due(found: Analysis) -> Analysis:
    """Everybody due of the same people, told to each of their groups: what is printed of one stands beside the others."""
    due: dict[Key, set[int]] = {}
    for group in found.groups:
        due.setdefault(_people_of(group.key), set()).update(week.flow.due for week in group.weeks)
    for one in found.rated:
        due.setdefault(_people_of(one.key), set()).add(one.much.due)
    groups = tuple(replace(group, due=tuple(sorted(due[_people_of(group.key)]))) for group in found.groups)
    ratings = tuple(replace(one, due=tuple(sorted(due[_people_of(one.key)]))) for one in found.rated)
    return replace(found, groups=groups, rated=ratings)


def _people_of(key: Mapping[str, str]) -> Key:
    return tuple(value for name, value in key.items() if name != "instrument")


@dataclass(frozen=True, eq=False)
class _Asked:
    """What groups are made of: counts of the engine, and where models are wanted their material, whole and without
    answers after an intercurrent event.
    """

    grouped: Courses
    scales: Mapping[str, Measure]
    found: Mapping[Key, Counted]
    others: Mapping[tuple[Key, float], Others]
    whole: Material | None = None
    without: Material | None = None


def _snapshot(table: ibis.Table, words: Sequence[str]) -> columns.Named:
    """The table in its usual form; `words` are the columns of words that will be read."""
    table = columns.usual_names(table)
    columns.require_columns(table)
    require_readable_texts(table)
    return columns.named(table, tidy=columns.tidy(table, (*words, *columns.NUMBERS)))


def _scales_and_times(table: ibis.Table, measures: Mapping[str, Measure]) -> tuple[dict[str, Measure], list[float]]:
    """The scale of each instrument there is, and every week."""
    there = fetched(table.select("instrument", "week").distinct())
    instruments = set(there["instrument"].to_pylist())
    require_rows(table, instruments)
    weeks = set(there["week"].drop_null().to_pylist())
    return known(instruments, measures), sorted(week for week in weeks if math.isfinite(week))


def _watched(
    snapshot: columns.Named, scales: Mapping[str, Measure], weeks: Sequence[float], told: Telling
) -> Watched | None:
    """Pain, or else the first instrument by name, at the time from 3 months on that is nearest to 6 months."""
    late = [week for week in weeks if week >= FIRST_BENEFIT]
    if not late:
        return None
    told("clinics, quarters and treatments side by side")
    scale = scales.get(PAIN) or scales[min(scales)]
    week = min(late, key=lambda one: (abs(one - BEST_TIME), one))
    return watched(people(snapshot, scale, week), week, scale)


def _with_models(by: tuple[str, ...], asked: _Asked, weeks: Sequence[float], told: Telling) -> Analysis:
    grouped, scales = asked.grouped, asked.scales
    whole, without = material(grouped, scales, weeks, told), None
    if any(row["n_event"] for group in asked.found.values() for row in group.weeks):
        told("again without answers after another treatment")
        without = material(without_events(grouped), scales, weeks, told)
    asked = replace(asked, whole=whole, without=without)
    made = []
    for key in asked.found:
        told(f"models of {', '.join(filter(None, key))}")
        made.append(_group(asked, key))
    told("comparing arms")
    up = {id: -scale.towards_better for id, scale in scales.items()}
    width = {id: scale.high - scale.low for id, scale in scales.items()}
    arms, arms_without = (
        comparisons(stuff, grouped.keys, up=up, scale=width) if stuff else () for stuff in (whole, without)
    )
    return Analysis(by, tuple(made), arms, arms_without)


def _group(asked: _Asked, key: Key) -> Group:
    group, scale = asked.found[key], asked.scales[key[-1]]
    totals = group.totals
    people = asked.whole.rows.get(key) if asked.whole else None
    return Group(
        dict(zip(asked.grouped.keys, key, strict=True)),
        scale,
        int(totals["n_eligible"]),
        int(totals["n_enrolled"]),
        int(totals["baseline_n"]),
        totals["baseline_mean"],
        totals["baseline_sd"],
        totals["baseline_median"],
        (totals["started_from"], totals["started_to"]),
        tuple(_weeks(asked, key)),
        started_high(people, scale) if people else (),
    )


def _weeks(asked: _Asked, key: Key) -> Iterator[Week]:
    """Every week of a group, with what else people were treated with, and without what that may have moved."""
    group, scale = asked.found[key], asked.scales[key[-1]]
    whole, without = (_modelled(group, stuff, key, scale) for stuff in (asked.whole, asked.without))
    place = {week: index for index, week in enumerate(asked.whole.weeks)} if asked.whole else {}
    for row in group.weeks:
        index = place.get(row["week"], 0)
        made = _week(row, group.totals, scale, whole, index)
        others = asked.others.get((key, row["week"]))
        yield replace(made, others=others, without=_without(row, made, without, index) if row["n_event"] else None)


def _modelled(group: Counted, stuff: Material | None, key: Key, scale: Measure) -> Modelled | None:
    return modelled(group, stuff, key, scale) if stuff and stuff.rows.get(key) else None


def _without(row: Mapping[str, Any], whole: Week, models: Modelled | None, index: int) -> Without:
    return Without(
        row["n_event"],
        models.mixed_model[index] if models else NOT_ASKED,
        models.imputed[index] if models else NOT_ASKED,
        if_failed(row, whole.better),
    )


def _week(
    row: Mapping[str, Any], totals: Mapping[str, Any], scale: Measure, models: Modelled | None, index: int
) -> Week:
    enrolled, important = int(totals["n_enrolled"]), scale.important is not None
    return Week(
        week=row["week"],
        flow=flow(row, enrolled=enrolled),
        baseline_mean=totals["baseline_mean"],
        baseline_of_answered=row["baseline_of_answered"],
        mean=row["mean"],
        median=row["median"],
        quartiles=(row["q25"], row["q75"]),
        change=mean_interval(mean=row["change_mean"], sd=row["change_sd"], n=row["n"]),
        better=shares(row, "better", enrolled=enrolled, has_important=important),
        worse=shares(row, "worse", enrolled=enrolled, has_important=important),
        mixed_model=models.mixed_model[index] if models else NOT_ASKED,
        weighted=models.weighted[index] if models else NOT_ASKED,
        imputed=models.imputed[index] if models else NOT_ASKED,
        tipping_point=models.tipping_point[index] if models else NOT_ASKED,
        curve=row.get("curve", ()),
    )
