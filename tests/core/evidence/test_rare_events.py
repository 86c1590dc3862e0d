"""Few events: nothing is added to empty cells, and every method says what it could not use."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from enthesis.evidence import trials_from
from enthesis.evidence.networks import conditional, rare_events
from enthesis.knowledge import BadInput


def arms(*rows):
    study, treatment, events, n = zip(*rows, strict=True)
    return trials_from({"study": study, "treatment": treatment, "events": events, "n": n}, keep_names=True)


TWO = arms(
    ("one", "saline", 1, 60), ("one", "steroid", 5, 61), ("two", "saline", 0, 45), ("two", "steroid", 2, 44),
    ("three", "saline", 2, 80), ("three", "steroid", 2, 75),
)  # fmt: skip


def test_two_treatments_give_the_mantel_haenszel_odds_ratio_by_hand():
    up = 5 * 59 / 121 + 2 * 45 / 89 + 2 * 78 / 155
    down = 56 * 1 / 121 + 42 * 0 / 89 + 73 * 2 / 155

    found = rare_events(TWO, method="mh")

    assert found.treatments == ("saline", "steroid")
    assert found.effects == pytest.approx([0.0, np.log(up / down)])
    assert found.inconsistency.df == 0


def test_the_exact_likelihood_of_two_arms_is_fishers():
    def minus(effect):
        pairs = ((1, 60, 5, 61), (0, 45, 2, 44), (2, 80, 2, 75))
        return -sum(
            stats.nchypergeom_fisher.logpmf(b, n + m, m, a + b, np.exp(effect)) for a, n, b, m in pairs
        )  # fmt: skip

    best = optimize.minimize_scalar(minus, bounds=(-2, 4), method="bounded", options={"xatol": 1e-9}).x

    assert rare_events(TWO, method="exact").effects[1] == pytest.approx(best, abs=1e-6)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 30)), min_size=2, max_size=4), st.floats(-2, 2))
def test_exact_moments_are_those_of_every_possible_table(rows, effect):
    events, people = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    if not events.sum() > 0:
        return
    effects = effect * np.arange(len(rows)) / 2
    total = int(events.sum())
    tables = [t for t in np.ndindex(*(int(min(n, total)) + 1 for n in people)) if sum(t) == total]
    logs = np.array([sum(np.log(float(stats.binom.pmf(r, int(n), 0.5))) + e * r for r, n, e in zip(t, people, effects, strict=True)) for t in tables])  # fmt: skip
    chance = np.exp(logs - logs.max())
    chance /= chance.sum()
    mean = chance @ np.array(tables)

    value, expected, covariance = conditional.exact(effects, events, people)

    assert expected == pytest.approx(mean, abs=1e-8)
    assert covariance == pytest.approx(
        np.array(tables).T @ (chance[:, None] * np.array(tables)) - np.outer(mean, mean), abs=1e-7
    )
    assert np.exp(value) == pytest.approx(chance[tables.index(tuple(map(int, events)))], rel=1e-7)


def test_a_treatment_without_events_is_left_out_by_name_or_penalised():
    more = arms(
        ("one", "saline", 3, 60), ("one", "steroid", 5, 61), ("two", "saline", 4, 45), ("two", "PRP", 0, 44),
        ("three", "saline", 2, 80), ("three", "steroid", 2, 75),
    )  # fmt: skip
    found = rare_events(more, method="mh")

    assert found.treatments == ("saline", "steroid")
    assert found.notes == ("PRP in the trials of PRP / saline: no events, or nothing but events: left out",)
    all_three = rare_events(more, method="lrp")
    assert all_three.treatments == ("PRP", "saline", "steroid")
    assert np.isfinite(all_three.league().estimate).all()
    assert all_three.effects[1] > 0


def test_methods_agree_when_events_are_many():
    many = arms(
        ("one", "A", 40, 400), ("one", "B", 60, 400), ("two", "B", 55, 390), ("two", "C", 70, 410),
        ("three", "A", 42, 420), ("three", "B", 58, 380), ("three", "C", 75, 400),
    )  # fmt: skip
    usual = rare_events(many, method="exact").league().estimate
    for method in ("mh", "lrp"):
        assert rare_events(many, method=method).league().estimate == pytest.approx(usual, abs=0.01)


def test_what_cannot_be_done_is_said():
    with pytest.raises(BadInput, match="one of mh, nch, exact, lrp"):
        rare_events(TWO, method="peto")
    with pytest.raises(BadInput, match="arms with events were expected"):
        rare_events(trials_from({"study": ["a"], "treatment1": ["x"], "treatment2": ["y"], "estimate": [1], "se": [1]}))
    with pytest.raises(BadInput, match="no longer connect"):
        rare_events(
            arms(("one", "A", 1, 9), ("one", "B", 2, 9), ("two", "C", 1, 9), ("two", "D", 2, 9), ("three", "B", 0, 9), ("three", "C", 0, 9))
        )  # fmt: skip
    with pytest.raises(BadInput, match="no study has two arms"):
        rare_events(arms(("one", "A", 0, 9), ("one", "B", 0, 9)))
