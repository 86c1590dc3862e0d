"""Results that were never reported: how they reach each estimate, judged by moving the data, and the rule that is stated."""

import numpy as np
import pytest
from tests.core.evidence.made_networks import contrasts_from

from enthesis import evidence
from enthesis.evidence.certainty.missing_evidence import VARIANCE, Judged, Risk, missing_evidence
from enthesis.knowledge import BadInput

ARMS = ("PRP", "dextrose", "exercise", "saline")
TRIALS = [
    ("one", ["dextrose", "saline"], [-1.4, -0.4], [0.08, 0.07]),
    ("two", ["PRP", "saline"], [-1.1, -0.5], [0.05, 0.06]),
    ("three", ["dextrose", "PRP"], [-1.2, -1.0], [0.1, 0.09]),
    ("four", ["exercise", "saline"], [-0.8, -0.6], [0.07, 0.05]),
    ("five", ["dextrose", "exercise"], [-1.0, -0.7], [0.09, 0.11]),
    ("six", ["dextrose", "saline"], [-1.9, -0.4], [0.3, 0.25]),
]
PAIR = ("dextrose", "saline")


def network(trials=TRIALS, small="good", tau2=0.05):
    """A network at a given heterogeneity, so that moving an estimate moves nothing else."""
    made = contrasts_from(trials, ARMS)
    return evidence.network(made, reference="saline", tau2=tau2, small_values=small)


def row(found, treatment, versus):
    """One estimate."""
    return next(one for one in found.estimates if (one.treatment, one.versus) == (treatment, versus))


@pytest.mark.parametrize("small", ["good", "bad"])
@pytest.mark.parametrize("favoured", PAIR)
def test_an_estimate_is_said_to_move_the_way_it_moves(small, favoured):
    """Every study of the suspected comparison moved a little in favour of one side, and the network fitted again."""
    found = missing_evidence(network(small=small), {PAIR: Judged(favoured)})
    better = -0.001 if small == "good" else 0.001
    moved = [
        (
            name,
            arms,
            [mean + (better if arm == favoured else 0.0) for arm, mean in zip(arms, means, strict=True)],
            spread,
        )
        if set(arms) == set(PAIR)
        else (name, arms, means, spread)
        for name, arms, means, spread in TRIALS
    ]
    before, after = network(small=small), network(moved, small=small)

    for one in found.estimates:
        pair = (one.treatment, one.versus)
        shift = (after.between(*pair).random["estimate"] - before.between(*pair).random["estimate"]) / better
        assert (one.towards_treatment > 0, one.towards_versus > 0) == (shift > 1e-9, shift < -1e-9)


def test_shares_are_those_of_the_contributions():
    given = network()
    shares = given.contributions().shares
    found = missing_evidence(given, {PAIR: Judged("dextrose")})
    column = [ARMS[a] + ARMS[b] for a, b in zip(*given.all_pairs, strict=True)].index("dextrosesaline")
    place = list(given.contributions().columns).index(column)

    assert [one.towards_treatment + one.towards_versus for one in found.estimates] == pytest.approx(shares[:, place])


def test_the_adjusted_effect_is_that_of_the_regression_at_the_smallest_variance():
    given = network(tau2="reml")
    variances = {name: sum(spread) for name, _, _, spread in TRIALS}
    line = evidence.networks.regression(given.contrasts, {VARIANCE: variances}, reference="saline", slopes="common")

    found = missing_evidence(given, {})

    at = line.at("dextrose", {VARIANCE: min(variances.values())}).estimate[0]
    assert row(found, *PAIR).adjusted == pytest.approx(float(at), abs=1e-9)


def test_nothing_suspected_and_no_small_study_effect_is_low_risk_everywhere():
    found = missing_evidence(network(), {})

    assert {one.risk for one in found.estimates} == {Risk.LOW}
    assert "6 low, 0 some concerns, 0 high" in found.explain()


def test_small_studies_and_missing_results_that_favour_the_same_side_are_high_risk():
    """Large trials find nothing, small ones much: six trials of each size on one comparison."""
    large = [(f"large {at}", list(PAIR), [0.0, 0.0], [0.002, 0.002]) for at in range(6)]
    small = [(f"small {at}", list(PAIR), [-3.0 - at / 10, 0.0], [0.2 + at / 50, 0.2]) for at in range(6)]
    given = network([*large, *small, *TRIALS[1:5]], tau2="reml")

    both = row(missing_evidence(given, {PAIR: Judged("dextrose")}), *PAIR)
    opposed = row(missing_evidence(given, {PAIR: Judged("saline")}), *PAIR)
    alone = row(missing_evidence(given, {}), *PAIR)

    assert (both.small_studies, both.contribution, both.risk) == ("dextrose", "dextrose", Risk.HIGH)
    assert (opposed.contribution, opposed.risk) == ("saline", Risk.SOME)
    assert (alone.contribution, alone.risk) == (None, Risk.SOME)
    assert "high" not in both.explain().split(":")[0]
    assert "small studies favour dextrose" in both.explain()


def test_equally_precise_studies_have_no_small_ones():
    alike = [(name, arms, means, [0.1, 0.1]) for name, arms, means, _ in TRIALS]

    one = row(missing_evidence(network(alike), {}), *PAIR)

    assert one.adjusted is None
    assert "cannot be looked for" in one.explain()


def test_a_comparison_nobody_reported_may_be_suspected():
    found = missing_evidence(network(), {("exercise", "PRP"): Judged("exercise", missing=2)})
    pair = next(one for one in found.pairs if (one.treatment, one.versus) == ("PRP", "exercise"))

    assert (pair.studies, pair.missing, pair.favours) == (0, 2, "exercise")
    assert row(found, "PRP", "exercise").risk == Risk.SOME


@pytest.mark.parametrize(
    ("judged", "why"),
    [
        ({("dextrose", "sham"): Judged(None)}, "sham: not a treatment of this network"),
        ({("dextrose", "dextrose"): Judged(None)}, "two different treatments"),
        ({PAIR: Judged("PRP")}, "favours 'PRP'; one of the two, or nobody"),
    ],
)
def test_judgments_that_mean_nothing_are_refused(judged, why):
    with pytest.raises(BadInput, match=why):
        missing_evidence(network(), judged)


def test_the_order_of_the_two_treatments_in_a_judgment_changes_nothing():
    one, other = (missing_evidence(network(), {pair: Judged("saline", 1)}) for pair in (PAIR, PAIR[::-1]))

    assert np.array_equal([r.towards_versus for r in one.estimates], [r.towards_versus for r in other.estimates])
