"""Further questions of a review's answer: what each is made of, and what is supposed where nobody knows."""

from dataclasses import replace

import pytest

from enthesis.evidence.figures.looks import looks_figure
from enthesis.evidence.networks import over_time
from enthesis.evidence.report.of_review import naming_of
from enthesis.evidence.review import reviews, usual
from enthesis.evidence.review.fitting import fit
from enthesis.evidence.review.following import followed
from enthesis.evidence.review.further import (
    BETWEEN,
    WINDOWS,
    WITHIN,
    by_year,
    further,
    members,
    most_studied,
    suspicions,
)
from enthesis.evidence.sequential import sequential
from enthesis.knowledge import BadInput, Library

DEXTROSE, KNEE = reviews(Library.shipped())
FITS = {one.id: fit(one, usual(one)) for one in (DEXTROSE, KNEE)}
OURS, THEIRS = FITS[DEXTROSE.id], FITS[KNEE.id]


def test_every_follow_up_of_a_trial_is_taken_on_one_scale_with_low_good():
    weeks = followed(DEXTROSE, usual(DEXTROSE))
    knee = {week for week, trials in weeks.items() if "rabago-2013-knee" in trials.studies}
    assert knee == {5.0, 9.0, 12.0, 24.0, 52.0}
    trials = weeks[52.0]
    at = [
        (trials.treatments[arm], float(mean), float(sd))
        for study, arm, mean, sd in zip(
            trials.study, trials.treatment, trials.number("mean"), trials.number("sd"), strict=True
        )
        if trials.studies[study] == "rabago-2013-knee"
    ]
    printed = {
        arm.node: (-(arm.mean or 0) / 10, (arm.sd or 0) / 10)  # 0 to 100, and improvement counts upwards there
        for arm in DEXTROSE.arms
        if (arm.trial, arm.week, arm.kind, arm.outcome) == ("rabago-2013-knee", 52.0, "change", "pain")
        and not arm.unfit
    }
    assert {name: (mean, sd) for name, mean, sd in at} == {k: pytest.approx(v) for k, v in printed.items()}


def test_of_a_trial_with_three_scales_one_is_followed_and_a_printed_difference_is_not():
    weeks = followed(DEXTROSE, usual(DEXTROSE))
    assert sum("apaydin-2020" in trials.studies for trials in weeks.values()) == 1
    assert not any("sit-2020" in trials.studies for trials in weeks.values())


def test_counts_of_people_cannot_be_followed_and_the_reason_is_said():
    with pytest.raises(BadInput, match="differences of means on one scale"):
        followed(DEXTROSE, replace(usual(DEXTROSE), measure="OR"))


def test_the_effects_over_time_are_those_of_the_network_over_all_follow_ups():
    found = further(OURS, OURS.networks[0]).over_time
    again = over_time(
        followed(DEXTROSE, OURS.question), windows=WINDOWS, reference="saline-injection", within=WITHIN, between=BETWEEN
    )
    assert found.terms == again.terms
    assert found.estimates.estimate.tolist() == again.estimates.estimate.tolist()


def test_studies_come_by_the_year_of_their_citation_and_the_undated_last():
    order, undated = by_year(OURS, OURS.networks[0])
    assert order[0] == "rabago-2013-knee"
    assert order[-len(undated) :] == undated == ("jccp-1138", "prp-steroid-pmc8414632")


def test_one_year_for_all_orders_nothing():
    """Each study of that table is cited as one of Hong 2016."""
    order, undated = by_year(THEIRS, THEIRS.networks[0])
    assert order == undated == THEIRS.networks[0].contrasts.studies


def test_looks_in_a_given_order_end_alike_and_begin_with_its_first():
    network = OURS.networks[0]
    asked = {"treatment": "dextrose", "versus": "exercise", "important": 0.5}
    order = tuple(reversed(network.contrasts.studies))
    plain, turned = sequential(network.contrasts, **asked), sequential(network.contrasts, order=order, **asked)
    assert turned.looks[-1].estimate == pytest.approx(plain.looks[-1].estimate)
    assert turned.looks[0].study == next(study for study in order if study in {"rabago-2013-knee", "gul-2020"})


def test_the_most_studied_treatment_is_looked_at_unless_another_is_named():
    assert most_studied(OURS.networks[0]) == "dextrose"
    assert further(OURS, OURS.networks[0]).pair == ("dextrose", "saline-injection")
    with pytest.raises(BadInput, match="there is no 'magnets' in this network"):
        further(OURS, OURS.networks[0], treatment="magnets")


def test_a_supposition_touches_every_comparison_of_one_treatment_and_nothing_where_none_is_made():
    judged = suspicions(OURS.networks[0], "dextrose")
    assert {one.favours for one in judged.values()} == {"dextrose"}
    assert len(judged) == len(OURS.networks[0].treatments) - 1
    assert suspicions(OURS.networks[0], "") == {}
    touched = further(OURS, OURS.networks[0], favours="dextrose").missing
    untouched = further(OURS, OURS.networks[0], favours="").missing
    assert {one.risk for one in untouched.estimates} == {"low"}
    assert any(one.risk != "low" for one in touched.estimates)


def test_a_kind_needs_two_treatments_of_the_answer():
    assert members(OURS, OURS.networks[0]) == {}
    assert set(members(THEIRS, THEIRS.networks[0]).values()) == {"exercise", "short-wave diathermy"}
    assert further(OURS, OURS.networks[0]).classes == "no two treatments of this answer are of one class"


def test_the_figure_of_the_looks_is_a_valid_drawing_with_every_look_in_its_table():
    for made in FITS.values():
        looks = further(made, made.networks[0]).looks
        drawn = looks_figure(looks, naming_of(made))
        assert drawn.chart.to_dict(validate=True)["layer"]
        assert len(drawn.rows) == len(looks.looks)
        assert "of the required information is in" in drawn.words
        assert drawn.svg().startswith("<svg")
