"""What must be true of any pairwise analysis, whatever the trials."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis import evidence
from enthesis.evidence import pooling

METHODS = ("DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM")
estimates = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.05, 2)), min_size=2, max_size=8)


def pooled(rows, **choices):
    """The analysis of (estimate, se) pairs."""
    columns = {
        "study": [f"s{number}" for number in range(len(rows))],
        "estimate": [y for y, _se in rows],
        "se": [se for _y, se in rows],
    }
    return evidence.pairwise(evidence.trials_from(columns), **choices)


def means(found):
    return [found.common.estimate, found.common.se, found.random.estimate, found.random.se, found.heterogeneity.tau2]


@settings(max_examples=25)
@given(rows=estimates, method=st.sampled_from(METHODS), data=st.data())
def test_the_order_of_the_trials_does_not_matter(rows, method, data):
    shuffled = data.draw(st.permutations(rows))
    assert means(pooled(shuffled, tau2=method)) == pytest.approx(means(pooled(rows, tau2=method)), rel=1e-5, abs=1e-7)


@settings(max_examples=25)
@given(rows=estimates, method=st.sampled_from(METHODS))
def test_turning_every_sign_turns_the_answer(rows, method):
    one, other = pooled(rows, tau2=method), pooled([(-y, se) for y, se in rows], tau2=method)
    assert other.random.estimate == pytest.approx(-one.random.estimate, rel=1e-6, abs=1e-8)
    assert other.random.lower == pytest.approx(-one.random.upper, rel=1e-6, abs=1e-8)
    assert other.heterogeneity.tau2 == pytest.approx(one.heterogeneity.tau2, rel=1e-5, abs=1e-8)


@settings(max_examples=25)
@given(rows=estimates, method=st.sampled_from(METHODS), scale=st.floats(0.01, 100))
def test_another_unit_scales_everything(rows, method, scale):
    one, other = pooled(rows, tau2=method), pooled([(y * scale, se * scale) for y, se in rows], tau2=method)
    assert other.random.estimate == pytest.approx(one.random.estimate * scale, rel=1e-5, abs=1e-7 * scale)
    assert other.heterogeneity.tau2 == pytest.approx(one.heterogeneity.tau2 * scale**2, rel=1e-4, abs=1e-7 * scale**2)


@settings(max_examples=25)
@given(rows=estimates)
def test_without_heterogeneity_random_effects_are_the_common_effect(rows):
    found = pooled(rows, tau2=0.0, ci="wald")
    assert found.random == found.common


@settings(max_examples=25)
@given(rows=estimates, method=st.sampled_from(("ML", "REML", "PM", "HE")))
def test_a_trial_that_says_nothing_changes_nothing_in_the_common_effect(rows, method):
    more = pooled([*rows, (50.0, 1e6)], tau2=method)
    assert more.common.estimate == pytest.approx(pooled(rows).common.estimate, rel=1e-4, abs=1e-4)


@settings(max_examples=25)
@given(rows=estimates, method=st.sampled_from(METHODS))
def test_the_safeguard_never_narrows(rows, method):
    plain, guarded, wald = (
        pooled(rows, tau2=method, ci=ci).random for ci in ("hartung-knapp", "hartung-knapp-safeguarded", "wald")
    )
    assert guarded.se >= plain.se - 1e-12
    assert guarded.se >= wald.se - 1e-12


@settings(max_examples=25)
@given(rows=estimates)
def test_no_other_tau2_is_more_likely(rows):
    found = pooled(rows, tau2="REML")
    best = found.fit.restricted_log_likelihood
    assert all(found.fit.at(tau2).restricted_log_likelihood <= best + 1e-9 for tau2 in np.linspace(0, 10, 40))


@settings(max_examples=25)
@given(rows=estimates)
def test_the_estimate_lies_within_what_was_found(rows):
    values = [y for y, _se in rows]
    found = pooled(rows)
    assert min(values) - 1e-9 <= found.random.estimate <= max(values) + 1e-9
    assert found.weights_random.sum() == pytest.approx(1.0)
    low, high = found.heterogeneity.tau2_lower, found.heterogeneity.tau2_upper
    assert 0 <= low <= high


def test_relabelling_the_treatments_turns_the_sign():
    content = "study,treatment,n,events\na,dex,20,3\na,sal,20,6\nb,dex,30,3\nb,sal,30,9\n"
    one = evidence.pairwise(evidence.read_trials(content), measure="OR", reference="sal")
    other = evidence.pairwise(evidence.read_trials(content.replace("dex", "zzz")), measure="OR", reference="zzz")
    assert other.random.estimate == pytest.approx(-one.random.estimate)


def test_a_pairwise_analysis_is_a_network_of_two():
    content = "study,treatment,n,mean,sd\n" + "".join(
        f"s{number},dex,{20 + number},{3 + number / 7},1.{number}\ns{number},sal,20,{4 - number / 5},1.2\n"
        for number in range(6)
    )
    trials = evidence.read_trials(content)
    pair = evidence.pairwise(trials, ci="wald", reference="sal")
    (row,) = evidence.network(trials, reference="sal", ci="wald").forest()
    assert row.random["estimate"] == pytest.approx(pair.random.estimate, rel=1e-7)
    assert row.random["se"] == pytest.approx(pair.random.se, rel=1e-7)


def test_the_result_says_itself_in_a_sentence():
    content = "study,treatment,n,events\na,dextrose,40,12\na,saline,42,20\nb,dextrose,30,9\nb,saline,30,12\n"
    found = evidence.pairwise(evidence.read_trials(content), measure="RR")
    assert found.sentence.startswith("dextrose against saline: risk ratio 0.67")
    assert "tau2 by REML" in found.sentence
    assert "t with k - 1 degrees of freedom" in found.sentence
    assert repr(found).splitlines()[0] == found.sentence


@pytest.mark.parametrize("measure", ["OR", "RR", "RD"])
def test_one_trial_pooled_by_mantel_and_haenszel_is_that_trial(measure):
    trials = evidence.read_trials("study,treatment,n,events\na,dextrose,40,12\na,saline,42,20\n")
    single = evidence.pairwise(trials, measure=measure)
    assert pooling.mantel_haenszel(pooling.tables_of(trials), measure=measure).estimate == pytest.approx(
        single.common.estimate
    )


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL"])
def test_binomial_models_turn_with_the_arms(model):
    content = "study,treatment,n,events\n" + "".join(
        f"s{number},dex,{30 + number},{number}\ns{number},sal,30,{2 * number % 7}\n" for number in range(1, 7)
    )
    trials = evidence.read_trials(content)
    one = pooling.rare_events(pooling.tables_of(trials, reference="sal"), model=model)
    other = pooling.rare_events(pooling.tables_of(trials, reference="dex"), model=model)
    if model != "CM.AL":  # its approximation is not symmetric in what counts as treatment
        assert other.estimate.estimate == pytest.approx(-one.estimate.estimate, abs=1e-6)
    assert one.tau2 >= 0


def test_a_single_estimate_per_cluster_makes_three_levels_two():
    rng = np.random.default_rng(7)
    y, v = rng.normal(0, 1, 12), rng.uniform(0.1, 0.3, 12)
    nested = pooling.three_levels(y, v, range(12))
    flat = pooled([(float(a), float(b) ** 0.5) for a, b in zip(y, v, strict=True)], ci="wald")
    assert nested.between + nested.within == pytest.approx(flat.heterogeneity.tau2, rel=1e-5)
    assert nested.mean.estimate == pytest.approx(flat.random.estimate, rel=1e-6)


@given(
    values=st.lists(st.floats(-3, 3), min_size=3, max_size=6), se=st.floats(0.05, 2), apart=st.sampled_from([0.0, 1e-9])
)
def test_equally_precise_trials_have_a_result_and_no_test_of_small_studies(values, se, apart):
    found = pooled([(y, se * (1 + apart * place)) for place, y in enumerate(values)])
    y, v = found.estimates.y, found.estimates.v

    told = evidence.pairwise_as_json(found)

    assert told["random"]["estimate"] == pytest.approx(np.mean(values), abs=1e-6)
    assert told["small_study"]["egger"]["p"] is None
    assert told["small_study"]["trim_and_fill"]["filled"] is None
    assert pooling.egger(y, v) is pooling.peese(y, v) is pooling.thompson(y, v) is pooling.begg(y, v) is None
    assert pooling.limit_meta_analysis(y, v, tau2=0.1) is None
    assert pooling.trim_and_fill(y, v, model=found.model, side="left") is not None
