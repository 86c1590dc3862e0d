"""The whole course by pages: each step as staff see it, and what each page refuses in a sentence."""

from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.edges.pages import (
    ASSESSED,
    NUMBED,
    OBSERVED,
    RECIPE,
    TIMED_OUT,
    injected,
    ready,
    screened,
    signed_in,
    today,
    treated,
    words,
)

from enthesis.clinic.course_page import read_course
from enthesis.clinic.survey import record_survey
from enthesis.screening import ChartItem, ItemKind, Route

WARFARIN = ChartItem(
    ItemKind.MEDICINE, "MedicationStatement/w", "Warfarin 5 MG Oral Tablet", state="taking", route=Route.ORAL
)
HOSTILE = "<script>alert(1)</script>"


def at(name, course, **more):
    return reverse(f"walk:{name}", kwargs={"course": course, **more})


def row(house, course):
    return read_course(by=house.clinician, course=course).course


def kept(answer):
    """A form that was accepted sends the browser on."""
    assert answer.status_code == 302, words(answer)
    return answer


def answered(page, said):
    """The screening form with every question answered alike, as far as it can be."""

    class Form(HTMLParser):
        found: dict[str, set[str]] = {}  # noqa: RUF012 -- one form, read once

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "input" and given.get("type") == "radio":
                self.found.setdefault(given["name"], set()).add(given.get("value", ""))

    form = Form()
    form.found = {}
    form.feed(page.content.decode())
    return {name: next((word for word in said if word in choices), "") for name, choices in form.found.items()}


def test_a_course_from_the_first_question_to_the_decision_to_stop(harbour):
    browser = signed_in(harbour)
    patient = harbour.patient()
    opened = kept(
        browser.post(
            reverse("walk:open", kwargs={"patient": patient}),
            {"condition": "knee-osteoarthritis", "site": "knee", "side": "right"},
        )
    )
    course = opened.url.rstrip("/").rpartition("/")[2]
    assert words(browser.get(opened.url)).count("Screen for a day") == 1

    asked = answered(browser.get(at("screen", course)), ("never", "no"))
    kept(browser.post(at("screen", course), {"on": today(), **asked}))
    judged = browser.get(at("screening", course))
    assert judged.context["judged"]["decision"] in ("clear", "inform"), words(judged)

    kept(browser.post(at("plan", course), {"start": today()}))
    assert "Clinic visit 1" in words(browser.get(at("plan", course)))
    calendar = browser.get(at("calendar", course))
    assert (calendar.headers["Content-Type"], b"BEGIN:VCALENDAR" in calendar.content) == ("text/calendar", True)
    assert b"Silva" not in calendar.content

    shown = browser.post(at("recipe", course), {**RECIPE, "recalculate": "1"})
    assert (shown.status_code, "of at most 300 mg for 70 kg" in words(shown)) == (200, True)
    assert row(harbour, course).stage == "planned"
    kept(browser.post(at("recipe", course), {**RECIPE, "make": "1"}))

    assert "Ask for consent" in words(browser.get(at("course", course)))
    shown = browser.get(at("consent", course)).context["shown"]
    signed = {"language": "en", "fingerprint": shown.fingerprint, "understood": "on", "signed_as": "Maria Silva"}
    kept(browser.post(at("consent", course), signed))
    kept(browser.post(at("assess", course), {"on": today(), **ASSESSED}))
    session = row(harbour, course).sessions[0]["id"]
    kept(browser.post(at("time-out", course, session=session), TIMED_OUT))
    kept(browser.post(at("anaesthetise", course, session=session), NUMBED))
    kept(browser.post(at("inject", course, session=session), injected()))
    kept(browser.post(at("observe", course, session=session), OBSERVED))
    record = words(browser.get(at("session", course, session=session)))
    for line in ("Injection 1 right knee, 4 mL, ultrasound, needle 25 G, lot DX1", "Watched 30 minutes", "Note calm"):
        assert line in record

    kept(
        browser.post(
            at("diary", course, session=session),
            {"on": today(), "mode": "by phone", "pain": "4", "anything_else": "no"},
        )
    )
    assert row(harbour, course).diary[0]["answers"]["pain"] == 4
    kept(browser.post(at("decide", course), {"decided": "stop", "why": "better, content", "on": today(), "sure": "on"}))
    assert row(harbour, course).stage == "follow-up"
    assert "better, content" in words(browser.get(at("course", course)))


def test_where_the_rules_ask_a_clinician_decides_on_the_page_and_a_coordinator_waits(harbour):
    course = harbour.course(WARFARIN)
    screened(harbour, course)
    desk, doctor = signed_in(harbour, "coordinator"), signed_in(harbour)
    decision = {"go_ahead": "yes", "because": "prescriber informed"}
    assert "Only a clinician can decide here" in words(desk.get(at("screening", course)))
    assert desk.post(at("screening", course), decision).status_code == 403
    refused = doctor.post(at("screening", course), {"go_ahead": "yes", "because": ""})
    assert refused.status_code == 422
    kept(doctor.post(at("screening", course), decision))
    assert "prescriber informed" in words(doctor.get(at("screening", course)))
    kept(desk.post(at("plan", course), {"start": today()}))


def test_a_baseline_survey_is_told_at_the_clinic_and_stands_under_the_surveys(harbour):
    course, browser = harbour.course(), signed_in(harbour, "coordinator")
    page = at("survey", course, wave="baseline-1", instrument="pain-nrs")
    assert browser.get(page).status_code == 200
    kept(browser.post(page, {"on": today(), "mode": "in clinic", "nrs_avg_7d": "7"}))
    assert [answer["score"] for answer in row(harbour, course).surveys] == [7]
    assert "answered" in words(browser.get(at("surveys", course)))
    again = browser.post(page, {"on": today(), "mode": "in clinic", "nrs_avg_7d": "6"})
    assert (again.status_code, "correct that answer" in words(again)) == (409, True)


def test_more_rows_keeps_what_was_typed(harbour):
    course = ready(harbour)
    session = harbour.assessed(course, on=today())
    browser = signed_in(harbour)
    kept(browser.post(at("anaesthetise", course, session=session), NUMBED))
    more = browser.post(at("inject", course, session=session), {**injected("3.5"), "more": "1"})
    assert (more.status_code, len(more.context["form"].forms), b'value="3.5"' in more.content) == (200, 5, True)


# --- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "form", "field", "new"),
    [
        ("assess", {"on": None, **ASSESSED, "pain": "6"}, "pain", 6),
        ("anaesthetise", {**NUMBED, "volume_ml": "1"}, "volume_ml", "1"),
        ("observe", {**OBSERVED, "minutes": "45"}, "minutes", 45),
    ],
)
def test_a_step_is_corrected_with_a_reason_and_says_so(harbour, step, form, field, new):
    course, session = treated(harbour)
    old = next(one for one in row(harbour, course).sessions[0]["steps"] if one["step"] == step)
    browser, page = signed_in(harbour), at("correct", course, kind="step", record=old["id"])
    form = form | ({"on": today()} if "on" in form else {})
    assert browser.get(page).status_code == 200
    refused = browser.post(page, {**form, "reason": ""})
    assert (refused.status_code, "Why is it corrected?" in words(refused)) == (422, True)
    kept(browser.post(page, {**form, "reason": "misread"}))
    now = next(one for one in row(harbour, course).sessions[0]["steps"] if one["step"] == step)
    assert (now["details"][field], now["corrected"], now["reason"]) == (new, True, "misread")
    assert "corrected: misread" in words(browser.get(at("session", course, session=session)))
    assert browser.get(page).status_code == 404  # the old record no longer stands


def test_an_injection_is_corrected_and_without_a_reason_refused(harbour):
    course, _ = treated(harbour)
    old = next(one for one in row(harbour, course).sessions[0]["steps"] if one["step"] == "inject")
    browser, page = signed_in(harbour), at("correct", course, kind="step", record=old["id"])
    assert b'value="4"' in browser.get(page).content
    assert browser.post(page, injected("3")).status_code == 422
    kept(browser.post(page, {**injected("3"), "reason": "misread the syringe"}))
    steps = row(harbour, course).sessions[0]["steps"]
    assert [one["details"]["injections"][0]["volume_ml"] for one in steps if one["step"] == "inject"] == ["3"]


def test_a_diary_day_is_corrected(harbour):
    course, session = treated(harbour)
    browser = signed_in(harbour, "coordinator")
    told = {"on": today(), "mode": "by phone", "pain": "4", "anything_else": "no"}
    kept(browser.post(at("diary", course, session=session), told))
    old = row(harbour, course).diary[0]["id"]
    page = at("correct", course, kind="diary", record=old)
    assert browser.get(page).status_code == 200
    kept(browser.post(page, {"pain": "9", "anything_else": "no", "reason": "misheard"}))
    assert [entry["answers"]["pain"] for entry in row(harbour, course).diary] == [9]


def test_a_survey_is_corrected(harbour):
    course = harbour.course()
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="pain-nrs", on=today(), today=today(),
        answers={"nrs_avg_7d": 7}, mode="by phone",
    )  # fmt: skip
    browser = signed_in(harbour, "coordinator")
    page = at("correct", course, kind="survey", record=row(harbour, course).surveys[0]["id"])
    assert browser.get(page).status_code == 200
    kept(browser.post(page, {"nrs_avg_7d": "5", "reason": "misheard"}))
    assert [answer["score"] for answer in row(harbour, course).surveys] == [5]


# --- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"condition": "", "site": "knee", "side": "right"}, "What hurts: This field is required."),
        ({"condition": "knee-osteoarthritis", "site": ""}, "Where: This field is required."),
        ({"condition": "knee-osteoarthritis", "site": "nose"}, "nose is not one of the available choices"),
        ({"condition": "knee-osteoarthritis", "site": "knee", "level": "L4/5", "side": "right"}, "knee takes no level"),
        (
            {"condition": "knee-osteoarthritis", "site": "knee", "side": "right", "protocol": "sacroiliac-kim-2010"},
            "there is no protocol",
        ),
    ],
)
def test_a_course_that_cannot_be_is_not_opened(harbour, form, sentence):
    patient = harbour.patient()
    answer = signed_in(harbour).post(reverse("walk:open", kwargs={"patient": patient}), form)
    assert answer.status_code == 422
    assert sentence.lower() in words(answer).lower()


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"on": ""}, "Planned day of the injection: This field is required."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"on": "2026-02-30"}, "Enter a valid date."),
        ({"nsaid-last": "date"}, "Enter the day, or choose “Not known”."),
        ({"nsaid-last": "perhaps"}, "perhaps is not one of the available choices"),
    ],
)
def test_a_screening_with_a_wrong_answer_is_asked_again_and_nothing_is_judged(harbour, form, sentence):
    course, browser = harbour.course(), signed_in(harbour)
    asked = browser.get(at("screen", course))
    name = next(field for field in asked.context["form"].fields if f"{field}-day" in asked.context["form"].fields)
    given = {"on": today(), **{name if key == "nsaid-last" else key: value for key, value in form.items()}}
    answer = browser.post(at("screen", course), given)
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert row(harbour, course).screening is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"row-0-net": "60"}, "cannot be made"),
        ({"row-0-net": "-1"}, "Dextrose: -1 percent is not accepted"),
        ({"row-0-net": "15,5"}, "Dextrose: '15,5' has a comma; write a decimal point"),
        ({"row-0-vial": "dextrose:hydrous", "row-0-strength": "120"}, "120 percent is not accepted"),
        ({"weight_kg": "7"}, "7 kg is not accepted; expected 30 to 300 kg"),
        ({"weight_kg": "700"}, "700 kg is not accepted; expected 30 to 300 kg"),
        ({"row-1-net": "0.8", "volume_ml": "50", "row-0-net": "5", "weight_kg": "30"}, "over the limit"),
        ({"volume_ml": "ten"}, "number"),
        ({"diluent": "tea"}, "tea is not one of the available choices"),
    ],
)
def test_a_recipe_that_cannot_be_or_is_too_strong_is_not_made(harbour, wrong, sentence):
    course, browser = harbour.course(), signed_in(harbour)
    screened(harbour, course)
    kept(browser.post(at("plan", course), {"start": today()}))
    answer = browser.post(at("recipe", course), {**RECIPE, **wrong, "make": "1"})
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert row(harbour, course).recipe is None


@pytest.mark.parametrize("wrong", [{"weight_kg": "heavy"}, {"volume_ml": ""}, {"row-1-net": "1e9"}, {"row-0-net": "½"}])
def test_a_recipe_is_recalculated_as_it_is_typed_and_half_typed_numbers_do_no_harm(harbour, wrong):
    course, browser = harbour.course(), signed_in(harbour)
    answer = browser.post(at("recipe", course), {**RECIPE, **wrong}, headers={"HX-Request": "true"})
    assert (answer.status_code, b"<html" in answer.content) == (200, False)


def test_a_recipe_that_was_made_is_shown_as_it_was_made_and_the_next_one_begins_anew(harbour):
    course, browser = ready(harbour), signed_in(harbour)
    shown = words(browser.get(at("recipe", course)))
    assert "This is the recipe that was made." in shown
    assert "15% dextrose, 0.2% lidocaine, 10 mL" in shown
    assert "20 mg of at most 300 mg for 70 kg" in shown
    session = harbour.assessed(course, on=today())
    for step, form in (("anaesthetise", NUMBED), ("inject", injected()), ("observe", OBSERVED)):
        kept(browser.post(at(step, course, session=session), form))
    kept(browser.post(at("decide", course), {"decided": "go-on", "why": "improving", "on": today()}))
    screened(harbour, course)
    kept(browser.post(at("plan", course), {"start": today()}))
    page = browser.get(at("recipe", course))
    assert "This is the recipe that was made." not in words(page)
    assert page.context["form"].initial.get("weight_kg", "") == ""


def test_closing_and_withdrawing_ask_a_second_time(harbour):
    course, browser = harbour.course(), signed_in(harbour)
    refused = browser.post(at("decide", course), {"decided": "withdraw", "why": "moved away", "on": today()})
    assert (refused.status_code, "cannot be undone" in words(refused)) == (422, True)
    kept(browser.post(at("decide", course), {"decided": "withdraw", "why": "moved away", "on": today(), "sure": "on"}))
    assert row(harbour, course).stage == "withdrawn"
    assert "Nothing is left to decide" in words(browser.get(at("decide", course)))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"pain": "12"}, "12 is not one of the available choices"),
        ({"pain": ""}, "Please choose one of the answers."),
        ({"anything_else": "yes"}, "Please mark below what it is"),
        ({"mode": "by pigeon"}, "by pigeon is not one of the available choices"),
        ({"on": "tomorrow"}, "Enter a valid date."),
    ],
)
def test_a_diary_day_told_wrongly_is_asked_again(harbour, told, sentence):
    course, session = treated(harbour)
    form = {"on": today(), "mode": "by phone", "pain": "4", "anything_else": "no"} | told
    answer = signed_in(harbour).post(at("diary", course, session=session), form)
    assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
    assert row(harbour, course).diary == ()


@pytest.mark.parametrize(
    ("away", "status", "sentence"), [(1, 422, "has not come yet"), (-1, 409, "before the first injection")]
)
def test_a_diary_day_lies_between_the_session_and_today(harbour, away, status, sentence):
    course, session = treated(harbour)
    form = {"on": today() + timedelta(days=away), "mode": "by phone", "pain": "4", "anything_else": "no"}
    answer = signed_in(harbour).post(at("diary", course, session=session), form)
    assert (answer.status_code, sentence in words(answer)) == (status, True), words(answer)


# --- order, walls and rights -----------------------------------------------------------------------------------------


def test_no_stage_is_skipped_and_the_page_says_what_comes_first(harbour):
    course, browser = harbour.course(), signed_in(harbour)
    skipped = [
        browser.post(at("recipe", course), {**RECIPE, "make": "1"}),
        browser.post(at("decide", course), {"decided": "stop", "why": "x", "on": today()}),
    ]
    assert [answer.status_code for answer in skipped] == [409, 422]
    screened(harbour, course)
    other_day = browser.post(at("plan", course), {"start": today() + timedelta(days=3)})
    assert (other_day.status_code, "Something else comes first" in words(other_day)) == (409, True)
    assert at("course", course).encode() in other_day.content  # the way back


def test_the_needle_waits_for_the_numb_skin(harbour):
    course = ready(harbour)
    session, browser = harbour.assessed(course, on=today()), signed_in(harbour)
    assert browser.post(at("inject", course, session=session), injected()).status_code == 409
    assert browser.post(at("observe", course, session=session), OBSERVED).status_code == 409


def pages_of(course, session, record):
    return [
        *(at(name, course) for name in ("course", "screen", "screening", "plan", "calendar", "recipe", "assess")),
        *(at(name, course) for name in ("decide", "links", "surveys")),
        *(
            at(name, course, session=session)
            for name in ("session", "note", "time-out", "anaesthetise", "inject", "observe")
        ),
        *(at(name, course) for name in ("consent", "harm")),
        at("diary", course, session=session),
        at("survey", course, wave="baseline-2", instrument="pain-nrs"),
        at("correct", course, kind="step", record=record),
    ]


def test_another_clinic_finds_nothing_and_a_stranger_is_sent_to_sign_in(harbour, hillside):
    course, session = treated(harbour)
    pages = pages_of(course, session, row(harbour, course).sessions[0]["steps"][0]["id"])
    assert {signed_in(harbour).get(page).status_code for page in pages} == {200}
    assert {signed_in(hillside).get(page).status_code for page in pages} == {404}
    assert {Client().get(page).status_code for page in pages} == {302}


def test_a_session_or_a_record_of_another_course_is_not_found(harbour):
    course, _ = treated(harbour)
    other, session = treated(harbour, key="test|2")
    browser = signed_in(harbour)
    assert browser.get(at("session", course, session=session)).status_code == 404
    assert browser.get(at("inject", course, session=session)).status_code == 404
    assert browser.get(at("correct", course, kind="step", record=uuid4())).status_code == 404
    assert browser.get(at("correct", other, kind="alibi", record=uuid4())).status_code == 404


def test_a_coordinator_does_not_treat_and_a_director_does_not_screen(harbour):
    course = harbour.course()
    screen = {"on": today()}
    assert signed_in(harbour, "director").post(at("screen", course), screen).status_code == 403
    treating = ready(harbour, key="test|2")
    desk = signed_in(harbour, "coordinator")
    assert desk.post(at("assess", treating), {"on": today(), **ASSESSED}).status_code == 403
    assert desk.post(at("decide", treating), {"decided": "break-off", "why": "x", "on": today()}).status_code == 403
    assert row(harbour, treating).sessions == ()


def test_a_form_from_elsewhere_is_not_taken(harbour):
    course = harbour.course()
    browser = signed_in(harbour, enforce_csrf_checks=True)
    assert browser.post(at("screen", course), {"on": today()}).status_code == 403
    assert row(harbour, course).screening is None


def test_a_name_or_a_note_that_is_a_script_stays_words(harbour):
    harbour.person = {**harbour.person, "family": HOSTILE}
    course, session = treated(harbour)
    browser = signed_in(harbour)
    step = row(harbour, course).sessions[0]["steps"][4]["id"]
    page = at("correct", course, kind="step", record=step)
    kept(browser.post(page, {**OBSERVED, "note": HOSTILE, "reason": HOSTILE}))
    kept(browser.post(at("decide", course), {"decided": "stop", "why": HOSTILE, "on": today(), "sure": "on"}))
    for page in (at("course", course), at("session", course, session=session)):
        answer = browser.get(page)
        assert b"<script>alert" not in answer.content
        assert b"&lt;script&gt;alert(1)" in answer.content


def test_nothing_of_the_walk_is_kept_by_the_browser(harbour):
    course, session = treated(harbour)
    for page in pages_of(course, session, row(harbour, course).sessions[0]["steps"][0]["id"]):
        assert "no-store" in signed_in(harbour).get(page).headers["Cache-Control"]
