"""A living review looked at again and again: published boundaries, the error of all looks drawn, and what is said."""

import numpy as np
import pytest

from enthesis import evidence
from enthesis.evidence.sequential import boundaries, sequential, spent
from enthesis.knowledge import BadInput

# Two-sided boundaries of Lan and DeMets that spend 0.05 as O'Brien and Fleming, equally spaced looks (DeMets & Lan 1994;
# ld98 of Reboussin and others prints the same).
PUBLISHED = {
    1: [1.960],
    2: [2.963, 1.969],
    3: [3.710, 2.511, 1.993],
    4: [4.333, 2.963, 2.359, 2.014],
    5: [4.877, 3.357, 2.680, 2.290, 2.031],
}


@pytest.mark.parametrize("looks", PUBLISHED)
def test_boundaries_equal_the_published_ones(looks):
    assert boundaries(np.arange(1, looks + 1) / looks) == pytest.approx(PUBLISHED[looks], abs=6e-4)


def test_all_looks_together_err_as_often_as_allowed():
    """Drawn: 400,000 paths without any effect, looks at uneven times, the last beyond the required information."""
    times = np.array([0.1, 0.35, 0.4, 0.9, 1.3])
    steps = np.sqrt(np.diff(times, prepend=0.0))
    random = np.random.default_rng(11)
    statistic = np.cumsum(random.normal(size=(400_000, 5)) * steps, axis=1) / np.sqrt(times)

    crossed = (np.abs(statistic) >= boundaries(times, alpha=0.1)).any(axis=1).mean()

    assert crossed == pytest.approx(0.1, abs=4 * np.sqrt(0.1 * 0.9 / 400_000))


def test_what_is_spent_grows_to_alpha_and_a_look_after_that_has_nothing_left():
    assert [spent(0.0, 0.05), spent(1.0, 0.05), spent(2.0, 0.05)] == pytest.approx([0.0, 0.05, 0.05])
    assert spent(0.2, 0.05) < spent(0.5, 0.05) < 0.05
    assert boundaries([0.5, 1.1, 1.5])[-1] == np.inf
    assert boundaries([0.001, 0.5, 1.0]) == pytest.approx([8.0, *boundaries([0.5, 1.0])])  # so little settles nothing


def test_a_look_that_follows_at_once_changes_next_to_nothing():
    plain = boundaries([0.5, 1.0])
    followed = boundaries([0.5, 0.5001, 1.0])

    assert followed[[0, 2]] == pytest.approx(plain, abs=2e-3)


@pytest.mark.parametrize("looks", [[0.5, 0.5], [0.5, 0.2], [0.0], [float("nan")]])
def test_looks_that_do_not_grow_are_refused(looks):
    with pytest.raises(BadInput, match="grow from look to look"):
        boundaries(looks)


def trials(count=6, effect=-1.0, years=None):
    """Trials of dextrose against saline, 40 people each, sd 2, all with the same effect."""
    rows = [
        (f"study {at}", arm, 20, 5.0 + (effect if arm == "dextrose" else 0.0), 2.0, (years or range(2001, 2050))[at])
        for at in range(count)
        for arm in ("dextrose", "saline")
    ]
    names = ("study", "treatment", "n", "mean", "sd", "year")
    return evidence.trials_from(dict(zip(names, zip(*rows, strict=True), strict=True)))


def looked(given, **choices):
    """Dextrose against saline, where a point matters."""
    return sequential(given, treatment="dextrose", versus="saline", **({"important": 1.0} | choices))


def test_the_information_required_is_that_of_one_trial_large_enough():
    """Without heterogeneity: (1.960 + 1.282)^2 for a difference of 1; a trial of 20 and 20 people with sd 2 brings 2.5."""
    found = looked(trials())

    assert found.diversity == pytest.approx(0.0, abs=1e-9)
    assert found.required == pytest.approx((1.959964 + 1.281552) ** 2, rel=1e-6)
    assert [look.fraction for look in found.looks] == pytest.approx(2.5 * np.arange(1, 7) / found.required)
    assert [look.statistic for look in found.looks] == pytest.approx(-np.sqrt(2.5 * np.arange(1, 7)))


def test_the_boundary_is_crossed_later_than_looking_once_would_say():
    found = looked(trials())
    once = next(look for look in found.looks if abs(look.statistic) > 1.96)

    assert once.studies == 2
    assert found.decided is not None
    assert found.decided.studies == 3
    assert "The boundary was crossed after study 2 (3 studies): the difference is below zero" in found.explain()
    low, high = found.decided.interval
    assert low < high < 0


def test_too_little_information_and_none_found_with_enough_are_told_apart():
    assert "more trials are needed" in looked(trials(2)).explain()
    enough = looked(trials(6, effect=0.0))
    assert enough.enough
    assert "an effect as large as that is not likely" in enough.explain()
    assert enough.looks[-1].boundary is None
    assert enough.looks[-1].interval is None


def test_heterogeneity_asks_for_more():
    rows = [("a", -3.0), ("b", 0.5), ("c", -1.0), ("d", -2.5)]
    columns = {"study": [], "treatment1": [], "treatment2": [], "estimate": [], "se": []}
    for study, value in rows:
        for name, cell in zip(columns, (study, "dextrose", "saline", value, 0.6), strict=True):
            columns[name].append(cell)
    found = looked(evidence.trials_from(columns))
    pair = evidence.pairwise(evidence.trials_from(columns), ci="wald")

    assert found.diversity == pytest.approx(1 - (pair.common.se / pair.random.se) ** 2)
    assert found.required == pytest.approx((1.959964 + 1.281552) ** 2 / (1 - found.diversity), rel=1e-6)


def test_studies_may_be_ordered_by_year():
    found = looked(trials(3, years=[2020, 2005, 2012]), by="year")

    assert [look.study for look in found.looks] == ["study 1", "study 2", "study 0"]


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"important": 0.0}, "a difference other than 0"),
        ({"power": 1.0}, "power 1.0: a number between 0 and 1"),
        ({"alpha": 0.0}, "alpha 0.0: a number between 0 and 1"),
        ({"by": "month"}, "there is no column 'month' to order studies by"),
        ({"versus": "sham"}, "sham: not a treatment of this network"),
    ],
)
def test_what_means_nothing_is_refused(choices, why):
    with pytest.raises(BadInput, match=why):
        sequential(trials(), **({"treatment": "dextrose", "versus": "saline", "important": 1.0} | choices))


def test_a_year_that_is_no_number_is_named_with_its_row():
    with pytest.raises(BadInput, match="row 4, column year: 'soon'; a number was expected"):
        looked(trials(2, years=[2001, "soon"]), by="year")


def test_a_pair_that_nothing_connects_is_refused():
    columns = {"study": ["a", "b"], "treatment1": ["dextrose", "PRP"], "treatment2": ["saline", "sham"]}
    given = evidence.trials_from(columns | {"estimate": [1, 2], "se": [1, 1]})
    with pytest.raises(BadInput, match="no trials connect them"):
        sequential(given, treatment="dextrose", versus="sham", important=1.0)


def test_a_ratio_is_told_as_one():
    rows = {"study": ["a", "b"], "treatment1": ["vaccine"] * 2, "treatment2": ["control"] * 2}
    given = evidence.trials_from(rows | {"estimate": [-1.2, -1.1], "se": [0.2, 0.2]}, measure="OR")
    said = sequential(given, treatment="vaccine", versus="control", important=np.log(0.5), measure="OR").explain()

    assert "a ratio of 2 with power 90%" in said
    assert "the ratio is below 1" in said
