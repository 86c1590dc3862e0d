"""Leave one out by low-rank updates, and detached designs, judged by refits from scratch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials

from enthesis import evidence
from enthesis.evidence.networks.heterogeneity import slope
from enthesis.evidence.networks.system import solved

METHODS = ("reml", "ml", "dl", "pm", 0.3)


@settings(max_examples=60, deadline=None)
@given(random_trials(most_treatments=5), st.sampled_from(METHODS))
def test_leaving_a_study_out_equals_a_network_that_never_had_it(made, method):
    treatments, trials = made
    whole = evidence.network(contrasts_from(trials, treatments), tau2=method, reference=treatments[0])
    found = whole.leave_one_out()

    for place, name in enumerate(found.studies):
        rest = [trial for trial in trials if trial[0] != name]
        refit = evidence.network(contrasts_from(rest, treatments), tau2=method) if rest else None
        if not isinstance(refit, evidence.Network) or refit.treatments != tuple(treatments):
            assert np.isnan(found.tau2[place])
            continue
        assert found.df[place] == refit.space.df
        assert found.q[place] == pytest.approx(refit.common.q, abs=1e-7)
        if method in ("reml", "ml") and refit.tau2:  # another hill of the likelihood may be as high
            at = solved(refit.space, float(found.tau2[place]))
            assert slope(at, restricted=method == "reml") == pytest.approx(0, abs=1e-4) or found.tau2[place] == 0
        else:
            assert found.tau2[place] == pytest.approx(refit.tau2 or 0.0, abs=1e-6)
        again = evidence.network(contrasts_from(rest, treatments), tau2=float(found.tau2[place]))
        effects = again.random.effects - again.random.effects[0]
        assert found.estimate[place] == pytest.approx(effects, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(random_trials(most_treatments=5))
def test_detaching_a_design_equals_leaving_its_studies_out_and_adding_their_own_q(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments))

    for row in network.by_design():
        rest = [trial for trial in trials if set(trial[1]) != set(row.treatments)]
        if not rest or row.left_when_detached is None:
            continue
        without = evidence.network(contrasts_from(rest, treatments))
        parts = without.networks if isinstance(without, evidence.Parts) else (without,)
        q = sum(part.q().total.value for part in parts)
        expected = q + row.within.value - network.q().within_designs.value
        assert row.left_when_detached.value == pytest.approx(max(expected, 0.0), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(random_trials(most_treatments=5))
def test_the_net_heat_of_a_detached_design_adds_up_to_the_inconsistency_it_takes_away(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments))
    heat = network.net_heat()
    taken = {
        ":".join(row.treatments): network.q().between_designs.value - row.left_when_detached.value
        for row in network.by_design()
        if row.left_when_detached
    }

    assert heat.inconsistency.sum() == pytest.approx(network.q().between_designs.value, abs=1e-7)
    for column, (design, *_) in enumerate(heat.contrasts):
        if np.isfinite(heat.change[:, column]).all():
            assert heat.change[:, column].sum() == pytest.approx(taken[design], abs=1e-6)
