"""What goes on beside the injections, as staff and patients meet it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from tests.edges.pages import signed_in, today, treated, words

from enthesis.clinic.alongside import agree_plan
from enthesis.clinic.links import make_link
from enthesis.registry.models import CheckIn, CoTreatment, Patient

GOALS = {"low-impact": "swim twice a week"}
AGREE = {"do_low-impact": "on", "goal_low-impact": "swim twice a week", "weeks": "2"}


@pytest.fixture
def course(harbour):
    return treated(harbour)[0]


def at(name, course, **more):
    return reverse(f"walk:{name}", kwargs={"course": course} | more)


def test_a_plan_is_agreed_with_the_patients_own_goal_and_printed_as_a_letter(harbour, course):
    browser = signed_in(harbour, "coordinator")
    before = words(browser.get(at("beside", course)))
    assert ("Nothing is agreed yet." in before, "Whether both together do more was not tested there." in before) == (
        True,
        True,
    )
    assert "Goal: swim twice a week" in words(browser.post(at("beside", course), AGREE, follow=True))
    letter = words(browser.get(at("referral", course)))
    assert ("Referral for physical therapy" in letter, "Goal: swim twice a week" in letter) == (True, True)
    text = browser.get(at("referral-text", course))
    assert (text["Content-Type"], b"swim twice a week" in text.content) == ("text/plain; charset=utf-8", True)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"do_low-impact": ""}, "Mark at least one line that was agreed."), ({"weeks": "99"}, "less than or equal")],
)
def test_a_plan_that_cannot_be_is_kept_in_the_form(harbour, course, wrong, says):
    answer = signed_in(harbour, "coordinator").post(at("beside", course), AGREE | wrong)
    assert (answer.status_code, says in words(answer), "swim twice" in answer.content.decode()) == (422, True, True)


def test_another_treatment_is_recorded_and_ends(harbour, course):
    browser = signed_in(harbour, "coordinator")
    began = today() - timedelta(days=3)
    given = {"kind": "physiotherapy", "name": "Mrs Berg", "started_on": began.isoformat()}
    assert "Physical therapy: Mrs Berg" in words(browser.post(at("beside-other", course), given, follow=True))
    with scope(clinic=[harbour.clinic.pk]):
        first = CoTreatment.objects.get()
    end = at("beside-ended", course, record=first.pk)
    assert "The day it ended was expected." in words(browser.post(end, {}, follow=True))
    assert "cannot end before it began" in words(browser.post(end, {"ended_on": "2000-01-01"}, follow=True))
    said = words(browser.post(end, {"ended_on": today().isoformat()}, follow=True))
    assert ("It has ended" in said, said.count("Mrs Berg")) == (False, 1)
    refused = browser.post(at("beside-other", course), given | {"kind": "other", "name": ""})
    assert (refused.status_code, "say what it is" in words(refused).lower()) == (422, True)


@pytest.fixture
def link(harbour, course):
    """The weekly link of a patient who speaks Spanish."""
    agree_plan(by=harbour.coordinator, course=course, on=today() - timedelta(days=7), goals=GOALS, weeks=1)
    with scope(clinic=[harbour.clinic.pk]):
        Patient.objects.update(language="es")
    made = make_link(by=harbour.coordinator, course=course, form="check-in", about={"key": "check-in-1-1"})
    return reverse("private:form", kwargs={"token": made.token})


def test_the_weekly_question_is_asked_in_the_patients_language_and_answered_once(harbour, link):
    browser = Client()
    said = words(browser.get(link))
    assert ("¿Cuántos de los últimos 7 días hizo esto?" in said, "Nade, camine" in said) == (True, True)
    assert "Elija una de las respuestas." in words(browser.post(link, {}))
    assert "Gracias" in words(browser.post(link, {"low-impact": "3", "note": "lluvia"}))
    with scope(clinic=[harbour.clinic.pk]):
        kept = CheckIn.objects.get()
    assert (kept.days, kept.note, kept.mode) == ({"low-impact": 3}, "lluvia", "private link")
    assert browser.get(link).status_code == 410
