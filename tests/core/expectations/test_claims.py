"""Public claims beside what is known, and the checker of a clinic's own sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.evidence.certainty import Rating
from enthesis.evidence.review import review
from enthesis.expectations import Ask, expect
from enthesis.expectations.claims import (
    Facts,
    benefit_sentence,
    beside,
    check_sentence,
    claim_as_json,
    claims,
    facts_from,
    read_sentence,
    record_sentence,
)
from enthesis.expectations.claims.printing import week_of
from enthesis.knowledge import Library, LibraryError
from enthesis.outcomes.cohort import Analysis, Flow, Group, Unmodelled, Week, measures, share
from enthesis.outcomes.cohort.week import mean_interval

LIBRARY = Library.shipped()
REVIEW = review(LIBRARY, "dextrose-prolotherapy")
CLAIMS = {entry.id: beside(entry, review=REVIEW, library=LIBRARY) for entry in claims(LIBRARY)}
RECORD = (
    "Of 60 people who started dextrose injections for knee osteoarthritis, 45 of 60 due answered at 26 weeks. "
    "Their average pain went from 6.9 to 4.8 of 10 (change -2.1, 95% interval -2.8 to -1.4). "
    "55% (40% to 69%) had at least 30% less pain. We have no comparison group."
)


def rules(text, **facts):
    return [one.rule for one in check_sentence(text, Facts(**facts)).problems]


def test_the_seven_claims_of_the_source_article_are_there():
    assert set(CLAIMS) == {
        "activities-at-once",
        "eighty-to-ninety-percent",
        "four-out-of-five",
        "life-changing",
        "more-favourable-than-steroid",
        "more-sustainable-than-medication",
        "no-advantage-in-87-trials",
    }


def test_eighty_to_ninety_beside_forty_six_and_thirty_six():
    one = CLAIMS["eighty-to-ninety-percent"]
    assert "about 46 have at least 50% less pain" in one.trials
    assert "about 36 with saline injection" in one.trials
    told = claim_as_json(one, LIBRARY)
    assert told["n"] == "not given"
    assert told["certainty"] == "very low"
    assert told["likely_origin"][0]["cite"] == "hauser-low-back"
    assert not told["may_be_printed"]


def test_none_of_them_may_be_printed():
    assert [id for id, one in CLAIMS.items() if one.verdict.printable] == []


def test_a_claim_no_trial_asks_says_so():
    assert CLAIMS["life-changing"].trials == "No trial that was read asks this."
    assert CLAIMS["life-changing"].registry == "No clinic's own answers were given."


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("80-90% of patients", (80, 90)),
        ("47 percent", (47,)),
        ("4 out of 5", (80,)),
        ("four out of five people", (80,)),
        ("three in every four", (75,)),
        ("12.5%", (12.5,)),
        ("pain went from 7 to 4 of 10", ()),
        ("we are open 5 days", ()),
    ],
)
def test_shares_however_they_are_written(text, shares):
    assert read_sentence(text).shares == pytest.approx(shares)


def test_a_complete_record_may_be_printed():
    found = check_sentence(RECORD)
    assert (found.sort, found.problems) == ("record", ())


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (("Of 60 people who started", "With"), "started"),
        (("45 of 60 due answered", "we looked again"), "answered"),
        (("from 6.9 to 4.8 of 10 ", "down "), "baseline"),
        ((" We have no comparison group.", ""), "no comparison group"),
        (("26 weeks", "8 weeks"), "too early"),
        (("at 26 weeks", "later"), "time"),
        (("45 of 60", "30 of 60"), "silence"),
        (("45 of 60", "15 of 19"), "too few"),
    ],
)
def test_each_thing_a_record_must_carry_is_missed_when_it_is_gone(changed, rule):
    assert rule in rules(RECORD.replace(*changed))


def test_an_interval_is_missed():
    bare = RECORD.replace(" (change -2.1, 95% interval -2.8 to -1.4)", "").replace(" (40% to 69%)", "")
    assert rules(bare) == ["interval"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A decrease in pain for 80%", "word: any decrease"),
        ("Pain relief for 80%", "word: relief"),
        ("We cure 80%", "word: cure"),
        ("Proven in 80%", "word: proven"),
        ("Permanent in 80%", "word: permanent"),
        ("Life-changing for 47%", "word: life changing"),
        ("It can change your life", "word: life changing"),
        ("Guaranteed for 80%", "word: guaranteed"),
        ("80% and safe", "word: safe"),
        ("Better than steroid shots in 80%", "comparison"),
        ("“I could walk again, my knee is 80% better”", "story"),
        ("FDA approved, 80% better", "agency"),
        ("It reduces pain by 40%", "benefit"),
    ],
)
def test_words_that_promise_more_than_numbers_carry(text, rule):
    assert rule in rules(text)


def test_a_sentence_without_a_number_says_so():
    found = check_sentence("Our patients feel wonderful.")
    assert [one.rule for one in found.problems] == ["number"]
    assert found.problems[0].says.startswith("There is no number in it")


def test_the_true_status_may_be_said():
    assert "agency" not in rules("Dextrose in joints is off-label and not FDA approved for this.")


def test_a_claim_of_benefit_needs_trials():
    for certainty, refused in ((None, True), (Rating.VERY_LOW, True), (Rating.LOW, True), (Rating.MODERATE, False)):
        assert ("benefit" in rules("It reduces pain.", certainty=certainty)) is refused


def test_what_a_clinic_knows_is_told_to_it():
    says = {one.rule: one.says for one in check_sentence("80% had 30% less pain", Facts(60, 60, 30, 26)).problems}
    assert says["started"] == "Say how many people started the treatment. Your numbers say 60."
    assert says["silence"] == "30 of 60 answered: at least 60%."


@given(st.text(max_size=200))
def test_no_text_breaks_the_checker(text):
    found = check_sentence(text)
    assert found.printable is (found.problems == ())


def test_a_claim_that_is_nobodys_does_not_load():
    with pytest.raises(LibraryError, match="names who says it"):
        type(CLAIMS["life-changing"].entry.body)(says="x", who="", design="none given")


NOT_FITTED = Unmodelled("not asked for")


def group_at_26_weeks(people, answered):
    """One group of knee pain: pain from 7 to 5.2, 30% less in 18 of those who answered, worse in 3."""
    shares = {
        name: share(events=n, n=answered, due=people, enrolled=people)
        for name, n in (("any", 3), ("30", min(18, answered)))
    }
    week = Week(
        26, Flow(people, people, answered, 0, 0, 0), 7.0, 7.0, 5.2, 5.0, (4.0, 6.0), mean_interval(mean=-1.8, sd=1.5, n=answered),
        shares, shares, NOT_FITTED, NOT_FITTED, NOT_FITTED, NOT_FITTED,
    )  # fmt: skip
    key = {"condition": "knee-osteoarthritis", "treatment": "dextrose-prolotherapy", "instrument": "pain-nrs"}
    group = Group(
        key,
        measures(LIBRARY)["pain-nrs"],
        people,
        people,
        people,
        7.0,
        1.0,
        7.0,
        (date(2025, 1, 7), date(2026, 3, 2)),
        (week,),
        (),
    )
    return week_of(Analysis((), (group,), ()), condition=key["condition"], treatment=key["treatment"], weeks=30)


def test_the_sentence_that_may_be_printed_passes_the_checker_that_refused_the_other():
    group, week = group_at_26_weeks(40, 32)
    said = record_sentence(group, week, treatment="dextrose injections", condition="knee osteoarthritis", saline=0.153)
    assert said.startswith(
        "Of 40 people who started dextrose injections for knee osteoarthritis from 2025-01-07 to 2026-03-02, 32 of 40 due answered at 26 weeks. "
        "Their average pain went from 7.0 to 5.2 of 10 (change -1.8, 95% interval -2.3 to -1.3)."
    )
    assert said.endswith(
        "In trials, about 15 of 100 people given saline had at least 30% less pain too. "
        "What else they were treated with is not on record here."
    )
    assert check_sentence(said, facts_from(group, week, Rating.VERY_LOW, saline=0.153)).problems == ()


@pytest.mark.parametrize(("people", "answered"), [(19, 19), (40, 23)])
def test_below_the_floors_there_is_no_sentence(people, answered):
    group, week = group_at_26_weeks(people, answered)
    assert record_sentence(group, week, treatment="dextrose", condition="knee osteoarthritis") == ""


def test_no_claim_of_benefit_is_offered_at_very_low_certainty():
    found = expect(Ask("knee-osteoarthritis", "dextrose", "saline-injection", 6, 26), review=REVIEW, library=LIBRARY)
    assert benefit_sentence(found) == ""
