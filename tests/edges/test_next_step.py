"""The one thing a course's page offers next: on the day of a session its questions come before the needle."""

from datetime import timedelta

import pytest
from tests.clinic.conftest import TODAY, VISIT

from enthesis.clinic.course_page import read_course
from enthesis.clinic.library import library
from enthesis.clinic.screen import screen_course
from enthesis.screening import clear_answers
from enthesis.web.walk.next_step import next_step


def offered(house, course, today):
    return next_step(read_course(by=house.clinician, course=course).course, today=today).label


@pytest.mark.parametrize(
    ("days", "label"), [(-1, "Begin the session"), (0, "Ask again today"), (1, "Begin the session")]
)
def test_what_was_answered_earlier_is_asked_again_on_the_day(harbour, days, label):
    assert offered(harbour, harbour.ready(), VISIT + timedelta(days=days)) == label


def test_once_asked_on_the_day_the_session_begins(harbour):
    course = harbour.ready()
    answers = clear_answers(library())
    screen_course(by=harbour.coordinator, course=course, on=VISIT, as_of=VISIT, answers=answers)
    assert offered(harbour, course, VISIT) == "Begin the session"


def test_a_course_that_only_began_is_screened_first(harbour):
    assert offered(harbour, harbour.course(), TODAY) == "Screen for a day"
