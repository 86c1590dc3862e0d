"""Six domains of certainty, each by a rule on numbers: the tables of CINeMA's documentation, and where ours differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.evidence.certainty import Certainty, Concern, Domain, Judgment, Override, Rating, Summary, rules
from enthesis.knowledge import BadInput

NONE, SOME, MAJOR = Concern.NONE, Concern.SOME, Concern.MAJOR


# ------------------------------------------------------------------------------------------- imprecision, CINeMA's rule


@pytest.mark.parametrize(
    ("interval", "concern"),
    [
        ((-3.0, -0.6), NONE),  # important, and surely so
        ((-0.4, 0.4), NONE),  # unimportant, and surely so
        ((-3.0, -0.4), SOME),  # important or not
        ((-3.0, 0.4), SOME),  # important, nothing, or a little worse
        ((-3.0, 3.0), MAJOR),  # anything
        ((0.6, 3.0), NONE),
        ((-0.5, 0.5), NONE),  # an interval that ends at a limit does not cross it
    ],
)
def test_imprecision_counts_the_limits_of_importance_inside_the_interval(interval, concern):
    assert rules.imprecision(interval, important=0.5).concern is concern


@pytest.mark.parametrize(("people", "concern"), [(399, SOME), (400, NONE), (None, NONE)])
def test_fewer_than_400_people_leave_some_concern(people, concern):
    assert rules.imprecision((-3.0, -0.6), important=0.5, people=people).concern is concern


def test_few_people_do_not_make_a_wide_interval_better():
    assert rules.imprecision((-3.0, 3.0), important=0.5, people=40).concern is MAJOR


# ------------------------------------------------------------------------------------------ heterogeneity, CINeMA's table

CI = {0: (-3.0, -1.0), 1: (-1.0, 0.0), 2: (-1.0, 1.0)}
PI = {0: (-4.0, -0.9), 1: (-4.0, 0.0), 2: (-4.0, 4.0)}


@pytest.mark.parametrize(
    ("confidence", "prediction", "concern"),
    [(0, 0, NONE), (0, 1, SOME), (0, 2, MAJOR), (1, 1, NONE), (1, 2, SOME), (2, 2, NONE)],
)
def test_heterogeneity_is_how_many_more_limits_the_prediction_interval_crosses(confidence, prediction, concern):
    assert rules.heterogeneity(CI[confidence], PI[prediction], important=0.5).concern is concern


def test_without_a_prediction_interval_heterogeneity_is_not_known_and_that_is_said():
    judged = rules.heterogeneity((-3.0, -1.0), None, important=0.5)
    assert judged.concern is SOME
    assert judged.because == "too few studies for a prediction interval, so how much effects differ is not known"


# -------------------------------------------------------------------------------------------------------- incoherence


def incoherent(direct=(-3.0, -1.0), indirect=(-2.0, 0.2), split=0.05, overall=0.5):
    return rules.incoherence(direct=direct, indirect=indirect, split_p=split, global_p=overall, important=0.5).concern


def test_direct_evidence_alone_cannot_be_incoherent():
    assert incoherent(indirect=None, overall=0.001) is NONE


@pytest.mark.parametrize(("p", "concern"), [(0.11, NONE), (0.10, SOME), (0.01, SOME), (0.0099, MAJOR), (None, SOME)])
def test_indirect_evidence_alone_goes_by_the_test_of_the_whole_network_and_a_star_keeps_some_concern(p, concern):
    assert incoherent(direct=None, overall=p) is concern


@pytest.mark.parametrize(
    ("direct", "indirect", "concern"),
    [
        ((-3.0, -1.0), (1.0, 3.0), MAJOR),  # nothing in common
        ((-3.0, -1.0), (-2.0, 0.2), MAJOR),  # one area
        ((-3.0, 0.2), (-2.0, 0.2), SOME),  # two
        ((-3.0, 3.0), (-2.0, 2.0), NONE),  # all three
    ],
)
def test_where_both_are_there_and_differ_the_areas_they_share_decide(direct, indirect, concern):
    assert incoherent(direct=direct, indirect=indirect) is concern


@pytest.mark.parametrize(("p", "concern"), [(0.1001, NONE), (0.10, MAJOR)])
def test_intervals_that_do_not_differ_raise_no_concern_even_in_one_shared_area(p, concern):
    assert incoherent(direct=(-3.0, -1.0), indirect=(-2.9, -1.1), split=p) is concern


# ----------------------------------------------------------------------------------------------------- reporting bias


@pytest.mark.parametrize(
    ("studies", "p", "pooled", "missing", "concern"),
    [
        (12, 0.20, 12, 3, NONE),
        (12, 0.0999, 12, 3, SOME),
        (12, 0.10, 12, 3, NONE),
        (9, 0.01, 9, 3, NONE),  # too few to say
        (10, 0.01, 10, 3, SOME),
        (7, None, 7, 6, NONE),
        (7, None, 7, 7, SOME),
        (12, 0.01, 12, 40, MAJOR),
        (0, None, 0, 0, NONE),
    ],
)
def test_reporting_bias_is_a_lopsided_funnel_and_trials_known_but_not_in_it(studies, p, pooled, missing, concern):
    assert rules.reporting_bias(studies=studies, asymmetry_p=p, pooled=pooled, missing=missing).concern is concern


# ------------------------------------------------------------------------- within-study bias and indirectness by contribution


@pytest.mark.parametrize(
    ("shares", "by", "concern"),
    [
        ({NONE: 0.6, MAJOR: 0.4}, Summary.MAJORITY, NONE),
        ({NONE: 0.5, MAJOR: 0.5}, Summary.MAJORITY, MAJOR),
        ({NONE: 0.6, MAJOR: 0.4}, Summary.AVERAGE, SOME),
        ({NONE: 0.8, MAJOR: 0.2}, Summary.AVERAGE, NONE),
        ({NONE: 0.75, MAJOR: 0.25}, Summary.AVERAGE, SOME),
        ({NONE: 0.99, MAJOR: 0.01}, Summary.HIGHEST, MAJOR),
        ({NONE: 1.0, MAJOR: 0.0}, Summary.HIGHEST, NONE),
        ({}, Summary.MAJORITY, MAJOR),
        ({}, Summary.HIGHEST, NONE),
    ],
)
def test_the_level_of_the_studies_is_weighted_by_what_they_give(shares, by, concern):
    assert rules.from_contributions(Domain.WITHIN_STUDY_BIAS, shares, by=by).concern is concern


@given(
    st.dictionaries(st.sampled_from(Concern), st.floats(0.01, 1), min_size=1),
    st.sampled_from(Summary),
    st.floats(0.1, 50),
)
def test_shares_need_not_add_to_one_and_the_worst_level_bounds_the_judgment(shares, by, factor):
    judged = rules.from_contributions(Domain.INDIRECTNESS, shares, by=by)
    scaled = rules.from_contributions(Domain.INDIRECTNESS, {k: v * factor for k, v in shares.items()}, by=by)
    assert min(shares) <= judged.concern <= max(shares)
    assert scaled.concern == pytest.approx(judged.concern, abs=1 if by is Summary.AVERAGE else 0)


intervals = st.tuples(st.floats(-10, 10), st.floats(-10, 10)).map(lambda pair: (min(pair), max(pair)))


@given(intervals, intervals, st.floats(0.01, 5))
def test_seen_from_the_other_side_every_judgment_is_the_same(one, other, important):
    def turned(pair):
        return (-pair[1], -pair[0])

    for judge in (
        lambda a, b: rules.imprecision(a, important=important),
        lambda a, b: rules.heterogeneity(a, b, important=important),
        lambda a, b: rules.incoherence(direct=a, indirect=b, split_p=0.05, global_p=None, important=important),
    ):
        assert judge(one, other).concern is judge(turned(one), turned(other)).concern


# -------------------------------------------------------------------------------------------------------- all together


def certain(*concerns):
    return Certainty(
        "a", "b", tuple(Judgment(domain, concern, "made up") for domain, concern in zip(Domain, concerns, strict=True))
    )


@pytest.mark.parametrize(
    ("concerns", "rating"),
    [
        ((NONE,) * 6, Rating.HIGH),
        ((SOME,) + (NONE,) * 5, Rating.MODERATE),
        ((MAJOR,) + (NONE,) * 5, Rating.LOW),
        ((SOME, SOME) + (NONE,) * 4, Rating.LOW),
        ((MAJOR, SOME) + (NONE,) * 4, Rating.VERY_LOW),
        ((MAJOR,) * 6, Rating.VERY_LOW),
    ],
)
def test_trials_start_high_and_fall_a_step_for_each_concern(concerns, rating):
    assert certain(*concerns).rating is rating


def test_anybody_may_think_otherwise_with_a_reason_and_the_rule_is_kept_beside_it():
    override = Override(Domain.IMPRECISION, NONE, "the interval is narrow enough for this decision", "Dr Example")
    changed = certain(NONE, NONE, NONE, MAJOR, NONE, NONE).with_overrides((override,))
    judged = changed.of(Domain.IMPRECISION)
    assert (judged.concern, judged.rule, judged.overridden) == (NONE, MAJOR, override)
    assert changed.rating is Rating.HIGH
    assert changed.explain() == "High certainty: no domain raises a concern."


def test_the_last_of_two_overrides_counts_and_the_rule_is_still_the_rules():
    first = Override(Domain.IMPRECISION, NONE, "first thought", "Dr Example")
    second = Override(Domain.IMPRECISION, SOME, "second thought", "Dr Example")
    changed = certain(NONE, NONE, NONE, MAJOR, NONE, NONE).with_overrides((first,)).with_overrides((first, second))
    assert (changed.of(Domain.IMPRECISION).concern, changed.of(Domain.IMPRECISION).rule) == (SOME, MAJOR)
    assert changed.explain() == "Moderate certainty: rated down for imprecision (some concerns)."


@pytest.mark.parametrize(
    ("reason", "by", "said"),
    [
        (" ", "Dr Example", "reason: say why the rule's judgment of imprecision should not stand"),
        ("because", "", "by: say whose judgment of imprecision this is"),
    ],
)
def test_an_override_without_a_reason_or_a_name_is_refused(reason, by, said):
    with pytest.raises(BadInput) as refused:
        Override(Domain.IMPRECISION, NONE, reason, by)
    assert str(refused.value) == said


def test_an_override_of_one_domain_is_not_taken_for_another():
    with pytest.raises(BadInput, match="override: it is about imprecision, not heterogeneity"):
        Judgment(Domain.HETEROGENEITY, NONE, "").with_override(Override(Domain.IMPRECISION, NONE, "why", "who"))
