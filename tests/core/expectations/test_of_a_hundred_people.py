"""A patient asks: what are my odds with it, without it, and how sure are you? Answered from the review that ships."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from enthesis.evidence.certainty import Concern, Rating
from enthesis.evidence.review import review
from enthesis.expectations import Ask, ClinicAnswers, expect, expectation_as_json, sentence
from enthesis.expectations.finding.counted import ASSUMED, spread_of
from enthesis.expectations.grading import Domain, Override
from enthesis.expectations.wording import clinic_sentence, framings
from enthesis.knowledge import BadInput, Library

LIBRARY = Library.shipped()
REVIEW = review(LIBRARY, "dextrose-prolotherapy")


def asked(
    condition="knee-osteoarthritis",
    treatment="dextrose-prolotherapy",
    versus="saline-injection",
    baseline=7,
    weeks=26,
    **more,
):
    return expect(Ask(condition, treatment, versus, baseline, weeks), review=REVIEW, library=LIBRARY, **more)


KNEE, FACET = asked(), asked("lumbar-facet-pain")


def test_a_knee_at_seven_of_ten():
    """Saline moved pain by -0.64 (SD 1.815, 25 people); the network says -0.98 against it; cut at 4 of 10 (30% of 7)."""
    assert sentence(KNEE) == (
        "Of 100 people who start at 7 of 10, about 31 have at least 30% less pain after 24 to 52 weeks with dextrose, "
        "hypertonic, and about 15 with saline injection: 16 more of 100 (could be 15 fewer to 47 more). "
        "The evidence is very uncertain."
    )
    one = KNEE.shares["30"]
    by_hand = float(ndtr((4.5 - (7 - 0.64)) / 1.815))
    assert one.pair.untreated.estimate == pytest.approx(by_hand)
    assert one.pair.treated.estimate == pytest.approx(float(ndtr(ndtri(by_hand) - KNEE.made.estimate / 1.815)))
    assert one.how == "worked out"


def test_expected_pain_with_and_without_lies_on_the_scale():
    treated, untreated, difference = KNEE.pain
    assert untreated.estimate == pytest.approx(6.36)
    assert treated.estimate == pytest.approx(6.36 + KNEE.made.estimate)
    assert difference.lower < KNEE.made.interval[0] < KNEE.made.interval[1] < difference.upper


def test_a_new_place_may_differ_without_treatment_too():
    """One arm of 25 people cannot tell how places differ: a quarter of an SD is assumed, in shares and in points."""
    point = KNEE.made.anchor
    assert point.spread == pytest.approx(ASSUMED * point.sd)
    untreated = KNEE.pain[1]
    half = 1.959964 * math.hypot(point.sd / 5, point.spread)
    assert untreated.lower == pytest.approx(untreated.estimate - half, abs=1e-6)
    back = FACET.shares["50"]
    assert back.source.control_spread == ASSUMED
    z = ndtri(back.pair.untreated.estimate)
    assert back.pair.untreated.upper == pytest.approx(
        float(ndtr(z + 1.959964 * math.hypot(back.source.control_error, ASSUMED))), abs=1e-6
    )


@pytest.mark.parametrize(
    ("own", "trials", "spread"), [(None, 1, 0.25), (0.1, 9, 0.25), (0.4, 9, 0.4), (0.1, 10, 0.1), (0.0, 10, 0.0)]
)
def test_ten_trials_tell_their_own_spread_and_fewer_at_least_a_quarter_of_an_sd(own, trials, spread):
    assert spread_of(own, trials) == spread


def test_two_trials_cannot_say_how_much_trials_differ_so_a_spread_is_assumed():
    assert KNEE.made.assumed
    assert KNEE.made.tau == pytest.approx(ASSUMED * 1.815)
    assert KNEE.made.alone[0] < KNEE.made.new_place[0], "the t interval of two trials says only that there are two"


def test_where_a_trial_counted_people_its_count_is_taken():
    """Yelland 2004: 46 of 100 with glucose and 36 with saline had half their pain or less; in ligaments, not the joint."""
    fifty = FACET.shares["50"]
    assert (fifty.pair.treated.estimate, fifty.pair.untreated.estimate) == pytest.approx((0.46, 0.36))
    assert fifty.how == "counted"
    assert FACET.shares["30"] is None
    assert FACET.pain is None


def test_no_trial_in_the_lumbar_facet_lowers_by_itself():
    by_domain = {one.domain: one for one in FACET.graded.judged}
    far = by_domain[Domain.INDIRECTNESS]
    assert far.concern is Concern.MAJOR
    assert far.because.startswith("no trial of lumbar facet joint pain")
    assert FACET.rating is Rating.VERY_LOW
    said = sentence(FACET)
    assert said.startswith("No controlled trial of lumbar facet joint pain was found. The number is of low back pain.")
    assert said.endswith("The evidence is very uncertain.")
    assert "reduce" not in said, "very low certainty gets no word of size"


def test_a_condition_without_any_trial_gets_no_number():
    found = asked("cervical-facet-pain")
    assert sentence(found) == (
        "No controlled trial of cervical facet joint pain with readable numbers was found, so there is no number."
    )
    told = expectation_as_json(found)
    assert told["of_100"] == {"treatment": None, "versus": None, "difference": None}
    assert told["certainty"] == "no evidence"


def test_a_treatment_without_a_path_gets_no_number():
    said = sentence(asked(treatment="hydrodissection-amniotic"))
    assert said == "No trial that was read gave Hydrodissection with amniotic product, so there is no number."
    assert "joins dextrose, hypertonic and platelet-rich plasma" in sentence(asked(versus="prp"))


def test_beyond_all_trials_the_page_says_so_and_certainty_falls():
    far = asked(weeks=500)
    assert sentence(far).startswith("No trial waited 500 weeks: the longest waited 52")
    assert far.beyond
    assert not KNEE.beyond
    by_domain = {one.domain: one for one in far.graded.judged}
    assert "beyond the longest trial" in by_domain[Domain.INDIRECTNESS].because


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"baseline": 0}, "baseline: a pain from 1 to 10"),
        ({"baseline": 11}, "baseline: a pain from 1 to 10"),
        ({"baseline": float("nan")}, "baseline"),
        ({"weeks": 2}, "earlier results say nothing of benefit"),
        ({"weeks": 5200}, "weeks: from 6 weeks"),
        ({"versus": "dextrose-prolotherapy"}, "compared with itself"),
        ({"condition": "dropsy"}, "condition: there is no 'dropsy'; there are"),
        ({"treatment": "leeches"}, "treatment: there is no 'leeches'; there are"),
        ({"versus": "leeches"}, "versus: there is no 'leeches'"),
    ],
)
def test_what_cannot_be_asked(changed, said):
    with pytest.raises(BadInput, match=said):
        asked(**changed)


def test_somebody_may_judge_otherwise_and_both_judgments_stay():
    mine = Override(Domain.RISK_OF_BIAS, Concern.SOME, "I read the whole paper of Rabago 2013", "Dr Ada Ortiz")
    found = asked(overrides=(mine,))
    row = expectation_as_json(found)["because"][0]
    assert row["level"] == "some concerns"
    assert row["overridden"] == {
        "rule": "major concerns",
        "judged": "some concerns",
        "reason": mine.reason,
        "by": mine.by,
        "at": None,
        "outdated": False,
    }
    with pytest.raises(BadInput, match="reason"):
        Override(Domain.RISK_OF_BIAS, Concern.SOME, " ", "Dr Ada Ortiz")


def test_the_keys_of_the_contract_and_nothing_that_is_no_json():
    told = expectation_as_json(KNEE)
    assert list(told) == ["of_100", "certainty", "because", "clinic", "sentence"]
    assert list(told["of_100"]) == ["treatment", "versus", "difference"]
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["of_100"]["difference"]["30"]["check"]["method"] == "Hasselblad and Hedges"


def test_both_framings_with_one_denominator():
    assert framings(KNEE)[0] == (
        "30% less pain, dextrose, hypertonic: About 31 of 100 (could be 0 to 78). "
        "So about 69 of 100 are not (22 to 100)."
    )


def test_the_clinics_own_answers_move_the_page_a_little():
    """40 of 50 answered, and their pain fell by 3 points: nearly twice what the trials foretold."""
    view = asked(clinic=ClinicAnswers(50, 40, -3.0, 0.35, 26)).clinic
    assert view.usual.prior.mean > view.usual.mean > -3.0
    assert view.usual.conflict.words == "agree"
    assert asked(clinic=ClinicAnswers(50, 40, -6.0, 0.2, 26)).clinic.usual.conflict.words == "disagree"
    assert view.half.mean < view.usual.mean
    said = clinic_sentence(view)
    assert said.endswith("Whether people had other treatments in that time is not on record.")
    for others, part in (
        ("0", "No other treatment of theirs is on record."),
        ("12", "Of those due 12 had another treatment"),
    ):
        assert part in clinic_sentence(replace(view, answers=replace(view.answers, others=others)))
    assert said.startswith("This clinic: 40 of 50 people answered at week 26.")
    assert "with half that bias" in said


@pytest.mark.parametrize(
    ("due", "answered", "why"),
    [(19, 19, "fewer than 20 people were due"), (50, 29, "29 of 50 answered, less than 60%")],
)
def test_below_the_floors_the_trials_stand_alone(due, answered, why):
    found = asked(clinic=ClinicAnswers(due, answered, -3.0, 0.35, 26))
    assert found.clinic.usual is None
    told = expectation_as_json(found)
    assert told["clinic"]["trials_alone_because"] == why
    assert "the trials stand alone" in clinic_sentence(found.clinic)
    assert told["of_100"] == expectation_as_json(KNEE)["of_100"]


def test_where_no_trial_foretells_anything_answers_are_not_joined():
    view = asked("lumbar-facet-pain", clinic=ClinicAnswers(50, 40, -3.0, 0.35, 26)).clinic
    assert view.why_alone == "no trial foretells what a clinic should see"


@settings(max_examples=40, deadline=None)
@given(st.floats(1, 10), st.sampled_from(["saline-injection", "exercise"]), st.floats(6, 200))
def test_whoever_asks_gets_numbers_that_can_be_true(baseline, versus, weeks):
    found = asked(baseline=baseline, versus=versus, weeks=weeks)
    for one in found.shares.values():
        for part in (one.pair.treated, one.pair.untreated):
            assert 0 <= part.lower <= part.estimate <= part.upper <= 1
        assert one.pair.difference.lower <= one.pair.average.lower + 1e-9
        assert one.pair.difference.upper >= one.pair.average.upper - 1e-9
    assert found.shares["50"].pair.treated.estimate <= found.shares["30"].pair.treated.estimate + 1e-9


def test_seen_from_the_other_side_the_difference_turns_over():
    other = asked(treatment="saline-injection", versus="dextrose-prolotherapy")
    assert other.made.estimate == pytest.approx(-KNEE.made.estimate)
    assert other.shares["30"].pair.untreated.estimate > other.shares["30"].pair.treated.estimate


def test_where_only_the_treatment_has_an_arm_the_comparator_is_worked_out_from_it():
    """Elbow: hyaluronic acid and steroid met dextrose in two trials; each has arms; the network joins them."""
    found = asked("lateral-epicondylosis", treatment="corticosteroid", versus="hyaluronic-acid", weeks=13)
    by_domain = {one.domain: one for one in found.graded.judged}
    assert "no trial compared the two directly" in by_domain[Domain.INDIRECTNESS].because
    assert found.shares["50"] is not None


def test_where_nearly_everybody_got_better_with_either_the_reader_is_told_so():
    """One trial of 60 people at the elbow: hardly anybody was left with pain, whatever was injected."""
    elbow = asked("lateral-epicondylosis", versus="corticosteroid", baseline=6, weeks=13)
    knee = asked("knee-osteoarthritis", versus="saline-injection", baseline=7, weeks=26)

    assert "nobody knows whether that would happen again" in sentence(elbow)
    assert "happen again" not in sentence(knee)
