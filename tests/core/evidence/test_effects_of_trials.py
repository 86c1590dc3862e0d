"""From trials to contrasts: spreads from what papers print, multi-arm trials, designs, empty cells, scales."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis import evidence
from enthesis.evidence.effects import complete
from enthesis.knowledge import BadInput


def trials(*rows, **columns):
    """Rows of arms with means, or the columns named."""
    if rows:
        columns = dict(zip(("study", "treatment", "n", "mean", "sd"), zip(*rows, strict=True), strict=True))
    return evidence.trials_from(columns, source="t.csv")


def only(contrasts):
    """The one batch."""
    (batch,) = contrasts.batches
    return batch


TWO = {"study": ["a", "a"], "treatment": ["dex", "sal"], "n": [25, 25], "mean": [3.0, 4.0]}


@pytest.mark.parametrize(
    ("printed", "sd"),
    [
        ({"se": [0.4, 0.4]}, 2.0),
        ({"lower": [2.0, 3.0], "upper": [4.0, 5.0]}, 2.4225667649),  # 5 / t(24, 0.975), t = 2.0638985616
        ({"median": [3, 4], "q1": [2, 3], "q3": [4, 5]}, 1.57224),  # 2 / (2 x 0.63604), Wan 2014, n = 25
        ({"median": [3, 4], "min": [1, 2], "max": [5, 6]}, 1.0177),  # 4 / (2 x 1.965), Wan 2014, n = 25
    ],
    ids=["se", "interval", "quartiles", "range"],
)
def test_a_spread_is_made_of_what_the_paper_prints_and_the_way_is_said(printed, sd):
    made = trials(**TWO, **printed)
    assert made.numbers["sd"].tolist() == pytest.approx([sd, sd], rel=2e-3)
    assert made.numbers["mean"].tolist() == [3.0, 4.0]
    assert len(made.notes) == 2
    assert made.notes[0].startswith("t.csv: row 2: ")


def test_five_numbers_of_a_normal_sample_give_its_mean_and_sd():
    """Quantiles of a normal distribution with mean 50 and SD 10, as 99 people would show them."""
    from scipy.special import ndtri

    low = 50 + 10 * float(ndtri((1 - 0.375) / 99.25))
    made = trials(
        study=["a", "a"], treatment=["dex", "sal"], n=[99, 99], median=[50, 50], q1=[43.3, 43.3], q3=[56.7, 56.7],
        min=[low, low], max=[100 - low, 100 - low],
    )  # fmt: skip
    assert made.numbers["mean"].tolist() == pytest.approx([50, 50])
    assert made.numbers["sd"].tolist() == pytest.approx([10, 10], rel=0.02)


def test_an_estimate_with_an_interval_or_a_variance():
    made = trials(study=["a", "b"], estimate=[1, 2], lower=[0, None], upper=[2, None], variance=[None, 0.25])
    assert made.numbers["se"].tolist() == pytest.approx([1 / 1.959963984540054, 0.5])


def test_contrasts_of_a_three_armed_trial_share_the_base_arm():
    batch = only(evidence.contrasts(trials(("t", "a", 10, 1, 1), ("t", "b", 20, 2, 2), ("t", "c", 40, 4, 3))))
    assert batch.estimates.tolist() == [[1.0, 3.0]]
    assert batch.covariance[0] == pytest.approx(np.array([[0.1 + 0.2, 0.1], [0.1, 0.1 + 0.225]]))


@given(
    sd=st.lists(st.floats(0.1, 5), min_size=4, max_size=4),
    n=st.lists(st.integers(5, 200), min_size=4, max_size=4),
    mean=st.lists(st.floats(-5, 5), min_size=4, max_size=4),
    order=st.permutations(range(6)),
)
def test_all_contrasts_of_a_trial_give_back_the_covariance_of_its_arms(sd, n, mean, order):
    arms = [("t", name, *values) for name, *values in zip("abcd", n, mean, sd, strict=True)]
    pairs = [(i, j) for i in range(4) for j in range(i + 1, 4)]
    rows = [
        ("t", "abcd"[i], "abcd"[j], mean[i] - mean[j], (sd[i] ** 2 / n[i] + sd[j] ** 2 / n[j]) ** 0.5)
        for i, j in (pairs[place] for place in order)
    ]
    given_contrasts = dict(
        zip(("study", "treatment1", "treatment2", "estimate", "se"), zip(*rows, strict=True), strict=True)
    )

    by_arms = only(evidence.contrasts(trials(*arms), measure="MD"))
    by_contrasts = only(evidence.contrasts(trials(**given_contrasts)))

    assert by_contrasts.covariance == pytest.approx(by_arms.covariance, rel=1e-6, abs=1e-9)
    assert by_contrasts.estimates == pytest.approx(by_arms.estimates, rel=1e-6, abs=1e-7)


def contrasts_of(*rows, **more):
    names = ("study", "treatment1", "treatment2", "estimate", "se")
    return evidence.contrasts(trials(**dict(zip(names, zip(*rows, strict=True), strict=True)), **more))


def test_errors_that_fit_no_trial_are_repaired_and_the_size_is_said():
    found = contrasts_of(("t", "a", "b", 1, 1.0), ("t", "a", "c", 2, 1.0), ("t", "b", "c", 1, 2.5))
    assert "its standard errors fit no trial with 3 arms (rounded?); repaired" in found.notes[0]
    assert not complete.impossible(only(found).covariance).any()


def test_two_of_three_contrasts_need_the_sizes_of_the_arms_or_an_assumption_that_is_said():
    rows = (("t", "b", "a", 1, 1.0), ("t", "c", "a", 2, 1.0))
    alike = contrasts_of(*rows)
    sized = contrasts_of(*rows, n1=[10, 10], n2=[90, 90])
    assert "arms taken as alike (give n1, n2 to do better)" in alike.notes[0]
    assert only(alike).covariance[0, 0, 1] == pytest.approx(0.5, rel=1e-3)
    assert only(sized).covariance[0, 0, 1] == pytest.approx(0.1, rel=1e-3)
    assert only(sized).covariance[0, 0, 0] == pytest.approx(1.0, rel=1e-4)


def test_contrasts_that_do_not_add_up_are_moved_and_said():
    found = contrasts_of(("t", "a", "b", 1, 1.0), ("t", "b", "c", 1, 1.0), ("t", "a", "c", 2.3, 1.0))
    assert found.notes == (
        "t: its contrasts do not add up; the nearest that do were taken, moved by at most 0.1 standard errors",
    )
    assert only(found).estimates[0].tolist() == pytest.approx([-1.1, -2.2])


def test_contrasts_that_do_not_hang_together_are_refused():
    with pytest.raises(BadInput, match="do not hang together"):
        contrasts_of(("t", "a", "b", 1, 1.0), ("t", "c", "d", 1, 1.0))


def test_two_sides_of_a_body_and_cluster_trials():
    crossed = only(evidence.contrasts(trials(**TWO, sd=[2, 2], correlation=[0.5, 0.5])))
    clustered = evidence.contrasts(trials(**TWO, sd=[2, 2], icc=[0.05, 0.05], cluster_size=[21, 21]))
    assert crossed.covariance[0, 0, 0] == pytest.approx((4 + 4 - 2 * 0.5 * 4) / 25)
    assert only(clustered).covariance[0, 0, 0] == pytest.approx(2 * 8 / 25)
    assert clustered.notes[0] == "t.csv: row 2: cluster trial, design effect 2"


def test_a_ratio_of_means_needs_means_above_zero():
    with pytest.raises(BadInput, match="needs means above zero"):
        evidence.contrasts(trials(("a", "dex", 20, -3, 1), ("a", "sal", 20, 4, 1)), measure="ROM")


def test_scales_are_moved_turned_and_said():
    made = trials(
        **TWO | {"mean": [30.0, 70.0]},
        sd=[10, 10],
        scale_low=[0, 0],
        scale_high=[100, 100],
        higher_is_worse=["no", "no"],
    )
    moved = evidence.on_one_scale(made)
    assert moved.numbers["mean"].tolist() == [7.0, 3.0]
    assert moved.numbers["sd"].tolist() == [1.0, 1.0]
    assert moved.notes[0] == "t.csv: row 2: scale 0 to 100 multiplied by 0.1, and turned"


def table(*rows):
    return trials(**dict(zip(("study", "treatment", "n", "events"), zip(*rows, strict=True), strict=True)))


ZERO = (
    ("a", "dex", 20, 0),
    ("a", "sal", 20, 4),
    ("b", "dex", 20, 3),
    ("b", "sal", 20, 4),
    ("c", "dex", 20, 0),
    ("c", "sal", 20, 0),
)


def test_empty_cells_are_treated_by_a_policy_that_is_said():
    dropped = evidence.contrasts(table(*ZERO), measure="OR")
    kept = evidence.contrasts(table(*ZERO), measure="OR", zero_cells=evidence.ZeroCells(double="keep"))
    assert only(dropped).study.tolist() == [0, 1]
    assert only(kept).study.tolist() == [0, 1, 2]
    assert only(dropped).estimates[:, 0].tolist() == pytest.approx(
        [-np.log(0.5 * 16.5 / (20.5 * 4.5)), -np.log(3 * 16 / (17 * 4))]
    )
    silent, filled = dropped.notes
    assert silent.startswith(
        "t.csv: row 6, column events: c: no events, or nothing but events, in every arm: it says nothing"
    )
    assert filled == ("zero cells: 0.5 is added to all cells of the studies with an empty cell")
    assert only(evidence.contrasts(table(*ZERO), measure="RD")).study.tolist() == [0, 1, 2]


def test_without_a_correction_an_empty_cell_is_refused_with_its_row():
    with pytest.raises(BadInput, match=r"t.csv: row 2, column events: an empty cell in 'a'"):
        evidence.contrasts(table(*ZERO), measure="OR", zero_cells=evidence.ZeroCells(to="none"))


def test_rates_and_single_groups():
    rates = trials(study=["a", "a"], treatment=["dex", "sal"], events=[4, 8], time=[10, 10])
    share = trials(study=["a", "b"], n=[20, 40], events=[5, 10])
    assert only(evidence.contrasts(rates)).estimates[0, 0] == pytest.approx(np.log(2))
    assert only(evidence.contrasts(rates)).covariance[0, 0, 0] == pytest.approx(1 / 4 + 1 / 8)
    assert only(evidence.contrasts(share)).estimates[:, 0].tolist() == pytest.approx([np.log(1 / 3)] * 2)
    assert only(evidence.contrasts(share, measure="PROPORTION")).estimates[:, 0].tolist() == [0.25, 0.25]


@pytest.mark.parametrize(
    "choice", [{"small_sample": "none"}, {"mixed_scores": "yes"}, {"zero_cells": evidence.ZeroCells(to="some")}]
)
def test_a_choice_that_is_none_is_refused(choice):
    with pytest.raises(BadInput, match="was expected"):
        evidence.contrasts(trials(**TWO, sd=[1, 1]), **choice)
