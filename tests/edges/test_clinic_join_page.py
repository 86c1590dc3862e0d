"""A clinic's own answers on the page Expect: real records of a simulated clinic, above the floors and below."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.urls import reverse
from tests.clinic.conftest import GIVEN, NUMBED, OBSERVED, VISIT, House
from tests.edges.browsing import signed_in
from tests.edges.test_expect_pages import ASKED

from enthesis.clinic import treat
from enthesis.clinic.claiming import check_own_claim
from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.outcomes.reporting import take_clinic_snapshot
from enthesis.clinic.permissions import Actor
from enthesis.clinic.survey import record_survey
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent, Membership, User

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


def claims(role: str, sentence: str) -> HttpResponse:
    asked = {"sentence": sentence, "condition": "knee-osteoarthritis", "treatment": "dextrose-prolotherapy"}
    return signed_in(role).get(reverse("claims"), asked)


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
    held = claims("director", "Of 20 people who started it, 90% had at least 30% less pain").content.decode()
    assert "90%, which none of their shares is" in held
    assert "Of 20 people who started dextrose prolotherapy for knee osteoarthritis" in held
    assert "De 20 personas que empezaron proloterapia con dextrosa para artrosis de rodilla" in held
    assert "held a sentence to the outcomes" in [event.verb for event in AuditEvent.objects.all()]
    assert "Of 20 people who started dextrose" not in claims("clinician", "90% better").content.decode()
    assert "own answers</h2>" not in page("clinician"), "outcomes are for the director and the analyst"


def test_below_the_floors_the_trials_stand_alone_and_the_page_says_so(harbour):
    followed(harbour, 20, 11)
    shown = page("director")
    assert "own answers</h2>" in shown
    assert "11 of 20 answered, less than 60%" in shown
    assert "trials stand alone" in shown
    assert "(data)" not in shown
    assert "Nothing may be printed from these outcomes" in claims("director", "55% had 30% less pain").content.decode()


def test_a_sentence_cannot_be_held_to_outcomes_that_are_not_there(harbour):
    none_yet = claims("director", "55% had 30% less pain")
    assert none_yet.status_code == 422
    assert "No snapshot of your outcomes was taken yet" in none_yet.content.decode()
    half = signed_in("director").get(reverse("claims"), {"sentence": "55% better", "condition": "knee-osteoarthritis"})
    assert "Choose the condition and the treatment, or neither." in half.content.decode()


def test_an_analyst_may_hold_a_sentence_to_the_outcomes_and_a_clinician_may_not(harbour):
    given = {
        "clinic": harbour.clinic.pk,
        "sentence": "x",
        "condition": "knee-osteoarthritis",
        "treatment": "dextrose-prolotherapy",
    }
    user = User.objects.create_user("analyst@harbour.test", name="Ana Lyst")
    Membership.objects.create(user=user, clinic=harbour.clinic, role="analyst")
    with pytest.raises(BadInput, match="no snapshot"):
        check_own_claim(by=Actor.of_user(user), **given)
    with pytest.raises(NotAllowed):
        check_own_claim(by=harbour.clinician, **given)
