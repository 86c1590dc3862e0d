"""An instrument that contradicts itself does not load; one that does not is scored without touching any code."""

from dataclasses import FrozenInstanceError, dataclass, fields
from datetime import date

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.outcomes import Point, Scoring, change, curve, instrument, score

A, B = {"id": "a", "text": "A", "answers": "much"}, {"id": "b", "text": "B", "answers": "much"}
POINTS, RATED = {"id": "p", "found_in": "x", "points": 1}, {"id": "r", "found_in": "x", "rated": 2}


def refused(made, **changes):
    with pytest.raises(LibraryError) as refusal:
        made(**changes)
    return str(refusal.value).removeprefix("instruments/small.toml: ").removesuffix(" @ $")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"questions": [A, A]}, "questions: two have the same id"),
        ({"questions": [A, B | {"answers": "many"}]}, "answers: the questions use many, much; the entry states much"),
        (
            {"missing": {"needed": 0, "says": ""}},
            "missing: `needed` is from 1 to the number of scored questions, not 0",
        ),
        (
            {"missing": {"needed": 3, "says": ""}},
            "missing: `needed` is from 1 to the number of scored questions, not 3",
        ),
        (
            {"questions": [A, B | {"optional": True}]},
            "missing: `needed` is from 1 to the number of scored questions, not 2",
        ),
        ({"range": [0, 9]}, "range: the scoring gives 0 to 8, and the entry promises [0.0, 9.0]"),
        ({"range": [1, 8]}, "range: the scoring gives 0 to 8, and the entry promises [1.0, 8.0]"),
        ({"scoring": {"kind": "mean"}}, "range: the scoring gives 0 to 4, and the entry promises [0.0, 8.0]"),
        ({"scoring": {"kind": "single"}}, "scoring: `single` takes one scored question, not 2"),
        ({"scoring": {"kind": "guess"}}, "scoring: `kind` is one of mean, percent, single, sum, table, not 'guess'"),
        ({"scoring": {}}, "scoring: `kind` is one of mean, percent, single, sum, table, not None"),
        ({"scoring": {"kind": "sum", "of": 2}}, "extra fields found (of) @ scoring"),
        (
            {"thresholds": [POINTS, RATED]},
            "thresholds: `rated` is for an instrument that rates change; others take `points` or `percent`",
        ),
        (
            {"thresholds": [POINTS], "rates_change": True},
            "thresholds: `rated` is for an instrument that rates change; others take `points` or `percent`",
        ),
    ],
)
def test_an_entry_that_contradicts_itself_does_not_load(made, changes, sentence):
    assert refused(made, **changes) == sentence


@pytest.mark.parametrize("sizes", [{}, {"points": 0}, {"percent": -1}, {"points": 2, "percent": 0}])
def test_a_threshold_states_a_size_above_nothing(made, sizes):
    said = refused(made, thresholds=[{"id": "t", "found_in": "x"} | sizes])
    assert said.split(" @ ")[0] == "thresholds: 't' needs `points` or `percent`, above 0"


@pytest.mark.parametrize("size", [0.1, 0.5])
def test_a_small_size_is_a_size(made, size):
    assert made(thresholds=[{"id": "t", "found_in": "x", "points": size}]).body.thresholds[0].points == size


@pytest.mark.parametrize("needed", [1, 2])
def test_one_needed_answer_is_enough_and_all_may_be_needed(made, needed):
    assert made(missing={"needed": needed, "says": ""}).body.missing.needed == needed


@pytest.mark.parametrize("key", ["licence", "missing", "scoring", "recall", "version", "range", "higher_is_worse"])
def test_what_must_be_said_aloud_cannot_be_left_out(made, key):
    assert refused(made, **{key: ...}) == f"required field missing @ $.{key}"


def test_the_standing_of_a_licence_is_said_in_one_of_three_ways(made):
    assert "standing" in refused(made, licence={"says": "free", "standing": "probably", "read_at": "x"})


def test_ids_may_be_in_any_order_and_an_optional_question_is_not_scored(made):
    entry = made(questions=[B, A, A | {"id": "c", "optional": True}])
    assert [item.id for item in entry.body.items] == ["b", "a", "c"]
    assert [item.id for item in entry.body.scored] == ["b", "a"]
    assert score(entry, {"a": 1, "b": 2, "c": 4}).score == 3


ONE_FILE = """
id = "stiffness"
title = "Stiffness"
version = "1"
recall = "today"
language = "en"
in_words = "Your ease"
range = [0, 4]
higher_is_worse = false
licence = { says = "ours", standing = "stated by the owner of the wording", read_at = "here" }
scoring = { kind = "mean" }
missing = { needed = 1, says = "one is enough" }
answers = { ease = { first = 0, labels = ["None", "Some", "Half", "Most", "All"] } }
questions = [{ id = "up", text = "Up", answers = "ease" }, { id = "down", text = "Down", answers = "ease" }]
sources = [{ cite = "enthesis-judgement", supports = "a test" }]
review = { written_by = "Enthesis founders", written_on = 2026-11-23, next_review = 2028-11-23 }
"""


def test_a_clinics_own_instrument_is_one_file(tmp_path):
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments/stiffness.toml").write_text(ONE_FILE)
    found = score(instrument(Library.shipped(tmp_path), "stiffness"), {"down": 3})
    assert (found.score, found.missing, found.higher_is_worse, found.scorable) == (3, ("up",), False, True)


def test_a_new_kind_of_scoring_is_one_class(made):
    @dataclass(frozen=True)
    class Highest(Scoring, written="highest"):
        def total(self, values):
            return max(values.values())

    try:
        entry = made(scoring={"kind": "highest"}, range=[0, 4])
        assert score(entry, {"a": 3, "b": 1}).score == 3
    finally:
        del Scoring.kinds["highest"]


def test_what_was_read_scored_or_judged_cannot_be_altered_afterwards(made, shipped):
    entry = made(thresholds=[POINTS], readable={"baseline_from": 1, "baseline_to": 7})
    body, judged = entry.body, change(baseline=5, now=4, instrument=entry)
    seen = curve(points=[Point(date(2026, 3, 2), 5, "now")], instrument=entry)
    values = [
        body,
        body.licence,
        body.missing,
        body.readable,
        body.scoring_rule,
        shipped("peg").body.scoring_rule,
        shipped("pgic").body.scoring_rule,
        body.thresholds[0],
        shipped("pgic").body.thresholds[0],
        *[shipped(id).body.answers[name] for id, name in (("peg", "pain"), ("pgic", "change"), ("rmdq-24", "tick"))],
        body.questions[0],
        body.items[0],
        body.items[0].options[0],
        score(entry, {}),
        judged,
        judged.verdicts[0],
        judged.verdicts[0].better,
        seen,
        seen.points[0],
    ]
    for value in values:
        name = next((field.name for field in fields(value)), "anything")
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)


def test_an_instrument_and_a_curve_can_be_kept_by_those_who_remember_what_they_have_drawn(made):
    entry = made(thresholds=[POINTS])
    assert hash(entry.body) == hash(made(thresholds=[POINTS]).body)
    points = [Point(date(2026, 3, 2), 5, "now")]
    assert hash(curve(points=points, instrument=entry)) == hash(curve(points=points, instrument=entry))
