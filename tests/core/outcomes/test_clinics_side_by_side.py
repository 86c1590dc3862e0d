"""Funnels, charts over time and compared treatments, against numbers of others: scipy, counting by hand, published examples."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from enthesis.outcomes.cohort.binomials import binomial_limit, chances_of_counts, limit
from enthesis.outcomes.cohort.funnel import funnel, overdispersion
from enthesis.outcomes.cohort.over_time import cusum, p_chart
from enthesis.outcomes.cohort.target_trial import FEWEST, e_value, e_values, emulate
from enthesis.outcomes.cohort.weighting import NoWeights


def test_the_distribution_of_people_with_different_chances_is_counted_by_hand():
    chances = np.array([0.1, 0.5, 0.9, 0.3])
    by_hand = np.zeros(5)
    for outcome in product((0, 1), repeat=4):
        by_hand[sum(outcome)] += np.prod([p if one else 1 - p for p, one in zip(chances, outcome, strict=True)])
    assert chances_of_counts(chances) == pytest.approx(by_hand, abs=1e-15)


@pytest.mark.parametrize(
    ("n", "chance", "tail"), [(20, 0.4, 0.025), (57, 0.31, 0.999), (400, 0.05, 0.001), (30, 0.9, 0.975)]
)
def test_exact_limits_are_those_of_scipys_binomial_between_whole_counts(n, chance, tail):
    """Spiegelhalter 2005, A.1.1, with the quantile and probabilities of scipy."""
    r = stats.binom.ppf(tail, n, chance)
    over = (stats.binom.cdf(r, n, chance) - tail) / stats.binom.pmf(r, n, chance)
    assert binomial_limit(n, chance, tail) == pytest.approx(r - over, abs=1e-9)


def test_beyond_two_thousand_people_the_normal_limit_continues_the_exact_one():
    chances = np.full(2000, 0.4)
    exact, normal = limit(chances, 0.975), limit(np.full(2001, 0.4), 0.975)
    assert normal - exact == pytest.approx(0.4, abs=0.6)


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=40), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_limits_stay_among_the_people_and_do_not_cross(chances, one, other):
    low, high = sorted((one, other))
    below, above = limit(np.array(chances), low), limit(np.array(chances), high)
    assert 0 <= below <= above + 1e-12 <= len(chances) + 1e-12


def many_clinics(rng, clinics=12, people=80, *, effect=0.0, spread=0.0):
    """Clinics that differ in whom they have, and by `spread` in what they do."""
    names, reached, severity = [], [], []
    for clinic in range(clinics):
        has = rng.normal(clinic / clinics - 0.5, 1, people)
        own = spread * rng.normal() + (effect if clinic == 0 else 0)
        names += [f"clinic {clinic:02}"] * people
        severity += has.tolist()
        reached += (rng.random(people) < 1 / (1 + np.exp(-(-0.3 - 0.9 * has + own)))).tolist()
    return names, np.array(reached), np.column_stack([np.ones(len(names)), severity])


def test_a_clinic_with_sicker_people_is_judged_by_the_people_it_has():
    names, reached, design = many_clinics(np.random.default_rng(7))
    raw = funnel(names, reached, design[:, :1], ())
    adjusted = funnel(names, reached, design, ("severity",))
    assert sum(one.expected for one in adjusted.places) == pytest.approx(reached.sum())
    assert np.std([one.z for one in adjusted.places]) < np.std([one.z for one in raw.places])
    assert all(one.limits == one.widened for one in adjusted.places)
    assert [one.stands_out for one in adjusted.places] == [""] * 12


def test_a_clinic_that_does_much_worse_stands_out():
    names, reached, design = many_clinics(np.random.default_rng(8), effect=-2.5)
    found = funnel(names, reached, design, ("severity",))
    assert [one.name for one in found.places if one.stands_out] == ["clinic 00"]
    assert found.places[0].stands_out == "below"


def test_more_spread_than_chance_widens_the_limits():
    names, reached, design = many_clinics(np.random.default_rng(9), spread=0.9)
    found = funnel(names, reached, design, ("severity",))
    assert found.dispersion > 1.5
    assert found.p < 0.001
    one = found.places[3]
    assert one.widened[0] < one.limits[0]
    assert one.widened[3] > one.limits[3]


def test_overdispersion_is_none_where_chance_explains_the_spread():
    z = np.array([-1.0, 1.0, 0.5, -0.5, 0.2])
    dispersion, p = overdispersion(z)
    assert dispersion == 1.0
    assert p == pytest.approx(stats.chi2.sf((z**2).sum(), 5), rel=1e-12)


def test_two_clinics_are_not_a_funnel():
    with pytest.raises(NoWeights, match="fewer than 3 clinics"):
        funnel(["a", "b"] * 30, np.arange(60) % 3 == 0, np.ones((60, 1)), ())


def test_a_chart_over_time_leaves_an_unchanged_clinic_inside_and_shows_a_jump():
    calm = p_chart(["q1", "q2", "q3", "q4"], [20, 22, 18, 21], [40, 41, 39, 40])
    assert not any(one.outside for one in calm)
    jump = p_chart(["q1", "q2", "q3", "q4"], [20, 22, 18, 2], [40, 41, 39, 40])
    assert [one.name for one in jump if one.outside] == ["q4"]
    middle = 62 / 160
    assert jump[0].upper == pytest.approx(binomial_limit(40, middle, 0.99865) / 40)
    assert p_chart(["q1"], [0], [0]) == ()


def test_the_weights_of_a_cusum_are_those_of_steiner():
    """Odds ratio 2, chance 0.2: log(2 / 1.2) for an event and log(1 / 1.2) for none; never below 0."""
    chances = np.full(60, 0.2)
    found = cusum(np.isin(np.arange(60), (1, 2)), chances, ratio=2.0)
    event, none = np.log(2 / 1.2), np.log(1 / 1.2)
    assert found.values[:3] == pytest.approx([0.0, event, 2 * event])
    assert found.values[3] == pytest.approx(2 * event + none)


def test_a_cusum_signals_a_shift_and_seldom_none():
    rng = np.random.default_rng(3)
    chances = rng.uniform(0.3, 0.6, 300)
    alarms = sum(bool(cusum(rng.random(300) < chances, chances, ratio=0.5).signals) for _ in range(60))
    assert alarms <= 9  # 5% of 60 are 3; more than 9 would be very unlikely
    shifted = np.where(np.arange(300) < 150, chances, 0.15)
    assert min(cusum(rng.random(300) < shifted, chances, ratio=0.5).signals) >= 140


def registry(rng, people=400, effect=-1.0):
    """The worse off get treatment A more often and would do worse anyway: the raw difference misleads."""
    severity, age = rng.normal(0, 1, people), rng.normal(55, 10, people)
    treated = rng.random(people) < 1 / (1 + np.exp(-1.2 * severity))
    change = -2 + 1.0 * severity + 0.01 * (age - 55) + effect * treated + rng.normal(0, 1.5, people)
    return treated, change, np.column_stack([np.ones(people), severity, age])


def test_overlap_weights_balance_exactly_and_find_the_effect_that_the_raw_difference_hides():
    treated, change, design = registry(np.random.default_rng(5), people=4000)
    found = emulate(treated, change, design, ("severity", "age"), treatment="A", versus="B")
    raw = change[treated].mean() - change[~treated].mean()
    assert raw > -0.3
    assert found.estimate == pytest.approx(-1.0, abs=0.15)
    assert [one.after for one in found.balance] == pytest.approx([0, 0], abs=1e-9)
    assert abs(found.balance[0].before) > 0.5
    assert found.people[0] > found.effective[0]


def test_the_error_is_that_of_a_bootstrap():
    """600 resamples; the sandwich and the bootstrap agree within a tenth."""
    rng = np.random.default_rng(6)
    treated, change, design = registry(rng, people=500)
    found = emulate(treated, change, design, ("severity", "age"), treatment="A", versus="B")
    draws = []
    for _ in range(600):
        at = rng.integers(0, 500, 500)
        draws.append(
            emulate(treated[at], change[at], design[at], ("severity", "age"), treatment="A", versus="B").estimate
        )
    assert found.se == pytest.approx(np.std(draws, ddof=1), rel=0.12)


def test_the_e_value_of_the_published_example():
    """VanderWeele and Ding 2017: risk ratio 3.9 (1.8 to 8.7): 7.26, and 3.0 for the interval."""
    assert round(e_value(3.9), 2) == 7.26
    assert round(e_value(1.8), 1) == 3.0
    assert e_value(1 / 3.9) == pytest.approx(e_value(3.9))
    assert e_value(1.0) == 1.0
    assert e_values(-0.2, 0.2)[1] == 1.0
    away = e_values(-0.8, 0.1)
    assert away[0] > away[1] > 1


def test_too_few_people_of_one_treatment_are_not_compared():
    treated, change, design = registry(np.random.default_rng(1), people=60)
    treated[:] = False
    treated[: FEWEST - 1] = True
    with pytest.raises(NoWeights, match="fewer than 20 people answered"):
        emulate(treated, change, design, ("severity", "age"), treatment="A", versus="B")
