"""What a network tells about trials of injections: in plain cases where the answer is known beforehand."""

import pytest
from tests.core.evidence.made_networks import contrasts_from

from enthesis import evidence
from enthesis.knowledge import BadInput

DEXTROSE = ("trial of dextrose", ["saline", "dextrose"], [0.0, -2.0], [0.1, 0.1])
STEROID = ("trial of steroid", ["saline", "steroid"], [0.0, -1.0], [0.1, 0.2])
THREE = ["dextrose", "saline", "steroid"]


def test_two_treatments_never_compared_are_compared_through_saline():
    row = evidence.network(contrasts_from([DEXTROSE, STEROID], THREE)).between("dextrose", "steroid")

    assert row.common["estimate"] == pytest.approx(-1.0)
    assert row.common["se"] ** 2 == pytest.approx(0.5)
    assert row.direct_share == 0


def test_the_two_arms_that_share_a_saline_group_are_not_counted_twice():
    three_arms = ("all at once", ["saline", "dextrose", "steroid"], [0.0, -2.0, -1.0], [0.1, 0.1, 0.2])
    row = evidence.network(contrasts_from([three_arms], THREE)).between("dextrose", "steroid")

    assert row.common["estimate"] == pytest.approx(-1.0)
    assert row.common["se"] ** 2 == pytest.approx(0.3)


def test_direct_and_indirect_evidence_that_disagree_are_found_out():
    direct = ("dextrose against steroid", ["steroid", "dextrose"], [0.0, 3.0], [0.01, 0.01])
    split = evidence.network(contrasts_from([DEXTROSE, STEROID, direct], THREE), tau2=0.0).split()

    assert abs(split.difference) == pytest.approx([4.0, 4.0, 4.0])
    assert split.p.max() < 0.001


def test_the_better_treatment_is_certain_only_when_the_difference_matters():
    network = evidence.network(contrasts_from([DEXTROSE, STEROID], THREE), tau2=0.0)
    dextrose, saline = network.treatments.index("dextrose"), network.treatments.index("saline")

    assert network.better()[dextrose, saline] > 0.99
    assert network.better(important=2.0)[dextrose, saline] == pytest.approx(0.5)
    assert network.p_scores(important=2.0).max() < network.p_scores().max()


def test_treatments_that_no_trial_connects_are_never_compared():
    apart = ("far away", ["exercise", "rest"], [0.0, 1.0], [0.1, 0.1])
    found = evidence.network(contrasts_from([DEXTROSE, STEROID, apart], [*THREE, "exercise", "rest"]))

    assert [network.treatments for network in found.networks] == [tuple(THREE), ("exercise", "rest")]
    assert "2 separate parts" in found.explain()
    with pytest.raises(BadInput, match="not a treatment of this network"):
        found.holding("dextrose").between("dextrose", "rest")
    with pytest.raises(BadInput, match="not a treatment of any part"):
        found.holding("surgery")


def test_a_treatment_compared_with_itself_is_a_question_without_an_answer():
    with pytest.raises(BadInput, match="two different treatments"):
        evidence.network(contrasts_from([DEXTROSE, STEROID], THREE)).between("saline", "saline")


def test_few_trials_make_honest_intervals_wide():
    more = [
        ("again", ["saline", "dextrose"], [0.0, -1.0], [0.1, 0.1]),
        ("third", ["saline", "dextrose"], [0.0, -3.2], [0.2, 0.1]),
    ]
    contrasts = contrasts_from([DEXTROSE, STEROID, *more], THREE)
    width = {}
    for ci in ("wald", "t", "hartung-knapp", "kenward-roger"):
        row = evidence.network(contrasts, ci=ci).between("dextrose", "saline").random
        width[ci] = row["upper"] - row["lower"]

    assert width["wald"] < width["t"] <= width["hartung-knapp"]
    assert width["wald"] < width["kenward-roger"]


def test_the_finding_is_said_in_sentences():
    said = evidence.network(contrasts_from([DEXTROSE, STEROID], THREE), reference="saline").explain()

    assert said == (
        "2 studies compare 3 treatments (MD, 95% intervals: wald). No study is left over to estimate heterogeneity from, so "
        "none is allowed for and nothing is predicted. No closed loop lets direct and indirect evidence be set against each "
        "other. 1 of 2 treatments are better than saline beyond chance; the best estimate is dextrose's, -2 (-2.88 to -1.12)."
    )
