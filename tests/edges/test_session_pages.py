"""The pages of a session: what each refuses, consent, the signature and what is added, harm, lots, and the cards."""

import re

import pytest
from django.urls import reverse
from tests.clinic.conftest import LOTS
from tests.edges.pages import ASSESSED, NUMBED, OBSERVED, TIMED_OUT, injected, ready, signed_in, today, treated, words
from tests.edges.test_walk_pages import at, kept, row

STEPS = [
    ("assess", {"pain": "11"}, "11 is not one of the available choices"),
    ("assess", {"red_flags_excluded": ""}, "Red flags were looked for and excluded: This field is required."),
    ("assess", {"marked": []}, "Sites marked: Mark at least one site."),
    ("time-out", {"identity": ""}, "said their name and date of birth"),
    ("time-out", {"help_at_hand": ""}, "lipid emulsion and a trained person are at hand: This field is required."),
    ("time-out", {"lot_1_expires": "2020-01-31"}, "Lot LI1 expired on 2020-01-31"),
    ("time-out", {"lot_1_expires": ""}, "The expiry date of lot LI1 was expected"),
    ("time-out", {"lot_1_lot": ""}, "The lot of lidocaine 1% was expected"),
    ("time-out", {"lot_1_lot": "--"}, "The lot as printed on the vial was expected"),
    ("anaesthetise", {"vial_lot": ""}, "The lot of the local anaesthetic was expected"),
    ("anaesthetise", {"volume_ml": "-2"}, "A number from 0 to 60"),
    ("anaesthetise", {"volume_ml": "2,5"}, "with a decimal point"),
    ("anaesthetise", {"volume_ml": "40"}, "over the limit of 300 mg"),
    ("inject", injected("0"), "A number from 0.1 to 60"),
    ("inject", injected("11"), "10 mL were drawn up"),
    ("inject", injected(""), "at least one injection"),
    ("inject", injected(guidance=""), "Choose how the needle was guided."),
    ("inject", {"form-TOTAL_FORMS": "", "form-INITIAL_FORMS": ""}, "ManagementForm data is missing"),
    ("observe", {"minutes": "soon"}, "A number from 0 to 1440"),
    ("observe", {"reactions": ["none", "faint"]}, "not both"),
    ("observe", {"reactions": []}, "What happened: This field is required."),
    ("observe", {"fit_to_leave": ""}, "The patient is fit to leave: This field is required."),
]


@pytest.mark.parametrize(("step", "wrong", "sentence"), STEPS)
def test_a_step_with_a_wrong_entry_is_shown_again_with_the_sentence(harbour, step, wrong, sentence):
    course, browser = ready(harbour), signed_in(harbour)
    right = {
        "assess": {"on": today(), **ASSESSED},
        "time-out": TIMED_OUT,
        "anaesthetise": NUMBED,
        "inject": {},
        "observe": OBSERVED,
    }
    session = {}
    for name, entry in right.items():
        page = at(name, course, **session)
        if name == step:
            answer = browser.post(page, entry | wrong)
            assert (answer.status_code, sentence in words(answer)) == (422, True), words(answer)
            return
        kept(browser.post(page, entry or injected()))
        session = {"session": row(harbour, course).sessions[0]["id"]}


def test_consent_is_read_in_spanish_signed_with_a_drawing_and_kept_word_for_word(harbour):
    harbour.person = {**harbour.person, "language": "es"}
    course, browser = harbour.course(), signed_in(harbour)
    page = at("consent", course)
    answer = browser.get(page)
    assert "Usted decide" in words(answer)
    shown = answer.context["shown"]
    form = {"language": "es", "fingerprint": shown.fingerprint, "understood": "on", "signed_as": "María Silva"}
    kept(browser.post(page, form | {"signature": "M10 20L30 40"}))
    after = browser.get(page)
    assert shown.text in after.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert b'<path d="M10 20L30 40"' in after.content


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"understood": ""}, 422, "This field is required"),
        ({"signed_as": " "}, 422, "This field is required"),
        ({"signature": "<svg onload=alert(1)>"}, 422, "drawn signature could not be read"),
        ({"fingerprint": "0" * 64}, 409, "text has changed since it was shown"),
    ],
)
def test_a_consent_that_is_not_one_is_not_kept(harbour, wrong, status, sentence):
    course, browser = harbour.course(), signed_in(harbour)
    shown = browser.get(at("consent", course)).context["shown"]
    form = {"language": "en", "fingerprint": shown.fingerprint, "understood": "on", "signed_as": "Maria Silva"}
    answer = browser.post(at("consent", course), form | wrong)
    assert (answer.status_code, sentence in words(answer)) == (status, True), words(answer)
    assert row(harbour, course).consented is False


def test_a_consent_taken_back_stops_the_needle_and_stays_on_record(harbour):
    course, browser = ready(harbour), signed_in(harbour)
    session = harbour.assessed(course, on=today())
    kept(browser.post(at("withdraw", course), {"withdraw-why": "afraid"}))
    refused = browser.post(at("anaesthetise", course, session=session), NUMBED)
    assert (refused.status_code, "no consent stands" in words(refused).lower()) == (409, True), words(refused)
    said = words(browser.get(at("consent", course)))
    assert "Taken back" in said
    assert "afraid" in said


def test_the_record_is_signed_then_only_added_to_and_prints_as_a_note(harbour):
    course, session = treated(harbour)
    browser, page = signed_in(harbour), at("session", course, session=session)
    assert "Correct" in words(browser.get(page))
    kept(browser.post(at("sign", course, session=session)))
    signed = words(browser.get(page))
    assert "The record is as it was signed" in signed
    step = row(harbour, course).sessions[0]["steps"][4]["id"]
    corrected = browser.post(at("correct", course, kind="step", record=step), {**OBSERVED, "reason": "x"})
    assert (corrected.status_code, "add an addendum instead" in words(corrected)) == (409, True)
    assert browser.post(page, {"words": ""}).status_code == 422
    kept(browser.post(page, {"words": "The saline was another lot.", "what": "saline 0.9%", "lot": "ZZ-9"}))
    note = words(browser.get(at("note", course, session=session)))
    for line in ("The saline was another lot.", "Lot named: ZZ-9", "lot DX-2405", "Signed by clinician of harbour"):
        assert line in note


def test_a_reaction_is_graded_before_the_record_is_signed_and_followed_until_it_is_closed(harbour):
    course = ready(harbour)
    session, browser = harbour.assessed(course, on=today()), signed_in(harbour)
    kept(browser.post(at("anaesthetise", course, session=session), NUMBED))
    kept(browser.post(at("inject", course, session=session), injected()))
    kept(browser.post(at("observe", course, session=session), {**OBSERVED, "reactions": ["faint"]}))
    refused = browser.post(at("sign", course, session=session))
    assert (refused.status_code, "grade it as an adverse event" in words(refused)) == (409, True)
    page = at("harm", course) + f"?session={session}"
    assert b'value="faint"' in browser.get(page).content
    form = {"on": today(), "what": "fainted", "grade": "2", "outcome": "ongoing"}
    assert browser.post(page, form | {"grade": "6"}).status_code == 422
    death = browser.post(page, form | {"outcome": "fatal"})
    assert (death.status_code, "the three do not agree" in words(death)) == (422, True)
    event = kept(browser.post(page, form)).url
    kept(browser.post(at("sign", course, session=session)))
    look = {"on": today(), "text": "well after lying down", "grade": "1", "outcome": "resolved"}
    assert browser.post(event, look | {"text": ""}).status_code == 422
    kept(browser.post(event, look))
    said = words(browser.get(event))
    assert "Closed. If it has come back" in said
    assert "well after lying down" in said
    assert browser.post(event, look).status_code == 422
    assert "fainted" in words(browser.get(reverse("adverse-events")))


def test_the_cards_stand_on_every_page_of_a_session_with_the_dose_for_the_weight(harbour):
    course = ready(harbour)
    session, browser = harbour.assessed(course, on=today()), signed_in(harbour)
    for name in ("time-out", "anaesthetise", "inject", "observe", "session"):
        said = words(browser.get(at(name, course, session=session)))
        assert "Doses for 70 kg, as recorded" in said, name
        assert "840 mL in all" in said, name
        assert "could not be read here" in said, name
    printed = words(browser.get(reverse("emergencies")))
    assert "no weight is recorded; none is assumed" in printed
    assert "under 70 kg: 1.5 mL for each kg" in printed


def test_a_vial_is_put_on_the_shelf_offered_in_the_time_out_and_taken_off(harbour):
    browser, page = signed_in(harbour, "coordinator"), reverse("lots")
    form = {"clinic": harbour.clinic.pk, "what": "saline 0.9%", "lot": "NS-1", "expires_on": "2099-01-31"}
    expired = browser.post(page, form | {"expires_on": "2020-01-31"})
    assert (expired.status_code, "expired on 2020-01-31" in words(expired)) == (422, True)
    kept(browser.post(page, form))
    course = ready(harbour)
    session = harbour.marked(course, on=today())
    offered = signed_in(harbour).get(at("time-out", course, session=session))
    assert "saline 0.9%, lot NS-1, to 2099-01-31" in words(offered)
    vial = re.search(r"/lots/([0-9a-f-]+)/off/", browser.get(page).content.decode()).group(1)
    kept(browser.post(reverse("vial-off", kwargs={"vial": vial}), {"reason": "recalled"}))
    assert "NS-1" not in words(browser.get(page))


def test_a_lot_is_looked_up_in_one_search_whatever_way_it_is_spelled(harbour):
    course, _ = treated(harbour)
    browser, page = signed_in(harbour), reverse("recall")
    for lot in (LOTS["saline 0.9%"]["lot"], "nacl 9", " NACL-9 ", "sk 1", "li77"):
        said = words(browser.post(page, {"lot": lot}))
        assert "1 person" in said, lot
        assert "Maria Silva" in said, lot
    assert "Nobody received this lot" in words(browser.post(page, {"lot": "NACL-99"}))
    wrong = browser.post(page, {"lot": "--"})
    assert (wrong.status_code, "as printed on the vial" in words(wrong)) == (422, True)
    assert str(course) in browser.post(page, {"lot": "sk1"}).content.decode()
