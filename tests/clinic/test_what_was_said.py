"""What a patient tells of medicines, allergies and illnesses joins the chart and is judged with it."""

import pytest
from tests.clinic.conftest import TODAY, VISIT

from enthesis.clinic.library import library
from enthesis.clinic.patients import find_patients, read_patient
from enthesis.clinic.screen import screen_course
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent
from enthesis.screening import clear_answers


def told(house, course, said, **answers):
    return screen_course(
        by=house.coordinator,
        course=course,
        on=VISIT,
        as_of=TODAY,
        answers=clear_answers(library()) | answers,
        said=said,
    )


def chart(house):
    return read_patient(by=house.clinician, patient=find_patients(by=house.clinician).rows[0].id).chart


def test_what_is_told_is_judged_and_stays_for_the_next_time(harbour):
    course = harbour.course()
    first = told(harbour, course, "Eliquis; allergic to latex")
    assert {finding.rule for finding in first.findings} >= {"blood-thinner-low-risk-site", "allergy-solution-parts"}
    again = told(harbour, course, "")
    assert {f.rule for f in again.findings} == {f.rule for f in first.findings}
    assert [one["evidence"] for one in chart(harbour)["medicine"]] == ["said/1"]


def test_what_is_told_anew_takes_the_place_of_what_was_told_and_the_trail_keeps_both(harbour):
    course = harbour.course()
    told(harbour, course, "Eliquis")
    now = told(harbour, course, "Plavix until 2030-01-01")
    assert "blood-thinner-low-risk-site" not in {finding.rule for finding in now.findings}
    event = AuditEvent.objects.filter(verb="noted what was said").order_by("-id").first()
    assert (event.before["said"][0]["name"], event.after["said"][0]["name"]) == ("Eliquis", "Plavix")


def test_a_misspelt_medicine_is_asked_about_with_what_it_may_be(harbour):
    judged = told(harbour, harbour.course(), "ibuprofin")
    [finding] = [one for one in judged.findings if one.rule == "medicine-not-recognised"]
    assert "ibuprofen" in finding.because


def test_what_cannot_be_read_leaves_nothing_behind(harbour):
    course = harbour.course()
    with pytest.raises(BadInput):
        told(harbour, course, "Eliquis; Plavix until 2031-01-01")
    assert "medicine" not in chart(harbour)
