"""A clinic's own answers on the page Expect: real records of a simulated clinic, above the floors and below."""

from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from tests.clinic.conftest import GIVEN, NUMBED, OBSERVED, VISIT, House
from tests.edges.browsing import signed_in

from enthesis.clinic import treat
from enthesis.clinic.outcomes.reporting import take_clinic_snapshot
from enthesis.clinic.survey import record_survey

ASKED = {
    "condition": "knee-osteoarthritis",
    "treatment": "dextrose-prolotherapy",
    "versus": "saline-injection",
    "baseline": "7",
    "weeks": "26",
}
BEFORE, AFTER = VISIT - timedelta(days=3), VISIT + timedelta(days=26 * 7)


def asked(house: House, course: UUID, wave: str, on: date, pain: int) -> None:
    record_survey(
        by=house.coordinator, course=course, wave=wave, instrument_id="pain-nrs", on=on, today=on,
        answers={"nrs_avg_7d": pain, "nrs_now": pain}, mode="staff",
    )  # fmt: skip


def injected(house: House, course: UUID) -> None:
    session = house.assessed(course)
    treat.anaesthetise(by=house.clinician, session=session, details=NUMBED)
    treat.inject(by=house.clinician, session=session, given=[GIVEN])
    treat.observe(by=house.clinician, session=session, details=OBSERVED)


def followed(house: House, people: int, answered: int) -> None:
    """So many courses that began half a year ago; the first of them answered then, with 2 or 4 points less pain."""
    for number in range(people):
        course = house.ready(key=f"test|{number}")
        asked(house, course, "baseline-1", BEFORE, 7)
        injected(house, course)
        if number < answered:
            asked(house, course, "6-months", AFTER, 3 + 2 * (number % 2))
    late = AFTER + timedelta(days=60)
    take_clinic_snapshot(by=house.director, clinic=house.clinic.pk, on=late, today=late)


def page(role: str) -> str:
    return signed_in(role).get(reverse("expect"), ASKED).content.decode()


def test_above_the_floors_prior_data_posterior_conflict_and_weights_stand_on_the_page(harbour):
    followed(harbour, 20, 14)
    shown = page("director")
    assert "14 of 20 people answered at week 26" in shown
    for row in (
        "The trials foretold (prior)",
        "People here answered (data)",
        "Joined",
        "Joined, at half the bias",
        "Joined, at twice the bias",
    ):
        assert f">{row}</th>" in shown
    assert ">-3.0</td>" in shown, "what people here answered"
    for said in (
        "Trials and answers",
        "Of what is known after joining, the answers bring",
        "What is put down to bias",
        "Nobody has measured it",
    ):
        assert said in shown
    assert "No comparison group" in shown
    assert "own answers</h2>" not in page("clinician"), "outcomes are for the director and the analyst"


def test_below_the_floors_the_trials_stand_alone_and_the_page_says_so(harbour):
    followed(harbour, 20, 11)
    shown = page("director")
    assert "own answers</h2>" in shown
    assert "11 of 20 answered, less than 60%" in shown
    assert "trials stand alone" in shown
    assert "(data)" not in shown
