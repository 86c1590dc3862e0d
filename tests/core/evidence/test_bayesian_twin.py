"""The Bayesian twin: told as stories, held to plain sums over a grid, and to what any posterior must obey."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials, twin

from enthesis import evidence
from enthesis.evidence.bayes import HalfNormal, LogNormal, Uniform, bayesian, published
from enthesis.knowledge import BadInput

RING = [
    ("one", ["saline", "dextrose"], [0.0, -1.2], [0.06, 0.05]),
    ("two", ["saline", "dextrose"], [0.2, -0.2], [0.08, 0.08]),
    ("three", ["saline", "PRP"], [0.0, -0.9], [0.05, 0.07]),
    ("four", ["dextrose", "PRP"], [-0.7, -0.9], [0.06, 0.06]),
    ("five", ["saline", "dextrose", "PRP"], [0.1, -0.4, -1.3], [0.09, 0.09, 0.1]),
]
NAMES = ["saline", "dextrose", "PRP"]
MADE = contrasts_from(RING, NAMES)


def test_a_prior_that_is_sure_of_tau_gives_the_network_with_that_tau():
    found = bayesian(MADE, prior=LogNormal(0.25, 1e-6)).league()
    given_tau = evidence.network(MADE, tau2=0.25).league()

    assert [row["estimate"] for row in found] == pytest.approx(given_tau.random.estimate, rel=1e-5)
    assert [row["sd"] for row in found] == pytest.approx(given_tau.random.se, rel=1e-5)
    assert [row["lower"] for row in found] == pytest.approx(given_tau.random.lower, rel=1e-5)


@pytest.mark.parametrize("prior", [Uniform(3.0), HalfNormal(0.7), published("pain, non-drug comparison")])
def test_it_is_the_plain_sum_over_a_fine_grid_of_tau(prior):
    """A slow twin: 4,000 values of tau, the restricted likelihood with loops, means and variances weighed by hand."""
    taus = (np.arange(4000) + 0.5) * 4.0 / 4000
    fits = [twin(RING, NAMES, tau**2) for tau in taus]
    heights = np.array([fit[3] for fit in fits]) + prior.log_density(taus)
    weights = np.exp(heights - heights.max())
    weights /= weights.sum()
    mean = sum(w * fit[0][1:] for w, fit in zip(weights, fits, strict=True))
    second = sum(w * (fit[0][1:] ** 2 + np.diagonal(fit[1])) for w, fit in zip(weights, fits, strict=True))
    found = bayesian(MADE, prior=prior)
    rows = {row["versus"]: row for row in found.league() if row["treatment"] == "saline"}

    assert found.tau["mean"] == pytest.approx(weights @ taus, rel=2e-3)
    for place, name in enumerate(NAMES[1:]):
        assert rows[name]["estimate"] == pytest.approx(-mean[place], rel=1e-3)
        assert rows[name]["sd"] == pytest.approx(math.sqrt(second[place] - mean[place] ** 2), rel=2e-3)


def test_who_doubts_less_beforehand_is_surer_afterwards_and_a_new_study_is_less_sure_than_the_mean():
    narrow, wide = (bayesian(MADE, prior=HalfNormal(scale)) for scale in (0.05, 2.0))
    for sure, unsure in zip(narrow.league(), wide.league(), strict=True):
        assert sure["sd"] < unsure["sd"]
        assert (
            unsure["prediction_lower"]
            < unsure["lower"]
            < unsure["median"]
            < unsure["upper"]
            < unsure["prediction_upper"]
        )
    assert narrow.tau["upper"] < wide.tau["upper"]
    assert wide.tau["lower"] < wide.tau["median"] < wide.tau["upper"]


def test_the_chance_of_being_better_turns_round_with_the_pair_and_shrinks_with_what_is_asked():
    found = bayesian(MADE, prior=HalfNormal(0.5))
    ahead = found.better("dextrose", "saline")

    assert 0.9 < ahead < 1
    assert ahead + found.better("saline", "dextrose") == pytest.approx(1, abs=1e-12)
    assert found.better("dextrose", "saline", by=0.5) < ahead
    assert found.better("dextrose", "saline", small_good=False) == pytest.approx(1 - ahead, abs=1e-12)
    with pytest.raises(BadInput, match="magnets: not a treatment of this network"):
        found.better("magnets", "saline")


@settings(max_examples=15)
@given(
    random_trials(most_treatments=4, most_extra=4),
    st.sampled_from([Uniform(5.0), HalfNormal(1.0), LogNormal(0.05, 2.0)]),
)
def test_any_network_has_a_posterior_that_does_not_hang_on_the_order_of_its_trials(drawn, prior):
    treatments, trials = drawn
    one, other = (bayesian(contrasts_from(each, treatments), prior=prior) for each in (trials, trials[::-1]))

    assert one.weights.sum() == pytest.approx(1)
    for a, b in zip(one.league(), other.league(), strict=True):
        assert [a[key] for key in list(a)[2:]] == pytest.approx([b[key] for key in list(b)[2:]], rel=1e-6, abs=1e-9)


def test_the_finding_says_its_prior():
    said = bayesian(MADE, prior=published("pain, drug against placebo")).explain()
    assert "tau2 is log-normal beforehand, with median 0.0424 and quartiles 0.00689 and 0.261" in said
    assert "every tau up to 2 is as likely" in bayesian(MADE, prior=Uniform(2)).explain()
    assert "half-normal beforehand, with scale 0.5" in bayesian(MADE, prior=HalfNormal(0.5)).explain()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: Uniform(0), "upper of the prior: a number above 0"),
        (lambda: HalfNormal(-1), "scale of the prior"),
        (lambda: LogNormal(math.nan, 1), "median of the prior"),
        (lambda: LogNormal(0.1, 0), "spread of the prior"),
        (lambda: published("knees"), "prior 'knees': one of pain, non-drug comparison"),
        (lambda: bayesian(MADE, prior=Uniform(1), level=1.0), "level 1.0"),
        (lambda: bayesian(contrasts_from([*RING, ("six", ["A", "B"], [0.0, 1.0], [1.0, 1.0])], [*NAMES, "A", "B"]), prior=Uniform(1)), "one part at a time"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_in_a_sentence(ask, said):
    with pytest.raises(BadInput, match=said):
        ask()
