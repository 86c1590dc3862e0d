"""Treated at two places on one day, with a diary for each: what is said of the whole body is judged for both."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import ASSESSED, GIVEN, NUMBED, VISIT

from enthesis.clinic import treat
from enthesis.clinic.acting import at_moment
from enthesis.clinic.diary import record_diary
from enthesis.clinic.library import library
from enthesis.clinic.screen import decide_screening
from enthesis.knowledge import parse_site
from enthesis.recovery import Urgency, diary_questions, nothing_else
from enthesis.registry.models import Alert, Session

BACK = "lumbar-facet:L4/5:right"


@pytest.fixture(autouse=True)
def looking(harbour):
    """These stories look at the clinic's tables between acts."""
    with scope(clinic=[harbour.clinic.pk]):
        yield


def back_too(house, *, injected=True, key="test|1"):
    """The same patient's back, treated on the same day in a course of its own."""
    course = house.course(key=key, condition="lumbar-facet-pain", site=BACK)
    if house.screened(course) == "ask":
        decide_screening(by=house.clinician, course=course, go_ahead=True, because="looked at the chart together")
    house.planned(course)
    house.mixed(course)
    house.consented(course)
    session = house.assessed(course, details=ASSESSED | {"marked": [BACK]})
    if injected:
        treat.anaesthetise(by=house.clinician, session=session, details=NUMBED | {"site": BACK})
        treat.inject(by=house.clinician, session=session, given=[GIVEN | {"site": BACK, "guidance": "fluoroscopy"}])
    return session


def told(house, session, day, **signs):
    """One day of a diary; what is not named is an explicit no."""
    visit, on = Session.objects.get(pk=session), VISIT + timedelta(days=day)
    asked = diary_questions(site=parse_site(visit.course.site, library()), day=day, library=library())
    answers = dict(nothing_else(asked, pain=3)) | {name.replace("_", "-"): answer for name, answer in signs.items()}
    with at_moment(datetime.combine(on, time(19), tzinfo=UTC)):
        return record_diary(by=house.coordinator, session=session, on=on, today=on, answers=answers, mode="by phone")


def test_a_fever_told_in_the_diary_of_the_knee_is_an_emergency_for_the_back(harbour):
    _course, knee = harbour.treated()
    back_too(harbour)
    watch = told(harbour, knee, 2, fever=True)
    assert (watch.urgency, watch.findings[0].warning) == (Urgency.EMERGENCY_NOW, "spinal-infection")
    [alert] = Alert.objects.all()
    whys = [line["because"] for line in alert.because]
    assert "injection at lumbar facet joint, day 2: fever or chills" in whys
    assert told(harbour, knee, 3, weakness=True).urgency is Urgency.EMERGENCY_NOW


def test_a_swollen_or_painful_knee_says_nothing_of_the_back(harbour):
    _course, knee = harbour.treated()
    back_too(harbour)
    watch = told(harbour, knee, 4, swelling=True, bruise=True)
    assert {one.warning for one in watch.findings} == {"swelling", "bruise"}
    assert told(harbour, knee, 5, redness=True).urgency is Urgency.CALL_TODAY
    assert told(harbour, knee, 6).urgency is Urgency.EXPECTED
    assert told(harbour, knee, 7, pain_worse=True).findings[0].warning == "pain-rising-after-day-3"


def test_neither_a_needle_that_was_not_placed_nor_another_patients_counts(harbour):
    _course, knee = harbour.treated()
    back_too(harbour, injected=False)
    back_too(harbour, key="test|2")
    assert told(harbour, knee, 2, fever=True).urgency is Urgency.CALL_TODAY


def test_after_two_weeks_the_other_place_is_no_longer_asked_about(harbour):
    _course, knee = harbour.treated()
    back_too(harbour)
    assert told(harbour, knee, 14, fever=True).urgency is Urgency.EMERGENCY_NOW
    assert told(harbour, knee, 15, fever=True).urgency is Urgency.CALL_TODAY
