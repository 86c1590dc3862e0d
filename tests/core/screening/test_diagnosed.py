"""Diagnoses: what the chart says, what was answered, and what is doubtful."""

from datetime import date

import pytest
from tests.core.screening.made import back, problem, read

from enthesis.screening import PastProcedure, State
from enthesis.screening.conditions import NO, Reading, Truth

CANCER = {"diagnosed": {"problem": "cancer", "question": "cancer", "past_days": 1826}}
DIABETES = {"diagnosed": {"problem": "diabetes", "question": "diabetes"}}
IN_BONE = {"diagnosed": {"problem": "cancer-in-bone"}}
FRACTURE = {"diagnosed": {"problem": "fracture", "question": "fracture", "somewhere": True}}
JOINT = {
    "diagnosed": {"problem": "artificial-joint", "question": "artificial-joint", "somewhere": True, "procedures": True}
}
KNEE = PastProcedure("Total knee replacement", "pr1", back(900))


def test_what_is_said_to_be_over_and_to_end_after_the_injection_is_a_question():
    over = {"diagnosed": {"problem": "infection", "question": "infection"}}
    for until, truth in ((back(0), Truth.NO), (back(-1), Truth.UNKNOWN)):
        past = problem("Pneumonia", State.PAST, until=until)
        assert read(over, problems=(past,), answers={"infection": False}).truth is truth


@pytest.mark.parametrize(
    ("state", "answer", "truth", "asks"),
    [
        (None, None, Truth.UNKNOWN, ("diabetes",)),
        (None, False, Truth.NO, ()),
        (None, True, Truth.YES, ()),
        (State.ACTIVE, None, Truth.YES, ()),
        (State.ACTIVE, False, Truth.YES, ()),
        (State.ACTIVE, True, Truth.YES, ()),
        (State.DOUBTFUL, None, Truth.UNKNOWN, ("diabetes",)),
        (State.DOUBTFUL, False, Truth.UNKNOWN, ()),
        (State.DOUBTFUL, True, Truth.YES, ()),
        (State.PAST, None, Truth.UNKNOWN, ("diabetes",)),
        (State.PAST, False, Truth.NO, ()),
        (State.PAST, True, Truth.YES, ()),
    ],
)
def test_the_chart_and_the_answer_together(state, answer, truth, asks):
    problems = () if state is None else (problem("Diabetes", state),)
    reading = read(DIABETES, answers={} if answer is None else {"diabetes": answer}, problems=problems)
    assert (reading.truth, reading.asks) == (truth, asks)


@pytest.mark.parametrize(
    ("until", "truth"), [(1825, Truth.UNKNOWN), (1826, Truth.NO), (1827, Truth.NO), (None, Truth.UNKNOWN)]
)
def test_a_past_problem_counts_for_so_many_days(until, truth):
    past = problem("Malignant tumor of breast", State.PAST, until=None if until is None else back(until))
    assert read(CANCER, answers={"cancer": False}, problems=(past,)).truth == truth


def test_an_end_that_a_chart_writes_as_never_is_no_overflow():
    past = problem("Melanoma", State.PAST, until=date(9999, 12, 31))
    assert read(CANCER, answers={"cancer": False}, problems=(past,)).truth == Truth.UNKNOWN


def test_what_is_said_of_a_certain_problem():
    since = problem("Malignant tumor of breast", since=back(300))
    assert read(CANCER, answers={"cancer": False}, problems=(since,)) == Reading(
        Truth.YES,
        f"in the chart: Malignant tumor of breast since {back(300).isoformat()}; though answered no",
        ("p1", "answer:cancer"),
    )
    assert read(CANCER, problems=(problem("Melanoma"), problem("Melanoma"))).because == "in the chart: Melanoma"


def test_what_is_said_of_a_doubtful_problem():
    past = problem("Melanoma", State.PAST, until=back(300), since=back(600))
    assert read(CANCER, problems=(past,)) == Reading(
        Truth.UNKNOWN,
        f"in the chart, but not certain, stale, or not over for long: Melanoma until {back(300).isoformat()}",
        ("p1",),
        asks=("cancer",),
    )
    two = (past, problem("Lymphoma", State.DOUBTFUL, evidence="p2"))
    assert read(CANCER, problems=two).because.endswith(f": Melanoma until {back(300).isoformat()}, Lymphoma")
    denied = read(CANCER, answers={"cancer": False}, problems=(problem("Melanoma", State.PAST, since=back(9)),))
    assert denied.because.endswith(f"Melanoma since {back(9).isoformat()}; though answered no")
    assert denied.evidence == ("p1", "answer:cancer")


def test_without_a_question_only_the_chart_speaks():
    assert read(IN_BONE) == NO
    assert read(IN_BONE, problems=(problem("Multiple myeloma"),)).truth == Truth.YES
    assert read(IN_BONE, problems=(problem("Multiple myeloma", State.DOUBTFUL),)).asks == ()


@pytest.mark.parametrize(
    ("state", "answer", "truth"),
    [
        (State.ACTIVE, None, Truth.UNKNOWN),
        (State.ACTIVE, False, Truth.UNKNOWN),
        (State.ACTIVE, True, Truth.YES),
        (State.DOUBTFUL, False, Truth.UNKNOWN),
        (State.PAST, False, Truth.NO),
    ],
)
def test_a_problem_that_matters_only_at_the_target_is_a_question(state, answer, truth):
    answers = {} if answer is None else {"fracture": answer}
    assert read(FRACTURE, answers=answers, problems=(problem("Fracture of ankle", state),)).truth == truth


def test_what_is_said_of_a_problem_that_may_sit_elsewhere():
    assert read(FRACTURE, problems=(problem("Fracture of ankle"),)).because == (
        "in the chart, but it is not certain whether it counts here: Fracture of ankle"
    )
    said = read(FRACTURE, answers={"fracture": True}, problems=(problem("Fracture of ankle"),))
    assert (said.because, said.evidence) == ("answered yes", ("answer:fracture",))


def test_a_procedure_speaks_of_an_artificial_joint_where_the_rule_looks_there():
    reading = read(JOINT, answers={"artificial-joint": False}, procedures=(KNEE,))
    assert (reading.truth, reading.evidence) == (Truth.UNKNOWN, ("pr1", "answer:artificial-joint"))
    assert f"Total knee replacement on {back(900).isoformat()}" in reading.because
    undated = PastProcedure("Total knee replacement", "pr1")
    assert read(JOINT, procedures=(undated,)).because.endswith(": Total knee replacement")
    assert read(JOINT, answers={"artificial-joint": False}, procedures=(PastProcedure("Colonoscopy", "pr2"),)) == NO


def test_a_procedure_is_not_looked_at_where_the_rule_does_not_ask():
    assert read(FRACTURE, answers={"fracture": False}, procedures=(PastProcedure("Fracture care", "pr1"),)) == NO


def test_another_problem_is_left_alone():
    assert read(DIABETES, answers={"diabetes": False}, problems=(problem("Gout"),)) == NO


INFECTION = {"diagnosed": {"problem": "infection", "question": "infection", "stale_days": 90}}


@pytest.mark.parametrize(
    ("since", "answer", "truth"),
    [
        (89, False, Truth.YES),
        (90, False, Truth.UNKNOWN),
        (9000, None, Truth.UNKNOWN),
        (9000, True, Truth.YES),
        (None, False, Truth.YES),
    ],
)
def test_an_entry_that_nobody_closed_for_long_is_a_question(since, answer, truth):
    told = problem("Acute bronchitis", since=None if since is None else back(since))
    answers = {} if answer is None else {"infection": answer}
    reading = read(INFECTION, answers=answers, problems=(told,))
    assert (reading.truth, reading.asks) == (truth, () if answer is not None else ("infection",))


def test_without_a_limit_no_entry_is_stale():
    assert (
        read(DIABETES, answers={"diabetes": False}, problems=(problem("Diabetes", since=back(9000)),)).truth
        == Truth.YES
    )


def test_of_a_stale_and_a_fresh_entry_the_fresh_one_counts():
    both = (problem("Acute bronchitis", since=back(9000)), problem("Pneumonia", since=back(3), evidence="p2"))
    reading = read(INFECTION, problems=both)
    assert (reading.truth, reading.evidence) == (Truth.YES, ("p2",))
