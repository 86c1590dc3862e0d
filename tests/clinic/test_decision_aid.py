"""What a patient says on a decision aid reaches the clinic, is kept beside what was said before, and goes nowhere else."""

import pytest
from django_scopes import scopes_disabled

from enthesis.clinic.aid import answer_aid_link, keep_aid, link_to_aid, private_aid, read_aid
from enthesis.clinic.errors import LinkSpent, NotAllowed, NotFound
from enthesis.clinic.links import make_link
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent, Course

SAID = {
    "values": {"needles": 4, "cost": 2},
    "questions": ["price"],
    "own_question": "Can I swim?",
    "leaning": "waiting",
}


def test_a_patient_says_what_matters_by_a_link_and_staff_read_it(harbour):
    course = harbour.course()
    token = link_to_aid(by=harbour.coordinator, course=course).token
    assert private_aid(token).said is None
    answer_aid_link(token=token, start=8, language="es", **SAID)
    seen = read_aid(by=harbour.clinician, course=course)
    assert (seen.said.values, seen.said.leaning, seen.said.own_question) == (SAID["values"], "waiting", "Can I swim?")
    assert (seen.said.mode, seen.said.by) == ("private link", "patient by private link")
    assert seen.page.start == 8, "the pictures are drawn for the pain the patient gave"
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))[-3:]
    assert verbs == ["read the decision aid by a link", "kept answers to the decision aid", "read the decision aid"]


def test_the_link_stays_good_and_a_second_answer_hides_nothing(harbour):
    token = link_to_aid(by=harbour.coordinator, course=harbour.course()).token
    answer_aid_link(token=token, start=None, language="en", **SAID)
    answer_aid_link(token=token, start=None, language="en", **(SAID | {"leaning": ""}))
    found = private_aid(token)
    assert (found.said.leaning, found.earlier) == ("", 1)


def test_staff_enter_what_was_said_at_the_desk(harbour):
    course = harbour.course()
    keep_aid(by=harbour.coordinator, course=course, values={}, leaning="dextrose")
    assert read_aid(by=harbour.director, course=course).said.mode == "staff"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"values": {"luck": 1}}, "values: there is no 'luck'"),
        ({"values": {"cost": 5}}, "values: cost from 0 to 4"),
        ({"questions": ["weather"]}, "questions: there is no 'weather'"),
        ({"leaning": "leeches"}, "leaning: there is no 'leeches'"),
        ({"start": 11}, "baseline: a pain from 1 to 10"),
        ({"own_question": "x" * 501}, "own_question"),
    ],
)
def test_what_is_not_of_the_aid_is_refused_and_nothing_is_kept(harbour, changed, said):
    course = harbour.course()
    with pytest.raises(BadInput, match=said):
        keep_aid(by=harbour.coordinator, course=course, **(SAID | changed))
    assert read_aid(by=harbour.clinician, course=course).said is None


def test_another_clinic_and_another_link_see_nothing(harbour, hillside):
    course = harbour.course()
    with pytest.raises(NotFound):
        read_aid(by=hillside.clinician, course=course)
    with pytest.raises(NotAllowed):
        keep_aid(by=harbour.director, course=course, values={})
    other = make_link(by=harbour.coordinator, course=course, form="survey", about={}).token
    with pytest.raises(NotFound, match="another form"):
        private_aid(other)
    with pytest.raises(NotFound, match="another form"):
        answer_aid_link(token=other, start=None, language="en", **SAID)
    with pytest.raises(LinkSpent):
        private_aid("no such token")


def test_a_condition_without_an_aid_says_so(harbour):
    """Such as one that a later library no longer has."""
    course = harbour.course()
    with scopes_disabled():
        Course.objects.filter(pk=course).update(condition="dropsy")
    with pytest.raises(NotFound, match="no decision aid"):
        read_aid(by=harbour.clinician, course=course)
