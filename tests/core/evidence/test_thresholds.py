"""How wrong trials would have to be: a plain case, and every threshold held to a refit of changed trials."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials

from enthesis import evidence

TWO = [
    ("one", ["saline", "dextrose"], [0.0, -1.0], [0.1, 0.1]),
    ("two", ["saline", "dextrose"], [0.0, -2.0], [0.1, 0.1]),
]


def best(network):
    return network.treatments[int(np.argmin(network.random.effects))]


def test_two_trials_of_one_comparison_must_be_wrong_by_what_they_found():
    network = evidence.network(contrasts_from(TWO, ["saline", "dextrose"]), tau2=0.0)
    [row] = network.thresholds()

    assert (row.treatment, row.versus, row.study) == ("saline", "dextrose", None)
    assert row.lower == pytest.approx(-1.5)
    assert row.best_below == "saline"
    assert (row.upper, row.best_above) == (None, None)  # more of the same changes nothing
    alone = {one.study: one.lower for one in network.thresholds(by_study=True)}
    assert alone == pytest.approx({"one": -3.0, "two": -3.0})  # each has half of the weight


def test_where_more_is_better_the_other_one_leads():
    network = evidence.network(contrasts_from(TWO, ["saline", "dextrose"]), tau2=0.0, small_values="bad")
    [row] = network.thresholds()
    assert (row.upper, row.lower, row.best_below) == (None, pytest.approx(-1.5), "dextrose")


@settings(max_examples=40)
@given(random_trials(most_treatments=5, most_extra=5), st.sampled_from([0.0, 0.3]), st.data())
def test_a_little_beyond_the_threshold_another_leads_and_a_little_before_it_nobody_else(drawn, tau2, data):
    treatments, trials = drawn
    made = contrasts_from(trials, treatments)
    network = evidence.network(made, tau2=tau2)
    pairs = [row for row in network.thresholds(by_study=True) if np.isfinite(row.smallest) and row.smallest > 1e-6]
    two_armed = {name for name, arms, *_ in trials if len(arms) == 2}
    pairs = [row for row in pairs if row.study in two_armed and row.smallest < 1e3]
    if not pairs:
        return
    row = data.draw(st.sampled_from(pairs))
    for end, leader in ((row.lower, row.best_below), (row.upper, row.best_above)):
        if end is not None:
            assert best(changed(made, row, end * 1.001, tau2)) == leader
            assert best(changed(made, row, end * 0.999, tau2)) == best(network)


def changed(made, row, by, tau2):
    """The network when one two-armed study reported `by` more of the treatment less the versus."""
    place = made.studies.index(row.study)
    batches = []
    for batch in made.batches:
        estimates = batch.estimates.copy()
        for at in np.flatnonzero(batch.study == place):
            turned = made.treatments[batch.arms[at, 1]] == row.treatment
            estimates[at, 0] += by if turned else -by
        batches.append(dataclasses.replace(batch, estimates=estimates))
    return evidence.network(dataclasses.replace(made, batches=tuple(batches)), tau2=tau2)
