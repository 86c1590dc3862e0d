"""Treatments other than dextrose: a course is opened with one, what its entry declares is recorded, and follow-up is the same."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django_scopes import scopes_disabled
from tests.clinic.conftest import ASSESSED, GIVEN, KNEE, NUMBED, OBSERVED, TIMED_OUT, TODAY, VISIT

from enthesis.clinic import treat
from enthesis.clinic.correct_product import correct_product
from enthesis.clinic.course_page import read_course
from enthesis.clinic.courses import open_course
from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.plan import plan_course, read_plan
from enthesis.clinic.prepare import read_preparation
from enthesis.clinic.product import correct_visit, prepare_product, record_visit
from enthesis.clinic.recall import recall_lot
from enthesis.clinic.session_record import read_session
from enthesis.clinic.signing import sign_session
from enthesis.clinic.time_out import time_out
from enthesis.clinic.washouts import read_washouts
from enthesis.knowledge import BadInput
from enthesis.pathway import conditions, protocols_for, treatments

AMNION = {
    "product": "Amnion A",
    "made_from": "amniotic membrane",
    "donor_lot": "D-77",
    "tissue_number": "T-123",
    "expiry": VISIT.isoformat(),
    "fluid": "saline",
    "volume_ml": "10",
}
DONE = {"programme": "loading exercises", "given_by": "physiotherapist"}
OTHERS = ["hydrodissection-amniotic", "corticosteroid", "prp", "hyaluronic-acid", "physiotherapy-alone"]


def opened(house, treatment):
    return open_course(
        by=house.coordinator, patient=house.patient(), condition="knee-osteoarthritis", treatment=treatment, site=KNEE
    ).pk


def planned(house, treatment, on=VISIT):
    course = opened(house, treatment)
    house.screened(course, on=on)
    plan_course(by=house.coordinator, course=course, start=on, today=TODAY)
    return course


@pytest.mark.parametrize("treatment", OTHERS)
def test_every_other_treatment_can_be_given_for_every_condition(treatment):
    assert [
        condition.id
        for condition in conditions(library())
        if not protocols_for(library(), treatment=treatment, condition=condition.id)
    ] == []


def test_each_other_treatment_says_its_doubts_where_it_is_offered_and_none_is_recommended():
    found = {entry.id: entry.body for entry in treatments(library())}
    assert sorted(found) == sorted([*OTHERS, "dextrose-prolotherapy"])
    for id in OTHERS:
        assert found[id].must_say
        assert found[id].doubts
        assert found[id].regulatory
        assert not any("recommend" in doubt.text.lower() for doubt in found[id].doubts)


def test_relief_stands_beside_what_is_missing():
    relief = next(entry.body for entry in treatments(library()) if entry.id == "hydrodissection-amniotic")
    assert "No trial of this treatment was found." in relief.must_say
    assert any("no comparison group" in claim.text for claim in relief.claims)
    assert any("section 351" in said.text for said in relief.regulatory)


def test_the_product_is_recorded_and_the_session_goes_its_four_steps(harbour):
    course = planned(harbour, "hydrodissection-amniotic")
    prepare_product(by=harbour.clinician, course=course, given=AMNION, weight_kg="70")
    harbour.consented(course)
    visit = treat.assess(by=harbour.clinician, course=course, on=VISIT, details=ASSESSED)
    time_out(by=harbour.clinician, session=visit.pk, details=TIMED_OUT)
    treat.anaesthetise(by=harbour.clinician, session=visit.pk, details=NUMBED)
    treat.inject(by=harbour.clinician, session=visit.pk, given=[GIVEN])
    treat.observe(by=harbour.clinician, session=visit.pk, details=OBSERVED)
    row = read_course(by=harbour.clinician, course=course).course
    assert row.stage == "recovering"
    assert row.first_injection_on == VISIT
    assert row.sessions[0]["product"] == AMNION
    for mark in ("d77", "T 123"):  # donor lot and tissue number
        assert {(one.part, one.what) for one in recall_lot(by=harbour.clinician, lot=mark)} == {("product", "Amnion A")}
    with scopes_disabled():
        (placed,) = visit.injections.all()
    assert (placed.dextrose_percent, placed.lidocaine_percent) == (Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"expiry": (VISIT - timedelta(days=1)).isoformat()}, "expiry: expired on"),
        ({"donor_lot": ""}, "donor_lot: donor lot must be recorded"),
        ({"volume_ml": "0"}, "volume_ml: a number from 0.1 to 60 mL was expected"),
        ({"dose_mg": "40"}, "dose_mg: this treatment records no such thing"),
        ({"lidocaine_percent": "4"}, "lidocaine_percent: this is 400 mg, over the limit of 300 mg for 70 kg"),
    ],
)
def test_a_product_that_cannot_be_given_is_refused_and_nothing_moves(harbour, wrong, sentence):
    course = planned(harbour, "hydrodissection-amniotic")
    with pytest.raises(BadInput) as refused:
        prepare_product(by=harbour.clinician, course=course, given=AMNION | wrong, weight_kg="70")
    assert str(refused.value).startswith(sentence)
    row = read_course(by=harbour.clinician, course=course).course
    assert (row.stage, row.recipe) == ("planned", None)


def injected(house, given=AMNION, treatment="hydrodissection-amniotic"):
    """A course whose product was injected, not yet signed: the course, the session and the product's record."""
    course = planned(house, treatment)
    kept = prepare_product(by=house.clinician, course=course, given=given, weight_kg="70")
    house.consented(course)
    visit = treat.assess(by=house.clinician, course=course, on=VISIT, details=ASSESSED)
    time_out(by=house.clinician, session=visit.pk, details=TIMED_OUT)
    treat.anaesthetise(by=house.clinician, session=visit.pk, details=NUMBED)
    treat.inject(by=house.clinician, session=visit.pk, given=[GIVEN])
    return course, visit.pk, kept.pk


def found(house, mark):
    return [(one.session, one.what) for one in recall_lot(by=house.clinician, lot=mark)]


def test_a_product_is_corrected_with_its_history_and_a_recall_follows_the_correction(harbour):
    course, session, kept = injected(harbour)
    right = AMNION | {"donor_lot": "D-78", "tissue_number": "T-124", "product": "Amnion B"}
    with pytest.raises(BadInput, match="a correction needs a reason"):
        correct_product(by=harbour.clinician, course=course, given=right, corrects=kept, reason=" ")
    newer = correct_product(by=harbour.clinician, course=course, given=right, corrects=kept, reason="read the box").pk
    assert (found(harbour, "D77"), found(harbour, "T-123")) == ([], [])
    assert found(harbour, "d 78") == found(harbour, "T124") == [(session, "Amnion B")]
    record = read_session(by=harbour.clinician, session=session)
    assert (record.recipe["product"], record.recipe["reason"]) == (right, "read the box")
    assert [one["product"] for one in record.recipe["before"]] == [AMNION]
    assert [(one["lot"], one["part"]) for one in record.lots] == [
        ("Amnion B", "product"),
        ("D-78", "product"),
        ("T-124", "product"),
        ("SK1", "skin"),
    ]
    assert [record.step(name)["reason"] for name in ("time-out", "inject")] == ["read the box", "read the box"]
    with pytest.raises(OutOfOrder, match="corrected already"):
        correct_product(by=harbour.clinician, course=course, given=AMNION, corrects=kept, reason="again")
    treat.observe(by=harbour.clinician, session=session, details=OBSERVED)
    sign_session(by=harbour.clinician, session=session)
    with pytest.raises(OutOfOrder, match="add an addendum"):
        correct_product(by=harbour.clinician, course=course, given=AMNION, corrects=newer, reason="too late")
    assert read_session(by=harbour.clinician, session=session).seal.holds


def test_a_corrected_product_is_held_against_what_was_injected(harbour):
    steroid = {"product": "triamcinolone", "dose_mg": "40", "lot": "S1", "expiry": VISIT.isoformat(), "volume_ml": "5"}
    course, session, kept = injected(harbour, steroid, "corticosteroid")
    for wrong, sentence in (
        ({"volume_ml": "3"}, "volume_ml: the injections add up to 4 mL, but 3 mL were drawn up"),
        ({"expiry": "2020-01-01"}, "expiry: expired on 2020-01-01"),
        ({"lot": ""}, "lot: lot must be recorded"),
        ({"lidocaine_percent": "4", "volume_ml": "20"}, "lidocaine_percent: this is 800 mg"),
    ):
        with pytest.raises(BadInput, match=sentence):
            correct_product(by=harbour.clinician, course=course, given=steroid | wrong, corrects=kept, reason="slip")
    right = steroid | {"lidocaine_percent": "1"}
    correct_product(by=harbour.clinician, course=course, given=right, corrects=kept, reason="with lidocaine")
    record = read_session(by=harbour.clinician, session=session)
    assert record.step("inject")["details"]["session_anaesthetic"] == [
        {"component": "lidocaine", "form": "plain", "mg": "60", "max_mg": "300"}
    ]
    assert [one["strengths"] for one in record.injections] == [{"lidocaine": Decimal("1.0")}]
    with pytest.raises(NotFound, match="no such product in this course"):
        correct_product(
            by=harbour.clinician,
            course=harbour.course(key="b|2"),
            given=right,
            corrects=record.recipe["id"],
            reason="x",
        )


def test_a_product_is_corrected_before_its_session_too(harbour):
    course = planned(harbour, "prp")
    blood = {"system": "kit", "blood_ml": "30", "volume_ml": "5", "leukocytes": "poor", "activated": "no"}
    first = prepare_product(by=harbour.clinician, course=course, given=blood).pk
    corrected = {"by": harbour.clinician, "course": course, "reason": "weighed", "weight_kg": "70"}
    with pytest.raises(OutOfOrder, match="visit must be planned"):
        prepare_product(by=harbour.clinician, course=course, given=blood)
    second = correct_product(given=blood | {"volume_ml": "6"}, corrects=first, **corrected)
    row = read_course(by=harbour.clinician, course=course).course
    assert (row.recipe["id"], row.recipe["product"]["volume_ml"], row.recipe["weight_kg"]) == (second.pk, "6", 70)
    with pytest.raises(NotAllowed):
        correct_product(given=blood, corrects=second.pk, **corrected | {"by": harbour.coordinator})


def test_lidocaine_in_the_skin_counts_with_that_in_the_syringe(harbour):
    course = planned(harbour, "corticosteroid")
    steroid = {"product": "triamcinolone", "dose_mg": "40", "lot": "S1", "expiry": VISIT.isoformat(), "volume_ml": "7"}
    prepare_product(by=harbour.clinician, course=course, given=steroid | {"lidocaine_percent": "4"}, weight_kg="70")
    harbour.consented(course)
    visit = treat.assess(by=harbour.clinician, course=course, on=VISIT, details=ASSESSED)
    time_out(by=harbour.clinician, session=visit.pk, details=TIMED_OUT)
    treat.anaesthetise(by=harbour.clinician, session=visit.pk, details=NUMBED | {"volume_ml": "2.1"})
    with pytest.raises(BadInput, match="over the limit of 300 mg"):
        treat.inject(by=harbour.clinician, session=visit.pk, given=[GIVEN | {"volume_ml": "7"}])


def test_a_product_is_prepared_by_a_clinician_for_a_planned_visit_only(harbour):
    course = opened(harbour, "prp")
    with pytest.raises(NotAllowed):
        prepare_product(by=harbour.coordinator, course=course, given={})
    with pytest.raises(OutOfOrder, match="must be planned"):
        prepare_product(by=harbour.clinician, course=course, given={})


def test_dextrose_has_no_product_and_a_needle_is_not_a_visit(harbour):
    course = harbour.course()
    with pytest.raises(OutOfOrder, match="has no product"):
        prepare_product(by=harbour.clinician, course=course, given={})
    with pytest.raises(OutOfOrder, match="in four steps"):
        record_visit(by=harbour.clinician, course=course, on=VISIT, given=DONE)


def test_a_visit_without_a_needle_starts_the_clock_and_can_be_corrected(harbour):
    course = planned(harbour, "physiotherapy-alone", on=TODAY)
    visit = record_visit(by=harbour.clinician, course=course, on=TODAY, given=DONE)
    row = read_course(by=harbour.clinician, course=course).course
    assert (row.stage, row.first_injection_on, row.sessions[0]["product"]) == ("recovering", TODAY, DONE)
    old = row.sessions[0]["steps"][0]["id"]
    with pytest.raises(BadInput, match="programme"):
        correct_visit(by=harbour.clinician, session=visit.pk, given={}, corrects=old, reason="slip")
    changed = DONE | {"minutes": "30"}
    correct_visit(by=harbour.clinician, session=visit.pk, given=changed, corrects=old, reason="time added")
    row = read_course(by=harbour.clinician, course=course).course
    assert row.sessions[0]["product"] == changed
    sign_session(by=harbour.clinician, session=visit.pk)
    newest = row.sessions[0]["steps"][0]["id"]
    with pytest.raises(OutOfOrder, match="add an addendum instead"):
        correct_visit(by=harbour.clinician, session=visit.pk, given=DONE, corrects=newest, reason="too late")


def test_without_a_needle_nothing_is_left_out_and_no_week_after_it_is_asked_about(harbour):
    course = planned(harbour, "physiotherapy-alone", on=VISIT)
    made = read_plan(by=harbour.coordinator, course=course)
    assert (made.washouts, made.diary, len(made.sessions)) == ((), (), 6)
    assert read_washouts(by=harbour.coordinator, today=TODAY, days=30) == ()
    with pytest.raises(NotFound, match="no needle: there is nothing to prepare for"):
        read_preparation(by=harbour.coordinator, course=course, today=TODAY)
    planned(harbour, "prp", on=VISIT)
    assert [row.on for row in read_washouts(by=harbour.coordinator, today=TODAY, days=30)] == [VISIT]


def test_a_visit_on_another_day_than_the_screening_is_not_recorded(harbour):
    course = planned(harbour, "physiotherapy-alone", on=VISIT)
    with pytest.raises(OutOfOrder, match="was not screened for"):
        record_visit(by=harbour.clinician, course=course, on=TODAY, given=DONE)
