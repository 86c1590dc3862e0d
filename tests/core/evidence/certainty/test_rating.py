"""Certainty of real networks: shares of studies, people behind an estimate, stars, and disagreement."""

import numpy as np
import pytest

from enthesis.evidence import network, trials_from
from enthesis.evidence.certainty import Concern, Domain, Override, Rating
from enthesis.evidence.certainty.rating import Known, certainties, concerns, study_shares
from enthesis.knowledge import BadInput


def arms(*trials, tau2="reml"):
    """Trials as (name, {treatment: (n, mean)}), every SD 2."""
    rows = [(name, node, n, mean, 2.0) for name, given in trials for node, (n, mean) in given.items()]
    columns = dict(zip(("study", "treatment", "n", "mean", "sd"), zip(*rows, strict=True), strict=True))
    return network(trials_from(columns, keep_names=True), measure="MD", reference="saline", tau2=tau2)


STAR = arms(
    ("a", {"saline": (200, 0.0), "dextrose": (200, -2.0)}),
    ("b", {"saline": (100, 0.0), "dextrose": (100, -2.1)}),
    ("c", {"saline": (200, 0.0), "exercise": (200, -1.0)}),
)
LOOP = arms(
    ("a", {"saline": (200, 0.0), "dextrose": (200, -2.0)}),
    ("b", {"saline": (100, 0.0), "dextrose": (100, -2.1)}),
    ("c", {"saline": (200, 0.0), "exercise": (200, -1.0)}),
    ("d", {"dextrose": (200, 0.0), "exercise": (200, -2.0)}),
    tau2=0.0,
)


def rated(found, known, treatment="dextrose", versus="saline"):
    return next(one for one in certainties(found, known, versus=versus) if one.treatment == treatment)


def test_every_pair_is_rated_once_in_six_domains():
    made = certainties(STAR, Known(0.5))
    assert len(made) == 3
    assert all([judged.domain for judged in one.judgments] == list(Domain) for one in made)


def test_the_shares_of_the_studies_add_to_one_and_follow_their_weight():
    shares = study_shares(STAR)
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))
    row = [STAR.studies.index(name) for name in ("a", "b", "c")]
    direct = shares[1][row]  # dextrose against saline: the pair in the middle of dextrose, exercise, saline
    assert direct == pytest.approx([2 / 3, 1 / 3, 0.0], abs=0.02)


def test_trials_at_high_risk_count_by_what_they_give():
    large = rated(STAR, Known(0.5, bias={"a": Concern.MAJOR, "b": Concern.NONE, "c": Concern.NONE}))
    small = rated(STAR, Known(0.5, bias={"a": Concern.NONE, "b": Concern.MAJOR, "c": Concern.NONE}))
    assert large.of(Domain.WITHIN_STUDY_BIAS).concern is Concern.MAJOR
    assert small.of(Domain.WITHIN_STUDY_BIAS).concern is Concern.NONE


def test_a_trial_nobody_judged_counts_as_some_concern_on_bias_and_none_on_distance():
    made = rated(STAR, Known(0.5))
    assert made.of(Domain.WITHIN_STUDY_BIAS).concern is Concern.SOME
    assert made.of(Domain.INDIRECTNESS).concern is Concern.NONE


def test_a_star_can_be_rated_to_the_end():
    """Comparisons that no trial made keep some concern, since nothing in a star can test them; those made keep none."""
    made = rated(STAR, Known(0.5), "dextrose", "exercise")
    assert made.of(Domain.INCOHERENCE).concern is Concern.SOME
    assert made.of(Domain.INCOHERENCE).because == (
        "all of the evidence is indirect; nothing in this network can test whether it agrees with itself"
    )
    assert rated(STAR, Known(0.5)).of(Domain.INCOHERENCE).concern is Concern.NONE


def test_a_loop_that_does_not_close_is_a_major_concern_for_each_of_its_sides():
    """Dextrose beats saline by 2 and exercise by 1, yet loses to exercise by 2 where they meet.

    Heterogeneity is held at 0: estimated, it would swallow the disagreement of so few trials.
    """
    made = certainties(LOOP, Known(0.5))
    assert {one.of(Domain.INCOHERENCE).concern for one in made} == {Concern.MAJOR}


def test_the_people_behind_an_estimate_are_those_of_every_study_that_gives_to_it():
    made = rated(STAR, Known(0.5)).of(Domain.IMPRECISION)
    assert made.numbers["people"] == 600
    indirect = rated(STAR, Known(0.5), "dextrose", "exercise").of(Domain.IMPRECISION)
    assert indirect.numbers["people"] == 1000


def test_seen_from_the_other_side_a_comparison_is_rated_the_same():
    one = rated(LOOP, Known(0.5), "dextrose", "saline")
    other = rated(LOOP, Known(0.5), "saline", "dextrose")
    assert [judged.concern for judged in one.judgments] == [judged.concern for judged in other.judgments]
    assert one.of(Domain.IMPRECISION).numbers["lower"] == -other.of(Domain.IMPRECISION).numbers["upper"]


def test_an_override_reaches_its_comparison_whichever_way_round_it_was_written():
    override = Override(Domain.WITHIN_STUDY_BIAS, Concern.NONE, "both papers were read", "Dr Example")
    known = Known(0.5, overrides={("saline", "dextrose"): (override,)})
    assert rated(STAR, known).of(Domain.WITHIN_STUDY_BIAS).overridden == override
    assert rated(STAR, known, "exercise", "saline").of(Domain.WITHIN_STUDY_BIAS).overridden is None


def test_with_everything_in_order_certainty_is_high():
    low = dict.fromkeys("abc", Concern.NONE)
    more = arms(
        *(("abcdefghij"[place], {"saline": (300, 0.0), "dextrose": (300, -2.0 + place / 100)}) for place in range(5))
    )
    made = rated(more, Known(0.5, bias=dict.fromkeys("abcdefghij", Concern.NONE)))
    assert made.rating is Rating.HIGH, made.explain()
    assert rated(STAR, Known(0.5, bias=low), "dextrose", "exercise").rating is not Rating.HIGH


def test_one_study_alone_leaves_heterogeneity_unknown():
    alone = arms(("a", {"saline": (300, 0.0), "dextrose": (300, -2.0)}))
    made = rated(alone, Known(0.5, bias={"a": Concern.NONE}))
    assert made.of(Domain.HETEROGENEITY).concern is Concern.SOME
    assert made.rating is Rating.MODERATE


def test_ten_studies_of_one_comparison_are_tested_for_asymmetry_and_nine_or_ten_of_one_size_are_not():
    """Small studies say more: Egger's regression (pooling/small_study.py, checked against metafor there) notices."""
    sizes = [20, 25, 30, 40, 50, 60, 80, 100, 150, 200]
    lopsided = [(f"t{n}", {"saline": (n, 0.0), "dextrose": (n, -0.5 - 20 / n + 0.02 * (n % 7))}) for n in sizes]
    ten = rated(arms(*lopsided), Known(0.5)).of(Domain.REPORTING_BIAS)
    nine = rated(arms(*lopsided[:9]), Known(0.5)).of(Domain.REPORTING_BIAS)
    same = rated(arms(*((name, {"saline": (50, 0.0), "dextrose": (50, -1.0)}) for name, _ in lopsided)), Known(0.5))
    assert ten.numbers["asymmetry p"] < 0.10
    assert ten.concern is Concern.SOME
    assert (nine.numbers["asymmetry p"], nine.concern) == (None, Concern.NONE)
    assert same.of(Domain.REPORTING_BIAS).numbers["asymmetry p"] is None


def test_levels_are_read_as_files_write_them():
    assert concerns(["low", "H", " 2 ", ""], ["a", "b", "c", "d"], column="rob") == {
        "a": Concern.NONE,
        "b": Concern.MAJOR,
        "c": Concern.SOME,
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["low", "bad"], "study a, column rob: 'bad'; low, some, high or 1, 2, 3 was expected"),
        (["low", "high"], "study a, column rob: two different levels; give one for the whole study"),
    ],
)
def test_a_level_that_means_nothing_or_two_things_is_refused(values, said):
    with pytest.raises(BadInput) as refused:
        concerns(values, ["a", "a"], column="rob")
    assert str(refused.value) == said
