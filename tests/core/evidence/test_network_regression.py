"""Effects that depend on the study: many covariates, groups of studies, small studies."""

import numpy as np
import pytest
from tests.core.evidence.made_networks import contrasts_from

from enthesis import evidence
from enthesis.evidence.networks.funnel import adjusted_funnel
from enthesis.knowledge import BadInput

ARMS = ["saline", "dextrose"]


def dose_trials():
    """Six trials whose effect is -1 less half a point for each month of follow-up, to the letter."""
    return [(f"t{month}", ARMS, [0.0, -1.0 - 0.5 * month], [0.1, 0.1]) for month in range(6)]


def test_a_slope_that_is_there_is_found_and_explains_the_heterogeneity():
    found = evidence.networks.regression(
        contrasts_from(dose_trials(), sorted(ARMS)), {"month": range(6)}, reference="saline", centered=True
    )

    assert found.terms == ("dextrose", "dextrose:month")
    assert found.estimates.estimate == pytest.approx([-2.25, -0.5])
    assert (found.tau2, found.q.value) == (0, pytest.approx(0, abs=1e-12))
    assert found.at("dextrose", {"month": 6}).estimate == pytest.approx([-4.0])
    assert found.at("dextrose", {"month": 6}).se > found.at("dextrose", {"month": 2.5}).se


def test_two_covariates_at_once_are_told_apart():
    trials = [
        (f"t{n}", ARMS, [0.0, -1.0 - 0.5 * a + 2.0 * b], [0.1, 0.1])
        for n, (a, b) in enumerate([(0, 0), (1, 0), (2, 1), (3, 0), (4, 1), (5, 1)])
    ]
    found = evidence.networks.regression(
        contrasts_from(trials, sorted(ARMS)),
        {"month": {f"t{n}": n for n in range(6)}, "guided": [0, 0, 1, 0, 1, 1]},
        reference="saline",
        slopes="common",
    )

    assert found.terms == ("dextrose", "month", "guided")
    assert found.estimates.estimate == pytest.approx([-1.0, -0.5, 2.0])
    assert found.explained.df == 2


def test_a_common_slope_moves_all_treatments_alike():
    trials = [*dose_trials(), ("prp", ["saline", "PRP"], [0.0, -4.0], [0.1, 0.1])]
    found = evidence.networks.regression(
        contrasts_from(trials, ["PRP", "dextrose", "saline"]),
        {"month": [*range(6), 2]},
        reference="saline",
        slopes="common",
    )

    assert found.terms == ("PRP", "dextrose", "month")
    assert found.at("PRP", {"month": 0}).estimate == pytest.approx([-3.0])


def columns():
    names = ("study", "treatment", "n", "mean", "sd", "region")
    rows = [
        ("a", "saline", 20, 0.0, 1.0, "knee"), ("a", "dextrose", 20, -2.0, 1.0, "knee"),
        ("b", "saline", 20, 0.0, 1.0, "knee"), ("b", "dextrose", 20, -2.2, 1.0, "knee"),
        ("c", "saline", 20, 0.0, 1.0, "back"), ("c", "dextrose", 20, -0.1, 1.0, "back"),
        ("d", "saline", 20, 0.0, 1.0, "back"), ("d", "PRP", 20, -0.5, 1.0, "back"),
    ]  # fmt: skip
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def test_groups_of_studies_are_analysed_apart_and_compared():
    found = evidence.networks.subgroups(evidence.trials_from(columns()), "region", reference="saline", tau2=0.0)

    assert list(found.networks) == ["back", "knee"]
    assert found.networks["knee"].between("dextrose", "saline").random["estimate"] == pytest.approx(-2.1)
    [difference] = found.differences
    assert (difference.treatment, difference.df) == ("dextrose", 1)
    assert difference.p < 1e-6


def test_a_study_in_two_groups_an_empty_group_and_no_such_column_are_refused():
    twice, empty = columns(), columns()
    twice["region"][1], empty["region"][2] = "back", ""
    for made, column, expected in (
        (twice, "region", "row 3, column region: 'a' is in two groups"),
        (empty, "region", "row 4, column region: empty"),
        (columns(), "side", "no column 'side'"),
    ):
        with pytest.raises(BadInput, match=expected):
            evidence.networks.subgroups(evidence.trials_from(made), column, reference="saline")
    with pytest.raises(BadInput, match="reference 'sham'"):
        evidence.networks.subgroups(evidence.trials_from(columns()), "region", reference="sham")


def test_covariates_that_mean_nothing_are_refused():
    contrasts = contrasts_from(dose_trials(), sorted(ARMS))
    trials = evidence.trials_from(columns())
    for given, covariates, expected in (
        (contrasts, {"month": [1, 2]}, "covariate month: 6 values were expected"),
        (contrasts, {"month": {"t0": 1.0}}, "no number for study 't1'"),
        (contrasts, {"month": [3] * 6}, "is 3 in every study"),
        (contrasts, {}, "at least one was expected"),
        (contrasts, ["month"], "contrasts have no columns"),
        (contrasts, {"month": range(6), "again": range(6)}, "cannot tell these slopes apart"),
        (trials, ["side"], "there is no column 'side'"),
        (trials, ["region"], "row 2, column region: a number was expected, not 'knee'"),
    ):
        with pytest.raises(BadInput, match=expected):
            evidence.networks.regression(given, covariates)
    with pytest.raises(BadInput, match="one of independent, common"):
        evidence.networks.regression(contrasts, {"month": range(6)}, slopes="random")
    with pytest.raises(BadInput, match="covariate month: a value was expected"):
        evidence.networks.regression(contrasts, {"month": range(6)}, reference="saline").at("dextrose", {})


def test_small_trials_that_favour_the_newer_treatment_bend_the_funnel():
    large = [(f"large {n}", ARMS, [0.0, -1.0 + 0.01 * n], [0.01, 0.01]) for n in range(5)]
    small = [(f"small {n}", ARMS, [0.0, -3.0 - 0.2 * n], [0.4, 0.5]) for n in range(5)]
    network = evidence.network(contrasts_from([*large, *small], sorted(ARMS)))

    funnel = adjusted_funnel(network, ["saline", "dextrose"])
    other_way = adjusted_funnel(network, ["dextrose", "saline"])

    assert funnel.slope < -1
    assert funnel.p < 0.01
    assert other_way.effect == pytest.approx(-funnel.effect)
    assert np.isnan(adjusted_funnel(evidence.network(contrasts_from(large[:2], sorted(ARMS))), ARMS).p)
    with pytest.raises(BadInput, match="each of dextrose, saline once"):
        adjusted_funnel(network, ["saline"])
