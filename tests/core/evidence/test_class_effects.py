"""Strengths of dextrose as one class: judged by a plain sum over a fine grid with full matrices, and by its two limits."""

import numpy as np
import pytest
from tests.core.evidence.made_networks import contrasts_from

from enthesis.evidence import bayes
from enthesis.knowledge import BadInput

ARMS = ("dextrose 10%", "dextrose 15%", "dextrose 25%", "exercise", "saline")
CLASSES = dict.fromkeys(ARMS[:3], "dextrose")
TRIALS = [
    ("one", ["dextrose 10%", "saline"], [-1.4, -0.4], [0.08, 0.07]),
    ("two", ["dextrose 15%", "saline"], [-1.1, -0.5], [0.05, 0.06]),
    ("three", ["dextrose 25%", "saline", "exercise"], [-2.0, -0.3, -0.9], [0.1, 0.09, 0.12]),
    ("four", ["exercise", "saline"], [-0.8, -0.6], [0.07, 0.05]),
    ("five", ["dextrose 10%", "dextrose 25%"], [-1.0, -1.6], [0.09, 0.11]),
    ("six", ["dextrose 15%", "saline"], [-0.9, -0.7], [0.04, 0.05]),
]
PRIOR, SPREAD = bayes.HalfNormal(0.5), bayes.HalfNormal(0.4)


def fitted(trials=TRIALS, arms=ARMS, classes=CLASSES, spread=SPREAD):
    """The trials with their classes."""
    return bayes.class_effects(contrasts_from(trials, arms), classes=classes, prior=PRIOR, spread=spread)


def by(rows, treatment, versus):
    """One row, either way round, as (estimate, sd)."""
    for row in rows:
        if (row["treatment"], row["versus"]) == (treatment, versus):
            return row["estimate"], row["sd"]
        if (row["versus"], row["treatment"]) == (treatment, versus):
            return -row["estimate"], row["sd"]
    raise AssertionError((treatment, versus))


def stacked():
    """Every contrast with a study's first arm: y, design over treatments less saline, sampling covariance, shared tau2."""
    y, x, size = [], [], sum(len(arms) - 1 for _, arms, _, _ in TRIALS)
    sampling, between, at = np.zeros((size, size)), np.zeros((size, size)), 0
    for _, arms, means, variances in TRIALS:
        many = len(arms) - 1
        own = slice(at, at + many)
        sampling[own, own] = np.diag(variances[1:]) + variances[0]
        between[own, own] = (np.eye(many) + 1) / 2
        for arm, mean in zip(arms[1:], means[1:], strict=True):
            row = np.zeros(len(ARMS))
            row[ARMS.index(arm)], row[ARMS.index(arms[0])] = 1.0, -1.0
            x.append(row)
            y.append(mean - means[0])
        at += many
    return np.array(y), np.array(x), sampling, between


def slow(points=90):
    """Means and standard deviations over a grid of midpoints: class dextrose and dextrose 25%, both less saline."""
    y, x, sampling, between = stacked()
    groups = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)
    inside = np.diag([1.0, 1.0, 1.0, 0.0, 0.0])
    design = (x @ groups)[:, :2]  # less saline
    wanted = np.zeros(len(ARMS))
    wanted[2], wanted[4] = 1.0, -1.0
    taus, spreads = ((np.arange(points) + 0.5) / points * top for top in (2.0, 1.8))
    rows = []
    for tau in taus:
        for spread in spreads:
            total = sampling + tau**2 * between + spread**2 * x @ inside @ x.T
            inverse = np.linalg.inv(total)
            information = design.T @ inverse @ design
            covariance = np.linalg.inv(information)
            mean = covariance @ design.T @ inverse @ y
            gap = y - design @ mean
            height = -(np.linalg.slogdet(total)[1] + np.linalg.slogdet(information)[1] + gap @ inverse @ gap) / 2
            height -= (tau / 0.5) ** 2 / 2 + (spread / 0.4) ** 2 / 2
            along = spread**2 * wanted @ inside @ x.T @ inverse
            kept = (wanted @ groups)[:2] - along @ design
            own = spread**2 - along @ (spread**2 * x @ inside @ wanted) + kept @ covariance @ kept
            rows.append((height, mean[0], covariance[0, 0], mean[0] + along @ gap, own, tau, spread))
    height, *columns = np.array(rows).T
    weights = np.exp(height - height.max())
    weights /= weights.sum()
    means = [float(column @ weights) for column in columns]
    sds = [float(np.sqrt(weights @ (columns[at + 1] + (columns[at] - means[at]) ** 2))) for at in (0, 2)]
    return {"class": (means[0], sds[0]), "treatment": (means[2], sds[1]), "tau": means[4], "spread": means[5]}


def test_the_quadrature_equals_a_plain_sum_with_full_matrices():
    found, plain = fitted(), slow()

    assert by(found.classes(), "dextrose", "saline") == pytest.approx(plain["class"], abs=2e-4)
    assert by(found.treatments(), "dextrose 25%", "saline") == pytest.approx(plain["treatment"], abs=2e-4)
    assert (found.tau["mean"], found.spread["mean"]) == pytest.approx((plain["tau"], plain["spread"]), abs=2e-4)


def test_without_a_spread_the_class_is_one_treatment():
    apart = [trial for trial in TRIALS if trial[0] != "five"]  # it compares two strengths, which are one treatment then
    merged = [(name, [CLASSES.get(arm, arm) for arm in arms], *rest) for name, arms, *rest in apart]
    one = bayes.bayesian(contrasts_from(merged, ("dextrose", "exercise", "saline")), prior=PRIOR)

    found = fitted(apart, spread=bayes.Uniform(1e-5))

    assert by(found.classes(), "dextrose", "saline") == pytest.approx(by(one.league(), "dextrose", "saline"), abs=1e-6)
    assert by(found.treatments(), "dextrose 10%", "saline") == pytest.approx(
        by(one.league(), "dextrose", "saline"), abs=1e-6
    )


def test_with_all_the_spread_in_the_world_each_treatment_stands_for_itself():
    plain = bayes.bayesian(contrasts_from(TRIALS, ARMS), prior=PRIOR).league()

    found = fitted(spread=bayes.LogNormal(1e8, 0.1)).treatments()

    for strength in ARMS[:3]:
        assert by(found, strength, "saline") == pytest.approx(by(plain, strength, "saline"), abs=1e-5)


def test_a_treatment_that_few_studied_is_drawn_towards_its_class_and_known_better():
    plain = bayes.bayesian(contrasts_from(TRIALS, ARMS), prior=PRIOR).league()
    found = fitted()
    middle = by(found.classes(), "dextrose", "saline")[0]

    alone, drawn = by(plain, "dextrose 25%", "saline"), by(found.treatments(), "dextrose 25%", "saline")

    assert abs(drawn[0] - middle) < abs(alone[0] - middle)
    assert drawn[1] < alone[1]


def test_the_order_of_treatments_and_trials_changes_nothing():
    arms = ("saline", "exercise", "dextrose 25%", "dextrose 15%", "dextrose 10%")
    turned = bayes.class_effects(contrasts_from(TRIALS[::-1], arms), classes=CLASSES, prior=PRIOR, spread=SPREAD)

    for pair in (("dextrose", "saline"), ("exercise", "dextrose")):
        assert by(turned.classes(), *pair) == pytest.approx(by(fitted().classes(), *pair), abs=1e-9)


def test_it_says_what_was_assumed_and_when_the_prior_decides():
    said = fitted().explain()

    assert said.startswith(
        "6 studies, 5 treatments, 3 of them in classes (MD). Flat priors on classes; between studies tau is"
    )
    assert "With so few treatments in classes the prior decides as much as the trials." in said


@pytest.mark.parametrize(
    ("classes", "why"),
    [
        ({"dextrose 50%": "dextrose"}, "class of 'dextrose 50%': not a treatment here"),
        ({"dextrose 10%": "dextrose"}, "class 'dextrose' has one treatment only"),
        ({"dextrose 10%": "saline", "dextrose 15%": "saline"}, "class 'saline' has the name of a treatment outside it"),
    ],
)
def test_classes_that_mean_nothing_are_refused(classes, why):
    with pytest.raises(BadInput, match=why):
        fitted(classes=classes)


def test_parts_and_a_level_out_of_range_are_refused():
    apart = contrasts_from([TRIALS[0], ("z", ["a", "b"], [0.0, 1.0], [0.1, 0.1])], (*ARMS, "a", "b"))
    with pytest.raises(BadInput, match="do not connect"):
        bayes.class_effects(apart, classes={}, prior=PRIOR, spread=SPREAD)
    with pytest.raises(BadInput, match="level 2: a number between 0 and 1"):
        bayes.class_effects(apart, classes={}, prior=PRIOR, spread=SPREAD, level=2)
