"""The mixed model for repeated measures: nobody's missing visit is filled in, and the numbers are R's."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.outcomes.plain_mixed_model import Plain

from enthesis.knowledge import BadInput
from enthesis.outcomes import mixed

TRIAL = Path(__file__).parents[2] / "data" / "outcomes" / "acupuncture_headache.csv"


def headache():
    """Scores at 3 and 12 months, and the columns one, acupuncture and baseline."""
    people = {}
    with TRIAL.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            person = people.setdefault(row["id"], [row["treat"] == "2", float(row["head_base"]), {}])
            person[2][row["time"]] = float(row["head"] or "nan")
    scores = np.array([[seen["3"], seen["12"]] for _, _, seen in people.values()])
    design = np.array([[1.0, treated, base] for treated, base, _ in people.values()])
    return mixed.patterns_of(scores, design, visits=("3", "12"), effects=("one", "acupuncture", "baseline"))


def simulated(seed, *, people=60, visits=3, missing=0.25):
    """People with an intercept, a group and correlated visits, some of them silent."""
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(people), rng.integers(0, 2, people)]).astype(float)
    root = rng.normal(size=(visits, visits))
    scores = rng.multivariate_normal(np.zeros(visits), root @ root.T + np.eye(visits), people) + design @ [[5.0], [1.0]]
    scores[rng.random(scores.shape) < missing] = np.nan
    return scores, design


def fitted(scores, design):
    names = tuple(f"week {visit}" for visit in range(scores.shape[1]))
    return mixed.fit(mixed.patterns_of(scores, design, visits=names, effects=("one", "group")))


def test_the_headache_trial_gives_the_difference_that_r_gives():
    """nlme gls, head ~ time*treat + time*head_base, unstructured, REML: -4.700 (SE 1.253) and -4.157 (SE 1.229)."""
    patterns = headache()
    found = mixed.fit(patterns)
    at_3, at_12 = (found.estimate(visit=visit, weights=np.array([0.0, 1.0, 0.0])) for visit in (0, 1))
    assert (patterns.people, patterns.answers) == (332, 627)
    assert (round(at_3.estimate, 3), round(at_3.se_unadjusted, 3)) == (-4.157, 1.229)
    assert (round(at_12.estimate, 3), round(at_12.se_unadjusted, 3)) == (-4.700, 1.253)
    assert at_12.lower < at_12.estimate < at_12.upper < 0
    assert at_12.p < 0.001


def test_the_sums_say_what_a_slow_model_with_one_big_matrix_says():
    scores, design = simulated(4)
    found = fitted(scores, design)
    plain = Plain(scores, design, found.covariance)
    adjusted, uncertainty, _ = plain.kenward_roger()
    assert found.effects.reshape(-1) == pytest.approx(plain.effects, rel=1e-9)
    assert found.log_likelihood == pytest.approx(plain.log_likelihood(), rel=1e-12)
    assert found.at.unadjusted == pytest.approx(plain.phi, rel=1e-9)
    assert found.adjusted == pytest.approx(adjusted, rel=1e-8)
    assert found.uncertainty == pytest.approx(uncertainty, rel=1e-8)
    line = np.array([0.0, 0, 0, 0, 1, 1])
    estimate = found.estimate(visit=2, weights=np.array([1.0, 1.0]))
    assert estimate.df == pytest.approx(plain.degrees(line), rel=1e-8)


def test_no_other_covariance_is_likelier():
    scores, design = simulated(9)
    found = fitted(scores, design)
    rng = np.random.default_rng(0)
    for _ in range(40):
        nudge = rng.normal(scale=0.02, size=found.covariance.shape)
        assert Plain(scores, design, found.covariance + nudge + nudge.T).log_likelihood() <= found.log_likelihood


def test_with_everybody_there_it_is_the_t_test_of_each_visit():
    """No visit missing: the estimate is the difference of means, with the residual degrees of freedom of that visit."""
    scores, design = simulated(2, missing=0.0)
    found = fitted(scores, design).estimate(visit=1, weights=np.array([0.0, 1.0]))
    group = design[:, 1] == 1
    treated, others = scores[group, 1], scores[~group, 1]
    pooled = (treated.var() * len(treated) + others.var() * len(others)) / (len(scores) - 2)
    assert found.estimate == pytest.approx(treated.mean() - others.mean(), rel=1e-9)
    assert found.se == pytest.approx(np.sqrt(pooled * (1 / len(treated) + 1 / len(others))), rel=1e-7)
    assert found.df == pytest.approx(len(scores) - 2, rel=1e-7)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.permutations(range(30)))
def test_the_order_of_people_does_not_matter(seed, order):
    scores, design = simulated(seed, people=30, visits=2)
    one, other = fitted(scores, design), fitted(scores[list(order)], design[list(order)])
    assert one.effects == pytest.approx(other.effects, rel=1e-7, abs=1e-8)


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 20))
def test_another_unit_gives_the_same_answer_in_that_unit(seed, shift, scale):
    scores, design = simulated(seed, people=40, visits=2)
    weights = np.array([0.0, 1.0])
    one = fitted(scores, design).estimate(visit=1, weights=weights)
    other = fitted(scores * scale + shift, design).estimate(visit=1, weights=weights)
    assert other.estimate == pytest.approx(one.estimate * scale, rel=1e-6, abs=1e-6)
    assert other.se == pytest.approx(one.se * scale, rel=1e-5)


def test_somebody_who_never_answered_changes_nothing():
    scores, design = simulated(3)
    more = np.vstack([scores, np.full(scores.shape[1], np.nan)]), np.vstack([design, [1.0, 1.0]])
    assert fitted(*more).effects == pytest.approx(fitted(scores, design).effects, rel=1e-12)


def test_few_answers_at_a_visit_are_named():
    scores, design = simulated(5, missing=0.0)
    scores[3:, 2] = np.nan
    with pytest.raises(mixed.NotFitted, match="visit week 2: 3 answers; expected more than 3"):
        fitted(scores, design)


def test_visits_that_never_meet_in_one_person_are_named():
    scores, design = simulated(5, missing=0.0, visits=2)
    scores[:30, 0] = scores[30:, 1] = np.nan
    with pytest.raises(mixed.NotFitted, match="nobody answered both visit week 0 and visit week 1"):
        fitted(scores, design)


def test_one_group_alone_cannot_be_compared():
    scores, design = simulated(5)
    design[:, 1] = 1.0
    with pytest.raises(mixed.NotFitted, match="one, group cannot be told apart"):
        fitted(scores, design)


def test_scores_that_are_all_the_same_have_no_spread_to_fit():
    scores, design = simulated(5, missing=0.0)
    scores[:, 1] = 4.0
    with pytest.raises(mixed.NotFitted, match="all scores are the same"):
        fitted(scores, design)


def test_two_visits_that_are_one_have_no_maximum():
    scores, design = simulated(5, missing=0.0)
    scores[:, 1] = scores[:, 0]
    with pytest.raises(mixed.NotFitted, match="no maximum"):
        fitted(scores, design)


@pytest.mark.parametrize("people", [30, 40, 60])
@pytest.mark.parametrize("seed", range(4))
def test_many_visits_of_few_people_are_refused_or_have_errors_that_are_numbers(people, seed):
    """At the edge of what can be told, rounding must not pass for an answer."""
    rng = np.random.default_rng(seed)
    scores = np.round(rng.normal(5, 1.5, (people, 1)) + rng.normal(0, 1.5, (people, 10)))
    scores[rng.random(scores.shape) < 0.3] = np.nan
    design = np.column_stack([np.ones(people), rng.normal(5, 2, people)])
    try:
        found = fitted(scores, design)
    except mixed.NotFitted:
        return
    for visit in range(10):
        estimate = found.estimate(visit=visit, weights=np.array([1.0, 5.0]))
        assert estimate.se > 0
        assert estimate.df > 0


def test_rows_that_do_not_fit_are_refused():
    scores, design = simulated(5)
    with pytest.raises(BadInput, match="do not fit"):
        mixed.patterns_of(scores, design[:-1], visits=("a", "b", "c"), effects=("one", "group"))
    design[0, 1] = np.nan
    with pytest.raises(BadInput, match="missing for somebody"):
        mixed.patterns_of(scores, design, visits=("a", "b", "c"), effects=("one", "group"))
