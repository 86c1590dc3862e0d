"""Other treatments in the analysis: counted and named, with and without the answers they may have moved, adjusting nothing."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.core.outcomes.headache import as_table

from enthesis.outcomes import cohort
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.other_treatments import kinds_in
from enthesis.outcomes.cohort.small_cells import events_may_be_told, failed_may_be_told, kinds_told, people_may_be_told
from enthesis.outcomes.cohort.week import Others, Without

SCALES = {"pain": cohort.declared("pain=0:100:higher-is-worse")}
WEEKS = (13, 26)


def people(count=80, *, rescued=20, by=30.0, weeks=WEEKS, seed=5, column=True):
    """Nobody changes but by chance, except that those who hurt most at 13 weeks are then injected elsewhere and are `by` better."""
    chance = np.random.default_rng(seed)
    level = chance.normal(60, 10, count)
    scores = {week: np.clip(level + chance.normal(0, 8, count), 35, 95).round(1) for week in (0, *weeks)}
    worst = set(np.argsort(-scores[weeks[0]])[:rescued].tolist())
    rows = []
    for number in range(count):
        had = number in worst
        for week, score in scores.items():
            moved = had and week == weeks[-1]
            row = {
                "course": f"c{number:03}", "instrument": "pain", "week": week, "due": True, "answered": True,
                "score": float(score[number]) - (by if moved else 0), "age": 40.0 + number % 30,
                "beside": "steroid-injection; physiotherapy" if moved else "physiotherapy" if week > 0 and number % 2 else "",
            }  # fmt: skip
            rows.append(row | ({"intercurrent": "steroid-injection" if moved else ""} if column else {}))
    return rows


def week_of(rows, week=26, *, with_models=True):
    found = cohort.analyse(as_table(rows), measures=SCALES, with_models=with_models)
    [group] = found.groups
    return next(one for one in group.weeks if one.week == week)


def test_rescue_flatters_everybodys_answers_and_not_those_without_it():
    """20 of 80 were injected elsewhere and 30 points better for it; without it nobody changes."""
    week = week_of(people())
    assert week.without.set_aside == 20
    assert week.mixed_model.upper < -4 < week.without.mixed_model.estimate
    for found in (week.without.mixed_model, week.without.imputed):
        assert found.lower < 0 < found.upper


def test_without_means_the_same_as_if_these_answers_had_not_been_given():
    """The mixed model and the imputations are those that were checked against others elsewhere, on the answers that are left."""
    rows = people()
    emptied = [row | ({"score": None, "answered": False} if row["intercurrent"] else {}) for row in rows]
    whole, left = week_of(rows), week_of([row | {"intercurrent": ""} for row in emptied])
    for name in ("mixed_model", "imputed"):
        made, expected = getattr(whole.without, name), getattr(left, name)
        assert (made.estimate, made.lower, made.upper) == pytest.approx(
            (expected.estimate, expected.lower, expected.upper)
        )


def test_at_one_visit_it_is_a_regression_on_the_baseline_in_closed_form():
    rows = people(weeks=(26,), rescued=15)
    first = {row["course"]: row["score"] for row in rows if row["week"] == 0}
    kept = [row for row in rows if row["week"] == 26 and not row["intercurrent"]]
    x, y = np.array([first[row["course"]] for row in kept]), np.array([row["score"] for row in kept])
    line, mean = stats.linregress(x, y), np.mean(list(first.values()))
    at = line.intercept + line.slope * mean
    off = y - line.intercept - line.slope * x
    sigma2 = off @ off / (len(x) - 2)
    half = stats.t.ppf(0.975, len(x) - 2) * (sigma2 * (1 / len(x) + (mean - x.mean()) ** 2 / (len(x) * x.var()))) ** 0.5
    made = week_of(rows).without.mixed_model
    assert (made.estimate, made.lower, made.upper) == pytest.approx((at - mean, at - mean - half, at - mean + half))


def test_what_came_after_changes_no_figure_of_everybodys_answers():
    with_it, without = week_of(people()), week_of(people(column=False))
    assert without.without is None
    for name in ("change", "mixed_model", "weighted", "imputed", "tipping_point", "better", "worse"):
        made, expected = (list(leaves(getattr(week, name))) for week in (with_it, without))
        assert [one for one in made if not isinstance(one, float)] == [
            one for one in expected if not isinstance(one, float)
        ]
        numbers = [[one for one in found if isinstance(one, float)] for found in (made, expected)]
        assert numbers[0] == pytest.approx(numbers[1], rel=1e-9, abs=1e-9)  # matrix sums differ in the last digit


def leaves(found):
    """Every value of a figure, however deep it lies."""
    if is_dataclass(found):
        found = asdict(found)
    if isinstance(found, Mapping):
        found = list(found.values())
    if isinstance(found, list | tuple):
        for one in found:
            yield from leaves(one)
    else:
        yield found


def test_each_kind_is_counted_with_its_people_and_agreed_exercise_is_no_other_treatment():
    rows = people()
    for row in rows:
        if row["week"] == 26 and not row["beside"]:
            row["beside"] = "agreed plan"
    week = week_of(rows, with_models=False)
    named = [kinds_in(row["beside"]) for row in rows if row["week"] == 26]
    expected = sum(bool(one - {"agreed plan"}) for one in named)
    assert week.others == Others(
        expected,
        {"physiotherapy": sum("physiotherapy" in one for one in named), "steroid-injection": 20},
        sum("agreed plan" in one for one in named),
    )


def test_who_changed_to_another_treatment_had_one_and_is_set_aside():
    rows = people(rescued=0)
    for row in rows:
        if row["course"] < "c010" and row["week"] == 26:
            row |= {"status": "other treatment", "beside": ""}
        row.setdefault("status", "in care")
    week = week_of(rows, with_models=False)
    assert (week.without.set_aside, week.flow.other_treatment) == (10, 10)
    assert week.others.people == sum(row["beside"] != "" for row in rows if row["week"] == 26) + 10


def test_shares_where_it_counts_as_failure_are_counted_one_by_one():
    rows = people()
    first = {row["course"]: row["score"] for row in rows if row["week"] == 0}
    better = [
        row for row in rows if row["week"] == 26 and first[row["course"]] - row["score"] >= 0.3 * first[row["course"]]
    ]
    week = week_of(rows, with_models=False)
    assert week.better["30"].events == len(better)
    assert week.without.better["30"].events == sum(not row["intercurrent"] for row in better)
    assert week.without.better["30"].n == week.better["30"].n


def test_a_table_that_does_not_say_what_else_went_on_is_not_read_as_nothing():
    bare = [{k: v for k, v in row.items() if k not in ("beside", "intercurrent")} for row in people(rescued=0)]
    assert week_of(bare, with_models=False).others is None
    silent = [row | {"beside": None} for row in people(rescued=0)]
    assert week_of(silent, with_models=False).others is None


@pytest.mark.parametrize(("said", "expected"), [("no", 0), ("0", 0), ("NA", 0), (" ", 0), ("yes", 20), ("1", 20)])
def test_a_clinics_own_table_may_say_yes_and_no(said, expected):
    rows = [row | {"intercurrent": said if row["intercurrent"] else "no"} for row in people()]
    found = week_of(rows, with_models=False).without
    assert (found.set_aside if found else 0) == expected


def test_arms_are_compared_once_more_without_it():
    rows = [row | {"arm": "saline"} for row in people(rescued=20)]
    rows += [row | {"arm": "dextrose", "course": f"d{row['course']}"} for row in people(rescued=0, seed=7)]
    found = cohort.analyse(as_table(rows), measures=SCALES)
    (usual,), (without,) = found.comparisons, found.comparisons_without
    ends = [one.weeks[-1].mixed_model for one in (usual, without)]
    assert ends[0].lower > 3 > 0 > ends[1].lower  # rescue made saline look better
    assert cohort.analysis_as_json(found)["comparisons_without_other_treatment"][0]["weeks"][1]["week"] == 26


@st.composite
def a_week(draw):
    due = draw(st.integers(5, 60))
    changed = draw(st.integers(0, due))
    some = draw(st.integers(changed, due))
    kinds = {kind: draw(st.integers(0, some)) for kind in ("operation", "opioid", "physiotherapy")}
    answered = draw(st.integers(0, due))
    set_aside = draw(st.integers(0, min(answered, some)))
    better = draw(st.integers(0, answered))
    had = draw(st.integers(max(0, set_aside - (answered - better)), min(set_aside, better)))
    share = {name: cohort.share(events=better, n=answered, due=due, enrolled=due) for name in ("any", "30")}
    failed = {name: cohort.share(events=better - had, n=answered, due=due, enrolled=due) for name in share}
    none = {"any": cohort.share(events=0, n=answered, due=due, enrolled=due, wanted=False)}
    flow = cohort.Flow(due, due, answered, changed, 0, 0)
    nothing = cohort.Interval(None, None, None, None)
    said = cohort.Unmodelled("")
    return cohort.Week(
        26, flow, None, None, None, None, (None, None), nothing, share, none, said, said, said, said,
        others=Others(some, kinds, 0), without=Without(set_aside, said, nothing, failed),
    )  # fmt: skip


@given(a_week())
def test_no_count_that_is_told_gives_away_one_to_four_people(week):
    flow, others, without = week.flow, week.others, week.without
    chains = [(0, kind, flow.due) for name, kind in others.kinds.items() if name in kinds_told(week)]
    if people_may_be_told(week):
        chains.append((0, others.people, flow.due))
        chains += [(kind, others.people) for name, kind in others.kinds.items() if name in kinds_told(week)]
        if not is_small(flow.other_treatment):
            chains.append((flow.other_treatment, others.people))
    if events_may_be_told(week):
        chains.append((0, without.set_aside, flow.answered))
        if people_may_be_told(week):
            chains.append((without.set_aside, others.people))
    if failed_may_be_told(week, "30"):
        whole, failed = week.better["30"], without.better["30"]
        chains.append((0, failed.events, whole.events, whole.n))
        chains.append((0, whole.events - failed.events, without.set_aside))
    for chain in chains:
        assert not any(is_small(after - before) for before, after in pairwise(chain))
