"""The first screen: what waits, counted by what it is, in one clinic or in all; and the call list behind it."""

from datetime import UTC, datetime, time, timedelta
from random import Random

import pytest
from django_scopes import scope, scopes_disabled
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_the_diary_week import told

from enthesis.clinic.acting import at_moment
from enthesis.clinic.consent import withdraw_consent
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.demo.answers import instrument_answers
from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.library import library
from enthesis.clinic.messages.calling import note_call, read_call_list
from enthesis.clinic.permissions import Actor
from enthesis.clinic.survey import instruments_at, record_survey
from enthesis.clinic.worklist import read_worklist
from enthesis.knowledge import BadInput
from enthesis.registry.models import Due

DAY = timedelta(days=1)


def work(house, on=VISIT - DAY, **which):
    return read_worklist(by=house.clinician, on=on, **which)


def wave(course, key):
    with scopes_disabled():
        return Due.objects.get(course=course, key=key, dropped=False)


def test_a_visit_within_the_week_without_a_signature_is_named_until_it_is_signed(harbour):
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    assert work(harbour, VISIT - 8 * DAY).consents_missing == ()
    [row] = work(harbour).consents_missing
    assert (row.course, row.what, row.on) == (course, "not signed yet", VISIT)
    harbour.mixed(course)
    harbour.consented(course)
    assert work(harbour).consents_missing == ()
    withdraw_consent(by=harbour.clinician, course=course, on=TODAY, why="changed her mind")
    assert [row.what for row in work(harbour).consents_missing] == ["taken back"]


def test_a_washout_is_open_when_nobody_asked_since_its_last_day(harbour):
    course = harbour.course()
    harbour.screened(course, nsaid="now")  # ten days ahead it is still allowed
    harbour.planned(course)
    assert work(harbour, TODAY).washouts_not_met == ()  # the visit is not within the week
    [row] = work(harbour, VISIT - 6 * DAY).washouts_not_met
    assert (row.course, row.what, row.on) == (course, "not known", VISIT)
    assert "not asked since the last day" in row.detail


def answered(harbour, course, wave, on, mode):
    """Everything that is asked at a wave, answered on one day."""
    with scope(clinic=[harbour.clinic.pk]):
        asked = instruments_at(wave, "knee-osteoarthritis", harbour.clinic.pk)
    for id in asked:
        given = instrument_answers(library(), id, pain=4, baseline=7, dice=Random(1))
        record_survey(
            by=harbour.coordinator,
            course=course,
            wave=wave,
            instrument_id=id,
            on=on,
            today=on,
            answers=given,
            mode=mode,
        )


def test_a_survey_is_overdue_after_its_day_and_then_a_person_calls(harbour):
    course, _ = harbour.treated()
    due = wave(course, "wave-6-months")
    for days, overdue, calls in ((0, [], []), (1, [course], []), (14, [course], []), (15, [], [course])):
        found = work(harbour, due.on + days * DAY)
        mine = [row.course for row in found.surveys_overdue if row.on == due.on]
        assert (mine, [row.course for row in found.to_call if row.on == due.on]) == (overdue, calls), days


def test_who_answers_is_counted_by_wave_with_the_silent(harbour):
    course, _ = harbour.treated()
    other, _ = harbour.treated(key="test|2")
    due = wave(course, "wave-6-weeks")
    answered(harbour, course, "6-weeks", due.on, "by phone")
    assert other != course
    rows = {row.wave: row for row in work(harbour, due.on).responses}
    six = rows["6-weeks"]
    assert (six.clinic, six.asked, six.answered, six.still_open, six.share) == ("Clinic harbour", 2, 1, 1, 0.5)
    assert list(rows) == ["baseline-1", "baseline-2", "2-weeks", "6-weeks"]
    assert rows["2-weeks"].still_open == 0  # its window closed: the silent stay in the share
    assert rows["2-weeks"].share == 0


def test_an_emergency_stands_above_a_call_and_the_escalated_above_the_fresh(harbour):
    first, old = harbour.treated()
    second, fresh = harbour.treated(key="test|2")
    third, grave = harbour.treated(key="test|3")
    told(harbour, old, 1, fever=True)
    told(harbour, fresh, 2, fever=True)
    told(harbour, grave, 2, breathless=True)
    with at_moment(datetime.combine(VISIT + 2 * DAY, time(19, 20), tzinfo=UTC)):
        rows = work(harbour, VISIT + 2 * DAY).alerts
    assert [row.course for row in rows] == [third, first, second]
    assert [row.reached for row in rows] == [
        ("clinician", "coordinator"), ("clinician", "coordinator", "director"), ("clinician",)
    ]  # fmt: skip
    assert [row.escalated for row in rows] == [True, True, False]


def test_one_clinic_at_a_time_and_never_somebody_elses(harbour, hillside):
    both = Actor(harbour.clinician.name, (*harbour.clinician.roles, *hillside.clinician.roles))
    ours, theirs = harbour.ready(), hillside.ready()
    assert {row.course for row in read_worklist(by=both, on=VISIT).sessions_today} == {ours, theirs}
    assert [row.course for row in read_worklist(by=both, on=VISIT, clinic=hillside.clinic.pk).sessions_today] == [
        theirs
    ]
    with pytest.raises(NotFound):
        work(harbour, clinic=hillside.clinic.pk)


def test_a_call_without_answers_is_noted_and_shown_to_the_next_who_calls(harbour):
    course, _ = harbour.treated()
    due = wave(course, "wave-6-months")
    on = due.on + 15 * DAY
    note_call(by=harbour.coordinator, due=due.pk, outcome="later", says="after six ")
    [row] = read_call_list(by=harbour.coordinator, today=on)
    assert [(one.outcome, one.says, one.by[:11]) for one in row.tried] == [
        ("Asked to be called another time", "after six", "coordinator")
    ]
    note_call(by=harbour.coordinator, due=due.pk, outcome="no-more")
    assert read_call_list(by=harbour.coordinator, today=on) == ()
    assert work(harbour, on).to_call == ()


def test_a_call_is_noted_by_whoever_may_and_about_a_survey(harbour, hillside):
    course, _ = harbour.treated()
    due, visit = wave(course, "wave-6-months"), wave(course, "visit-1")
    with pytest.raises(
        BadInput, match="outcome: expected one of not-reached, later, wrong-number, no-more, not 'cross'"
    ):
        note_call(by=harbour.coordinator, due=due.pk, outcome="cross")
    with pytest.raises(NotAllowed):
        note_call(by=harbour.director, due=due.pk, outcome="later")
    for by, what in ((harbour.coordinator, visit), (hillside.coordinator, due)):
        with pytest.raises(NotFound):
            note_call(by=by, due=what.pk, outcome="later")


def test_a_closed_course_is_neither_overdue_nor_called(harbour):
    course, _ = harbour.treated()
    decide_course(by=harbour.clinician, course=course, decided="withdraw", on=VISIT + DAY, reviewed=True, why="moved")
    due = wave(course, "wave-6-months")
    assert (work(harbour, due.on + DAY).surveys_overdue, work(harbour, due.on + 15 * DAY).to_call) == ((), ())


def test_a_baseline_answered_before_there_was_a_plan_is_not_overdue_afterwards(harbour):
    course = harbour.course()
    answered(harbour, course, "baseline-1", TODAY, "in clinic")
    harbour.screened(course)
    harbour.planned(course)
    assert wave(course, "wave-baseline-1").met_at is not None
    assert wave(course, "wave-baseline-2").met_at is None
