"""Risks in studies where nobody, or everybody, had the event: as metafor fills the cells, and as meta and netmeta do.

Numbers of metafor by escalc() of version 3.8; those of meta worked out from the formulas of metabin and pairwise.
"""

from math import log, sqrt

import pytest

from enthesis import evidence
from enthesis.knowledge import BadInput


def trials(*arms):
    """Arms as (study, treatment, events, n)."""
    columns = zip(*arms, strict=True)
    return evidence.trials_from(dict(zip(("study", "treatment", "events", "n"), columns, strict=True)))


SPARSE = trials(
    ("one", "dextrose", 0, 20), ("one", "saline", 4, 22), ("two", "dextrose", 3, 18), ("two", "saline", 6, 19)
)
EVERYBODY = trials(
    ("one", "dextrose", 10, 10), ("one", "saline", 12, 12), ("two", "dextrose", 3, 18), ("two", "saline", 6, 19)
)


def first(made):
    """Estimate and standard error of the first study of a pairwise analysis or a network."""
    batch = made.batches[0]
    return float(batch.estimates[0, 0]) * (-1 if batch.arms[0, 0] == 0 else 1), sqrt(batch.covariance[0, 0, 0])


def test_a_risk_difference_beside_an_empty_cell_is_metafors_in_a_pair_and_netmetas_in_a_network():
    pair, network = (make(SPARSE, measure="RD") for make in (evidence.contrasts, evidence.contrasts_in_network))
    filled = sqrt(0.5 * 20.5 / 21**3 + 4.5 * 18.5 / 23**3)

    assert first(pair) == (pytest.approx(-0.17184265010352), pytest.approx(sqrt(0.00794907021686)))
    assert first(network) == (pytest.approx(0 / 20 - 4 / 22), pytest.approx(filled))


def test_in_a_network_the_n_of_a_risk_ratio_grows_by_what_its_events_do():
    made = first(evidence.contrasts_in_network(SPARSE, measure="RR"))
    error = sqrt(1 / 0.5 - 1 / 20.5 + 1 / 4.5 - 1 / 22.5)

    assert made == (pytest.approx(log((0.5 / 20.5) / (4.5 / 22.5))), pytest.approx(error))


def test_a_trial_in_which_everybody_had_the_event_says_that_risks_are_alike():
    pair, network = (make(EVERYBODY, measure="RR") for make in (evidence.contrasts, evidence.contrasts_in_network))
    error = sqrt(1 / 10 - 1 / 10.5 + 1 / 12 - 1 / 12.5)

    assert first(pair) == (pytest.approx(-0.00729930248161), pytest.approx(sqrt(0.00740592740593)))
    assert first(network) == (pytest.approx(log(1.0), abs=1e-15), pytest.approx(error))


def test_it_says_nothing_about_odds_and_neither_does_one_without_events_about_risks():
    nobody = trials(
        ("one", "dextrose", 0, 10), ("one", "saline", 0, 12), ("two", "dextrose", 3, 18), ("two", "saline", 6, 19)
    )
    for given, measure in ((EVERYBODY, "OR"), (nobody, "OR"), (nobody, "RR")):
        made = evidence.contrasts_in_network(given, measure=measure)
        assert [list(batch.study) for batch in made.batches] == [[1]]
        assert any("left out" in note for note in made.notes)


@pytest.mark.parametrize("risks", ["cells", "events"])
@pytest.mark.parametrize(("given", "measure"), [(EVERYBODY, "RR"), (EVERYBODY, "RD"), (SPARSE, "RR")])
def test_a_study_without_variance_is_refused_by_name_when_nothing_may_be_added(risks, given, measure):
    with pytest.raises(BadInput, match="column events: an empty cell in 'one' leaves this measure without a variance"):
        evidence.contrasts(given, measure=measure, zero_cells=evidence.ZeroCells(to="none", risks=risks))


def test_the_way_is_said():
    notes = evidence.contrasts_in_network(SPARSE, measure="RR").notes

    assert any("in a risk ratio n grows by as much, a risk difference keeps its estimate" in note for note in notes)


def test_every_network_standardises_alike():
    """An SMD corrected in one analysis and not in the next would be two numbers for one trial."""
    rows = [("a", "dextrose", 12, 3.0, 2.0), ("a", "saline", 10, 4.0, 2.1), ("b", "dextrose", 9, 3.5, 1.9)]
    rows += [("b", "saline", 11, 4.1, 2.3), ("c", "dextrose", 14, 3.3, 2.2), ("c", "PRP", 15, 3.0, 2.0)]
    columns = dict(zip(("study", "treatment", "n", "mean", "sd"), zip(*rows, strict=True), strict=True))
    given = evidence.trials_from(columns)

    plain = evidence.network(given, measure="SMD").contrasts
    parts = evidence.components(given, measure="SMD", inactive="saline").contrasts

    assert parts.batches[0].estimates == pytest.approx(plain.batches[0].estimates)
