"""GRADE's five domains by stated rules, each at its limits; sizes and words of certainty."""

import pytest

from enthesis.evidence.certainty import Concern, Rating
from enthesis.evidence.certainty import Domain as NetworkDomain
from enthesis.evidence.certainty import Override as NetworkOverride
from enthesis.expectations.grading import (
    Domain,
    Graded,
    Judged,
    from_network,
    imprecision,
    inconsistency,
    indirectness,
    publication_bias,
    risk_of_bias,
    size,
    verdict,
)

NONE, SOME, MAJOR = Concern


@pytest.mark.parametrize(
    ("shares", "concern"),
    [
        ({NONE: 0.6, SOME: 0.4}, NONE),
        ({NONE: 0.4, SOME: 0.6}, SOME),
        ({NONE: 0.2, SOME: 0.3, MAJOR: 0.5}, MAJOR),
        ({NONE: 0.5, MAJOR: 0.5}, MAJOR),
    ],
)
def test_risk_of_bias_by_the_level_most_weight_comes_from(shares, concern):
    assert risk_of_bias(shares).concern is concern


@pytest.mark.parametrize(
    ("interval", "new_place", "p", "concern"),
    [
        ((-1.5, -0.8), (-1.8, -0.6), None, NONE),
        ((-1.5, -0.8), (-1.8, -0.2), None, SOME),
        ((-1.5, -0.8), (-1.8, -0.6), 0.05, SOME),
        ((-1.5, -0.8), (-1.8, -0.6), 0.10, NONE),
        ((-1.5, -0.2), (-2.4, 0.6), None, MAJOR),
        ((-1.5, -0.2), (-1.8, 0.1), None, NONE),
    ],
)
def test_inconsistency_by_what_a_new_place_may_see(interval, new_place, p, concern):
    assert inconsistency(interval, new_place, important=0.5, trials=3, incoherence_p=p).concern is concern


@pytest.mark.parametrize(
    ("given", "concern"),
    [
        ({}, NONE),
        ({"direct": False}, SOME),
        ({"weeks": 78}, NONE),
        ({"weeks": 78.1}, SOME),
        ({"far_trials": SOME}, SOME),
        ({"far_trials": MAJOR}, MAJOR),
        ({"joint": "lumbar facet joint pain", "other": "low back pain"}, MAJOR),
    ],
)
def test_indirectness(given, concern):
    assert indirectness(**{"direct": True, "weeks": 26, "longest": 52} | given).concern is concern


@pytest.mark.parametrize(
    ("interval", "people", "concern"),
    [
        ((-1.5, -0.8), 400, NONE),
        ((-1.5, -0.8), 399, SOME),
        ((-1.5, -0.4), 500, SOME),
        ((-1.5, 0.6), 500, MAJOR),
        ((-0.4, 0.4), None, NONE),
    ],
)
def test_imprecision(interval, people, concern):
    assert imprecision(interval, important=0.5, people=people).concern is concern


@pytest.mark.parametrize(
    ("sizes", "positive", "missing", "lopsided", "concern"),
    [
        ({"a": 100, "b": 60}, True, 1, False, NONE),
        ({"a": 99, "b": 60}, True, 0, False, SOME),
        ({"a": 99, "b": 60}, False, 0, False, NONE),
        ({"a": 300}, True, 1, False, SOME),
        ({"a": 300, "b": 200}, True, 1, True, SOME),
    ],
)
def test_publication_bias_never_takes_more_than_one_step(sizes, positive, missing, lopsided, concern):
    assert publication_bias(sizes=sizes, positive=positive, missing=missing, lopsided=lopsided).concern is concern


def test_a_step_down_for_each_concern_and_never_below_very_low():
    def after(*concerns):
        return Graded(tuple(Judged(d, c, "") for d, c in zip(Domain, concerns, strict=False))).rating

    assert [after(NONE), after(SOME), after(MAJOR), after(SOME, MAJOR), after(MAJOR, MAJOR, MAJOR)] == [
        Rating.HIGH,
        Rating.MODERATE,
        Rating.LOW,
        Rating.VERY_LOW,
        Rating.VERY_LOW,
    ]


def test_a_judgment_of_the_evidence_pages_counts_in_its_domain_here():
    made = from_network(NetworkOverride(NetworkDomain.INCOHERENCE, SOME, "one odd trial", "Dr Ada Ortiz"))
    assert made.domain is Domain.INCONSISTENCY
    assert (made.concern, made.reason, made.by) == (SOME, "one odd trial", "Dr Ada Ortiz")


@pytest.mark.parametrize(
    ("points", "word"),
    [(0.49, "trivial"), (0.5, "small"), (-0.99, "small"), (1.0, "moderate"), (1.99, "moderate"), (-2.0, "large")],
)
def test_sizes_in_points_of_ten(points, word):
    assert size(points) == word


@pytest.mark.parametrize(
    ("points", "rating", "said"),
    [
        (-2.5, Rating.HIGH, "It brings a large reduction of pain."),
        (-2.5, Rating.MODERATE, "It probably brings a large reduction of pain."),
        (-1.5, Rating.LOW, "It may reduce pain."),
        (-1.5, Rating.HIGH, "It reduces pain."),
        (-0.7, Rating.MODERATE, "It probably reduces pain slightly."),
        (0.7, Rating.LOW, "It may increase pain slightly."),
        (0.2, Rating.MODERATE, "It probably makes little or no difference to pain."),
        (-0.2, Rating.LOW, "It may make little or no difference to pain."),
        (-2.5, Rating.VERY_LOW, "The evidence is very uncertain."),
    ],
)
def test_words_of_size_and_certainty(points, rating, said):
    assert verdict(points, rating) == said
