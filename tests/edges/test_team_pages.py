"""The team's first screen, the call list and the message settings, as staff meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_scopes import scope
from tests.edges.pages import ready, signed_in, today, treated, words

from enthesis.clinic.diary import record_diary
from enthesis.clinic.survey import record_survey
from enthesis.clinic.worklist import read_worklist
from enthesis.registry.models import Due, Membership, MessageSettings, Patient, User
from enthesis.web.worklists import lasted

HERE = {
    "address": "https://q.clinic.test",
    "signed": "Your clinic",
    "zone": "Europe/Madrid",
    "quiet_from": "21:00",
    "quiet_to": "07:30",
    "by_email": "on",
}


def silent(house, *, language="en"):
    """Somebody treated who did not answer at six weeks, 15 days ago, when the window is still open."""
    course, session = treated(house)
    with scope(clinic=house.clinic):
        due = Due.objects.get(course=course, key="wave-6-weeks", dropped=False)
        due.on, due.closes = today() - timedelta(days=15), today() + timedelta(days=2)
        due.save()
        Patient.objects.update(language=language, phone="555-0199")
    return course, session, due.pk


def test_the_first_screen_counts_what_waits_and_says_what_it_counts(harbour):
    _, session, _ = silent(harbour)
    record_diary(
        by=harbour.coordinator, session=session, on=today(), today=today(), answers={"pain": 6, "fever": True},
        mode="by phone",
    )  # fmt: skip
    said = words(signed_in(harbour).get("/"))
    parts = (
        "1 unsigned alert",
        "1 person to call who did not answer four messages",
        "0 visits within seven days with a washout not met or not known",
        "Everybody who comes within seven days has signed.",
        "Unsigned for less than a minute.",
        "Nobody was told by e-mail.",
        "The silent count as not answered.",
        "6 weeks Clinic harbour",
        "0% 0 of 1, 1 may still answer",
        "0% of 2 surveys whose day has come were answered",
    )
    assert {part: part in said for part in parts} == dict.fromkeys(parts, True), said


def test_an_answer_of_worry_is_signed_from_the_first_screen_and_stands_on_the_patients_page_until_then(harbour):
    course = ready(harbour)
    answers = {"gad2_1": 3, "gad2_2": 2, "phq2_2": 0, "phq2_1": 0}
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="phq-4", on=today(), today=today(),
        answers=answers, mode="by phone",
    )  # fmt: skip
    browser, [row] = signed_in(harbour), read_worklist(by=harbour.clinician, on=today()).screened_positive
    patient, sign = reverse("patient", args=[row.patient]), reverse("mood-sign", args=[row.mood])
    counted = "1 unsigned answer about worry or low mood that reached the published cut-off"
    assert (counted in words(browser.get("/")), "anxiety 5 of 6" in words(browser.get(patient))) == (True, True)
    assert sign not in signed_in(harbour, "coordinator").get("/").content.decode()
    empty = browser.post(sign, {"done": ""})
    assert (empty.status_code, "Say what was done before you sign." in words(empty)) == (422, True)
    said = words(browser.post(sign, {"done": "called; sees the family doctor"}, follow=True))
    assert ("The alert is signed." in said, "No answer about worry or low mood waits" in said) == (True, True)
    assert "anxiety 5 of 6" not in words(browser.get(patient))
    again = browser.post(sign, {"done": "called"})
    assert (again.status_code, "signed already" in words(again)) == (409, True)


def test_an_alert_of_the_diary_stands_on_the_patients_page_with_its_urgency(harbour):
    _, session = treated(harbour)
    record_diary(
        by=harbour.coordinator, session=session, on=today(), today=today(), answers={"pain": 6, "fever": True},
        mode="by phone",
    )  # fmt: skip
    [row] = read_worklist(by=harbour.clinician, on=today()).alerts
    said = words(signed_in(harbour).get(reverse("patient", args=[row.patient])))
    assert ("Open alerts 1 unsigned Call today" in said, "Sign on the worklist" in said) == (True, True)


def test_somebody_of_two_clinics_chooses_which_to_see(harbour, hillside):
    ready(harbour)
    person = User.objects.get(email="coordinator@harbour.test")
    Membership.objects.create(user=person, clinic=hillside.clinic, role="coordinator")
    browser = signed_in(harbour, "coordinator")
    both, one = (words(browser.get("/", {"clinic": at})) for at in ("", str(hillside.clinic.pk)))
    assert ("1 session planned for today" in both, "0 sessions planned for today" in one) == (True, True)
    assert browser.get("/", {"clinic": "99999"}).status_code == 404
    assert browser.get("/", {"clinic": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(0.5, "less than a minute"), (1, "1 minute"), (59.9, "59 minutes"), (60, "1 hour"), (1439, "23 hours"),
     (1440, "1 day"), (5000, "3 days")],
)  # fmt: skip
def test_how_long_an_alert_waits_is_said_in_one_unit(minutes, says):
    assert lasted(minutes) == says


@pytest.mark.parametrize(("language", "says"), [("en", "May I read you the questions now?"), ("es", "Llamo de Clinic")])
def test_the_call_list_says_what_to_say_and_where_to_write_the_answers(harbour, language, says):
    course, _, due = silent(harbour, language=language)
    browser = signed_in(harbour, "coordinator")
    page = browser.get(reverse("calls"))
    assert (says in words(page), "tel:555-0199" in page.content.decode(), str(course) in page.content.decode()) == (
        True,
        True,
        True,
    )
    noted = browser.post(reverse("call-note", args=[due]), {"outcome": "later", "says": "after six"}, follow=True)
    assert "Asked to be called another time – after six" in words(noted)
    refused = browser.post(reverse("call-note", args=[due]), {"outcome": "cross"})
    assert (refused.status_code, f"call-{due}-outcome" in refused.content.decode()) == (422, True)


def test_nobody_to_call_is_said_calmly(harbour):
    assert "Nobody has to be called today." in words(signed_in(harbour, "coordinator").get(reverse("calls")))


def test_the_director_sets_how_messages_go_and_no_password_is_shown(harbour, settings):
    settings.SMTP, settings.MAIL_FROM = "smtp+starttls://user:secret@mail.test:587", "q@clinic.test"
    browser, at = signed_in(harbour, "director"), reverse("message-settings")
    before = browser.get(at)
    assert ("these settings have never been saved" in words(before), "mail.test:587" in words(before)) == (True, True)
    assert "secret" not in before.content.decode()
    assert "The messages of Clinic harbour are set." in words(browser.post(at, HERE, follow=True))
    with scope(clinic=[harbour.clinic.pk]):
        kept = MessageSettings.objects.get()
    assert (kept.zone, kept.quiet_from.hour, kept.by_email, kept.by_sms) == ("Europe/Madrid", 21, True, False)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"address": "http://q.test"}, "beginning with https://"), ({"zone": "Mars"}, "not a time zone"),
     ({"quiet_to": "21:00"}, "begin and end at the same time"), ({"quiet_from": "25:00"}, "Enter a valid time")],
)  # fmt: skip
def test_settings_that_cannot_work_are_kept_in_the_form_and_explained(harbour, wrong, says):
    answer = signed_in(harbour, "director").post(reverse("message-settings"), HERE | wrong)
    assert (answer.status_code, says in words(answer), "Your clinic" in answer.content.decode()) == (422, True, True)


def test_the_sheet_for_the_days_after_is_printed_for_the_site_in_both_languages(harbour):
    course, _ = treated(harbour)
    browser, at = signed_in(harbour, "coordinator"), reverse("walk:aftercare", args=[course])
    english, spanish = (words(browser.get(at, {"language": code})) for code in ("en", "es"))
    assert "Days 4 to 13 Work that loads this joint can come back step by step." in english
    assert ("555-0100" in english, "Get emergency help at once if" in english) == (True, True)
    assert ("Días 4 a 13" in spanish, "Llámenos el mismo día si" in spanish) == (True, True)


def test_staff_note_that_an_address_works_again_and_nobody_else_does(harbour, hillside):
    treated(harbour)
    with scope(clinic=[harbour.clinic.pk]):
        at = reverse("reach", args=[Patient.objects.get().pk])
    note = {"channel": "email", "state": "stopped", "why": "said so by phone"}
    browser = signed_in(harbour, "coordinator")
    assert "Is written to" in words(browser.get(at))
    said = words(browser.post(at, note, follow=True))
    assert ("It is noted." in said, "Wants no messages said so by phone" in said) == (True, True)
    assert browser.post(at, note | {"why": " "}).status_code == 422
    assert signed_in(harbour, "director").post(at, note).status_code == 403
    assert signed_in(hillside, "coordinator").get(at).status_code == 404
