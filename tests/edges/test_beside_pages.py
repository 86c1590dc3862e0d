"""What goes on beside the injections, as staff and patients meet it."""

import re
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


def weekly(house, course, *, weeks_ago=1):
    """A plan agreed so long ago that a week of it was asked about."""
    on = today() - timedelta(days=7 * weeks_ago + 1)
    agree_plan(by=house.coordinator, course=course, on=on, goals=GOALS, weeks=2)
    return at("beside-week", course, key="check-in-1-1")


def heard(**more):
    return {"low-impact": "3", "note": "rain", "mode": "by phone", "on": today().isoformat()} | more


def test_a_week_told_on_the_phone_is_entered_once(harbour, course):
    page, browser = weekly(harbour, course), signed_in(harbour, "coordinator")
    assert "enter week 1" in words(browser.get(at("beside", course)))
    asked = words(browser.get(page))
    assert ("how many of the last 7 days" in asked, "swim twice a week" in asked) == (True, True)
    said = words(browser.post(page, heard(), follow=True))
    assert ("The week is kept." in said, "rain" in said, "enter week 1" in said) == (True, True, False)
    with scope(clinic=[harbour.clinic.pk]):
        [kept] = CheckIn.objects.all()
    assert (kept.days, kept.mode, kept.on, kept.recorded_by[:11]) == (
        {"low-impact": 3},
        "by phone",
        today(),
        "coordinator",
    )
    assert browser.get(page).status_code == 404
    assert browser.post(page, heard()).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"low-impact": ""}, "Choose one of the answers."),
        ({"low-impact": "8"}, "8 is not one of the available choices"),
        ({"mode": "by owl"}, "by owl is not one of the available choices"),
        ({"on": "2000-01-01"}, "to today was expected"),
        ({"on": "2999-01-01"}, "to today was expected"),
        ({"on": ""}, "This field is required"),
        ({"note": "x" * 501}, "at most 500"),
    ],
)
def test_a_week_told_wrongly_is_asked_again_and_nothing_is_kept(harbour, course, wrong, says):
    page = weekly(harbour, course)
    answer = signed_in(harbour, "coordinator").post(page, heard(**wrong))
    assert (answer.status_code, says in words(answer)) == (422, True), words(answer)
    with scope(clinic=[harbour.clinic.pk]):
        assert CheckIn.objects.count() == 0


def test_a_week_that_was_told_wrongly_is_corrected_and_the_old_answer_stays(harbour, course):
    page, browser = weekly(harbour, course), signed_in(harbour, "coordinator")
    browser.post(page, heard())
    with scope(clinic=[harbour.clinic.pk]):
        [old] = CheckIn.objects.all()
    other = at("beside-answer", course, answer=old.pk)
    assert f'href="{other}"' in browser.get(at("beside", course)).content.decode()
    filled = browser.get(other).content.decode()
    chosen = re.findall(r'<input type="radio" name="low-impact" value="(\d)"[^>]* checked', filled)
    assert ('value="rain"' in filled, chosen) == (True, ["3"])
    unsaid = browser.post(other, {"low-impact": "5", "note": "rain"})
    assert (unsaid.status_code, "Why is it corrected?" in words(unsaid)) == (422, True)
    said = words(browser.post(other, {"low-impact": "5", "note": "rain", "reason": "misheard"}, follow=True))
    assert ("The week is corrected." in said, "Corrected: misheard" in said) == (True, True)
    with scope(clinic=[harbour.clinic.pk]):
        rows = [(row.days, row.corrects_id, row.on, row.mode) for row in CheckIn.objects.order_by("recorded_at")]
    assert rows == [({"low-impact": 3}, None, today(), "by phone"), ({"low-impact": 5}, old.pk, today(), "by phone")]
    assert browser.get(other).status_code == 404


def test_a_week_is_asked_about_in_the_patients_language_with_the_number_to_call(harbour, course):
    with scope(clinic=[harbour.clinic.pk]):
        Patient.objects.update(language="es", phone="555-0142")
    asked = words(signed_in(harbour, "coordinator").get(weekly(harbour, course)))
    parts = (
        "¿Cuántos de los últimos 7 días hizo esto?",
        "Nade, camine",
        "Call 555-0142",
        "by the date of birth (1 May 1970)",
    )
    assert {part: part in asked for part in parts} == dict.fromkeys(parts, True)


def test_a_week_that_has_not_come_is_not_asked_about(harbour, course):
    weekly(harbour, course)
    browser = signed_in(harbour, "coordinator")
    assert browser.get(at("beside-week", course, key="check-in-1-2")).status_code == 404
    assert browser.get(at("beside-week", course, key="check-in-9-1")).status_code == 404


def test_a_condition_without_a_plan_says_so_and_offers_the_general_part(harbour):
    jaw = harbour.course(key="test|jaw", condition="jaw-joint-pain", site="tmj:right")
    said = words(signed_in(harbour, "coordinator").get(at("beside", jaw)))
    assert ("No plan with sources for this condition" in said, "No source that we read has a plan" in said) == (
        True,
        True,
    )
    assert "Stretch gently, or do gentle yoga." in said
