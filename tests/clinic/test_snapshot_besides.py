"""What else somebody was treated with, in a snapshot: before the first injection as covariates, afterwards beside each answer."""

from datetime import date, timedelta

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_snapshot import answered, long_ago, pain, rows_at

from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.co_treatments import KINDS, record_co_treatment
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.analysing import analysed
from enthesis.clinic.outcomes.besides import GROUPS, LASTING, PASSING, RECALL_DAYS, Beside, before, during, intercurrent
from enthesis.clinic.survey import record_survey
from enthesis.outcomes import instruments
from enthesis.outcomes.cohort.columns import named
from enthesis.outcomes.snapshot import BEFORE_DAYS, SAYS

__all__ = ["long_ago"]
DAY = timedelta(days=1)
PHQ_4 = next(entry for entry in instruments(library()) if entry.id == "phq-4")


def other(house, course, kind, since, until=None, *, on=VISIT, **more):
    return record_co_treatment(
        by=house.coordinator, course=course, kind=kind, started_on=since, ended_on=until, today=on, **more
    )


def columns(house, weeks):
    return pain(rows_at(house, weeks)[1])


def test_physical_therapy_before_the_first_injection_is_a_covariate_on_every_row(harbour):
    course, _ = harbour.treated()
    other(harbour, course, "physiotherapy", VISIT - 60 * DAY, VISIT - 30 * DAY)
    rows = columns(harbour, 20)
    assert {row["before_therapy"] for row in rows.values()} == {1.0}
    assert {row["before_medicine"] for row in rows.values()} == {0.0}
    assert {row["beside"] for row in rows.values()} == {""}


def test_what_goes_on_afterwards_stands_beside_each_answer_and_adjusts_nothing(harbour):
    course, _ = harbour.treated()
    other(harbour, course, "opioid", VISIT, VISIT)
    other(harbour, course, "anti-inflammatory", VISIT)
    agree_plan(by=harbour.coordinator, course=course, on=VISIT, goals={"low-impact": ""})
    rows = columns(harbour, 20)
    assert {week: rows[week]["beside"] for week in (-1, 0, 2, 13)} == {
        -1: "", 0: "agreed plan; anti-inflammatory; opioid", 2: "agreed plan; anti-inflammatory; opioid",
        13: "agreed plan; anti-inflammatory; opioid",
    }  # fmt: skip
    assert {row[name] for row in rows.values() for name in SAYS} == {0.0}


def test_a_medicine_that_was_going_on_and_went_on_counts_as_both(harbour):
    course, _ = harbour.treated()
    other(harbour, course, "opioid", VISIT - 400 * DAY)
    rows = columns(harbour, 6)
    assert (rows[2]["before_opioid"], rows[2]["beside"]) == (1.0, "opioid")


def test_a_corrected_record_counts_as_corrected(harbour):
    course, _ = harbour.treated()
    old = other(harbour, course, "steroid-injection", VISIT - 5 * DAY)
    other(
        harbour, course, "steroid-injection", VISIT - 200 * DAY, VISIT - 200 * DAY, corrects=old.pk, reason="last year"
    )
    assert columns(harbour, 6)[2]["before_injection"] == 0.0


def test_another_course_and_another_clinic_know_nothing_of_it(harbour, hillside):
    course, _ = harbour.treated()
    hillside.treated()
    other(harbour, course, "operation", VISIT - DAY, VISIT - DAY)
    assert columns(hillside, 6)[2]["before_procedure"] == 0.0
    assert columns(harbour, 6)[2]["before_procedure"] == 1.0


def test_the_codebook_says_what_each_column_means_and_that_0_may_be_unasked(harbour):
    harbour.treated()
    made, _ = rows_at(harbour, 6)
    said = {column.name: column.says for column in made.book.columns}
    for name, says in SAYS.items():
        assert said[name] == says
        assert "nobody asked" in says
    assert "no analysis adjusts for it" in said["beside"]


def test_an_analysis_adjusts_for_what_came_before_and_for_nothing_that_came_after(harbour):
    course, _ = harbour.treated()
    other(harbour, course, "opioid", VISIT - DAY)
    found = named(ibis.memtable(rows_at(harbour, 6)[0].table))
    assert (set(SAYS) <= set(found.numbers), "beside" in (*found.numbers, *found.labels)) == (True, False)


def test_every_kind_that_can_be_recorded_belongs_to_one_group():
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(KINDS)


def test_an_injection_elsewhere_is_named_with_every_later_answer_and_a_medicine_while_it_is_taken(harbour):
    course, _ = harbour.treated()
    other(harbour, course, "opioid", VISIT - 30 * DAY)
    other(harbour, course, "anti-inflammatory", VISIT + 8 * DAY, VISIT + 12 * DAY, on=VISIT + 60 * DAY)
    other(harbour, course, "steroid-injection", VISIT + 30 * DAY, VISIT + 30 * DAY, on=VISIT + 60 * DAY)
    other(harbour, course, "physiotherapy", VISIT + 5 * DAY, on=VISIT + 60 * DAY)
    rows = columns(harbour, 20)
    assert {week: rows[week]["intercurrent"] for week in (-1, 0, 2, 6, 13)} == {
        -1: "", 0: "", 2: "anti-inflammatory", 6: "steroid-injection", 13: "steroid-injection",
    }  # fmt: skip
    assert "physiotherapy" in rows[13]["beside"]


def test_what_came_between_an_early_answer_and_its_day_did_not_move_it(harbour):
    course, _ = harbour.treated()
    answered(harbour, course, "3-months", 3, VISIT + 80 * DAY)
    other(harbour, course, "operation", VISIT + 85 * DAY, VISIT + 85 * DAY, on=VISIT + 90 * DAY)
    assert columns(harbour, 20)[13]["intercurrent"] == ""


def test_worry_and_low_mood_and_opioids_from_before_are_covariates(harbour):
    course, _ = harbour.treated()
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="phq-4", on=TODAY, today=TODAY,
        answers=dict.fromkeys((item.id for item in PHQ_4.body.items), 2), mode="by phone",
    )  # fmt: skip
    other(harbour, course, "opioid", VISIT - 30 * DAY)
    made, _ = rows_at(harbour, 6)
    assert {(row["before_phq-4"], row["before_opioid"]) for row in made.table.to_pylist()} == {(8.0, 1.0)}
    assert {"before_phq-4", "before_opioid"} <= set(named(ibis.memtable(made.table)).numbers)


START = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (-BEFORE_DAYS, -BEFORE_DAYS, 1.0),
        (-BEFORE_DAYS - 1, -BEFORE_DAYS - 1, 0.0),
        (-1, None, 1.0),
        (0, None, 0.0),
        (-500, None, 1.0),
        (-500, -BEFORE_DAYS, 1.0),
    ],
)
def test_before_means_the_days_up_to_the_day_before(since, until, expected):
    one = Beside("manual", START + since * DAY, None if until is None else START + until * DAY)
    assert before((one,), START)["before_therapy"] == expected


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(-400, 400), st.integers(0, 400)), max_size=6),
    st.integers(0, 400),
    st.integers(0, 200),
)
def test_what_once_went_on_beside_is_never_forgotten_at_a_later_time(rows, day, more):
    known = tuple(Beside(kind, START + since * DAY, START + (since + length) * DAY) for kind, since, length in rows)
    early, late = (set(filter(None, during(known, START, START + at * DAY).split("; "))) for at in (day, day + more))
    assert early <= late
    assert late == {one.kind for one in known if one.since <= START + (day + more) * DAY and one.until >= START}


def test_before_anything_was_injected_nothing_went_on_beside_it():
    known = (Beside("opioid", START - DAY, None),)
    assert [during(known, None, START), during(known, START, None), during(known, START, START - DAY)] == ["", "", ""]


@pytest.mark.parametrize(
    ("kind", "since", "until", "expected"),
    [
        ("steroid-injection", 0, 0, True),
        ("steroid-injection", -1, -1, False),
        ("steroid-injection", 50, 50, True),
        ("steroid-injection", 51, 51, False),
        ("opioid", 10, 50 - RECALL_DAYS, True),
        ("opioid", 10, 50 - RECALL_DAYS - 1, False),
        ("opioid", 50, None, True),
        ("opioid", -10, None, False),
        ("physiotherapy", 10, None, False),
        ("other", 10, None, False),
    ],
)
def test_only_what_began_afterwards_and_may_itself_move_the_answer_is_set_aside(kind, since, until, expected):
    one = Beside(kind, START + since * DAY, None if until is None else START + until * DAY)
    assert bool(intercurrent((one,), START, START + 50 * DAY)) is expected


@given(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(-400, 400), st.integers(0, 400)), max_size=6),
    st.integers(-5, 400),
)
def test_what_is_set_aside_is_always_among_what_went_on_beside(rows, day):
    known = tuple(Beside(kind, START + since * DAY, START + (since + length) * DAY) for kind, since, length in rows)
    aside, beside = (
        set(filter(None, of(known, START, START + day * DAY).split("; "))) for of in (intercurrent, during)
    )
    assert aside <= beside & {*LASTING, *PASSING}


def test_what_is_recorded_on_a_course_reaches_the_analysis_of_the_clinic_by_its_name(harbour):
    course, _ = harbour.treated()
    answered(harbour, course, "baseline-1", 7, TODAY)
    answered(harbour, course, "3-months", 3, VISIT + 91 * DAY)
    other(harbour, course, "steroid-injection", VISIT + 30 * DAY, VISIT + 30 * DAY, on=VISIT + 60 * DAY)
    found = analysed(rows_at(harbour, 20)[0], with_models=False)
    week = next(w for g in found.groups if g.measure.id == "pain-nrs" for w in g.weeks if w.week == 13)
    assert (week.others.people, week.others.kinds, week.without.set_aside) == (1, {"steroid-injection": 1}, 1)
    assert (week.better["30"].events, week.without.better["30"].events) == (1, 0)
