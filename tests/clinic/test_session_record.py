"""The record of a session: consent, time-out, signature, addenda, harm, and who received a lot."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django_scopes import scopes_disabled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.clinic.conftest import ASSESSED, GIVEN, LOTS, NUMBED, OBSERVED, TIMED_OUT, TODAY, VISIT
from tests.clinic.test_screened_again import WARFARIN, learned

from enthesis.clinic import treat
from enthesis.clinic.consent import give_consent, read_consent, withdraw_consent
from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.estimate import make_estimate
from enthesis.clinic.harm import follow_event, read_event, read_events, report_event
from enthesis.clinic.lots import add_vial, lot_key, read_shelf, take_off
from enthesis.clinic.patients import read_patient
from enthesis.clinic.prices import set_prices
from enthesis.clinic.recall import recall_lot
from enthesis.clinic.session_record import read_session
from enthesis.clinic.signing import add_addendum, sign_session
from enthesis.clinic.time_out import time_out
from enthesis.knowledge import BadInput
from enthesis.registry.models import Consent, Injection, SessionSignature, SessionStep

DAY = timedelta(days=1)


def people(house, lot):
    """The patients who received a lot."""
    return {row.patient for row in recall_lot(by=house.director, lot=lot)}


# --- consent ---------------------------------------------------------------------------------------------------------


def test_nobody_is_treated_without_a_consent_that_stands(harbour):
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    harbour.mixed(course)
    with pytest.raises(OutOfOrder, match="no consent stands"):
        harbour.marked(course)
    harbour.consented(course)
    harbour.marked(course)


def test_a_consent_taken_back_holds_every_needle_and_a_new_one_lets_the_session_go_on(harbour):
    course = harbour.ready()
    session = harbour.marked(course)
    withdraw_consent(by=harbour.coordinator, course=course, on=VISIT, why="afraid")
    with pytest.raises(OutOfOrder, match="no consent stands"):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT)
    harbour.consented(course, on=VISIT)
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    withdraw_consent(by=harbour.coordinator, course=course, on=VISIT, why="")
    with pytest.raises(OutOfOrder, match="no consent stands"):
        treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    assert [row.given for row in read_consent(by=harbour.clinician, course=course).rows] == [False, True, False, True]


def test_the_price_in_the_text_is_that_of_the_newest_written_estimate(harbour):
    course = harbour.course()
    assert "Ask us for the price in writing" in read_consent(by=harbour.clinician, course=course).text
    line = {
        "what": "Session",
        "per": "session",
        "amount": "250.25",
        "treatment": "dextrose-prolotherapy",
        "code": "M0076",
    }
    set_prices(
        by=harbour.director, clinic=harbour.clinic.pk, valid_from=TODAY, currency="USD", lines=[line], today=TODAY
    )
    for sessions in (2, 3):
        make_estimate(by=harbour.coordinator, course=course, sessions=sessions, on=TODAY, valid_until=VISIT)
    said = read_consent(by=harbour.clinician, course=course, language="es").text
    assert "Lugar: rodilla, lado derecho." in said
    assert "Where: knee, on the right." in read_consent(by=harbour.clinician, course=course, language="en").text
    assert "Presupuesto 2 de 2030-03-04: 750.75 USD en total. Número de visitas: 3." in said


def test_what_was_never_given_cannot_be_taken_back(harbour):
    with pytest.raises(OutOfOrder, match="no consent stands"):
        withdraw_consent(by=harbour.clinician, course=harbour.course(), on=TODAY, why="")


def test_the_very_text_that_was_signed_is_kept_with_its_fingerprint_and_the_language(harbour):
    harbour.person = {**harbour.person, "language": "es-MX"}
    course = harbour.course()
    shown = read_consent(by=harbour.clinician, course=course)
    assert (shown.language, "USTED DECIDE" in shown.text) == ("es", True)
    harbour.consented(course, signature="M1 2L3 4")
    [row] = read_consent(by=harbour.clinician, course=course).rows
    assert (row.text, row.fingerprint, row.signature) == (shown.text, shown.fingerprint, "M1 2L3 4")


def test_a_text_in_another_language_than_the_patients_needs_an_interpreter(harbour):
    harbour.person = {**harbour.person, "language": "pt"}
    course = harbour.course()
    with pytest.raises(BadInput, match="interpreter: the chart says that the patient speaks another language"):
        harbour.consented(course)
    harbour.consented(course, interpreter="Ana Souza, by telephone")


def test_a_coordinator_does_not_take_a_consent(harbour):
    course = harbour.course()
    with pytest.raises(NotAllowed):
        give_consent(by=harbour.coordinator, course=course, on=TODAY, details={})


# --- time-out --------------------------------------------------------------------------------------------------------


def test_no_needle_before_the_time_out(harbour):
    session = harbour.marked(harbour.ready())
    with pytest.raises(OutOfOrder, match="time-out comes before the first needle"):
        treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"identity": False}, "identity: no needle before"),
        ({"site_and_side": None}, "site_and_side: no needle before"),
        ({"allergies": "yes"}, "allergies: no needle before"),
        ({"help_at_hand": False}, "lipid emulsion and a trained person"),
        ({"lots": {}}, "the lot of dextrose 50% was expected"),
        ({"lots": LOTS | {"saline 0.9%": {"lot": "N1", "expires_on": "2030-03-13"}}}, "lot N1 expired on 2030-03-13"),
        ({"lots": LOTS | {"saline 0.9%": {"lot": "N1", "expires_on": "soon"}}}, "expiry date of lot N1"),
        ({"lots": LOTS | {"saline 0.9%": {"lot": "  ", "expires_on": "2031-01-01"}}}, "as printed on the vial"),
        ({"lots": LOTS | {"saline 0.9%": "not an id"}}, "choose a vial of the shelf"),
    ],
)
def test_a_time_out_with_something_open_is_refused_and_no_lot_is_kept(harbour, wrong, words):
    session = harbour.marked(harbour.ready())
    with pytest.raises(BadInput, match=words):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT | wrong)
    assert read_session(by=harbour.clinician, session=session).lots == ()
    assert read_shelf(by=harbour.clinician) == ()


def test_on_its_last_day_a_vial_may_still_be_used(harbour):
    session = harbour.marked(harbour.ready())
    lots = {what: {"lot": "L1", "expires_on": VISIT.isoformat()} for what in LOTS}
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": lots})


def test_a_vial_of_the_shelf_is_one_tap_and_must_be_what_was_drawn(harbour):
    for what in LOTS:
        details = {"what": what, "lot": f"shelf {what}", "expires_on": "2031-01-01"}
        add_vial(by=harbour.coordinator, clinic=harbour.clinic.pk, details=details, today=TODAY)
    vials = {one.what: str(one.id) for one in read_shelf(by=harbour.clinician)}
    session = harbour.marked(harbour.ready())
    crossed = vials | {"saline 0.9%": vials["dextrose 50%"]}
    with pytest.raises(BadInput, match="saline 0.9%: choose a vial of the shelf"):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": crossed})
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": vials})
    assert {lot["lot"] for lot in read_session(by=harbour.clinician, session=session).lots} == {
        f"shelf {what}" for what in LOTS
    }


def test_a_recipe_without_a_weight_asks_for_it_and_assumes_none(harbour):
    course = harbour.course()
    harbour.screened(course)
    harbour.planned(course)
    harbour.mixed(course, weight_kg="")
    harbour.consented(course)
    session = harbour.marked(course)
    for wrong, words in (
        ("", "none is assumed"),
        ("7", "7 kg is not accepted"),
        ("700", "700 kg is not accepted"),
        ("7O", "weight_kg"),
    ):
        with pytest.raises(BadInput, match=words):
            time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"weight_kg": wrong})
    time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"weight_kg": "40"})
    with pytest.raises(BadInput, match="over the limit of 180 mg for 40 kg"):
        treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED | {"volume_ml": "18.1"})


def test_warfarin_that_comes_into_the_chart_between_marking_and_needle_stops_the_session(harbour):
    session = harbour.marked(harbour.ready())
    learned(harbour, WARFARIN)
    with pytest.raises(OutOfOrder, match="says ask: the session stops here"):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT)


def test_a_time_out_is_held_once_and_corrected_with_a_reason(harbour):
    session = harbour.assessed(harbour.ready())
    with pytest.raises(OutOfOrder, match="is recorded"):
        time_out(by=harbour.clinician, session=session, details=TIMED_OUT)
    step = read_session(by=harbour.clinician, session=session).step("time-out")
    lots = LOTS | {"saline 0.9%": {"lot": "right", "expires_on": "2031-01-01"}}
    time_out(
        by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": lots}, corrects=step["id"], reason="misread"
    )
    record = read_session(by=harbour.clinician, session=session)
    assert [lot["lot"] for lot in record.lots if lot["what"] == "saline 0.9%"] == ["right"]
    assert [old["details"]["lots"][2]["lot"] for old in record.step("time-out")["before"]] == ["NaCl/9"]


# --- signature and addenda -------------------------------------------------------------------------------------------


def test_a_session_that_is_not_complete_is_not_signed(harbour):
    session = harbour.assessed(harbour.ready())
    with pytest.raises(OutOfOrder, match="anaesthetise, inject, observe must be recorded"):
        sign_session(by=harbour.clinician, session=session)


def test_only_a_clinician_signs_and_only_once(harbour):
    _, session = harbour.treated()
    for other in (harbour.coordinator, harbour.director):
        with pytest.raises(NotAllowed):
            sign_session(by=other, session=session)
    sign_session(by=harbour.clinician, session=session)
    with pytest.raises(OutOfOrder, match="signed and stays as it is"):
        sign_session(by=harbour.clinician, session=session)


def test_once_signed_no_step_can_be_corrected(harbour):
    _, session = harbour.signed()
    steps = {one["step"]: one["id"] for one in read_session(by=harbour.clinician, session=session).steps}
    tries = [
        lambda marks: treat.correct_assessment(details=ASSESSED | {"pain": 1}, corrects=steps["assess"], **marks),
        lambda marks: time_out(details=TIMED_OUT, corrects=steps["time-out"], **marks),
        lambda marks: treat.anaesthetise(details=NUMBED, corrects=steps["anaesthetise"], **marks),
        lambda marks: treat.inject(given=[GIVEN], corrects=steps["inject"], **marks),
        lambda marks: treat.observe(details=OBSERVED, corrects=steps["observe"], **marks),
    ]
    before = read_session(by=harbour.clinician, session=session)
    for attempt in tries:
        with pytest.raises(OutOfOrder, match="add an addendum instead"):
            attempt({"by": harbour.clinician, "session": session, "reason": "x"})
    assert read_session(by=harbour.clinician, session=session) == before
    assert before.seal.holds


def test_the_database_itself_refuses_to_change_what_was_signed(harbour):
    _, session = harbour.signed()
    with scopes_disabled():
        step = SessionStep.objects.filter(session=session).first()
        attempts = [
            lambda: SessionStep.objects.filter(session=session).update(details={}),
            lambda: Injection.objects.filter(session=session).update(volume_ml=9),
            lambda: SessionSignature.objects.filter(session=session).update(digest="0" * 64),
            lambda: SessionSignature.objects.filter(session=session)._raw_delete("default"),
            lambda: Consent.objects.update(signed_as="somebody else"),
            lambda: SessionStep.objects.create(
                session=step.session, step="observe", details={}, clinic=step.clinic, recorded_at=step.recorded_at,
                recorded_by="x",
            ),
        ]  # fmt: skip
        for attempt in attempts:
            with pytest.raises(DatabaseError, match="kept as it was signed"), transaction.atomic():
                attempt()


def test_a_record_changed_behind_the_program_no_longer_holds_its_seal(harbour):
    _, session = harbour.signed()
    with scopes_disabled():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "DROP TRIGGER sessionstep_signed_UPDATE"
                if connection.vendor == "sqlite"
                else "DROP TRIGGER sessionstep_signed ON registry_sessionstep"
            )
        SessionStep.objects.filter(session=session, step="observe").update(
            details={"reactions": ["none"], "minutes": 1}
        )
    assert read_session(by=harbour.clinician, session=session).seal.holds is False


additions = st.lists(
    st.tuples(
        st.text(min_size=1, max_size=40).filter(lambda text: text.replace("\x00", "").strip()),
        st.sampled_from(["", "ADD-1", "add 2"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(additions)
def test_an_addendum_changes_nothing_hides_nothing_and_stays(harbour, added):
    with transaction.atomic():
        _, session = harbour.signed()
        before = read_session(by=harbour.clinician, session=session)
        for words, lot in added:
            lots = [{"what": "saline 0.9%", "lot": lot}] if lot else []
            add_addendum(by=harbour.clinician, session=session, words=words, lots=lots)
        after = read_session(by=harbour.clinician, session=session)
        assert (after.steps, after.seal, after.recipe) == (before.steps, before.seal, before.recipe)
        assert [one["text"] for one in after.addenda] == [words.replace("\x00", "").strip() for words, _ in added]
        assert set(before.lots[0]) == {"part", "what", "lot", "expires_on"}
        assert all(lot in after.lots for lot in before.lots)
        transaction.set_rollback(True)


def test_an_addendum_is_for_a_signed_session_and_says_something(harbour):
    _, session = harbour.treated()
    with pytest.raises(OutOfOrder, match="not signed yet"):
        add_addendum(by=harbour.clinician, session=session, words="later")
    sign_session(by=harbour.clinician, session=session)
    for words, lots, said in ((" ", [], "say what is added"), ("x", [{"lot": "--"}], "as printed on the vial")):
        with pytest.raises(BadInput, match=said):
            add_addendum(by=harbour.clinician, session=session, words=words, lots=lots)
    assert read_session(by=harbour.clinician, session=session).addenda == ()


# --- harm ------------------------------------------------------------------------------------------------------------

FAINT = {"what": "fainted", "grade": 2, "serious": [], "outcome": "ongoing"}


def test_an_adverse_event_is_followed_until_it_is_closed_and_every_look_stays(harbour):
    course, session = harbour.treated()
    event = report_event(by=harbour.clinician, course=course, session=session, on=VISIT, today=VISIT, details=FAINT)
    later = {"text": "admitted for a night", "grade": 3, "serious": ["hospital"], "outcome": "recovering"}
    follow_event(by=harbour.clinician, event=event, on=VISIT + DAY, today=VISIT + DAY, details=later)
    well = {"text": "well", "grade": 3, "serious": ["hospital"], "outcome": "resolved"}
    follow_event(by=harbour.clinician, event=event, on=VISIT + 2 * DAY, today=VISIT + 2 * DAY, details=well)
    row = read_event(by=harbour.director, event=event)
    assert (row.grade, row.serious, row.outcome, row.closed) == (3, ("hospital",), "resolved", True)
    assert [look["grade"] for look in row.looks] == [2, 3, 3]
    with pytest.raises(OutOfOrder, match="closed"):
        follow_event(by=harbour.clinician, event=event, on=VISIT + 2 * DAY, today=VISIT + 2 * DAY, details=well)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": ""}, "say what happened"),
        ({"grade": 0}, "from 1 to 5"),
        ({"grade": "2.5"}, "whole number"),
        ({"serious": ["bad luck"]}, "not in the list"),
        ({"outcome": "gone"}, "not in the list"),
        ({"grade": 5}, "the three do not agree"),
        ({"serious": ["death"]}, "the three do not agree"),
        ({"outcome": "fatal"}, "the three do not agree"),
        ({"grade": 4}, "a life-threatening event is serious"),
    ],
)
def test_an_adverse_event_that_cannot_be_is_refused(harbour, wrong, words):
    course = harbour.course()
    with pytest.raises(BadInput, match=words):
        report_event(by=harbour.clinician, course=course, on=TODAY, today=TODAY, details=FAINT | wrong)
    assert read_events(by=harbour.clinician) == ()


def test_an_adverse_event_has_a_day_that_came_and_a_session_of_its_own_course(harbour):
    course, session = harbour.treated()
    other = harbour.course(key="test|2")
    with pytest.raises(BadInput, match="not come yet"):
        report_event(by=harbour.clinician, course=course, on=VISIT + DAY, today=VISIT, details=FAINT)
    with pytest.raises(NotFound, match="no such session"):
        report_event(by=harbour.clinician, course=other, session=session, on=VISIT, today=VISIT, details=FAINT)
    with pytest.raises(NotAllowed):
        report_event(by=harbour.coordinator, course=course, on=VISIT, today=VISIT, details=FAINT)


# --- recall ----------------------------------------------------------------------------------------------------------


def test_every_part_of_a_session_is_found_by_its_lot_in_the_trail_and_nowhere_else(harbour, hillside):
    _, session = harbour.treated()
    hillside.treated()
    patient = read_session(by=harbour.clinician, session=session).patient
    for lot in ("DX-2405", "dx 2405", "LI77", "nacl9", "SK1", "dx1"):
        assert people(harbour, lot) == {patient}, lot
    assert people(harbour, "DX-240") == set()
    events = [
        one for one in read_patient(by=harbour.clinician, patient=patient).events if one.verb == "looked up a lot"
    ]
    assert events == []  # it is about a lot, and stands in the clinic's trail


def test_a_lot_checked_for_a_mixture_that_was_never_injected_was_not_received(harbour):
    session = harbour.assessed(harbour.ready())
    assert people(harbour, "DX-2405") == set()
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    assert (len(people(harbour, "SK1")), people(harbour, "DX-2405")) == (1, set())


def test_a_lot_that_was_corrected_away_is_not_found_and_the_right_one_is(harbour):
    _, session = harbour.treated()
    step = read_session(by=harbour.clinician, session=session).step("anaesthetise")
    right = NUMBED | {"vial": {"lot": "SK2", "expires_on": "2031-01-01"}}
    treat.anaesthetise(by=harbour.clinician, session=session, details=right, corrects=step["id"], reason="misread")
    assert (people(harbour, "SK1"), len(people(harbour, "SK2"))) == (set(), 1)


def test_a_lot_named_in_an_addendum_is_found_and_the_signed_one_still_is(harbour):
    _, session = harbour.signed()
    add_addendum(by=harbour.clinician, session=session, words="wrong vial", lots=[{"what": "saline", "lot": "ADD 9"}])
    assert people(harbour, "add-9") == people(harbour, "NACL9") != set()


def test_who_received_a_lot_is_not_for_a_coordinator(harbour):
    with pytest.raises(NotAllowed, match="look up who received a lot"):
        recall_lot(by=harbour.coordinator, lot="DX1")
    with pytest.raises(BadInput, match="as printed on the vial"):
        recall_lot(by=harbour.director, lot=" - ")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(*[st.sampled_from(["A-1", "a1", "B 2", "C3"])] * 4), min_size=1, max_size=3),
    st.sampled_from(["A1", "b-2", "c3", "D4"]),
)
def test_a_recall_finds_exactly_the_people_who_got_the_lot(harbour, given_lots, wanted):
    with transaction.atomic():
        expected = set()
        for number, (dextrose, lidocaine, saline, skin) in enumerate(given_lots):
            course = harbour.ready(key=f"test|{number}")
            session = harbour.marked(course)
            vials = dict(zip(LOTS, (dextrose, lidocaine, saline), strict=True))
            lots = {what: {"lot": lot, "expires_on": "2031-01-01"} for what, lot in vials.items()}
            time_out(by=harbour.clinician, session=session, details=TIMED_OUT | {"lots": lots})
            numbed = NUMBED | {"vial": {"lot": skin, "expires_on": "2031-01-01"}}
            treat.anaesthetise(by=harbour.clinician, session=session, details=numbed)
            treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
            if lot_key(wanted) in {lot_key(lot) for lot in (*vials.values(), skin)}:
                expected.add(read_session(by=harbour.clinician, session=session).patient)
        assert people(harbour, wanted) == expected
        transaction.set_rollback(True)


def test_a_vial_taken_off_the_shelf_is_offered_no_more_and_found_still(harbour):
    harbour.treated()
    vial = next(one for one in read_shelf(by=harbour.clinician) if one.lot == "DX-2405")
    take_off(by=harbour.clinician, vial=vial.id, reason="recalled")
    assert vial.id not in {one.id for one in read_shelf(by=harbour.clinician)}
    assert len(people(harbour, "DX-2405")) == 1


@given(st.text(alphabet=[chr(code) for code in range(32, 127)], max_size=30))
def test_two_spellings_of_a_lot_are_one(lot):
    key = lot_key(lot)
    assert lot_key(f" {lot.upper()}- ") == lot_key("/".join(lot.lower())) == lot_key(key) == key
    assert all(c.isalnum() for c in key)
