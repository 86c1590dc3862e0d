"""A judgment is for one day: it is made again before the session, when the day moves, and every night."""

from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import TODAY, VISIT, House
from tests.clinic.test_a_whole_course import NAPROXEN, WARFARIN, course_row

from enthesis.clinic.chart import import_chart
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.rescreen import Changed, rescreen_coming, to_confirm
from enthesis.clinic.screen import decide_screening
from enthesis.clinic.worklist import read_worklist
from enthesis.registry.models import ScreeningRecord

DAY = timedelta(days=1)


def judgments(course) -> list[ScreeningRecord]:
    """Every judgment of a course, oldest first."""
    with scopes_disabled():
        return list(ScreeningRecord.objects.filter(course=course).order_by("recorded_at"))


def learned(house: House, item) -> None:
    """The chart is read in again with one more item."""
    import_chart(by=house.coordinator, clinic=house.clinic.pk, key="test|1", person=house.person, items=[item])


def test_the_judgment_is_made_again_on_the_day_of_the_session(harbour):
    course = harbour.ready()
    harbour.assessed(course)
    assert [(one.on, one.as_of, one.reason) for one in judgments(course)] == [
        (VISIT, TODAY, ""),
        (VISIT, VISIT, "before the session"),
    ]


def test_a_judgment_made_on_the_day_itself_is_not_made_again(harbour):
    course = harbour.ready()
    rescreen_coming(by=harbour.coordinator, clinic=harbour.clinic.pk, today=VISIT)
    harbour.assessed(course)
    assert [one.reason for one in judgments(course)] == ["", "the days ahead"]


def test_warfarin_that_came_into_the_chart_since_stops_the_session_and_the_new_judgment_is_kept(harbour):
    course = harbour.ready()
    learned(harbour, WARFARIN)
    with pytest.raises(OutOfOrder, match="says ask"):
        harbour.assessed(course)
    assert [one.decision for one in judgments(course)][-1] == "ask"
    assert course_row(harbour, course).stage == "asked"


def test_a_clinicians_word_stands_on_while_the_grounds_are_the_same(harbour):
    course = harbour.course(WARFARIN)
    harbour.screened(course)
    decide_screening(by=harbour.clinician, course=course, go_ahead=True, because="prescriber informed")
    harbour.planned(course)
    harbour.mixed(course)
    harbour.consented(course)
    harbour.assessed(course)
    again = judgments(course)[-1]
    assert (again.as_of, again.go_ahead, again.decided_because) == (VISIT, True, "prescriber informed")


def test_answers_of_an_earlier_day_are_carried_over_and_shown_to_be_confirmed(harbour):
    course = harbour.ready()
    harbour.assessed(course)
    before, again = judgments(course)
    assert again.answers == before.answers
    assert to_confirm(again, VISIT) == tuple(sorted(again.answers))
    assert to_confirm(before, TODAY) == ()


def test_a_planned_session_that_moves_is_judged_for_its_new_day(harbour):
    course = harbour.ready()
    harbour.planned(course, VISIT + DAY)
    assert [(one.on, one.reason) for one in judgments(course)] == [(VISIT, ""), (VISIT + DAY, "the day moved")]
    assert course_row(harbour, course).stage == "mixed"
    harbour.assessed(course, on=VISIT + DAY)


def test_a_day_moved_too_close_to_the_last_tablet_is_postponed_and_not_planned(harbour):
    course = harbour.course(NAPROXEN)
    assert harbour.screened(course, nsaid="now") == "inform"
    harbour.planned(course)
    with pytest.raises(OutOfOrder, match="postpone"):
        harbour.planned(course, TODAY + 3 * DAY)
    assert course_row(harbour, course).stage == "postponed"


def test_the_night_before_finds_what_changed_and_the_worklist_shows_it(harbour):
    course = harbour.ready()
    learned(harbour, WARFARIN)
    changed = rescreen_coming(by=harbour.coordinator, clinic=harbour.clinic.pk, today=VISIT - DAY)
    assert changed == (Changed(course, VISIT, judgments(course)[0].decision, "ask"),)
    assert [row.course for row in read_worklist(by=harbour.clinician, on=VISIT - DAY).to_decide] == [course]


def test_a_session_beyond_the_days_ahead_is_left_alone(harbour):
    course = harbour.ready()
    assert rescreen_coming(by=harbour.coordinator, clinic=harbour.clinic.pk, today=TODAY, days=9) == ()
    assert len(judgments(course)) == 1
