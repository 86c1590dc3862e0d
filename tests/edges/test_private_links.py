"""A patient's own forms: by a link, once, with no way to anything else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.edges.pages import signed_in, today, treated, words

from enthesis.clinic.acting import at_moment
from enthesis.clinic.course_page import read_course
from enthesis.clinic.links import make_link

NOTHING = {"pain": "4", "anything_else": "no"}
SURVEY = {"wave": "baseline-1", "instrument": "pain-nrs"}
HOSTILE = "<script>alert(1)</script>"


def address(token):
    return reverse("private:form", kwargs={"token": token})


def diary_link(house):
    course, session = treated(house)
    made = make_link(by=house.coordinator, course=course, form="diary", about={"session": str(session)})
    return course, address(made.token)


def survey_link(house):
    course = house.course()
    return course, address(make_link(by=house.coordinator, course=course, form="survey", about=SURVEY).token)


def row(house, course):
    return read_course(by=house.clinician, course=course).course


def test_a_normal_day_is_two_taps_and_a_thank_you(harbour):
    course, link = diary_link(harbour)
    answer = Client().post(link, NOTHING)
    assert (answer.status_code, "Thank you" in words(answer)) == (200, True)
    [entry] = row(harbour, course).diary
    assert (entry["answers"]["pain"], entry["mode"], set(entry["answers"].values())) == (4, "private link", {4, False})


def test_a_warning_sign_is_answered_at_once_with_what_to_do(harbour):
    course, link = diary_link(harbour)
    answer = Client().post(link, {"pain": "8", "anything_else": "yes", "fever": "yes", "the_rest": "no"})
    said = words(answer)
    assert (answer.status_code, "Please act now" in said, "555-0100" in said) == (200, True, True)
    assert row(harbour, course).diary[0]["urgency"] in ("call-today", "emergency-now")


def test_emergency_signs_stand_on_the_form_and_on_every_answer(harbour):
    _, link = diary_link(harbour)
    browser = Client()
    assert "Get emergency help at once" in words(browser.get(link))
    assert "Get emergency help at once" in words(browser.post(link, NOTHING))


def test_a_survey_ends_with_the_patients_own_answers(harbour):
    course, link = survey_link(harbour)
    answer = Client().post(link, {"pain-nrs.nrs_avg_7d": "7", "screen": "1", "go": "finish"})
    assert (answer.status_code, "Your own answers so far" in words(answer)) == (200, True)
    assert [one["score"] for one in row(harbour, course).surveys] == [7]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Please choose one of the answers."),
        ({"pain": "11", "anything_else": "no"}, "11 is not one of the available choices"),
        ({"pain": "4", "anything_else": "yes"}, "Please mark below what it is"),
        ({"pain": "4", "anything_else": "no", "fever": "maybe"}, "maybe is not one of the available choices"),
    ],
)
def test_a_form_filled_in_wrongly_is_shown_again_and_the_link_stays_good(harbour, form, sentence):
    course, link = diary_link(harbour)
    browser = Client()
    refused = browser.post(link, form)
    assert (refused.status_code, sentence in words(refused)) == (422, True), words(refused)
    assert row(harbour, course).diary == ()
    assert browser.post(link, NOTHING).status_code == 200


def test_a_survey_with_an_answer_out_of_range_is_not_kept(harbour):
    course, link = survey_link(harbour)
    assert Client().post(link, {"pain-nrs.nrs_avg_7d": "11", "screen": "1", "go": "finish"}).status_code == 422
    assert row(harbour, course).surveys == ()


def test_looking_does_not_use_a_link_up_but_answering_does(harbour):
    course, link = diary_link(harbour)
    browser = Client()
    assert [browser.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert browser.head(link).status_code == 200
    assert browser.post(link, NOTHING).status_code == 200
    for again in (browser.get(link), browser.post(link, NOTHING)):
        assert (again.status_code, "already been used" in words(again)) == (410, True)
    assert len(row(harbour, course).diary) == 1


def test_a_link_that_has_expired_is_refused(harbour):
    course, session = treated(harbour)
    with at_moment(timezone.now() - timedelta(days=15)):
        made = make_link(by=harbour.coordinator, course=course, form="diary", about={"session": str(session)})
    for answer in (Client().get(address(made.token)), Client().post(address(made.token), NOTHING)):
        assert (answer.status_code, "has expired" in words(answer)) == (410, True)
    assert row(harbour, course).diary == ()


@pytest.mark.parametrize("forged", ["nonsense", "a:b", "..", "%00", "x" * 2000, HOSTILE])
def test_a_forged_link_opens_nothing(db, forged):
    answer = Client().get(address(forged)) if "/" not in forged else Client().get(f"/p/{forged}")
    assert answer.status_code in (404, 410)
    assert b"<script>alert" not in answer.content


def test_a_link_changed_by_one_letter_opens_nothing(harbour):
    _, link = diary_link(harbour)
    token = link.rstrip("/").rpartition("/")[2]
    swapped = ("B" if token[0] == "A" else "A") + token[1:]
    assert Client().get(address(swapped)).status_code == 410


def test_neither_name_nor_chart_nor_navigation_is_on_a_patients_page(harbour):
    harbour.person = {"family": f"Silva{HOSTILE}", "given": "Maria", "born": harbour.person["born"], "sex": "female"}
    _, link = diary_link(harbour)
    browser = Client()
    for page in (browser.get(link), browser.post(link, {}), browser.post(link, NOTHING), browser.get(link)):
        text = page.content.decode()
        assert [
            word
            for word in ("Silva", "Maria", "1970", "<nav", "/patients/", "/courses/", "sign")
            if word in text.replace("signs", "")
        ] == []


def test_a_link_needs_no_session_and_gives_none(harbour):
    _, link = diary_link(harbour)
    browser = Client()
    browser.get(link)
    browser.post(link, NOTHING)
    assert set(browser.cookies) <= {"csrftoken"}


def test_a_private_page_is_kept_nowhere_and_tells_no_other_site_where_it_was(harbour):
    _, link = diary_link(harbour)
    answer = Client().get(link)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_private_form_from_elsewhere_is_not_taken(harbour):
    course, link = diary_link(harbour)
    assert Client(enforce_csrf_checks=True).post(link, NOTHING).status_code == 403
    assert row(harbour, course).diary == ()


def test_a_private_form_with_its_own_token_is_taken(harbour):
    _, link = diary_link(harbour)
    browser = Client(enforce_csrf_checks=True)
    browser.get(link)
    token = browser.cookies["csrftoken"].value
    assert browser.post(link, {**NOTHING, "csrfmiddlewaretoken": token}).status_code == 200


def test_staff_make_a_link_that_is_shown_once_and_then_only_listed(harbour):
    course, session = treated(harbour)
    desk = signed_in(harbour, "coordinator")
    page = reverse("walk:links", kwargs={"course": course})
    made = desk.post(page, {"what": f"diary|{session}"})
    token = made.context["address"].rstrip("/").rpartition("/")[2]
    assert (made.status_code, b"data:image/svg+xml" in made.content) == (200, True)
    assert Client().get(address(token)).status_code == 200
    assert token.encode() not in desk.get(page).content


def ended(house, course):
    """Staff press "End this link" beside the newest link of a course."""
    at = {"course": course, "link": row(house, course).links[0]["pk"]}
    return signed_in(house, "coordinator").post(reverse("walk:link-end", kwargs=at))


def test_a_link_that_went_to_the_wrong_phone_is_ended_and_opens_nothing(harbour):
    course, link = diary_link(harbour)
    assert ended(harbour, course).status_code == 302
    assert (Client().get(link).status_code, Client().post(link, NOTHING).status_code) == (410, 410)
    assert row(harbour, course).diary == ()
    page = signed_in(harbour, "coordinator").get(reverse("walk:links", kwargs={"course": course}))
    assert "open until" not in words(page)


def test_a_link_ends_once(harbour):
    course, _ = diary_link(harbour)
    assert [ended(harbour, course).status_code for _ in range(2)] == [302, 409]


def test_a_link_is_ended_from_its_own_course_only(harbour):
    course, _ = diary_link(harbour)
    at = {"course": harbour.course(key="test|2"), "link": row(harbour, course).links[0]["pk"]}
    assert signed_in(harbour).post(reverse("walk:link-end", kwargs=at)).status_code == 404
    assert row(harbour, course).links[0]["expires_at"] > timezone.now()


@pytest.mark.parametrize("what", ["", "diary|nobody", "survey|6-weeks|peg", "survey|baseline-1|nothing"])
def test_a_link_to_what_cannot_be_asked_is_not_made(harbour, what):
    course, _ = treated(harbour)
    answer = signed_in(harbour).post(reverse("walk:links", kwargs={"course": course}), {"what": what})
    assert answer.status_code == 422
    assert row(harbour, course).links == ()


def test_a_link_made_by_one_clinic_does_not_open_anothers_course(harbour, hillside):
    course, session = treated(harbour)
    answer = signed_in(hillside).post(reverse("walk:links", kwargs={"course": course}), {"what": f"diary|{session}"})
    assert answer.status_code == 404


def test_a_diary_link_tells_of_today(harbour):
    course, link = diary_link(harbour)
    Client().post(link, NOTHING)
    assert (row(harbour, course).diary[0]["on"], row(harbour, course).diary[0]["day"]) == (today(), 0)
