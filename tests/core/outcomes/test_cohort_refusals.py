"""A snapshot at fault is refused with the row named; nothing is computed from the rest."""

import pytest
from tests.core.outcomes.headache import as_table

from enthesis.knowledge import BadInput
from enthesis.outcomes import cohort

PAIN = {"pain-nrs": cohort.declared("pain-nrs=0:10:higher-is-worse")}


def row(course="c1", week=0, score=5, **more):
    return {"course": course, "instrument": "pain-nrs", "week": week, "score": score} | more


def analysed(*rows, measures=PAIN, **options):
    return cohort.analyse(as_table(list(rows)), measures=measures, **options)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((row(), row(score=6)), "course c1, pain-nrs, week 0: 2 rows; expected one"),
        ((row(score=11),), "course c1, pain-nrs, week 0: score 11.0 is off the scale; expected 0 to 10"),
        ((row(score=-1),), "score -1.0 is off the scale"),
        ((row(week=-14),), "week -14: before enrolment; expected -13 or later"),
        ((row(), row(week=None)), "course c1, pain-nrs, no week: expected a number of weeks"),
        ((row(score="five"),), "course c1: score is 'five'; expected a number"),
        ((row(week="two", score="5"),), "course c1: week is 'two'; expected a number"),
        ((row(score="4,5"),), "course c1: score is '4,5'; expected a number"),
        ((row(course=" "),), "there is no course"),
        ((row(answered=False),), "marked as not answered, with the score 5.0"),
        ((row(status="moved"),), "status 'moved'; expected one of in care"),
        ((row(instrument="pain_nrs"),), "'pain_nrs' is not known; is pain-nrs meant?"),
        ((row(instrument="zzz"),), "'zzz' is not known; known are pain-nrs"),
    ],
)
def test_the_first_fault_is_named(rows, sentence):
    with pytest.raises(BadInput) as refused:
        analysed(*rows)
    assert sentence in str(refused.value)


def test_a_course_in_two_groups_is_refused_and_not_counted_twice():
    with pytest.raises(BadInput, match="course c1, pain-nrs: in 2 groups; expected one treatment and arm in every row"):
        analysed(row(treatment="a", arm=""), row(treatment="b", arm="", week=6), by=("treatment",))


@pytest.mark.parametrize("times", [2, 62, 63, 80, 300])
def test_a_row_twice_is_found_among_many_times_too(times):
    """Beyond 248 different times the columns themselves are compared."""
    days = [row(week=day / 7) for day in range(times)]
    assert analysed(*days, with_models=False).groups[0].baseline_n == 1
    for twice in (0, times // 2, times - 1):
        with pytest.raises(BadInput, match="2 rows; expected one"):
            analysed(*days, row(week=twice / 7, score=1), with_models=False)


def test_a_fault_among_the_baselines_is_found_too():
    with pytest.raises(BadInput, match="week -1: score 12.0 is off the scale"):
        analysed(row(week=-1, score=12), row(), row(week=6), with_models=False)


def test_blanks_around_a_word_are_no_difference():
    """A table whose words are tidy is taken as it is; one blank somewhere, and all are trimmed."""
    tidy = [
        row(f"c{i}", week=w, score=s, treatment="a") for i in range(30) for w, s in ((0, 4 + i % 5), (6, 2 + i % 4))
    ]
    blank = [r | {"treatment": " a\t"} if r["course"] == "c3" else r for r in tidy]
    unsaid = [r | {"treatment": None} for r in tidy]
    (one,), (same,), (empty,) = (
        analysed(*r, by=("treatment",), with_models=False).groups for r in (tidy, blank, unsaid)
    )
    assert one == same
    assert empty.weeks == one.weeks
    assert empty.key["treatment"] == ""


def test_no_score_is_no_score_however_it_is_written():
    rows = [row(), row(week=6, score=None), row("c2"), row("c2", week=6, score=3)]
    nan = [r | {"score": float("nan") if r["score"] is None else float(r["score"])} for r in rows]
    assert analysed(*rows, with_models=False) == analysed(*nan, with_models=False)


def test_a_baseline_of_ninety_days_is_early_enough():
    assert analysed(row(week=-13), row(week=6)).groups[0].baseline_n == 1


def test_a_missing_column_is_named():
    with pytest.raises(BadInput, match="there is no column 'score'"):
        cohort.analyse(as_table([{"course": "c1", "instrument": "pain-nrs", "week": 0}]), measures=PAIN)


def test_an_empty_table_is_refused():
    table = as_table([row()]).filter(lambda t: t.course == "nobody")
    with pytest.raises(BadInput, match="there is no row"):
        cohort.analyse(table, measures=PAIN)


def test_a_column_of_days_is_no_score():
    import datetime as dt

    with pytest.raises(BadInput, match="column 'score' holds date; expected numbers"):
        analysed(row(score=dt.date(2026, 1, 1)))


@pytest.mark.parametrize("key", ["surgeon", "arm", "clinic"])
def test_grouping_by_what_is_not_there_is_refused(key):
    with pytest.raises(BadInput, match=f"--by {key}: cannot group by that; expected condition"):
        analysed(row(condition="knee"), by=(key,))


@pytest.mark.parametrize(
    "text",
    ["headache", "h=0:10", "h=0:10:up", "h=a:10:higher-is-worse", "=0:10:higher-is-worse", "h=0:10:higher-is-worse:x"],
)
def test_a_scale_is_declared_in_one_way(text):
    with pytest.raises(BadInput, match="expected NAME=LOWEST:HIGHEST"):
        cohort.declared(text)


@pytest.mark.parametrize("text", ["h=10:0:higher-is-worse", "h=0:inf:higher-is-worse"])
def test_a_scale_has_a_lowest_and_a_highest_score(text):
    with pytest.raises(BadInput, match="a lowest score below the highest"):
        cohort.declared(text)


def test_an_important_change_fits_the_scale():
    assert cohort.declared("h=0:10:higher-is-better:important=2").important == 2
    with pytest.raises(BadInput, match="within the scale"):
        cohort.declared("h=0:10:higher-is-better:important=11")


def test_one_person_alone_has_a_mean_and_no_interval():
    (group,) = analysed(row(), row(week=6, score=3)).groups
    (week,) = group.weeks
    assert (week.change.estimate, week.change.lower) == (-2, None)
    assert week.weighted.reason == "fewer than 10 answers"


def test_when_all_are_silent_there_is_nothing_to_average():
    (group,) = analysed(row(), row(week=6, score=None), row("c2"), row("c2", week=6, score=None)).groups
    (week,) = group.weeks
    assert (week.mean, week.change.estimate, week.better["any"].share) == (None, None, None)
    assert (week.flow.due, week.flow.answered, week.better["any"].if_silent_succeeded) == (2, 0, 1.0)


def test_equal_scores_have_a_change_of_nothing():
    rows = [row(f"c{i}", week=week) for i in range(30) for week in (0, 6)]
    (week,) = analysed(*rows).groups[0].weeks
    assert (week.change.estimate, week.change.se) == (0, 0)
    assert "cannot be told apart" in week.mixed_model.reason


def test_where_higher_is_better_the_same_story_is_told_upside_down():
    falls = [row(f"c{i}", week=w, score=s) for i in range(30) for w, s in ((0, 4 + i % 5), (6, 2 + i % 4))]
    rises = [r | {"score": 10 - r["score"]} for r in falls]
    better = {"pain-nrs": cohort.declared("pain-nrs=0:10:higher-is-better")}
    down = analysed(*falls).groups[0].weeks[0]
    up = analysed(*rises, measures=better).groups[0].weeks[0]
    assert up.change.estimate == pytest.approx(-down.change.estimate)
    assert up.better["any"].events == down.better["any"].events
    assert up.tipping_point.gone_at == pytest.approx(down.tipping_point.gone_at)


def test_thirty_percent_of_seven_is_reached_by_two_point_one_exactly():
    (group,) = analysed(row(score=7), row(week=6, score=4.9)).groups
    assert group.weeks[0].better["30"].events == 1


def test_the_dead_are_not_due_and_not_silent():
    rows = [row("c1"), row("c1", week=6, score=None, status="dead"), row("c2"), row("c2", week=6, score=4)]
    flow = analysed(*[{"status": "in care"} | r for r in rows]).groups[0].weeks[0].flow
    assert (flow.enrolled, flow.due, flow.answered, flow.silent, flow.dead) == (2, 1, 1, 0, 1)
