"""The preparation sheet and the washouts ahead, as staff and patients meet them."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django_scopes import scope
from icalendar import Calendar
from tests.edges.pages import signed_in, today, words

from enthesis.clinic.library import library
from enthesis.clinic.links import make_link
from enthesis.clinic.plan import plan_course
from enthesis.clinic.prepare import link_to_preparation
from enthesis.clinic.screen import screen_course
from enthesis.registry.models import Patient
from enthesis.screening import clear_answers
from enthesis.web.templatetags.enthesis import long_day

VISIT = timedelta(days=10)


def planned(house):
    """A course planned from ten days ahead, by the pages' own clock."""
    course, on = house.course(), today() + VISIT
    answers = clear_answers(library())
    screen_course(by=house.coordinator, course=course, on=on, as_of=today(), answers=answers)
    plan_course(by=house.coordinator, course=course, start=on, today=today())
    return course


def link(house, course):
    made = link_to_preparation(by=house.coordinator, course=course, today=today())
    return reverse("private:form", kwargs={"token": made.token})


def staff_page(course):
    return reverse("walk:preparation", kwargs={"course": course})


def day(on):
    return f"{on.day} {on:%b %Y}"


def test_staff_see_the_sheet_with_its_dates_and_may_make_the_patients_link(harbour):
    course, browser = planned(harbour), signed_in(harbour, "coordinator")
    said = words(browser.get(staff_page(course)))
    last = today() + timedelta(days=3)
    parts = ("What to leave out", f"{last.day} {last:%B %Y}", "555-0100")
    assert [part in said for part in parts] == [True] * len(parts)
    answer = browser.post(staff_page(course))
    assert ("shown only this once" in words(answer), "data:image/svg" in answer.content.decode()) == (True, True)


@pytest.mark.parametrize(
    ("language", "title", "written"),
    [("en", "Prepare for your visit", "6 December 2026"), ("es", "Prepárese para su visita", "6 de diciembre de 2026")],
)
def test_on_paper_the_sheet_is_in_one_language_from_its_title_to_its_days(harbour, language, title, written):
    said = words(signed_in(harbour, "coordinator").get(f"{staff_page(planned(harbour))}?language={language}"))
    assert title in said
    with translation.override(language):
        assert long_day(date(2026, 12, 6)) == written
        assert long_day(today() + VISIT) in said


def test_a_course_without_a_visit_ahead_says_so_calmly(harbour):
    answer = signed_in(harbour, "coordinator").get(staff_page(harbour.course()))
    assert (answer.status_code, "no visit lies ahead" in words(answer).lower()) == (404, True)


def test_the_patient_reads_it_as_often_as_they_like_without_a_name_or_a_cookie(harbour):
    address = link(harbour, planned(harbour))
    for _ in range(2):
        answer = Client().get(address)
        said = words(answer)
        assert (answer.status_code, "Silva" in said, answer.cookies.output()) == (200, False, "")
    parts = ("Prepare for your visit", "What not to stop", "Whom to call", "Bring a list", "Wear loose clothes")
    assert [part in said for part in parts] == [True] * len(parts)


def test_nothing_can_be_sent_to_the_sheet(harbour):
    assert Client().post(link(harbour, planned(harbour)), {}).status_code == 405


def test_the_calendar_of_the_link_holds_the_visit_and_the_last_day_and_no_name(harbour):
    answer = Client().get(link(harbour, planned(harbour)) + "visit.ics")
    calendar = Calendar.from_ical(answer.content)
    days = {str(event["summary"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    assert days["Clinic visit 1"] == today() + VISIT
    assert days["Clinic reminder before visit 1"] == today() + timedelta(days=3)
    assert (answer["Content-Type"], b"Silva" in answer.content) == ("text/calendar", False)


def test_the_calendar_of_another_kind_of_link_does_not_exist(harbour):
    made = make_link(by=harbour.coordinator, course=planned(harbour), form="survey", about={})
    address = reverse("private:calendar", kwargs={"token": made.token})
    assert [Client().get(address).status_code, Client().get("/p/made-up/visit.ics").status_code] == [404, 410]


@pytest.mark.parametrize(
    ("written", "asked", "expected"),
    [
        ("es", "", "es"),
        ("es-MX", "", "es"),
        ("Spanish", "", "es"),
        ("", "", "en"),
        ("fr", "", "en"),
        ("es", "?language=en", "en"),
        ("en", "?language=es", "es"),
        ("es", "?language=xx", "es"),
    ],
)
def test_the_page_speaks_the_patients_language_unless_asked_for_another(harbour, written, asked, expected):
    course = planned(harbour)
    address = link(harbour, course)
    with scope(clinic=harbour.clinic):
        Patient.objects.update(language=written)
    page = Client().get(address + asked).content.decode()
    assert f'<html lang="{expected}"' in page


def test_the_days_ahead_list_who_has_to_leave_out_what(harbour):
    planned(harbour)
    said = words(signed_in(harbour, "coordinator").get(reverse("washouts")))
    assert [part in said for part in ("Maria Silva", "still time", day(today() + VISIT), "1 visit")] == [True] * 4


def test_an_empty_week_says_so(harbour):
    said = words(signed_in(harbour, "coordinator").get(reverse("washouts")))
    assert "Nobody’s washout is open in these days." in said


@pytest.mark.parametrize("days", ["0", "91", "many"])
def test_a_strange_number_of_days_is_refused_with_a_reason(harbour, days):
    answer = signed_in(harbour, "coordinator").get(reverse("washouts"), {"days": days})
    assert (answer.status_code, "A number from 1 to 90 was expected." in words(answer)) == (422, True)


def test_more_days_show_more(harbour):
    planned(harbour)
    browser = signed_in(harbour, "coordinator")
    assert "Maria Silva" not in words(browser.get(reverse("washouts"), {"days": "2"}))
    assert "Maria Silva" in words(browser.get(reverse("washouts"), {"days": "3"}))
