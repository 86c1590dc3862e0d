"""Each contrast and its standard error, made from arms or recovered from contrasts, against meta::pairwise and netmeta."""

import numpy as np
import pytest
from tests.reference.r_results import analyses, trials

from enthesis import evidence

PAIN = {"study": "id", "treatment": "trt", "n": "n", "mean": "mean_pain", "sd": "sd_pain"}
DISABILITY = {**PAIN, "mean": "mean_disability", "sd": "sd_disability"}
CONTRASTS = {"treatment1": "treat1", "treatment2": "treat2"}
# netmeta pools uncorrected SMDs in networks, and Dong2013 was fitted with allstudies = TRUE.
CASES = [
    ("hong2015", "netmeta_pain_MD_DL", PAIN, {"measure": "MD"}),
    ("hong2015", "netmeta_pain_SMD_DL", PAIN, {"measure": "SMD", "small_sample": "cohen"}),
    ("hong2015", "netmeta_disability_MD_DL", DISABILITY, {"measure": "MD"}),
    ("hong2015", "netmeta_disability_SMD_DL", DISABILITY, {"measure": "SMD", "small_sample": "cohen"}),
    ("senn2013_arm", "netmeta_DL", {key: key for key in ("study", "treatment", "n", "mean", "sd")}, {"measure": "MD"}),
    ("woods2010", "netmeta_DL_OR", {"study": "author", "treatment": "treatment", "n": "N", "events": "r"}, {}),
    (
        "dong2013",
        "netmeta_DL_OR",
        {"study": "id", "treatment": "treatment", "n": "randomized", "events": "death"},
        {"zero_cells": evidence.ZeroCells(double="keep")},
    ),
    ("senn2013", "netmeta_DL", {"study": "studlab", **CONTRASTS, "estimate": "TE", "se": "seTE"}, {}),
    ("linde2016", "netmeta_DL", {"study": "id", **CONTRASTS, "estimate": "lnOR", "se": "selnOR"}, {"measure": "OR"}),
]


def every_pair(contrasts):
    """All m(m-1) differences of each study, with their standard errors, from its base contrasts and covariance."""
    found = {}
    for batch in contrasts.batches:
        for row, study in enumerate(batch.study):
            values = np.concatenate([[0.0], batch.estimates[row]])
            spread = np.zeros((batch.size, batch.size))
            spread[1:, 1:] = batch.covariance[row]
            for one in range(batch.size):
                for other in range(batch.size):
                    name = tuple(contrasts.treatments[arm] for arm in batch.arms[row, [one, other]])
                    se = np.sqrt(spread[one, one] + spread[other, other] - 2 * spread[one, other])
                    found[contrasts.studies[study], *name] = (values[one] - values[other], se)
    return found


@pytest.mark.parametrize(
    ("name", "analysis", "columns", "choices"), CASES, ids=[case[1] + "-" + case[0] for case in CASES]
)
def test_every_contrast_equals_that_of_r(name, analysis, columns, choices):
    theirs = analyses(name)[analysis]["contrasts"]

    made = evidence.contrasts(trials(name, **columns), **choices)

    ours = every_pair(made)
    keys = list(zip(map(str, theirs["study"]), theirs["treat1"], theirs["treat2"], strict=True))
    assert made.pairs == len(keys)
    assert [ours[key][0] for key in keys] == pytest.approx(theirs["effect"], rel=1e-10, abs=1e-12)
    assert [ours[key][1] for key in keys] == pytest.approx(theirs["se"], rel=1e-10)
