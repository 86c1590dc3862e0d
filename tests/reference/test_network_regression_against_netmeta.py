"""Network meta-regression against netmetareg (rma.mv): estimates, errors, heterogeneity, residual and total tests."""

import numpy as np
import pytest
from tests.reference.r_results import analyses, table

from enthesis import evidence

ANALYSES = ["rob_independent", "rob_common", "year_independent", "year_common"]


def smoking():
    rows = [
        (f"study {number}", line[f"treat{arm}"], line[f"event{arm}"], line[f"n{arm}"], line["rob"], line["year"])
        for number, line in enumerate(table("netmetareg_smoking"))
        for arm in (1, 2, 3)
        if line[f"treat{arm}"]
    ]
    return evidence.trials_from(
        dict(zip(("study", "treatment", "events", "n", "rob", "year"), zip(*rows, strict=True), strict=True)),
        keep_names=True,
    )


@pytest.mark.parametrize("analysis", ANALYSES)
def test_estimates(analysis):
    theirs = analyses("netmetareg_smoking")[analysis]
    covariate, slopes = analysis.split("_")

    found = evidence.networks.regression(smoking(), [covariate], slopes=slopes)

    ours, se = found.estimates.estimate, found.estimates.se
    assert len(found.terms) == len(theirs["terms"])
    assert found.tau2 == pytest.approx(theirs["tau2"], abs=1e-6)
    assert ours == pytest.approx(theirs["beta"], rel=1e-6)
    assert se == pytest.approx(theirs["se"], rel=1e-6)
    assert found.estimates.p == pytest.approx(theirs["p"], rel=1e-5)
    assert found.estimates.lower == pytest.approx(theirs["lower"], rel=1e-5)
    assert found.q.value == pytest.approx(theirs["QE"], rel=1e-8)
    assert ours @ np.linalg.solve(found.covariance, ours) == pytest.approx(theirs["QM"], rel=1e-5)
