"""Where a rule applies, which questions matter for a site, and what the room shows of itself."""

import pytest
from tests.core.screening.made import LIBRARY, ON

import enthesis.screening as room
from enthesis.knowledge import BleedingClass, parse_site
from enthesis.screening import AskedOf, Kind, Question, Scope, Urgency, Where, checked_rules, questions, questions_for
from enthesis.screening.conditions import Condition, Moment, after, side_by_side, unanswered
from enthesis.screening.facts import Facts

KNEE, NECK, BACK = (parse_site(site, LIBRARY) for site in ("knee", "cervical-facet", "lumbar-facet"))


@pytest.mark.parametrize(
    ("where", "knee", "neck", "back"),
    [
        (Where(), True, True, True),
        (Where(sites=("knee",)), True, False, False),
        (Where(bleeding=(BleedingClass.INTERMEDIATE, BleedingClass.HIGH)), False, True, False),
        (Where(spinal=True), False, True, True),
        (Where(spinal=False), True, False, False),
        (Where(joint=True), True, True, True),
        (Where(joint=False), False, False, False),
        (Where(spinal=True, bleeding=(BleedingClass.LOW,)), False, False, True),
    ],
)
def test_the_sites_a_rule_speaks_of(where, knee, neck, back):
    assert [where.covers(site) for site in (KNEE, NECK, BACK)] == [knee, neck, back]


def test_the_questions_of_a_site_are_those_its_rules_read():
    entries = checked_rules(LIBRARY)
    at = {site.kind: {question.id for question in questions_for(entries, site)} for site in (KNEE, NECK, BACK)}
    assert at["knee"] - at["lumbar-facet"] == {
        "artificial-joint",
        "joint-operation",
        "pain-source-unknown",
        "unexplained-swelling",
    }
    assert at["lumbar-facet"] - at["knee"] == {"image-guidance", "diagnostic-block", "spine-operation"}
    assert at["cervical-facet"] == at["lumbar-facet"]
    assert set.union(*at.values()) == set(questions(entries))


def test_a_man_is_asked_one_question_less():
    entries = checked_rules(LIBRARY)
    everybody, men = questions_for(entries, KNEE), questions_for(entries, KNEE, sex="male")
    assert [question.id for question in everybody if question not in men] == ["pregnant"]


def test_a_question_is_asked_of_the_patient_unless_it_says_staff():
    assert Question("a", "?", Kind.YES_NO).asked_of is AskedOf.PATIENT
    staff = {id for id, question in questions(checked_rules(LIBRARY)).items() if question.asked_of is AskedOf.STAFF}
    assert staff == {
        "blood-pressure-high",
        "diagnostic-block",
        "image-guidance",
        "pain-source-unknown",
        "resuscitation-missing",
        "sedation",
        "trouble-understanding",
        "unexplained-swelling",
    }


def test_what_a_rule_is_unless_it_says_otherwise():
    rule = next(entry.body for entry in checked_rules(LIBRARY) if entry.id == "fainted-before")
    assert (rule.urgency, rule.scope, rule.restart_days, rule.where) == (Urgency.ROUTINE, Scope.CARE, None, Where())


def test_the_kinds_of_condition_there_are():
    assert sorted(Condition.kinds) == [
        "allergic", "answered", "contradicting", "diagnosed", "happened_within", "measured", "taken_within",
        "takes", "unrecognised", "younger_than",
    ]  # fmt: skip


def test_a_kind_that_reads_nothing_is_no_kind():
    class Bare(Condition, written="bare"):
        pass

    del Condition.kinds["bare"]
    with pytest.raises(NotImplementedError):
        Bare().read(Facts(), Moment(ON, ON), LIBRARY)
    assert (Bare().asked(), Bare().refers_to(), Bare.written) == ((), (), "bare")


def test_nothing_lies_after_the_end_of_the_calendar():
    assert after(ON, 7).isoformat() == "2030-06-22"
    assert after(ON.max, 0) == ON.max
    assert after(ON.max, 1) == ON.max


def test_a_question_is_unanswered_until_somebody_answers():
    assert unanswered("nsaid", Facts()) == ("nsaid",)
    assert unanswered("nsaid", Facts(answers={"nsaid": False})) == ()
    assert unanswered("", Facts()) == ()


def test_reasons_are_said_once():
    assert side_by_side(["a", "", "b", "a"]) == "a; b"


def test_the_public_face_is_what_it_says():
    assert sorted(room.__all__) == room.__all__
    assert all(hasattr(room, name) for name in room.__all__)
