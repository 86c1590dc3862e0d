"""What was known after each study: plain cases of a network that grows together, and refits from scratch as the judge."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials

from enthesis import evidence
from enthesis.evidence.networks import cumulative
from enthesis.knowledge import BadInput

NAMES = ["dextrose", "exercise", "rest", "saline"]
FIRST = ("1999", ["dextrose", "saline"], [-2.0, 0.0], [0.1, 0.1])
APART = ("2005", ["exercise", "rest"], [-1.0, 0.0], [0.1, 0.1])
BRIDGE = ("2011", ["rest", "saline"], [0.5, 0.0], [0.1, 0.1])
AGAIN = ("2020", ["dextrose", "saline"], [-1.0, 0.0], [0.1, 0.1])


def grown(*trials, **choices):
    return cumulative(contrasts_from(trials, NAMES), tau2=0.0, **choices)


def test_two_parts_are_told_apart_until_a_trial_joins_them():
    found = grown(FIRST, APART, BRIDGE, AGAIN, reference="saline")
    steps = list(found)

    assert [len(step.found) for step in steps] == [1, 2, 1, 1]
    assert [step.connected for step in steps] == [False, False, True, True]
    assert steps[0].missing == ("exercise", "rest")
    assert found.connected_from() == "2011"
    assert [network.reference for network in steps[1].found] == ["saline", "exercise"]
    assert steps[0].explain() == "1 study, the last 1999: connected so far: dextrose, saline; not yet: exercise, rest."
    assert "connected so far: dextrose, saline; exercise, rest." in steps[1].explain()
    assert steps[2].explain() == "3 studies, the last 2011: all treatments are connected."


def test_a_pair_is_followed_from_the_day_it_can_be_estimated():
    found = grown(FIRST, APART, BRIDGE, AGAIN)

    went = found.between("dextrose", "rest")
    direct = [row.random["estimate"] for _, row in found.between("saline", "dextrose")]

    assert [study for study, _ in went] == ["1999", "2005", "2011", "2020"]
    assert [row and row.random["estimate"] for _, row in went] == [None, None, pytest.approx(-2.5), pytest.approx(-2.0)]
    assert direct == pytest.approx([2.0, 2.0, 2.0, 1.5])


def test_trials_may_be_taken_in_another_order_than_that_of_the_file():
    found = grown(FIRST, APART, BRIDGE, AGAIN, order=["2020", "2011", "2005", "1999"])

    assert [step.study for step in found] == ["2020", "2011", "2005", "1999"]
    assert found.connected_from() == "2005"


def test_a_network_that_never_grows_together_says_so():
    found = grown(FIRST, APART)

    assert found.connected_from() is None
    assert [row for _, row in found.between("dextrose", "rest")] == [None, None]


def test_a_trial_that_compares_nothing_is_a_step_without_anything_new():
    arms = "study,treatment,n,events\nsilent,A,20,0\nsilent,B,20,0\nspeaks,A,30,5\nspeaks,B,30,9\n"

    steps = list(cumulative(evidence.read_trials(arms), measure="OR"))

    assert (steps[0].found, steps[0].missing) == ((), ("A", "B"))
    assert steps[0].explain() == "1 study, the last silent: nothing is compared yet; not yet: A, B."
    assert steps[1].connected


def test_an_order_with_a_study_missing_twice_or_unknown_is_refused():
    for order in (["1999"], ["1999", "2005", "2005"]):
        with pytest.raises(BadInput, match="left out or more than once: 2005"):
            grown(FIRST, APART, order=order)
    with pytest.raises(BadInput, match="'2006' is not a study"):
        grown(FIRST, APART, order=["1999", "2006"])


def test_what_means_nothing_is_refused_before_the_first_step():
    with pytest.raises(BadInput, match="reference 'surgery'"):
        grown(FIRST, reference="surgery")
    with pytest.raises(BadInput, match="level 95"):
        grown(FIRST, level=95)
    with pytest.raises(BadInput, match="surgery: not a treatment"):
        grown(FIRST).between("dextrose", "surgery")
    with pytest.raises(BadInput, match="two different treatments"):
        grown(FIRST).between("dextrose", "dextrose")
    with pytest.raises(BadInput, match="from 1 to 1"):
        grown(FIRST).after(2)


@settings(max_examples=40, deadline=None)
@given(random_trials(most_treatments=5, most_extra=5), st.sampled_from(["reml", "dl", 0.3]), st.randoms())
def test_every_step_equals_a_network_that_knew_no_later_trial(made, method, random):
    treatments, trials = made
    order = random.sample([name for name, *_ in trials], len(trials))

    found = cumulative(contrasts_from(trials, treatments), order=order, tau2=method)

    by_name = {trial[0]: trial for trial in trials}
    for many, step in enumerate(found, start=1):
        refit = evidence.network(contrasts_from([by_name[name] for name in order[:many]], treatments), tau2=method)
        parts = refit.networks if isinstance(refit, evidence.Parts) else (refit,)
        assert [part.treatments for part in step.found] == [part.treatments for part in parts]
        assert set(step.missing) == set(treatments) - {name for part in parts for name in part.treatments}
        for ours, theirs in zip(step.found, parts, strict=True):
            assert ours.tau2 == pytest.approx(theirs.tau2, abs=1e-6)
            assert ours.league().random.estimate == pytest.approx(theirs.league().random.estimate, abs=1e-6)
    assert step.connected


@settings(max_examples=40, deadline=None)
@given(random_trials(most_treatments=2, most_extra=5))
def test_with_two_treatments_it_is_the_cumulative_pairwise_analysis(made):
    treatments, trials = made
    names = tuple(name for name, *_ in trials)
    model = evidence.Model(tau2="DL", ci="wald")
    network = cumulative(contrasts_from(trials, treatments), tau2="dl").between(*treatments)
    signs = [1 if arms[0] == treatments[0] else -1 for _, arms, *_ in trials]
    y = [sign * (means[0] - means[1]) for sign, (_, _, means, _) in zip(signs, trials, strict=True)]
    v = [sum(variances) for *_, variances in trials]

    steps = evidence.pooling.cumulative(names, np.array(y), np.array(v), model=model)

    for (study, row), step in zip(network, steps, strict=True):
        assert study == step.study
        assert row.random["estimate"] == pytest.approx(step.estimate.estimate, abs=1e-8)
        assert row.random["se"] == pytest.approx(step.estimate.se, rel=1e-7)
