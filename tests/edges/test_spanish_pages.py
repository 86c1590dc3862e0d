"""A patient's own pages in Spanish: the form, what comes of it, a mistake, a spent link; staff stay in English."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from tests.edges.pages import signed_in, treated, words

from enthesis.clinic.links import make_link
from enthesis.registry.models import Patient

NOTHING = {"pain": "4", "anything_else": "no"}


def speaks(house, language):
    with scope(clinic=house.clinic):
        Patient.objects.update(language=language)


def link(house, course, form, **about):
    made = make_link(by=house.coordinator, course=course, form=form, about=about)
    return reverse("private:form", kwargs={"token": made.token})


@pytest.fixture
def diary(harbour):
    """The link to a diary of somebody who speaks Spanish."""
    course, session = treated(harbour)
    speaks(harbour, "es")
    return link(harbour, course, "diary", session=str(session))


def test_the_diary_is_asked_in_spanish(diary):
    answer = Client().get(diary)
    said = words(answer)
    parts = (
        "¿Cómo está hoy?",
        "¿Qué tan fuerte es su dolor hoy",
        "¿Tiene un moretón?",
        "No, nada de lo que está en la lista",
    )
    assert [part in said for part in parts] == [True] * len(parts)
    assert ('<html lang="es"' in answer.content.decode(), "How are you" in said) == (True, False)


def test_a_normal_day_ends_in_spanish(diary):
    said = words(Client().post(diary, NOTHING))
    assert ("Gracias" in said, "Lo que es normal ahora" in said, "Lo que ayuda" in said) == (True, True, True)


def test_an_emergency_says_911_in_spanish(diary):
    answer = {"pain": "8", "anything_else": "yes", "numb-mouth": "yes"}
    said = words(Client().post(diary, answer))
    assert ("Por favor, actúe ahora" in said, "Llame al 911 ahora." in said, "Call 911" in said) == (True, True, False)


def test_a_mistake_is_explained_in_spanish_and_the_link_stays_good(diary):
    browser = Client()
    answer = browser.post(diary, {})
    assert (answer.status_code, "Elija una de las respuestas." in words(answer)) == (422, True)
    assert browser.get(diary).status_code == 200


def test_the_page_may_be_read_in_english_and_the_answers_are_the_same(diary):
    browser = Client()
    assert "How are you today?" in words(browser.get(f"{diary}?language=en"))
    assert "Thank you" in words(browser.post(f"{diary}?language=en", NOTHING))


@pytest.mark.parametrize(
    ("accepts", "expected"), [("es-MX,es;q=0.9", "Este enlace ya se usó."), ("fr", "already been used")]
)
def test_a_spent_link_is_explained_in_the_browsers_language(diary, accepts, expected):
    browser = Client()
    browser.post(diary, NOTHING)
    answer = browser.get(diary, headers={"accept-language": accepts})
    assert (answer.status_code, expected in words(answer)) == (410, True)


def test_a_licensed_questionnaire_stays_in_english_and_says_why(harbour):
    course = harbour.course()
    speaks(harbour, "es")
    address = link(harbour, course, "survey", wave="baseline-1", instrument="pain-nrs")
    page = Client().get(address)
    assert ("Estas preguntas están en inglés" in words(page), '<section lang="en"' in page.content.decode()) == (
        True,
        True,
    )
    assert "Sus propias respuestas hasta ahora" in words(
        Client().post(address, {"pain-nrs.nrs_avg_7d": "7", "screen": "1", "go": "finish"})
    )


def test_spanish_says_that_nobody_checked_it(diary):
    assert "no fue revisado por un traductor certificado ni por un clínico" in words(Client().get(diary))
    assert "reviewed by a certified translator" not in words(Client().get(f"{diary}?language=en"))


def test_staff_pages_stay_in_english_whatever_the_browser_speaks(harbour):
    harbour.treated()
    speaks(harbour, "es")
    answer = signed_in(harbour).get(reverse("worklist"), headers={"accept-language": "es"})
    assert "Today’s worklist" in words(answer)


def test_staff_may_print_the_sheet_in_either_language(harbour):
    course = harbour.ready()
    browser, address = signed_in(harbour), reverse("walk:preparation", kwargs={"course": course})
    assert "What not to stop" in words(browser.get(address))
    spanish = words(browser.get(f"{address}?language=es"))
    assert ("Lo que no debe dejar de tomar" in spanish, "Preparation sheet" in spanish) == (True, True)


def test_a_patient_typed_in_has_a_language(harbour):
    form = {"family": "Ruiz", "born": "1970-01-01", "sex": "female", "language": "es"}
    assert signed_in(harbour, "coordinator").post(reverse("patient-new"), form).status_code == 302
    with scope(clinic=harbour.clinic):
        assert Patient.objects.get(family="Ruiz").language == "es"


def test_staff_read_each_question_in_the_patients_language_too(harbour):
    course = harbour.course()
    browser, address = signed_in(harbour), reverse("walk:screen", kwargs={"course": course})
    assert "¿Tiene diabetes?" not in words(browser.get(address))
    speaks(harbour, "es")
    said = words(browser.get(address))
    assert ("Do you have diabetes?" in said, "¿Tiene diabetes?" in said, "The patient speaks Spanish" in said) == (
        True,
    ) * 3
