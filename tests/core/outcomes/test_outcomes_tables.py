"""What the sources print, number by number: sums and scores, standard errors, parts, names of scores, ids of questions."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from enthesis.knowledge import Library
from enthesis.outcomes import instrument, score
from enthesis.outcomes.scoring import Table

LIBRARY = Library.shipped()
PRINTED = json.loads((Path(__file__).parents[2] / "reference" / "instrument_tables.json").read_text("utf-8"))["forms"]
TABLES = [(id, part) for id, form in PRINTED.items() for part in form.get("table", ())]


def body(id):
    return instrument(LIBRARY, id).body


def rule(id, part):
    """The scoring of a form, or of one of its parts."""
    return next(one for one in body(id).subscales if one.id == part).scoring_rule if part else body(id).scoring_rule


@pytest.mark.parametrize("id", PRINTED)
def test_the_questions_have_the_ids_and_the_order_of_the_source(id):
    assert [item.id for item in body(id).items] == PRINTED[id]["ids"]


@pytest.mark.parametrize("id", [id for id, form in PRINTED.items() if "range" in form])
def test_range_and_direction_are_those_of_the_source(id):
    assert (list(body(id).range), body(id).higher_is_worse) == (PRINTED[id]["range"], PRINTED[id]["higher_is_worse"])


@pytest.mark.parametrize(("id", "part"), TABLES)
def test_every_sum_has_the_printed_score_and_its_error(id, part):
    table, errors = PRINTED[id]["table"][part], PRINTED[id].get("standard_error", {}).get(part, {})
    for total, printed in table.items():
        values = {"sum": Fraction(int(total))}
        assert float(rule(id, part).total(values)) == printed
        assert rule(id, part).error(values) == errors.get(total)


@pytest.mark.parametrize(("id", "part"), TABLES)
def test_a_table_is_complete_and_runs_one_way(id, part):
    found = rule(id, part)
    assert isinstance(found, Table)
    assert [found.first + place for place in range(len(found.scores))] == [
        int(total) for total in PRINTED[id]["table"][part]
    ]
    steps = [after - before for before, after in zip(found.scores, found.scores[1:], strict=False)]
    assert all(step > 0 for step in steps) or all(step < 0 for step in steps)


@pytest.mark.parametrize("id", [id for id, form in PRINTED.items() if "parts" in form])
def test_the_parts_are_made_of_the_questions_of_the_source(id):
    assert {part.id: set(part.items) for part in body(id).subscales} == {
        part: set(items) for part, items in PRINTED[id]["parts"].items()
    }


def test_pain_in_global_health_counts_what_its_developer_says():
    item = next(item for item in body("promis-global-10").items if item.id == "global07")
    assert {str(value): item.counted(value) for value in range(11)} == PRINTED["promis-global-10"]["counts"]["global07"]


@pytest.mark.parametrize("total", range(13))
def test_phq_4_is_called_what_its_source_calls_it(total):
    ids, left, answers = PRINTED["phq-4"]["ids"], total, {}
    for id in ids:
        answers[id] = min(3, left)
        left -= answers[id]
    expected = next(name for least, most, name in PRINTED["phq-4"]["bands"] if least <= total <= most)
    assert score(instrument(LIBRARY, "phq-4"), answers).says == expected


@pytest.mark.parametrize(
    ("id", "parts"),
    [
        ("koos", {"pain": 9, "symptoms": 7, "daily": 17, "sport": 5, "quality": 4}),
        ("hoos", {"pain": 10, "symptoms": 5, "daily": 17, "sport": 4, "quality": 4}),
        ("womac", {"pain": 5, "stiffness": 2, "function": 17}),
    ],
)
def test_licensed_slots_have_the_parts_and_no_word_of_the_questions(id, parts):
    about = body(id)
    assert {part.id: len(part.items) for part in about.subscales} == parts
    assert {item.text for item in about.items} == {""}
    assert {option.label for item in about.items for option in item.options} == {"0", "1", "2", "3", "4"}


@pytest.mark.parametrize("id", ["odi", "ndi", "quickdash", "womac", "koos", "hoos"])
def test_the_wording_of_a_licensed_instrument_is_in_no_file_of_its_entry(id):
    raw = LIBRARY.raw("instruments", id)
    assert {question["text"] for question in raw["questions"]} == {""}
    assert "instructions" not in raw
    assert {tuple(sorted(answers)) for answers in raw["answers"].values()} == {("highest", "lowest")}


@pytest.mark.parametrize("id", ["life-changing", "satisfaction"])
def test_the_rivals_questions_say_what_they_are(id):
    about = body(id)
    assert about.looks_back
    assert "not a measure of whether the treatment worked" in about.caution
    assert about.thresholds == ()
