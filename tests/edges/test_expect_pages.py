"""Pages of expectations, claims and decision aids, for staff and by a private link."""

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.edges.browsing import signed_in

from enthesis.clinic.aid import link_to_aid
from enthesis.clinic.evidence import read_review
from enthesis.clinic.extract import judge_certainty
from enthesis.clinic.outcomes.reporting import take_clinic_snapshot
from enthesis.clinic.survey import record_survey
from enthesis.evidence.review import Question

ASKED = {
    "condition": "knee-osteoarthritis",
    "treatment": "dextrose-prolotherapy",
    "versus": "saline-injection",
    "baseline": "7",
    "weeks": "26",
}


@pytest.fixture
def clinician(harbour):
    return signed_in("clinician")


def test_a_question_is_answered_with_its_path(clinician):
    page = clinician.get(reverse("expect"), ASKED).content.decode()
    assert "16 more of 100 (could be 15 fewer to 47 more)" in page
    assert "How sure: very low certainty" in page
    assert "Table 4, WOMAC pain subscale, week 24" in page
    assert "What a next trial would change" in page
    assert page.count("<use href") >= 400


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"baseline": "11"}, "pain from 1 to 10 was expected"),
        ({"weeks": "2"}, "earlier results say nothing of benefit"),
        ({"versus": "dextrose-prolotherapy"}, "compared with itself"),
        ({"condition": "dropsy"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(clinician, changed, said):
    answer = clinician.get(reverse("expect"), ASKED | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_no_path_no_number_and_no_picture(clinician):
    page = clinician.get(reverse("expect"), ASKED | {"treatment": "hydrodissection-amniotic"}).content.decode()
    assert "No trial that was read gave Hydrodissection with amniotic product, so there is no number." in page
    assert "<use href" not in page


def test_a_judgment_made_on_the_evidence_pages_stands_beside_the_rule(harbour, clinician):
    read_review(by=harbour.clinician, review_id="dextrose-prolotherapy", clinic=harbour.clinic.pk)
    judge_certainty(
        by=harbour.clinician, clinic=harbour.clinic.pk, review="dextrose-prolotherapy", question=Question("pain"),
        treatment="dextrose", versus="saline-injection", domain="within-study bias", concern=1, because="I read the whole paper",
    )  # fmt: skip
    page = clinician.get(reverse("expect"), ASKED).content.decode()
    assert "the rule says major concerns" in page
    assert "I read the whole paper" in page


def test_a_clinics_few_answers_are_not_joined_and_only_a_director_hears_of_them(harbour):
    course, today = harbour.course(), timezone.localdate()
    record_survey(
        by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="pain-nrs", on=today, today=today,
        answers={"nrs_avg_7d": 7, "nrs_now": 7}, mode="staff",
    )  # fmt: skip
    take_clinic_snapshot(by=harbour.director, clinic=harbour.clinic.pk, on=today, today=today)
    director, clinician = signed_in("director"), signed_in("clinician")
    assert director.get(reverse("expect"), ASKED).status_code == 200
    assert "own answers</h2>" not in clinician.get(reverse("expect"), ASKED).content.decode()


def test_claims_and_a_sentence_held_to_the_rules(clinician):
    page = clinician.get(
        reverse("claims"), {"sentence": "4 out of 5 had a decrease in pain", "weeks": "2"}
    ).content.decode()
    assert "It may not be printed as it stands." in page
    assert "2 weeks are too early" in page
    assert "not legal advice" in page
    assert page.count("<dt>What the sentence lacks</dt>") >= 7


def test_the_aid_without_a_patient_in_both_languages(clinician):
    address = reverse("expect-aid", kwargs={"condition": "lumbar-facet-pain"})
    assert (
        "There is no controlled evidence for dextrose injections into the facet joint."
        in clinician.get(address).content.decode()
    )
    assert "De 100 personas" in clinician.get(f"{address}?language=es").content.decode()
    assert clinician.get(reverse("expect-aid", kwargs={"condition": "dropsy"})).status_code == 404


def test_a_patient_redraws_and_keeps_by_the_link_without_using_it_up(harbour, client):
    course = harbour.course()
    address = reverse("private:form", kwargs={"token": link_to_aid(by=harbour.coordinator, course=course).token})
    assert "People who start with a pain of 6 of 10." in client.get(address).content.decode()
    redrawn = client.post(address, {"start": "9", "redraw": "1"}).content.decode()
    assert "People who start with a pain of 9 of 10." in redrawn
    assert "Your answers are kept" not in redrawn
    kept = client.post(
        address, {"start": "8", "value-needles": "4", "questions": ["price"], "leaning": "waiting", "keep": "1"}
    )
    assert "Your answers are kept." in kept.content.decode()
    staff_page = signed_in("clinician").get(reverse("walk:aid", kwargs={"course": course})).content.decode()
    assert "Waiting, with no shots" in staff_page
    assert "What will I pay in all?" in staff_page


def test_a_form_that_was_tampered_with_keeps_nothing(harbour, client):
    course = harbour.course()
    address = reverse("private:form", kwargs={"token": link_to_aid(by=harbour.coordinator, course=course).token})
    assert client.post(address, {"start": "11", "leaning": "leeches", "keep": "1"}).status_code == 422
    assert "Nothing yet." in signed_in("clinician").get(reverse("walk:aid", kwargs={"course": course})).content.decode()
