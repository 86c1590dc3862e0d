"""Every question that can be asked: each condition, pair of treatments, time and start. What is said must be able to be true."""

import json
from functools import cache
from itertools import permutations, product

import pytest

from enthesis.evidence.review import review
from enthesis.expectations import Ask, expect, expectation_as_json
from enthesis.expectations.finding.asking import sought
from enthesis.expectations.finding.converted import fitted
from enthesis.knowledge import BadInput, Library
from enthesis.pathway import conditions, treatments

LIBRARY = Library.shipped()
REVIEW = review(LIBRARY, "dextrose-prolotherapy")
CONDITIONS = sorted(
    {one.id for one in conditions(LIBRARY)} | {one.id for one in REVIEW.about.conditions if not one.entry}
)
NAMES = sorted({one.id for one in treatments(LIBRARY)} | {one.id for one in REVIEW.about.nodes})
ENTRIES = {one.entry: one.id for one in REVIEW.about.nodes if one.entry}
fit_of = cache(
    lambda condition, weeks: fitted(sought(Ask(condition, "dextrose", "saline-injection", 6, weeks), REVIEW, LIBRARY))
)


def answered(ask):
    """The contract of one question, by a fit that is kept."""
    made = fit_of(ask.condition, ask.weeks) if sought(ask, REVIEW, LIBRARY).sites else None
    return json.loads(
        json.dumps(expectation_as_json(expect(ask, review=REVIEW, library=LIBRARY, made=made)), allow_nan=False)
    )


def ordered(one, least, most):
    return least <= one["lower"] <= one["estimate"] <= one["upper"] <= most


def wrong_with(told):
    """Whatever cannot be true of an answer."""
    sides, apart = [told["of_100"][side] for side in ("treatment", "versus")], told["of_100"]["difference"]
    if None in (*sides, apart):
        return (
            [] if sides == [None, None] and apart is None and told["certainty"] == "no evidence" else ["half an answer"]
        )
    found = []
    for cut in ("30", "50"):
        one, other, less = sides[0][cut], sides[1][cut], apart[cut]
        if (one is None, other is None) != (less is None, less is None):
            found.append("a share without its pair")
        elif one is not None:
            fits = all(ordered(share, 0, 100) for share in (one, other)) and ordered(less, -100, 100)
            found += [] if fits else ["a share outside its range"]
            found += (
                []
                if abs(one["estimate"] - other["estimate"] - less["estimate"]) < 1e-6
                else ["a difference that is none"]
            )
    for side in sides:
        if side["30"] and side["50"] and side["50"]["estimate"] > side["30"]["estimate"] + 1e-9:
            found.append("more people lose half their pain than lose 30% of it")
    if apart["pain"] and sides[0]["pain"]:
        found += (
            []
            if all(ordered(side["pain"], 0, 10) for side in sides) and ordered(apart["pain"], -10, 10)
            else ["pain off the scale"]
        )
        shown = sides[0]["pain"]["estimate"] - sides[1]["pain"]["estimate"]
        found += [] if abs(shown - apart["pain"]["estimate"]) < 1e-6 else ["pain whose difference is another"]
    return found


@pytest.mark.parametrize("condition", CONDITIONS)
def test_whatever_is_asked_is_answered_in_numbers_that_can_be_true(condition):
    wrong = {}
    for (treatment, versus), weeks, baseline in product(permutations(NAMES, 2), (6, 26, 104), (1, 5, 10)):
        if ENTRIES.get(treatment, treatment) == ENTRIES.get(versus, versus):
            continue
        if found := wrong_with(answered(Ask(condition, treatment, versus, baseline, weeks))):
            wrong[treatment, versus, baseline, weeks] = found
    assert wrong == {}


@pytest.mark.parametrize(("treatment", "versus"), [(entry, node) for entry, node in ENTRIES.items() if entry != node])
def test_a_treatment_under_its_two_names_is_one_treatment(treatment, versus):
    for both in ((treatment, versus), (versus, treatment)):
        with pytest.raises(BadInput, match="versus: .* is another name of"):
            expect(Ask("knee-osteoarthritis", *both, 6, 26), review=REVIEW, library=LIBRARY)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (
            {"condition": "kne-osteoarthritis"},
            "condition: there is no 'kne-osteoarthritis' (did you mean 'knee-osteoarthritis'?)",
        ),
        ({"treatment": "Dextrose-proloterapy"}, "(did you mean 'dextrose-prolotherapy'?)"),
        ({"versus": "saline-injectoin"}, "(did you mean 'saline-injection'?)"),
    ],
)
def test_a_name_that_is_nearly_right_is_told_the_right_one(asked, meant):
    names = {"condition": "knee-osteoarthritis", "treatment": "dextrose", "versus": "saline-injection"} | asked
    with pytest.raises(BadInput) as said:
        expect(Ask(**names, baseline=6, weeks=26), review=REVIEW, library=LIBRARY)
    assert meant in str(said.value)


def test_beyond_every_trial_the_answer_is_that_of_the_longest():
    asked = [
        answered(Ask("knee-osteoarthritis", "dextrose", "saline-injection", 6, weeks)) for weeks in (52, 104, 1040)
    ]
    assert asked[0]["of_100"]["treatment"] == asked[1]["of_100"]["treatment"] == asked[2]["of_100"]["treatment"]


@pytest.mark.parametrize("versus", ["saline-injection", "exercise"])
def test_pain_to_expect_rises_with_the_pain_one_starts_at(versus):
    for side in ("treatment", "versus"):
        pains = [
            answered(Ask("knee-osteoarthritis", "dextrose", versus, baseline, 26))["of_100"][side]["pain"]["estimate"]
            for baseline in range(1, 11)
        ]
        assert pains == sorted(pains)
