"""The quick way to the heterogeneity of a network: its steps are right, and where they do not hold the careful search answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.made_networks import contrasts_from, random_trials

from enthesis import evidence
from enthesis.evidence.networks import heterogeneity
from enthesis.evidence.networks.heterogeneity import bend, slope
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.system import Model

restrictions = st.booleans()


@given(random_trials(), st.sampled_from([0.05, 0.4, 2.0]), restrictions)
def test_the_bend_is_how_the_slope_changes(drawn, tau2, restricted):
    treatments, trials = drawn
    model, step = Model(space(contrasts_from(trials, treatments))), 1e-5
    before, after = (slope(model.solved(tau2 + side * step), restricted=restricted) for side in (-1, 1))
    here = bend(model.solved(tau2), restricted=restricted)
    assert here == pytest.approx((after - before) / (2 * step), rel=1e-4, abs=1e-5)


@given(random_trials(), restrictions)
def test_with_steps_or_without_them_the_top_is_the_same(drawn, restricted):
    treatments, trials = drawn
    made = contrasts_from(trials, treatments)
    method = "reml" if restricted else "ml"
    quick = evidence.network(made, tau2=method).tau2
    steps, heterogeneity.NEWTON = heterogeneity.NEWTON, 0
    try:
        careful = evidence.network(made, tau2=method).tau2
    finally:
        heterogeneity.NEWTON = steps
    if careful is None:
        assert quick is None
    else:
        assert quick == pytest.approx(careful, rel=1e-8, abs=1e-10)


def test_a_grid_goes_evenly_from_next_to_nothing_to_the_largest_heterogeneity():
    ring = [(f"{a}{b}", [a, b], [0.0, 1.0], [0.05, 0.05]) for a, b in ("AB", "BC", "AC")]
    common = evidence.network(contrasts_from(ring, "ABC"), tau2=0.0).common
    grid = heterogeneity.search_grid(common, lambda tau2: -1.0)
    assert len(grid) == heterogeneity.GRID
    assert grid[-1] == pytest.approx(heterogeneity.largest(common))
    assert grid[0] == pytest.approx(min(grid[-1] * 1e-6, 0.1 / 100))
    assert np.diff(np.log(grid)) == pytest.approx([np.log(grid[1] / grid[0])] * (len(grid) - 1))
