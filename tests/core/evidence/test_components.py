"""Mixtures as sums of their parts: what can be said of dextrose when it was always given with something."""

import numpy as np
import pytest
from tests.core.evidence.made_networks import contrasts_from

from enthesis import evidence
from enthesis.knowledge import BadInput

SMALL = [0.04, 0.04]
BOTH = ("both", ["saline", "dextrose + exercise"], [0.0, -3.0], SMALL)
DEXTROSE = ("dextrose", ["saline", "dextrose"], [0.0, -2.0], SMALL)
EXERCISE = ("exercise", ["saline", "exercise"], [0.0, -1.0], SMALL)
ELSEWHERE = ("elsewhere", ["exercise", "dextrose + exercise"], [0.0, -2.0], SMALL)


def found(*trials, **choices):
    names = sorted({arm for _, arms, *_ in trials for arm in arms})
    return evidence.components(contrasts_from(list(trials), names), inactive="saline", tau2=0.0, **choices)


def test_parts_that_add_up_are_found():
    made = found(BOTH, DEXTROSE, EXERCISE)

    assert dict(zip(made.names, made.each().estimate, strict=True)) == pytest.approx(
        {"dextrose": -2.0, "exercise": -1.0}
    )
    assert made.q_additivity().value == pytest.approx(0, abs=1e-9)
    assert made.open_questions() == ()


def test_more_than_the_sum_shows_as_lost_additivity_and_as_an_interaction():
    more = ("both", ["saline", "dextrose + exercise"], [0.0, -6.0], SMALL)
    assert found(more, DEXTROSE, EXERCISE).q_additivity().value > 10

    made = found(more, DEXTROSE, EXERCISE, interactions=[("exercise", "dextrose")])

    assert dict(zip(made.names, made.each().estimate, strict=True))["dextrose*exercise"] == pytest.approx(-3.0)


def test_two_components_always_given_together_cannot_be_told_apart():
    made = found(BOTH)

    assert made.open_questions() == (("dextrose", "exercise"),)
    assert np.isnan(made.each().estimate).all()
    assert made.difference("dextrose + exercise", "saline").estimate == pytest.approx([-3.0])


def test_a_shared_component_joins_parts_that_no_trial_connects():
    names = ["dextrose", "dextrose + exercise", "exercise", "saline"]
    contrasts = contrasts_from([DEXTROSE, ELSEWHERE], names)
    assert len(evidence.network(contrasts).networks) == 2

    made = evidence.components(contrasts, inactive="saline", tau2=0.0)

    assert made.q_additivity() is None
    assert made.difference("dextrose", "saline").estimate == pytest.approx([-2.0])
    assert made.difference("dextrose", "saline").se ** 2 == pytest.approx([0.04])
    assert np.isnan(made.difference("exercise", "saline").estimate).all()


def test_the_order_of_components_in_a_name_does_not_matter():
    turned = ("both", ["saline", "exercise + dextrose"], [0.0, -3.0], SMALL)
    assert found(turned, DEXTROSE).each().estimate == pytest.approx(found(BOTH, DEXTROSE).each().estimate)


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(BadInput, match="inactive 'sham': one of"):
        evidence.components(contrasts_from([DEXTROSE], ["dextrose", "saline"]), inactive="sham")
    with pytest.raises(BadInput, match="no treatment has all of these components"):
        found(DEXTROSE, EXERCISE, interactions=[("dextrose", "exercise")])
    with pytest.raises(BadInput, match="PRP is not among the components"):
        found(DEXTROSE).difference("PRP", "saline")
