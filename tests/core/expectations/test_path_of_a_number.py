"""Every number can be followed back to the rows of trials it was made of."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from enthesis.evidence.review import review
from enthesis.expectations import Ask, expect
from enthesis.expectations.path import path, path_as_json
from enthesis.knowledge import Library

LIBRARY = Library.shipped()
REVIEW = review(LIBRARY, "dextrose-prolotherapy")


def of(condition, **more):
    asked = Ask(
        **{"condition": condition, "treatment": "dextrose", "versus": "saline-injection", "baseline": 7, "weeks": 26}
        | more
    )
    return path(expect(asked, review=REVIEW, library=LIBRARY))


KNEE = of("knee-osteoarthritis")


def test_trials_stand_first_with_what_they_printed_where_and_what_they_give():
    sit, rabago = KNEE.trials
    assert "dextrose less saline-injection -10.34 (-19.2 to -1.49)" in sit.printed
    assert "saline-injection 6.4 (SD 18.15), 25 people" in rabago.printed
    assert rabago.locator.startswith("Table 4, WOMAC pain subscale, week 24")
    assert "0 to 100 put on 0 to 10, divided by 10" in rabago.notes
    assert sit.gives + rabago.gives == pytest.approx(1)
    assert all(one.address.startswith("http") for one in KNEE.trials)


def test_then_the_network_a_new_place_where_pain_ends_and_the_shares():
    assert [one.name for one in KNEE.steps] == [
        "the network",
        "a new place",
        "where pain ends",
        "30% less pain",
        "50% less pain",
    ]
    assert all(one.source for one in KNEE.steps)
    assert "the trials alone would predict -5.27 to +3.31" in KNEE.steps[1].says


def test_a_counted_share_leads_to_the_trial_that_counted():
    facet = of("lumbar-facet-pain")
    (yelland,) = facet.trials
    assert "dextrose 46%, 54 people; saline-injection 36%, 56 people" in yelland.printed
    assert facet.next_says.endswith("What would tell most is a trial in this very place: there is none.")


def test_a_next_trial_narrows_both_ranges_and_that_of_a_new_clinic_least():
    widths = [KNEE.now, *KNEE.next_trials]
    for one, other in pairwise(widths):
        assert other.average < one.average
        assert other.new_clinic < one.new_clinic
    assert widths[-1].new_clinic / widths[0].new_clinic > widths[-1].average / widths[0].average


def test_without_a_number_there_is_no_path():
    nothing = of("cervical-facet-pain")
    assert (nothing.trials, nothing.steps, nothing.now) == ((), (), None)
    assert json.loads(json.dumps(path_as_json(nothing)))["trials"] == []


def test_a_trial_that_joins_is_on_the_path():
    """Somebody adds a trial of the facet joint that counted people: the number is no longer borrowed."""
    yelland = [arm for arm in REVIEW.arms if arm.trial == "yelland-2004" and arm.less]
    here = replace(REVIEW.trial("yelland-2004"), trial="facet-2027", condition="facet")
    site = replace(REVIEW.about.conditions[0], id="facet", name="Facet", entry="lumbar-facet-pain")
    about = replace(REVIEW.about, conditions=(*REVIEW.about.conditions, site))
    grown = replace(
        REVIEW,
        entry=replace(REVIEW.entry, body=about),
        trials=(*REVIEW.trials, here),
        arms=(*REVIEW.arms, *(replace(arm, trial="facet-2027") for arm in yelland)),
    )
    found = expect(Ask("lumbar-facet-pain", "dextrose", "saline-injection", 7, 52), review=grown, library=LIBRARY)
    assert [one.trial for one in path(found).trials] == ["facet-2027"]
    assert not found.sought.borrowed
