"""The clock of follow-up runs from the day the needle went in, whatever day was planned, and from nothing else."""

from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import GIVEN, NUMBED, OBSERVED, VISIT

from enthesis.clinic import treat
from enthesis.clinic.deciding import decide_course
from enthesis.registry.models import Course, Due

LATER = VISIT + timedelta(days=3)
ANOTHER = VISIT + timedelta(days=21)


def given(house, course, on):
    """A session on a day, from the assessment to the end."""
    session = house.assessed(course, on=on)
    treat.anaesthetise(by=house.clinician, session=session, details=NUMBED)
    treat.inject(by=house.clinician, session=session, given=[GIVEN])
    treat.observe(by=house.clinician, session=session, details=OBSERVED)


def promised(course):
    """What is still promised, by key: the day, and the window."""
    with scopes_disabled():
        rows = Due.objects.filter(course=course, dropped=False)
        return {due.key: (due.on, due.opens, due.closes) for due in rows}


@pytest.mark.parametrize("days", [-2, 3])
def test_a_first_visit_on_another_day_than_planned_takes_its_follow_up_with_it(harbour, days):
    course, day = harbour.ready(), VISIT + timedelta(days=days)
    planned = promised(course)
    harbour.screened(course, on=day)
    given(harbour, course, day)
    now = promised(course)
    for key in ("wave-2-weeks", "wave-6-weeks", "wave-6-months", "wave-24-months", "diary-1-1", "diary-1-7"):
        assert now[key] == tuple(each + timedelta(days=days) for each in planned[key])
    assert now["wave-6-weeks"][0] == day + timedelta(days=42)


def test_a_visit_broken_off_before_the_needle_does_not_start_the_clock(harbour):
    course = harbour.ready()
    harbour.assessed(course)
    decide_course(by=harbour.clinician, course=course, decided="break-off", on=VISIT, why="fainted before it began")
    harbour.screened(course, on=ANOTHER)
    harbour.planned(course, start=ANOTHER)
    assert promised(course)["wave-6-weeks"][0] == ANOTHER + timedelta(days=42)
    assert "wave-baseline-2" in promised(course)  # nothing was injected: how they are now is still a baseline
    harbour.mixed(course)
    given(harbour, course, ANOTHER)
    with scopes_disabled():
        assert Course.objects.get(pk=course).first_injection_on == ANOTHER
    assert promised(course)["wave-6-weeks"][0] == ANOTHER + timedelta(days=42)


def test_a_second_session_moves_its_own_diary_and_no_wave(harbour):
    course = harbour.ready()
    given(harbour, course, VISIT)
    decide_course(by=harbour.clinician, course=course, decided="go-on", on=LATER, why="improving")
    next_day = VISIT + timedelta(days=28)
    harbour.screened(course, on=next_day)
    harbour.planned(course, start=next_day)
    harbour.mixed(course)
    day = next_day + timedelta(days=1)
    harbour.screened(course, on=day)
    given(harbour, course, day)
    now = promised(course)
    assert now["diary-2-1"][0] == day + timedelta(days=1)
    assert now["wave-6-weeks"][0] == VISIT + timedelta(days=42)
