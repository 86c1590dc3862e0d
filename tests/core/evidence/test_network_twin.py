"""The fast network estimate judged by a slow, plain one, on networks of any shape; and what must hold for all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials, twin

from enthesis import evidence
from enthesis.evidence.networks.heterogeneity import heterogeneity
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.system import solved

tau2s = st.sampled_from([0.0, 0.01, 0.4, 3.0])


def estimates(network):
    """Every pair both ways round, by names, in the random model."""
    rows = network.league().rows()
    found = {(row.treatment, row.versus): row.random["estimate"] for row in rows}
    return found | {(versus, treatment): -value for (treatment, versus), value in found.items()}


@given(random_trials(), tau2s)
def test_the_fast_estimate_equals_plain_least_squares(made, tau2):
    treatments, trials = made
    effects, covariance, q, _ = twin(trials, treatments, tau2)

    fast = solved(space(contrasts_from(trials, treatments)), tau2)

    assert fast.effects == pytest.approx(effects, abs=1e-9)
    assert fast.covariance[1:, 1:] == pytest.approx(covariance, abs=1e-9)
    assert fast.q == pytest.approx(q, abs=1e-8)


@settings(max_examples=60)
@given(random_trials())
def test_reml_is_nowhere_beaten_on_a_fine_grid(made):
    treatments, trials = made
    rows = space(contrasts_from(trials, treatments))

    found = heterogeneity(rows, "reml")

    if rows.df == 0:
        assert found is None
        return
    best = twin(trials, treatments, found)[3]
    for tau2 in [0.0, *np.geomspace(1e-5, 50, 60)]:
        assert twin(trials, treatments, float(tau2))[3] <= best + 1e-9


@given(random_trials(), st.randoms())
def test_the_order_of_trials_and_of_arms_does_not_matter(made, random):
    treatments, trials = made
    first = evidence.network(contrasts_from(trials, treatments))
    mixed = []
    for name, arms, means, variances in random.sample(trials, len(trials)):
        order = random.sample(range(len(arms)), len(arms))
        mixed.append((name, *([values[place] for place in order] for values in (arms, means, variances))))

    again = evidence.network(contrasts_from(mixed, treatments))

    assert estimates(again) == pytest.approx(estimates(first), abs=1e-6)
    assert again.q().total.value == pytest.approx(first.q().total.value, abs=1e-8)


@given(random_trials(), st.randoms())
def test_other_names_for_the_treatments_change_nothing_but_the_names(made, random):
    treatments, trials = made
    names = dict(zip(treatments, random.sample(treatments, len(treatments)), strict=True))
    renamed = [(name, [names[arm] for arm in arms], *rest) for name, arms, *rest in trials]

    first = evidence.network(contrasts_from(trials, treatments), tau2=0.2)
    again = evidence.network(contrasts_from(renamed, treatments), tau2=0.2)

    ours = {(names[a], names[b]): value for (a, b), value in estimates(first).items()}
    assert estimates(again) == pytest.approx(ours, abs=1e-8)
    assert again.q().between_designs.value == pytest.approx(first.q().between_designs.value, abs=1e-7)
    scores = dict(zip(again.treatments, again.p_scores(), strict=True))
    assert scores == pytest.approx(
        {names[name]: score for name, score in zip(first.treatments, first.p_scores(), strict=True)}, abs=1e-8
    )


@given(random_trials())
def test_turning_every_outcome_round_turns_every_estimate_and_ranking_round(made):
    treatments, trials = made
    turned = [(name, arms, [-mean for mean in means], variances) for name, arms, means, variances in trials]

    first = evidence.network(contrasts_from(trials, treatments), tau2=0.1, small_values="good")
    again = evidence.network(contrasts_from(turned, treatments), tau2=0.1, small_values="bad")

    assert estimates(again) == pytest.approx({pair: -value for pair, value in estimates(first).items()}, abs=1e-9)
    assert again.p_scores() == pytest.approx(first.p_scores(), abs=1e-9)
    assert again.sucra() == pytest.approx(first.sucra(), abs=1e-9)


@given(random_trials())
def test_without_heterogeneity_the_random_model_is_the_common_one(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=0.0)

    assert all(row.random == row.common for row in network.league().rows())


@given(random_trials())
def test_a_trial_that_knows_next_to_nothing_changes_next_to_nothing(made):
    treatments, trials = made
    vague = ("vague", treatments[:2], [0.0, 40.0], [1e13, 1e13])

    first = evidence.network(contrasts_from(trials, treatments), tau2=0.3)
    again = evidence.network(contrasts_from([*trials, vague], treatments), tau2=0.3)

    assert estimates(again) == pytest.approx(estimates(first), abs=1e-6)
    assert again.contributions().shares.sum(axis=1) == pytest.approx(1, abs=1e-9)


@given(random_trials(most_treatments=2))
def test_a_network_of_two_treatments_is_the_pairwise_result(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=0.25)
    total = weighted = 0.0
    for _, arms, means, variances in trials:
        sign = 1 if arms[0] == treatments[0] else -1
        weight = 1 / (sum(variances) + 0.25)
        total, weighted = total + weight, weighted + weight * sign * (means[0] - means[1])

    row = network.between(*treatments)

    assert row.random["estimate"] == pytest.approx(weighted / total, abs=1e-10)
    assert row.random["se"] == pytest.approx(total**-0.5, rel=1e-12)
    assert row.direct_share == pytest.approx(1)
    assert len(network.split().pair) == 0


@given(random_trials())
def test_every_contribution_adds_to_one_and_direct_evidence_gives_at_least_its_share(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=0.1)

    for by in ("random walk", "shortest path"):
        shares = network.contributions(by=by).shares
        assert shares.sum(axis=1) == pytest.approx(1, abs=1e-8)
        assert shares.min() >= -1e-12


@given(random_trials())
def test_q_within_and_between_designs_make_up_the_total(made):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments))
    q = network.q()

    assert q.within_designs.value + q.between_designs.value == pytest.approx(q.total.value, abs=1e-7)
    assert q.within_designs.df + q.between_designs.df == q.total.df
    for row in network.by_design():
        if row.left_when_detached:
            assert 0 <= row.left_when_detached.value <= q.between_designs.value + 1e-7


@settings(max_examples=50)
@given(random_trials())
def test_refitting_a_split_equals_least_squares_with_one_more_treatment(made):
    """The direct evidence of two-arm networks gets a node of its own: the plain twin then has the same difference."""
    treatments, trials = made
    trials = [trial for trial in trials if len(trial[1]) == 2]
    network = evidence.network(contrasts_from(trials, treatments), tau2=0.2)
    split = network.split(by="refit")
    old = network.split()

    assert len(split.pair) >= len(old.pair)
    for place, pair in enumerate(old.pair):
        same = int(np.flatnonzero(split.pair == pair)[0])
        assert split.difference[same] == pytest.approx(old.difference[place], abs=1e-5)
        assert split.difference_se[same] == pytest.approx(old.difference_se[place], rel=1e-5)
        assert split.direct[same] == pytest.approx(old.direct[place], abs=1e-6)
