"""A clinic's answers against the trials: every worked case of the specification, and what enthusiasm must not do."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.expectations.joining import (
    Beta,
    Bias,
    Normal,
    Part,
    beta_posterior,
    conflict,
    doubled,
    halved,
    joined,
    joined_share,
    normal_posterior,
)
from enthesis.expectations.joining.mixtures import beta_mean, beta_quantile, log_marginal, moments, normal_quantile
from enthesis.expectations.next_trial import in_words, next_trial
from enthesis.knowledge import BadInput

TRIALS = Normal(1.0, -2.0, 0.5)
SE20, SE100 = 2.4 / math.sqrt(20), 2.4 / math.sqrt(100)
ROBUST = (Normal(0.8, -2.0, 0.5), Normal(0.2, -2.0, 2.4))
WILD = Bias((Part(0.8, -0.5, 0.5), Part(0.2, -0.5, 3.0)))


def close(value, expected, tolerance=5.1e-4):
    assert value == pytest.approx(expected, abs=tolerance)


def test_rbests_help_page_with_a_beta_mixture():
    found = beta_posterior([Beta(0.5, 4, 10), Beta(0.5, 1, 1)], 18, 20)
    close(found[0].weight, 665 / 248789, 1e-11)
    close(found[1].weight, 0.99732705224, 1e-11)
    assert [(one.a, one.b) for one in found] == [(22, 12), (19, 3)]
    close(beta_mean(found), 0.8630574632, 1e-10)


def test_rbests_help_page_with_one_normal():
    y = (-46, -227, 41, -65, -103, -22, 7, -169, -69, 90)
    (found,) = normal_posterior([Normal(1.0, -49, 88 / math.sqrt(20))], sum(y) / 10, 88 / math.sqrt(10))
    close(found.mean, -51.4333333, 1e-6)
    close(found.sd, 16.0665284, 1e-6)


def test_a_robust_prior_of_shares_gives_way_to_the_data():
    """Eighteen of twenty: the prior keeps 8% of its weight. That is what must not happen to the trials here."""
    prior = [Beta(0.8, 14, 16), Beta(0.2, 1, 1)]
    close(math.exp(log_marginal(prior[0], 10, 20)), 0.1322490871, 1e-9)
    close(math.exp(log_marginal(prior[1], 10, 20)), 1 / 21, 1e-9)
    agree, apart = beta_posterior(prior, 10, 20), beta_posterior(prior, 18, 20)
    close(agree[0].weight, 0.9174162745, 1e-9)
    close(beta_mean(agree), 0.4816517, 1e-6)
    close(beta_quantile(agree, 0.025), 0.3401, 5.1e-5)
    close(beta_quantile(agree, 0.975), 0.6281, 5.1e-5)
    close(apart[0].weight, 0.0769162825, 1e-9)
    close(beta_mean(apart), 0.8464351, 1e-6)
    close(beta_quantile(apart, 0.025), 0.6043, 5.1e-5)
    close(beta_quantile(apart, 0.975), 0.9686, 5.1e-5)
    close(sum(math.exp(log_marginal(Beta(1, 14, 16), r, 20)) for r in (18, 19, 20)), 0.0012087889, 1e-9)


@pytest.mark.parametrize(
    ("y", "se", "plain", "robust", "vague"),
    [(-2.4, SE20, -2.186, -2.201, None), (-4.5, SE20, -3.162, -4.304, 0.937), (-4.5, SE100, -4.032, -4.475, None)],
)
def test_what_other_methods_would_have_said(y, se, plain, robust, vague):
    close(normal_posterior([TRIALS], y, se)[0].mean, plain)
    found = normal_posterior([Normal(0.8, -2.0, 0.5), Normal(0.2, -2.0, 2.4)], y, se)
    close(moments(found)[0], robust)
    if vague is not None:
        close(found[1].weight, vague)


@pytest.mark.parametrize(
    ("prior", "y", "se", "low", "high"),
    [
        ((TRIALS,), -2.4, SE20, -2.903, -1.469),
        ((TRIALS,), -4.5, SE20, -3.879, -2.445),
        ((TRIALS,), -4.5, SE100, -4.456, -3.608),
        (ROBUST, -2.4, SE20, -2.970, -1.461),
        (ROBUST, -4.5, SE20, -5.393, -3.003),
    ],
)
def test_and_how_sure_they_would_have_been(prior, y, se, low, high):
    found = normal_posterior(prior, y, se)
    close(normal_quantile(found, 0.025), low)
    close(normal_quantile(found, 0.975), high)


def test_a_robust_prior_and_a_bias_term_together_still_give_way():
    """The bias comes off the answers and widens them; the vague part takes over all the same."""
    for y, se, mean in ((-2.4, SE20, -1.977), (-4.5, SE20, -2.645), (-4.5, SE100, -2.740)):
        found = normal_posterior(ROBUST, y + 0.5, math.hypot(se, 1.0))
        close(moments(found)[0], mean)
        if (y, se) == (-4.5, SE20):
            close(normal_quantile(found, 0.025), -4.935)
            close(normal_quantile(found, 0.975), -1.449)


def test_a_spread_of_the_bias_caps_what_answers_can_weigh_however_many_they_are():
    for people, share in ((20, 0.163), (100, 0.191), (10**9, 0.2)):
        found = joined(TRIALS, -2.4, 2.4 / math.sqrt(people), Bias((Part(1.0, -0.5, 1.0),)))
        close(found.clinic_share, share, 1e-3)


def test_a_discount_of_the_answers_is_no_cap():
    """A power prior with a quarter of the answers' weight: a hundred answers still move the page to -3.3."""
    for y, se, expected in ((-2.4, SE20, -2.071), (-4.5, SE20, -2.446), (-4.5, SE100, -3.301)):
        close(normal_posterior([TRIALS], y, se / math.sqrt(0.25))[0].mean, expected)


@pytest.mark.parametrize(
    ("y", "se", "mean", "low", "high"),
    [(-2.4, SE20, -1.984, -2.881, -1.087), (-4.5, SE20, -2.325, -3.222, -1.428), (-4.5, SE100, -2.382, -3.264, -1.501)],
)
def test_one_bias_term(y, se, mean, low, high):
    found = joined(TRIALS, y, se, Bias((Part(1.0, -0.5, 1.0),)))
    close(found.mean, mean)
    close(found.interval()[0], low)
    close(found.interval()[1], high)


@pytest.mark.parametrize(
    ("y", "se", "mean", "low", "high", "wild"),
    [
        (-2.4, SE20, -1.970, -2.793, -1.149, None),
        (-4.5, SE20, -2.387, -3.356, -1.278, 0.424),
        (-4.5, SE100, -2.357, -3.457, -1.185, 0.641),
    ],
)
def test_the_mixture_on_the_bias(y, se, mean, low, high, wild):
    found = joined(TRIALS, y, se, WILD)
    close(found.mean, mean)
    close(found.interval()[0], low)
    close(found.interval()[1], high)
    if wild is not None:
        close(found.wild, wild)


def test_a_hundred_enthusiastic_answers_move_the_page_less_than_twenty():
    """The more they insist, the likelier they are biased; and the interval says so."""
    twenty, hundred = joined(TRIALS, -4.5, SE20, WILD), joined(TRIALS, -4.5, SE100, WILD)
    assert hundred.mean > twenty.mean
    assert hundred.wild > twenty.wild
    assert hundred.sd > twenty.sd


def test_conflict_in_numbers_and_words():
    one_bias = Bias((Part(1.0, -0.5, 1.0),))
    for y, se, z, p, words in (
        (-2.4, SE20, 0.08, 0.94, "agree"),
        (-4.5, SE20, -1.61, 0.11, "somewhat apart"),
        (-4.5, SE100, -1.75, 0.080, "somewhat apart"),
    ):
        found = conflict(TRIALS, y, se, one_bias)
        close(found.z, z, 0.0051)
        close(found.p, p, 0.0051)
        assert found.words == words
    assert conflict(TRIALS, -9.0, SE20, one_bias).words == "disagree"


def test_shares_with_a_bias_on_what_was_answered():
    agree = joined_share(Beta(1, 14, 16), 10, 20, bias=0.5, bias_sd=0.8)
    apart = joined_share(Beta(1, 14, 16), 18, 20, bias=0.5, bias_sd=0.8)
    close(agree.estimate, 0.4544)
    close(agree.lower, 0.295, 1e-3)
    close(agree.upper, 0.619, 1e-3)
    close(apart.estimate, 0.5196)
    close(apart.lower, 0.354, 1e-3)
    close(apart.upper, 0.683, 1e-3)
    close(beta_mean(beta_posterior([Beta(1, 14, 16)], 18, 20)), 0.64, 1e-9)


def test_added_biases_as_in_turner():
    """Two biases taken off the estimate, their variances added: the additive form."""
    y, se, biases = -0.60, 0.20, ((-0.15, 0.10), (0.05, 0.08))
    close(y - sum(mean for mean, _ in biases), -0.50, 1e-9)
    error = math.sqrt(se**2 + sum(sd**2 for _, sd in biases))
    close(error, 0.2374868, 1e-6)
    summed = Bias((Part(1.0, -0.10, math.hypot(0.10, 0.08)),))
    flat = joined(Normal(1.0, 0.0, 1e6), y, se, summed)
    close(flat.mean, -0.50, 1e-6)
    close(flat.sd, error, 1e-6)


@given(st.floats(-10, 10), st.floats(0.05, 2), st.floats(0.1, 2))
def test_the_clinic_never_gets_more_weight_than_its_bias_allows(y, se, sd):
    cap = sum(p.sd**-2 / (sd**-2 + p.sd**-2) * 1.0 for p in WILD.parts[:1])
    found = joined(Normal(1.0, -2.0, sd), y, se, WILD)
    assert found.clinic_share <= cap + 1e-12
    low, high = found.interval()
    assert low < found.mean < high


def test_no_bias_at_all_is_the_plain_rule_and_half_lies_between():
    none = Bias((Part(1.0, 0.0, 0.0),))
    assert joined(TRIALS, -3.0, 0.4, none).mean == pytest.approx(normal_posterior([TRIALS], -3.0, 0.4)[0].mean)
    assert halved(WILD).parts[0] == Part(0.8, -0.25, 0.25)
    assert doubled(WILD).parts[1] == Part(0.2, -1.0, 6.0)


@pytest.mark.parametrize("parts", [(), (Part(0.5, 0, 1),), (Part(1.5, 0, 1), Part(-0.5, 0, 1)), (Part(1.0, 0, -1),)])
def test_a_mixture_that_is_none(parts):
    with pytest.raises(BadInput, match="bias"):
        Bias(parts)


def test_a_quantile_of_a_certainty_is_the_certainty():
    assert normal_quantile([Normal(1.0, 2.0, 0.0)], 0.3) == 2.0


def test_what_the_next_trial_would_buy():
    """v = 0.18^2, tau = 0.25: trials differ, so a bigger one of the same kind helps a new clinic little."""
    assert [round(next_trial(0.18, 0.25, n).average, 3) for n in (0, 50, 100, 200, 400)] == [
        0.706,
        0.637,
        0.615,
        0.598,
        0.587,
    ]
    small, large = next_trial(0.18, 0.25, 50), next_trial(0.18, 0.25, 400)
    assert (round(small.new_clinic, 3), round(large.new_clinic, 3)) == (1.169, 1.142)
    assert "would help little" in in_words(next_trial(0.18, 0.25, 0), large)
    assert "narrower" in in_words(next_trial(0.5, 0.05, 0), next_trial(0.5, 0.05, 400))
    with pytest.raises(BadInput, match="people"):
        next_trial(0.18, 0.25, -1)
