"""tau2 of the R networks: moments as netmeta, REML and ML exact, against rma.mv where netmeta is wrong or stops."""

import pytest
from tests.reference.network_cases import CASES, fitted
from tests.reference.r_results import analyses

# netmeta's likelihood is exact only when arms went in, and for an SMD not even then (validation/network.md).
INEXACT = {("senn2013", "netmeta_REML"), ("senn2013", "netmeta_ML"), ("linde2016", "netmeta_REML")}
METHOD = {"DL": "dl", "REML": "reml", "ML": "ml"}


def method_of(analysis):
    return next(METHOD[part] for part in analysis.split("_") if part in METHOD)


MOMENTS = [case for case in CASES if "DL" in case[1].split("_")]
EXACT = [
    case for case in CASES if {"REML", "ML"} & set(case[1].split("_")) and "SMD" not in case[1] and case not in INEXACT
]


@pytest.mark.parametrize(("name", "analysis"), MOMENTS, ids=["-".join(case) for case in MOMENTS])
def test_moments_equal_netmeta(name, analysis):
    assert fitted(name, analysis, "dl").tau2 == pytest.approx(analyses(name)[analysis]["tau2"], rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(("name", "analysis"), EXACT, ids=["-".join(case) for case in EXACT])
def test_likelihood_equals_netmeta_where_arms_went_in(name, analysis):
    assert fitted(name, analysis, method_of(analysis)).tau2 == pytest.approx(analyses(name)[analysis]["tau2"], abs=1e-6)


@pytest.mark.parametrize("name", ["senn2013", "linde2016"])
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_likelihood_equals_rma_mv_with_the_full_covariance(name, method):
    theirs = analyses("exact_reml")[name]
    network = fitted(name, "netmeta_REML", METHOD[method])

    assert network.tau2 == pytest.approx(theirs[method]["tau2"], abs=1e-6)
    rows = [network.between(treatment, theirs["reference"]) for treatment in theirs[method]["treatments_vs_reference"]]
    assert [row.random["estimate"] for row in rows] == pytest.approx(theirs[method]["effect"], abs=1e-6)
    assert [row.random["se"] for row in rows] == pytest.approx(theirs[method]["se"], abs=1e-6)
    assert network.q().total.value == pytest.approx(theirs[method]["QE"], rel=1e-8)


def test_baker2009_where_netmeta_stops():
    assert fitted("baker2009", "netmeta_DL_OR", "reml").tau2 == pytest.approx(0.0044126127, abs=1e-9)
