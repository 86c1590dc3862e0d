"""A treatment with a product of its own by page and by command: prepared, corrected with its history, recalled by its marks."""

import json

from tests.clinic.conftest import ASSESSED, GIVEN, KNEE, NUMBED, OBSERVED, TIMED_OUT
from tests.edges.pages import commanded, screened, signed_in, today, words
from tests.edges.test_walk_pages import at

from enthesis.clinic import treat
from enthesis.clinic.course_page import read_course
from enthesis.clinic.courses import open_course
from enthesis.clinic.plan import plan_course
from enthesis.clinic.signing import sign_session
from enthesis.clinic.time_out import time_out

AMNION = {
    "product": "Amnion A",
    "made_from": "amniotic membrane",
    "donor_lot": "D-77",
    "tissue_number": "T-123",
    "expiry": "2099-12-31",
    "fluid": "saline",
    "volume_ml": "10",
}


def planned(house, treatment, key="test|1"):
    """A course with another treatment, planned for today."""
    course = open_course(
        by=house.coordinator, patient=house.patient(key=key), condition="knee-osteoarthritis", treatment=treatment, site=KNEE
    ).pk  # fmt: skip
    screened(house, course)
    plan_course(by=house.coordinator, course=course, start=today(), today=today())
    return course


def session_of(house, course):
    """Everything up to the watch afterwards."""
    house.consented(course, on=today())
    session = treat.assess(by=house.clinician, course=course, on=today(), details=ASSESSED).pk
    time_out(by=house.clinician, session=session, details=TIMED_OUT)
    treat.anaesthetise(by=house.clinician, session=session, details=NUMBED)
    treat.inject(by=house.clinician, session=session, given=[GIVEN])
    treat.observe(by=house.clinician, session=session, details=OBSERVED)
    return session


def test_a_product_is_prepared_corrected_and_recalled_by_pages(harbour):
    course, browser = planned(harbour, "hydrodissection-amniotic"), signed_in(harbour)
    assert browser.post(at("recipe", course), AMNION | {"weight_kg": "70"}).status_code == 302
    kept = read_course(by=harbour.clinician, course=course).course.recipe["id"]
    correct = at("correct", course, kind="product", record=kept)
    assert correct in browser.get(at("recipe", course)).content.decode()
    session = session_of(harbour, course)
    assert correct in browser.get(at("session", course, session=session)).content.decode()
    assert "D-77" in browser.get(correct).content.decode()
    refused = browser.post(correct, AMNION | {"donor_lot": "D-78", "reason": ""})
    assert refused.status_code == 422
    refused = browser.post(correct, AMNION | {"volume_ml": "1", "reason": "slip"})
    assert (refused.status_code, "The injections add up to 4 mL" in words(refused)) == (422, True)
    assert browser.post(correct, AMNION | {"donor_lot": "D-78", "reason": "read the box"}).status_code == 302
    said = words(browser.get(at("session", course, session=session)))
    assert "corrected: read the box" in said
    assert "What it said before" in said
    found = words(browser.post("/lots/recall/", {"lot": "d78"}))
    assert ("Silva" in found, "Amnion A" in found) == (True, True)
    assert "Silva" not in words(browser.post("/lots/recall/", {"lot": "D-77"}))
    sign_session(by=harbour.clinician, session=session)
    assert "/correct/product/" not in browser.get(at("session", course, session=session)).content.decode()
    late = at(
        "correct", course, kind="product", record=read_course(by=harbour.clinician, course=course).course.recipe["id"]
    )
    assert browser.post(late, AMNION | {"reason": "late"}).status_code == 409
    assert browser.get(at("correct", course, kind="product", record=session)).status_code == 404


def test_a_product_and_a_visit_without_a_needle_by_command(harbour, tmp_path):
    course, exercises = planned(harbour, "hydrodissection-amniotic"), planned(harbour, "physiotherapy-alone", "test|2")

    def run(*words_):
        return commanded("course", *words_, "--clinic", harbour.clinic.slug)

    def file(said):
        (tmp_path / "given.json").write_text(json.dumps(said))
        return tmp_path / "given.json"

    first = run("product", course, "--details", file(AMNION), "--weight-kg", "70")
    more = ("--corrects", first, "--reason", "read the box")
    second = run("product", course, "--details", file(AMNION | {"donor_lot": "D-78"}), *more)
    row = read_course(by=harbour.clinician, course=course).course
    assert (str(row.recipe["id"]), row.recipe["product"]["donor_lot"], row.recipe["weight_kg"]) == (second, "D-78", 70)
    done = {"programme": "loading exercises", "given_by": "physiotherapist"}
    visit = run("visit", exercises, "--on", today(), "--details", file(done))
    assert str(read_course(by=harbour.clinician, course=exercises).course.sessions[0]["id"]) == visit
