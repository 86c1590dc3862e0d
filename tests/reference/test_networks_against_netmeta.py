"""Every number of netmeta's networks that can be compared: estimates, Q, splits, ranks, contributions, designs."""

import numpy as np
import pytest
from tests.reference.network_cases import CASES, by_pair, fitted
from tests.reference.r_results import analyses

from enthesis.evidence.networks.by_study import conductances

CLOSED = {"rel": 1e-8, "abs": 1e-8}  # closed forms
LIKELIHOOD = {"rel": 1e-6, "abs": 1e-6}
DRAWN = 0.005  # 100,000 draws leave a standard error of up to 0.0016

every_network = pytest.mark.parametrize(("name", "analysis"), CASES, ids=["-".join(case) for case in CASES])


def having(part):
    """The networks for which R gave this."""
    chosen = [(name, analysis) for name, analysis in CASES if part in analyses(name)[analysis]]
    return pytest.mark.parametrize(("name", "analysis"), chosen, ids=["-".join(case) for case in chosen])


def same_pairs(network, theirs, ours, values, *, signed):
    found, signs = by_pair(network, theirs["pairs"], values)
    known = np.isfinite(found)
    assert known.any()
    assert np.asarray(ours)[known] == pytest.approx((found * (signs if signed else 1))[known], **CLOSED)


@every_network
@pytest.mark.parametrize("model", ["common", "random"])
def test_every_pair(name, analysis, model):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]
    ours = getattr(network.league(), model)

    for column, value in (("effect", ours.estimate), ("statistic", ours.statistic)):
        same_pairs(network, theirs, value, theirs[model][column], signed=True)
    for column, value in (("se", ours.se), ("p", ours.p)):
        same_pairs(network, theirs, value, theirs[model][column], signed=False)
    lower, signs = by_pair(network, theirs["pairs"], theirs[model]["lower"])
    upper, _ = by_pair(network, theirs["pairs"], theirs[model]["upper"])
    assert ours.lower == pytest.approx(np.where(signs > 0, lower, -upper), **CLOSED)
    assert ours.upper == pytest.approx(np.where(signs > 0, upper, -lower), **CLOSED)


@every_network
@pytest.mark.parametrize("model", ["common", "random"])
def test_direct_and_indirect_evidence(name, analysis, model):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]
    direct, size = network.direct(model), len(network.all_pairs[0])
    share, estimate, se = np.zeros(size), np.full(size, np.nan), np.full(size, np.nan)
    share[direct.pair], estimate[direct.pair], se[direct.pair] = direct.share, direct.estimate, direct.variance**0.5

    same_pairs(network, theirs, share, theirs[model]["prop_direct"], signed=False)
    same_pairs(network, theirs, estimate, theirs[model]["direct_effect"], signed=True)
    same_pairs(network, theirs, se, theirs[model]["direct_se"], signed=False)


@every_network
def test_where_the_next_trial_may_fall(name, analysis):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]
    lower, signs = by_pair(network, theirs["pairs"], theirs["prediction"]["lower"])
    upper, _ = by_pair(network, theirs["pairs"], theirs["prediction"]["upper"])

    assert network.league().prediction_lower == pytest.approx(np.where(signs > 0, lower, -upper), **CLOSED)
    assert network.league().prediction_upper == pytest.approx(np.where(signs > 0, upper, -lower), **CLOSED)


@every_network
def test_q_and_i2(name, analysis):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]
    q = network.q()

    for ours, part in ((q.total, "total"), (q.within_designs, "het"), (q.between_designs, "inc")):
        assert ours.value == pytest.approx(theirs["Q"][part], **CLOSED)
        assert ours.df == theirs["Q"]["df" if part == "total" else f"df_{part}"]
    assert network.i2() == pytest.approx((theirs["I2"], theirs["I2_lower"], theirs["I2_upper"]), **CLOSED)


@having("p_score")
@pytest.mark.parametrize("model", ["common", "random"])
@pytest.mark.parametrize("small", ["desirable", "undesirable"])
def test_p_scores(name, analysis, model, small):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["p_score"][f"small_{small}"][model]
    ours = network.p_scores(model) if small == "desirable" else 1 - network.p_scores(model)

    assert dict(zip(network.treatments, ours, strict=True)) == pytest.approx(theirs, **CLOSED)


@having("netsplit")
@pytest.mark.parametrize("model", ["common", "random"])
def test_splits_by_back_calculation(name, analysis, model):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["netsplit"][model]
    split = network.split(model)
    first, second = (each[split.pair] for each in network.all_pairs)
    names = [(network.treatments[a], network.treatments[b]) for a, b in zip(first, second, strict=True)]

    assert len(names) == len(theirs["comparison"])
    for place, pair in enumerate(names):
        turned = ":".join(pair) not in theirs["comparison"]
        at, sign = theirs["comparison"].index(":".join(pair[::-1] if turned else pair)), -1 if turned else 1
        ours = [sign * getattr(split, column)[place] for column in ("direct", "indirect", "difference")]
        assert ours == pytest.approx([theirs[column][at] for column in ("direct", "indirect", "diff")], **CLOSED)
        ours = [
            getattr(split, column)[place] for column in ("direct_se", "indirect_se", "difference_se", "p", "studies")
        ]
        assert ours == pytest.approx(
            [theirs[column][at] for column in ("direct_se", "indirect_se", "diff_se", "diff_p", "k")], **CLOSED
        )


@having("decomp_design")
def test_designs(name, analysis):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["decomp_design"]
    ours = {frozenset(row.treatments): row for row in network.by_design()}

    for design, q, df in zip(*(theirs["Q_het_design"][part] for part in ("design", "Q", "df")), strict=True):
        row = ours[frozenset(design.split(":"))].within
        assert (row.value, row.df) == (pytest.approx(q, **CLOSED), df)
    for design, q, df in zip(*(theirs["Q_inc_detach"][part] for part in ("design", "Q", "df")), strict=True):
        row = ours[frozenset(design.split(":"))].left_when_detached
        assert (row.value, row.df) == (pytest.approx(q, **CLOSED), df)


@having("decomp_design")
def test_the_full_design_by_treatment_model(name, analysis):
    ours = fitted(name, analysis).design_by_treatment()
    theirs = analyses(name)[analysis]["decomp_design"]["Q_inc_random"]

    assert ours.q.value == pytest.approx(theirs["Q"][0], **CLOSED)
    assert ours.q.df == theirs["df"][0]
    assert ours.tau2_within**0.5 == pytest.approx(theirs["tau.within"][0], **CLOSED)


@having("contribution")
@pytest.mark.parametrize("model", ["common", "random"])
@pytest.mark.parametrize("by", ["random walk", "shortest path"])
def test_contributions(name, analysis, model, by):
    network = fitted(name, analysis)
    theirs = analyses(name)[analysis]["contribution"][f"{by.replace(' ', '')}_{model}"]
    ours = network.contributions(model, by=by)
    labels = [
        frozenset((network.treatments[a], network.treatments[b])) for a, b in zip(*network.all_pairs, strict=True)
    ]
    rows, columns = ([frozenset(label.split(":")) for label in theirs[side]] for side in ("rows", "cols"))
    values = np.array(theirs["values"])
    order = np.ix_([rows.index(labels[row]) for row in ours.rows], [columns.index(labels[c]) for c in ours.columns])

    assert ours.shares == pytest.approx(values[order], **CLOSED)


@every_network
def test_the_weight_of_each_study_in_each_comparison(name, analysis):
    """R divides a comparison among its studies by 1 / seTE.adj^2, the standard error that allows for shared arms."""
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["contrasts"]
    columns = (theirs[key] for key in ("study", "treat1", "treat2", "se_adj_common"))
    known = {(str(study), frozenset((a, b))): se**-2 for study, a, b, se in zip(*columns, strict=True)}
    first, second = (each[network.comparisons.pair] for each in network.all_pairs)
    ours = zip(network.comparisons.study, first, second, strict=True)
    names = network.treatments
    expected = [known[network.studies[study], frozenset((names[a], names[b]))] for study, a, b in ours]

    assert conductances(network.common) == pytest.approx(expected, **CLOSED)


@having("rankogram")
@pytest.mark.parametrize("model", ["common", "random"])
def test_sucra_within_monte_carlo_error(name, analysis, model):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["rankogram"]

    assert theirs["small_values"] == "desirable"
    assert dict(zip(network.treatments, network.sucra(model), strict=True)) == pytest.approx(
        theirs[f"sucra_{model}"], abs=DRAWN
    )


@having("rankogram")
def test_rank_probabilities_within_monte_carlo_error(name, analysis):
    network, theirs = fitted(name, analysis), analyses(name)[analysis]["rankogram"]["rank_prob_random"]
    order = [theirs["rows"].index(treatment) for treatment in network.treatments]
    found = network.rankogram().probabilities

    assert found == pytest.approx(np.array(theirs["values"])[order], abs=DRAWN)
    assert found.sum(axis=0) == pytest.approx(1, abs=1e-6)
    assert network.rankogram(joint=True).probabilities.sum(axis=1) == pytest.approx(1)


def test_how_direct_and_how_parallel_the_evidence_on_each_pair_is():
    """netmeasures. Its other two columns count a three-armed design by two of its three comparisons: validation/network.md."""
    network, theirs = fitted("senn2013", "netmeta_DL"), analyses("senn2013")["netmeasures_random"]
    first, second = zip(*(name.split(":") for name in theirs["comparison"]), strict=True)
    pairs = {"treat1": first, "treat2": second}
    ours = network.measures()

    for column, values in (
        ("proportion_direct", ours.proportion_direct),
        ("minimal_parallelism_study", ours.parallelism_studies),
    ):
        same_pairs(network, {"pairs": pairs}, values, theirs[column], signed=False)
    length, _ = by_pair(network, pairs, theirs["mean_path_length"])
    assert ours.mean_path_length == pytest.approx(length, abs=0.05)
    assert (ours.mean_path_length >= length - 1e-9).all()
