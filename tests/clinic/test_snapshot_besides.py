"""What else somebody was treated with, in a snapshot: before the first injection as covariates, afterwards beside each answer."""

from datetime import date, timedelta

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.clinic.conftest import VISIT
from tests.clinic.test_snapshot import long_ago, pain, rows_at

from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.co_treatments import KINDS, record_co_treatment
from enthesis.clinic.outcomes.besides import GROUPS, Beside, before, during
from enthesis.outcomes.cohort.columns import named
from enthesis.outcomes.snapshot import BEFORE_DAYS, SAYS

__all__ = ["long_ago"]
DAY = timedelta(days=1)


def other(house, course, kind, since, until=None, **more):
    return record_co_treatment(
        by=house.coordinator, course=course, kind=kind, started_on=since, ended_on=until, today=VISIT, **more
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
    assert (rows[2]["before_medicine"], rows[2]["beside"]) == (1.0, "opioid")


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
