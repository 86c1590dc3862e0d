"""What each study gives to each network estimate: plain cases, a slow twin, and what must hold for every network."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials

from enthesis import evidence
from enthesis.evidence.networks.by_study import conductances
from enthesis.evidence.networks.contract import contribution_values
from enthesis.evidence.networks.system import laplacian

THREE = ["dextrose", "saline", "steroid"]
LARGE = ("large", ["dextrose", "saline"], [-2.0, 0.0], [0.1, 0.1])
SMALL = ("small", ["dextrose", "saline"], [-1.0, 0.0], [0.3, 0.3])
STEROID = ("steroid", ["steroid", "saline"], [-1.0, 0.0], [0.2, 0.2])

tau2s = st.sampled_from([0.0, 0.2, 2.0])
ways = st.sampled_from(["random walk", "shortest path"])


def test_a_trial_three_times_as_precise_gives_three_times_as_much_and_a_detour_is_halved():
    network = evidence.network(contrasts_from([LARGE, SMALL, STEROID], THREE), tau2=0.0)

    shares = network.study_contributions("common").shares

    assert shares == pytest.approx(np.array([[0.75, 0.25, 0.0], [0.375, 0.125, 0.5], [0.0, 0.0, 1.0]]))


def test_a_trial_of_three_arms_alone_gives_everything():
    alone = ("all at once", THREE, [-2.0, 0.0, -1.0], [0.1, 0.1, 0.2])

    assert evidence.network(contrasts_from([alone], THREE)).study_contributions().shares == pytest.approx(1)


def test_no_weight_between_two_arms_gives_equal_parts_of_nothing():
    """Contrasts with saline that are independent of one another: saline is known exactly, the others say nothing apart."""
    made = contrasts_from([("exact", ["saline", "dextrose", "steroid"], [0.0, -2.0, -1.0], [0.0, 0.1, 0.2])], THREE)
    network = evidence.network(made, tau2=0.0)

    assert network.study_contributions("common").shares == pytest.approx(1)


def test_the_json_carries_the_shares_of_studies_beside_those_of_comparisons():
    given = contribution_values(evidence.network(contrasts_from([LARGE, SMALL, STEROID], THREE), tau2=0.0))

    assert list(given) == ["method", "rows", "columns", "common", "random", "per_study"]
    assert given["per_study"]["studies"] == ["large", "small", "steroid"]
    assert given["per_study"]["common"][given["rows"].index("dextrose:steroid")] == pytest.approx([0.375, 0.125, 0.5])


def test_the_json_leaves_them_out_where_there_would_be_too_many():
    names = [f"t{number:03}" for number in range(100)]
    star = [(f"{a} {copy}", [names[0], a], [0.0, 1.0], [0.1, 0.1]) for a in names[1:] for copy in range(30)]

    assert contribution_values(evidence.network(contrasts_from(star, names), tau2=0.0))["per_study"] is None


def plain_shares(network, trials, treatments, tau2, by):
    """Study by study and arm by arm: the product of two arms' weights over the sum of all is the weight between them."""
    given, pairs = network.contributions(by=by), list(itertools.combinations(treatments, 2))
    weight = {}
    for study, (_, arms, _, variances) in enumerate(trials):
        own = {arm: 1 / (variance + tau2 / 2) for arm, variance in zip(arms, variances, strict=True)}
        for a, b in itertools.combinations(sorted(arms), 2):
            weight[study, a, b] = own[a] * own[b] / sum(own.values())
    shares = np.zeros((len(given.rows), len(trials)))
    for column, pair in enumerate(given.columns):
        a, b = pairs[pair]
        total = sum(value for (_, *edge), value in weight.items() if edge == [a, b])
        for study in range(len(trials)):
            shares[:, study] += given.shares[:, column] * weight.get((study, a, b), 0.0) / total
    return shares


@given(random_trials(), tau2s, ways)
def test_the_fast_shares_equal_plain_ones_and_add_to_one(made, tau2, by):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=tau2)

    shares = network.study_contributions(by=by).shares

    assert shares == pytest.approx(plain_shares(network, trials, treatments, tau2, by), abs=1e-9)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-8)
    assert shares.min() >= -1e-12


@given(random_trials(), tau2s)
def test_the_weights_of_all_studies_on_an_edge_make_up_the_weight_of_the_flow(made, tau2):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=tau2)
    first, second = network.all_pairs

    total = np.bincount(network.comparisons.pair, conductances(network.random), len(first))

    assert total == pytest.approx(-laplacian(network.space, network.random.weights)[first, second], abs=1e-9)


@given(random_trials(), st.integers(0, 20), ways)
def test_a_trial_cut_in_two_halves_gives_as_much_as_before(made, which, by):
    treatments, trials = made
    name, arms, means, variances = trials[which % len(trials)]
    halves = [(f"{name} {half}", arms, means, [2 * value for value in variances]) for half in "ab"]
    rest = [trial for trial in trials if trial[0] != name]

    whole = evidence.network(contrasts_from([*rest, trials[which % len(trials)]], treatments), tau2=0.0)
    cut = evidence.network(contrasts_from([*rest, *halves], treatments), tau2=0.0)

    before, after = (network.study_contributions(by=by).shares for network in (whole, cut))
    assert after[:, -2] == pytest.approx(after[:, -1], abs=1e-12)
    assert after[:, -2:].sum(axis=1) == pytest.approx(before[:, -1], abs=1e-7)


@given(random_trials(most_treatments=2), tau2s)
def test_with_two_treatments_the_shares_are_the_weights_of_the_pairwise_analysis(made, tau2):
    treatments, trials = made
    network = evidence.network(contrasts_from(trials, treatments), tau2=tau2)
    weights = np.array([1 / (sum(variances) + tau2) for *_, variances in trials])

    assert network.study_contributions().shares[0] == pytest.approx(weights / weights.sum(), abs=1e-12)


@given(random_trials())
def test_rows_asked_for_are_the_same_rows_and_a_study_without_a_contrast_gives_nothing(made):
    treatments, trials = made
    contrasts = contrasts_from(trials, treatments)
    network = evidence.network(contrasts, tau2=0.1)
    silent = dataclasses.replace(network, contrasts=dataclasses.replace(contrasts, studies=(*contrasts.studies, "new")))
    rows = np.array([0])

    every = silent.study_contributions()

    assert silent.study_contributions(rows=rows).shares == pytest.approx(every.shares[rows], abs=1e-12)
    assert not every.shares[:, -1].any()


def test_half_of_the_evidence_takes_the_long_way_round():
    """Three trials of equal size in a ring: two thirds of what is known of a pair is direct, a third goes by the third treatment."""
    ring = [(f"{a}{b}", [a, b], [0.0, 1.0], [0.5, 0.5]) for a, b in ("AB", "BC", "AC")]
    found = evidence.network(contrasts_from(ring, "ABC"), tau2=0.0).measures("common")

    assert found.proportion_direct == pytest.approx([2 / 3] * 3)
    assert found.mean_path_length == pytest.approx([2 / 3 * 1 + 1 / 3 * 2] * 3)
    assert found.parallelism == pytest.approx([3 / 2] * 3)
    assert found.parallelism_studies == pytest.approx([3 / 2] * 3)


def test_a_second_trial_of_the_same_pair_makes_paths_run_side_by_side():
    twice = [(name, ["A", "B"], [0.0, 1.0], [0.5, 0.5]) for name in ("one", "two")]
    found = evidence.network(contrasts_from(twice, "AB"), tau2=0.0).measures("common")

    assert (found.parallelism[0], found.parallelism_studies[0]) == pytest.approx((1, 2))
    assert found.mean_path_length == pytest.approx([1])
