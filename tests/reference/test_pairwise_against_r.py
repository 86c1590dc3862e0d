"""Every number R printed for the pairwise data sets: met to 1e-8 (1e-6 for likelihoods), or listed with its cause."""

import numpy as np
import pytest
from tests.reference.pairwise_by_us import effects, events
from tests.reference.pairwise_comparison import DIFFERENT, NOT_MADE, PAGE, SETS, numbers, page, reason
from tests.reference.r_results import analyses

from enthesis.evidence import pooling
from enthesis.evidence.pooling import rare_trials
from enthesis.evidence.pooling.tables import informative
from enthesis.evidence.pooling.weighted import intercept_only


@pytest.mark.parametrize("name", SETS)
def test_every_number_agrees_or_its_difference_is_explained(name):
    compared, _left = numbers(name)

    apart = [number for number in compared if not number.agrees]
    unexplained = [number.path for number in apart if number.apart > (reason(DIFFERENT, number.path) or (0,))[0]]
    assert unexplained == []
    assert len(apart) < max(len(compared) / 15, 4), "a difference is the exception"


@pytest.mark.parametrize("name", SETS)
def test_what_is_not_made_has_a_reason(name):
    _compared, left = numbers(name)
    assert [path for path in left if reason(NOT_MADE, path) is None] == []


def test_the_table_of_disagreements_is_what_the_numbers_say():
    """Numbers end in other digits on other machines; the numbers named are the same."""
    named = [line.split("|")[1] for line in page().splitlines() if line.startswith("| `")]
    kept = [line.split("|")[1] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert named == kept


HEIGHTS = {
    "UM.FS": rare_trials.fixed_intercepts,
    "CM.EL": rare_trials.exact_conditional,
    "CM.AL": rare_trials.binomial_conditional,
}


@pytest.mark.parametrize("which", ["bcg", "binary_MI", "binary_death"])
@pytest.mark.parametrize("model", HEIGHTS)
def test_where_a_binomial_model_differs_from_r_ours_is_at_least_as_likely(which, model):
    theirs = analyses("bcg" if which == "bcg" else "nissen2007")["binary" if which == "bcg" else which][f"glmm_{model}"]
    tables = pooling.tables_of(events(which))
    ours = pooling.rare_events(tables, model=model)

    height = HEIGHTS[model](informative(tables), 15)

    assert ours.log_likelihood >= height(theirs.get("est", 0.3), theirs.get("tau2", 0.0) ** 0.5) - 1e-9


@pytest.mark.parametrize(
    ("name", "measure"), [("bcg", "RR"), ("bcg", "RD"), ("normand1999", "SMD"), ("raudenbush1985", "SMD")]
)
@pytest.mark.parametrize("method", ["REML", "ML"])
def test_profile_limits_of_tau2_are_where_the_likelihood_has_dropped_by_half_of_3_84(name, measure, method):
    made = effects(name, measure)
    common = intercept_only(made.y, made.v)
    best = pooling.pooled(made, pooling.Model(method)).heterogeneity.tau2

    low, high = pooling.profile_likelihood(common, level=0.95, method=method)

    def height(tau2):
        fit = common.at(tau2)
        return fit.restricted_log_likelihood if method == "REML" else fit.log_likelihood

    drops = [2 * (height(best) - height(limit)) for limit in (low, high) if limit > 0]
    assert drops == pytest.approx([3.841458820694124] * len(drops), rel=1e-9)
    assert low == 0 or low < best < high
    assert np.all([height(best) >= height(best * share) for share in (0.9, 0.99, 1.01, 1.1)])
