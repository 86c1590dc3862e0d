"""Subscales, tables, percentages, names of scores: what they give, and which entries are refused for contradicting themselves."""

from datetime import date
from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput, LibraryError
from enthesis.outcomes import Point, Subscore, curve, score
from enthesis.outcomes.scoring import Percent, Table
from enthesis.outcomes.subscales import Band, band_of

A, B = {"id": "a", "text": "A", "answers": "much"}, {"id": "b", "text": "B", "answers": "much"}
PART = {"id": "one", "title": "One", "items": ["a", "b"], "needed": 2, "says": "both", "scoring": {"kind": "sum"}}
FULL = {"kind": "table", "first": 0, "scores": [100, 90, 80, 70, 60, 50, 40, 20, 0]}
BANDS = [{"least": 0, "most": 3, "says": "low"}, {"least": 4, "most": 8, "says": "high"}]
SLOT = {"says": "x", "standing": "licensed: the wording is not shipped", "read_at": "x"}
BLANK = {"much": {"lowest": 0, "highest": 4}}
LOOKS = {"looks_back": True, "caution": "What it is."}
WHOLE = "a table is for complete forms, so all 2 answers are needed, not 1"


def refused(made, **changes):
    with pytest.raises(LibraryError) as refusal:
        made(**changes)
    return str(refusal.value).removeprefix("instruments/small.toml: ").removesuffix(" @ $")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"subscales": [PART, PART]}, "subscales: each has an id of its own, and `total_of` names some of them"),
        (
            {"subscales": [PART], "total_of": ["two"]},
            "subscales: each has an id of its own, and `total_of` names some of them",
        ),
        (
            {"subscales": [PART | {"items": ["a", "a"]}]},
            "subscales: 'one' names each of its questions once, and they are among the questions",
        ),
        (
            {"subscales": [PART | {"items": ["a", "c"]}]},
            "subscales: 'one' names each of its questions once, and they are among the questions",
        ),
        (
            {"subscales": [PART | {"needed": 3}]},
            "subscales: 'one': `needed` is from 1 to the number of scored questions, not 3",
        ),
        (
            {"subscales": [PART | {"needed": 0}]},
            "subscales: 'one': `needed` is from 1 to the number of scored questions, not 0",
        ),
        ({"subscales": [PART | {"needed": 1, "scoring": FULL}]}, f"subscales: 'one': {WHOLE}"),
        ({"scoring": FULL, "range": [0, 100], "missing": {"needed": 1, "says": ""}}, f"missing: {WHOLE}"),
        (
            {"scoring": FULL, "range": [0, 100], "missing": {"needed": 2, "says": "", "blank_counts": 0}},
            "missing: `blank_counts` is for a score made of the questions themselves, and never for a table",
        ),
        (
            {"subscales": [PART], "total_of": ["one"], "missing": {"needed": 2, "says": "", "blank_counts": 0}},
            "missing: `blank_counts` is for a score made of the questions themselves, and never for a table",
        ),
        (
            {"subscales": [PART], "total_of": ["one"], "missing": {"needed": 1, "says": ""}},
            "missing: `needed` is what the subscales of the score need together, 2, not 1",
        ),
        (
            {"scoring": FULL | {"first": 1}, "range": [0, 100]},
            "scoring: sums run from 0 to 8, and the table from 1 to 9",
        ),
        (
            {"scoring": FULL | {"scores": [100, 0]}, "range": [0, 100]},
            "scoring: sums run from 0 to 8, and the table from 0 to 1",
        ),
        (
            {"scoring": {"kind": "percent", "least": 0, "most": 5}, "range": [0, 100]},
            "scoring: 'a' counts from 0 to 4, and `percent` states 0 to 5",
        ),
        (
            {"scoring": {"kind": "percent", "least": 1, "most": 4}, "range": [0, 100]},
            "scoring: 'a' counts from 0 to 4, and `percent` states 1 to 4",
        ),
        (
            {"bands": [BANDS[0], BANDS[1] | {"least": 5}]},
            "bands: they run from the least score to the most, each starting one above the one before",
        ),
        (
            {"bands": [BANDS[0] | {"least": 1}, BANDS[1]]},
            "bands: they run from the least score to the most, each starting one above the one before",
        ),
        (
            {"bands": [BANDS[0], BANDS[1] | {"most": 9}]},
            "bands: they run from the least score to the most, each starting one above the one before",
        ),
        (
            {"subscales": [PART | {"bands": [BANDS[0]]}]},
            "bands: they run from the least score to the most, each starting one above the one before",
        ),
        (
            {"looks_back": True},
            "looks_back: such a question has a `caution`, and neither thresholds nor a rating of change",
        ),
        (
            LOOKS | {"rates_change": True},
            "looks_back: such a question has a `caution`, and neither thresholds nor a rating of change",
        ),
        (
            LOOKS | {"thresholds": [{"id": "p", "found_in": "x", "points": 1}]},
            "looks_back: such a question has a `caution`, and neither thresholds nor a rating of change",
        ),
        ({"licence": SLOT}, "questions: the wording of a licensed instrument is not shipped"),
        ({"licence": SLOT, "answers": BLANK}, "questions: the wording of a licensed instrument is not shipped"),
        (
            {"licence": SLOT, "questions": [A | {"text": ""}, B | {"text": ""}]},
            "questions: the wording of a licensed instrument is not shipped",
        ),
        (
            {
                "licence": SLOT,
                "answers": BLANK,
                "questions": [A | {"text": ""}, B | {"text": ""}],
                "instructions": "Tick one.",
            },
            "questions: the wording of a licensed instrument is not shipped",
        ),
        (
            {"questions": [A, B | {"text": ""}]},
            "questions: every question has its text, and every set of answers its words",
        ),
        ({"answers": BLANK}, "questions: every question has its text, and every set of answers its words"),
        (
            {"questions": [A, B | {"counts": [0, 1]}]},
            "questions: 'b' has 5 answers; `counts` says what each counts, without `reverse`",
        ),
        (
            {"questions": [A, B | {"counts": [4, 3, 2, 1, 0], "reverse": True}]},
            "questions: 'b' has 5 answers; `counts` says what each counts, without `reverse`",
        ),
    ],
)
def test_an_entry_that_contradicts_itself_does_not_load(made, changes, sentence):
    assert refused(made, **changes) == sentence


def test_answers_are_numbered_up_or_down_by_one(made):
    two = {"much": {"first": 4, "labels": ["A", "B", "C", "D", "E"], "step": -2}}
    assert refused(made, answers=two).startswith("answers: `step` is 1 (numbered upwards) or -1 (downwards), not -2")
    down = made(answers={"much": {"first": 4, "labels": ["All", "Much", "Half", "Bit", "None"], "step": -1}})
    assert [(option.value, option.label) for option in down.body.items[0].options][:2] == [(4, "All"), (3, "Much")]
    assert score(down, {"a": 4, "b": 3}).score == 7


@pytest.mark.parametrize("scores", [[1, 1], [1, 2, 2], [1, 2, 1], [3, 2, 2], [5]])
def test_a_table_that_stands_still_or_turns_round_is_none(scores):
    with pytest.raises(LibraryError, match="^scoring: the scores of a table rise or fall at every step$"):
        Table(first=0, scores=tuple(scores))


def test_a_table_has_as_many_errors_as_scores_or_none():
    with pytest.raises(LibraryError, match="`standard_errors` has one for each of `scores`, or is left out"):
        Table(first=0, scores=(1, 2), standard_errors=(0.5,))
    assert Table(first=0, scores=(1, 2)).error({"a": Fraction(1)}) is None
    assert Table(first=3, scores=(1, 2), standard_errors=(0.5, 0.7)).error({"a": Fraction(4)}) == 0.7


@pytest.mark.parametrize(("least", "most"), [(1, 1), (2, 1)])
def test_a_percentage_needs_two_ends(least, most):
    with pytest.raises(LibraryError, match=f"^scoring: `least` is below `most`, not {least} and {most}$"):
        Percent(least=least, most=most)


def test_two_faults_of_a_scoring_are_said_in_one_sentence(made):
    said = refused(made, scoring={"kind": "percent", "least": "x", "most": 4, "of": 1})
    assert "; " in said
    assert "extra fields found (of) @ scoring" in said


@pytest.mark.parametrize(
    ("answers", "whole"), [({"a": 4, "b": 4}, 100), ({"a": 1, "b": 2}, 37.5), ({"b": 3}, 75), ({"a": 0}, 0)]
)
def test_a_percentage_is_of_what_was_answered(made, answers, whole):
    terms = {"scoring": {"kind": "percent", "least": 0, "most": 4}, "range": [0, 100]}
    some = {"missing": {"needed": 1, "says": ""}}
    assert score(made(**terms, **some), answers).score == whole
    best = made(scoring=terms["scoring"] | {"from_100": True}, range=[0, 100], **some)
    assert score(best, answers).score == 100 - whole


def test_a_percentage_starts_at_the_least_answer_whatever_its_number(made):
    entry = made(
        scoring={"kind": "percent", "least": 1, "most": 5},
        range=[0, 100],
        answers={"much": {"first": 1, "labels": ["A", "B", "C", "D", "E"]}},
    )
    assert score(entry, {"a": 1, "b": 1}).score == 0
    assert score(entry, {"a": 2, "b": 4}).score == 50


def test_a_reversed_question_counts_from_the_other_end(made):
    entry = made(questions=[A, B | {"reverse": True}])
    assert score(entry, {"a": 0, "b": 4}).score == 0
    assert score(entry, {"a": 1, "b": 1}).score == 4
    assert entry.body.items[1].ends == (0, 4)


def test_each_answer_counts_what_the_question_says(made):
    entry = made(questions=[A, B | {"counts": [4, 4, 2, 0, 0]}])
    assert [score(entry, {"a": 0, "b": value}).score for value in range(5)] == [4, 4, 2, 0, 0]


def test_a_subscale_has_a_score_of_its_own_whatever_becomes_of_the_total(made):
    one, two = PART | {"items": ["a"], "needed": 1}, PART | {"id": "two", "title": "Two", "items": ["b"], "needed": 1}
    entry = made(subscales=[one, two], total_of=["one", "two"], bands=BANDS)
    full = score(entry, {"a": 1, "b": 3})
    assert (full.score, full.says, full.missing, full.reason) == (4, "high", (), "")
    assert full.subscales == (Subscore("one", "One", 1, (0, 4)), Subscore("two", "Two", 3, (0, 4)))
    half = score(entry, {"a": 1})
    assert (half.score, half.says, half.missing) == (None, "", ("b",))
    assert half.reason == "two: answered 0 of 1 where at least 1 must be: both"
    assert half.subscales[1] == Subscore("two", "Two", None, (0, 4), "answered 0 of 1 where at least 1 must be: both")
    empty = score(entry, {})
    assert empty.reason == (
        "one: answered 0 of 1 where at least 1 must be: both; two: answered 0 of 1 where at least 1 must be: both"
    )


def test_the_error_of_the_one_subscale_is_the_error_of_the_score(made):
    table = FULL | {"standard_errors": [9, 8, 7, 6, 5, 4, 3, 2, 1]}
    entry = made(subscales=[PART | {"scoring": table}], total_of=["one"], scoring={"kind": "single"}, range=[0, 100])
    found = score(entry, {"a": 1, "b": 0})
    assert (found.score, found.standard_error, found.subscales[0].standard_error) == (90, 8, 8)
    alone = made(scoring=table, range=[0, 100])
    assert score(alone, {"a": 4, "b": 4}).standard_error == 1
    assert score(alone, {"a": 4}).standard_error is None


def test_a_subscale_outside_the_total_changes_nothing_in_it(made):
    part = PART | {"items": ["b"], "needed": 1}
    entry = made(questions=[A, B, A | {"id": "c"}], subscales=[part], range=[0, 12], missing={"needed": 3, "says": ""})
    assert score(entry, {"a": 1, "b": 2, "c": 3}).score == 6
    assert [item.id for item in entry.body.scored] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("value", "says"), [(0, "low"), (3, "low"), (3.5, ""), (4, "high"), (8, "high"), (9, ""), (None, "")]
)
def test_a_score_is_called_by_the_band_it_lies_in(value, says):
    assert band_of(value, (Band(0, 3, "low"), Band(4, 8, "high"))) == says


NAMED = [A | {"named": True}, B]


def test_what_a_patient_names_is_rated_with_or_without_its_words(made):
    entry = made(questions=NAMED)
    assert score(entry, {"a": {"text": "climb stairs", "rating": 3}, "b": 1}).score == 4
    assert score(entry, {"a": 3, "b": 1}).score == 4
    assert score(entry, {"a": {"text": "x" * 200, "rating": 3}, "b": 1}).score == 4


@pytest.mark.parametrize(
    "answer",
    [
        {"text": "climb stairs"},
        {"rating": 3},
        {"text": "", "rating": 3},
        {"text": " ", "rating": 3},
        {"text": 7, "rating": 3},
        {"text": "x" * 201, "rating": 3},
        {"text": "climb stairs", "rating": 5},
        {"text": "climb stairs", "rating": None},
        {"text": "climb stairs", "rating": 3, "more": 1},
    ],
)
def test_a_named_answer_has_its_words_and_a_possible_rating(made, answer):
    with pytest.raises(BadInput) as refusal:
        score(made(questions=NAMED), {"a": answer, "b": 1})
    assert str(refusal.value).startswith("a: ")
    assert str(refusal.value).endswith(
        'is not a possible answer; a whole number from 0 (None) to 4 (Extreme), or {"text": ..., "rating": ...} was expected'
    )


def test_only_what_is_named_is_answered_with_words(made):
    with pytest.raises(BadInput, match="^b: "):
        score(made(questions=NAMED), {"a": 1, "b": {"text": "climb stairs", "rating": 3}})


def test_a_question_that_looks_back_has_a_curve_without_a_baseline_and_without_a_change(made):
    entry = made(
        questions=[A], range=[0, 4], scoring={"kind": "single"}, missing={"needed": 1, "says": ""},
        in_words="Your answer", **LOOKS,
    )  # fmt: skip
    first = date(2026, 3, 2)
    points = [Point(first, 1, "before"), Point(date(2026, 9, 1), 4, "6 months")]
    seen = curve(points=points, injections=[first], instrument=entry)
    assert (seen.baseline, seen.change) == (None, None)
    assert seen.sentence == 'Your answer at 6 months was "Extreme".'


def printed(part, item):
    """One question with a table of its own that prints errors."""
    table = {"kind": "table", "first": 0, "scores": [100, 75, 50, 25, 0], "standard_errors": [5, 4, 3, 2, 1]}
    return PART | {"id": part, "items": [item], "needed": 1, "says": "it", "scoring": table}


def test_a_total_of_one_part_has_its_error_and_a_total_of_two_has_none(made):
    parts, both = [printed("one", "a"), printed("two", "b")], {"a": 1, "b": 3}
    alone = made(
        subscales=parts,
        total_of=["one"],
        range=[0, 100],
        scoring={"kind": "single"},
        missing={"needed": 1, "says": "it"},
    )
    mean = made(subscales=parts, total_of=["one", "two"], range=[0, 100], scoring={"kind": "mean"})
    found = [score(entry, both) for entry in (alone, mean)]
    assert [(one.score, one.standard_error) for one in found] == [(75, 4), (50, None)]
    assert [part.standard_error for part in found[1].subscales] == [4, 2]
