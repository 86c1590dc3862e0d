"""Trim and fill at the edge of what can be counted. Numbers of metafor 3.8: trimfill(rma(y, v, method = "ML"))."""

import numpy as np
import pytest

from enthesis import evidence
from enthesis.evidence import pooling


def test_of_three_studies_two_may_have_a_missing_mirror():
    y, v = np.array([-0.043, -0.027, -0.401]), np.array([0.34, 0.61, 0.1]) ** 2

    found = pooling.trim_and_fill(y, v, model=evidence.Model("ML", "wald"))

    assert (found.filled, found.side) == (2, "left")
    assert found.estimate.estimate == pytest.approx(-0.401, abs=1e-9)
    assert found.estimate.se == pytest.approx(0.0902859781668682, rel=1e-8)
    assert sorted(found.added) == pytest.approx([-0.401 - 0.374, -0.401 - 0.358])
