"""A snapshot of the registry: what everybody was to answer, what they did, and the same bytes again."""

from datetime import date, timedelta

import pytest
from tests.clinic.conftest import TODAY, VISIT

from enthesis.clinic.deciding import decide_course
from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.events import read_events
from enthesis.clinic.outcomes.snapshotting import clinics_of, take_snapshot
from enthesis.clinic.survey import record_survey
from enthesis.clinic.switch import switch_treatment
from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot import parquet_of


@pytest.fixture(autouse=True)
def long_ago(monkeypatch):
    """The stories are recorded on their own days: whatever is written here was written by then."""
    from datetime import UTC, datetime, time

    from enthesis.clinic.acting import at_moment

    with at_moment(datetime.combine(TODAY, time(9), tzinfo=UTC)):
        yield


def rows_at(house, weeks, *, clinic=None):
    on = VISIT + timedelta(weeks=weeks)
    made = take_snapshot(by=house.director, clinics=[(clinic or house).clinic.pk], on=on, today=on)
    return made, made.table.to_pylist()


def answered(house, course, wave, pain, on):
    record_survey(
        by=house.coordinator, course=course, wave=wave, instrument_id="pain-nrs", on=on, today=on,
        answers={"nrs_avg_7d": pain}, mode="by phone",
    )  # fmt: skip


def pain(rows):
    return {row["week"]: row for row in rows if row["instrument"] == "pain-nrs"}


def test_whoever_was_injected_stays_due_whether_they_answer_or_not(harbour):
    course, _ = harbour.treated()
    answered(harbour, course, "baseline-1", 7, TODAY)
    answered(harbour, course, "6-weeks", 4, VISIT + timedelta(weeks=6))
    made, rows = rows_at(harbour, 20)
    seen = pain(rows)
    assert sorted(seen) == [-1, 0, 2, 6, 13]
    assert [(week, seen[week]["due"], seen[week]["score"]) for week in (-1, 2, 6, 13)] == [
        (-1, True, 7), (2, True, None), (6, True, 4), (13, True, None),
    ]  # fmt: skip
    assert (seen[6]["age"], seen[6]["sex"], seen[6]["site"], seen[6]["treatment"]) == (
        59,
        "female",
        "knee",
        "dextrose-prolotherapy",
    )
    assert seen[6]["first_injection_on"] == VISIT
    assert (made.book.courses, made.book.simulated) == (1, False)
    assert not {"Silva", "Maria"} & set(str(rows).replace("'", " ").split())


def test_an_answer_counts_once_its_window_is_over_for_everybody(harbour):
    """Else those who answer early in the window would make the rest look silent."""
    course, _ = harbour.treated()
    answered(harbour, course, "6-weeks", 4, VISIT + timedelta(days=33))
    day = VISIT + timedelta(days=40)
    made = take_snapshot(by=harbour.director, clinics=[harbour.clinic.pk], on=day, today=day)
    row = pain(made.table.to_pylist())[6]
    assert (row["due"], row["answered"], row["score"]) == (False, True, 4)


def test_who_was_never_injected_is_eligible_and_not_treated(harbour):
    harbour.course()
    seen = pain(rows_at(harbour, 0)[1])
    assert {row["status"] for row in seen.values()} == {"not treated"}
    assert sorted(seen) == [-1, 0]
    assert not any(row["due"] for row in seen.values())


def test_withdrawal_and_another_treatment_are_said_from_their_day_on(harbour):
    gone, _ = harbour.treated(key="test|1")
    other, _ = harbour.treated(key="test|2")
    decide_course(
        by=harbour.clinician, course=gone, decided="withdraw", on=VISIT + timedelta(weeks=4), why="moved away"
    )
    switch_treatment(
        by=_both(harbour), course=other, treatment="corticosteroid", on=VISIT + timedelta(weeks=4), why="no gain"
    )
    _, rows = rows_at(harbour, 8)
    status = {(row["course"], row["week"]): row["status"] for row in rows if row["instrument"] == "pain-nrs"}
    assert (status[str(gone), 2], status[str(gone), 6]) == ("in care", "withdrawn")
    assert (status[str(other), 2], status[str(other), 6]) == ("in care", "other treatment")


def _both(house):
    return house.clinician


def test_the_same_day_gives_the_same_bytes_and_a_later_answer_changes_only_later_days(harbour):
    from datetime import UTC, datetime, time

    from enthesis.clinic.acting import at_moment

    course, _ = harbour.treated()
    before, _ = rows_at(harbour, 8)
    late = VISIT + timedelta(weeks=8, days=1)
    with at_moment(datetime.combine(late, time(9), tzinfo=UTC)):
        answered(harbour, course, "2-weeks", 5, VISIT + timedelta(days=12))
    again, _ = rows_at(harbour, 8)
    later, _ = rows_at(harbour, 9)
    assert parquet_of(before) == parquet_of(again)
    assert later.book.digest != before.book.digest


def test_only_who_may_see_outcomes_takes_one_and_it_leaves_an_event(harbour, hillside):
    harbour.treated()
    for actor in (harbour.clinician, harbour.coordinator, hillside.director):
        with pytest.raises(NotAllowed, match="see the outcomes of all patients together"):
            take_snapshot(by=actor, clinics=[harbour.clinic.pk], on=VISIT, today=VISIT)
    made, _ = rows_at(harbour, 1)
    event = read_events(by=harbour.director, clinic=harbour.clinic.pk, verb="took a snapshot")[0]
    assert event.after == {"on": str(VISIT + timedelta(weeks=1)), "rows": made.book.rows, "content": made.book.digest}
    assert clinics_of(harbour.director) == (harbour.clinic.pk,)
    assert clinics_of(harbour.clinician) == ()


def test_a_day_to_come_and_a_clinic_without_a_course_are_refused(harbour):
    with pytest.raises(BadInput, match="has not come yet"):
        take_snapshot(by=harbour.director, clinics=[harbour.clinic.pk], on=date(2040, 1, 1), today=TODAY)
    with pytest.raises(BadInput, match="there is no row"):
        take_snapshot(by=harbour.director, clinics=[harbour.clinic.pk], on=TODAY, today=TODAY)
