"""A licensed instrument in the words a clinic's licence gives it: asked by those, scored by the slot."""

from dataclasses import replace

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import instrument, instruments, score, worded, wording_as_json, wording_from, wording_of_text

LIBRARY = Library.shipped()
SLOTS = [entry.id for entry in instruments(LIBRARY) if entry.body.is_slot]


def words_for(id):
    """Invented words: the real ones belong to their owners."""
    items = instrument(LIBRARY, id).body.items
    return {
        "questions": [
            {"id": item.id, "text": f"Question {item.id}", "answers": [f"words for {o.value}" for o in item.options]}
            for item in items
        ],
        "instructions": "Choose one.",
        "language": "en",
    }


def test_there_are_six_slots():
    assert SLOTS == ["hoos", "koos", "ndi", "odi", "quickdash", "womac"]


@pytest.mark.parametrize("id", SLOTS)
def test_a_slot_with_words_can_be_asked_and_scores_as_it_did(id):
    slot = instrument(LIBRARY, id)
    own = worded(slot, wording_from(words_for(id)))
    assert (slot.body.is_slot, own.body.is_slot) == (True, False)
    assert [item.options[-1].label for item in own.body.items] == [
        f"words for {item.options[-1].value}" for item in slot.body.items
    ]
    for example in slot.examples:
        if "answers" in example and "refused" not in example:
            ours, theirs = score(own, example["answers"]), score(slot, example["answers"])
            assert (ours.score, ours.missing, ours.subscales) == (theirs.score, theirs.missing, theirs.subscales)
    assert own.body.version.startswith(f"{slot.body.version}, wording ")
    assert own.body.instructions == "Choose one."


def test_what_is_kept_reads_back_as_it_was_and_another_text_has_another_mark():
    wording = wording_from(words_for("ndi"))
    assert wording_from(wording_as_json(wording)) == wording
    other = wording_from(words_for("ndi") | {"instructions": "Choose any one."})
    assert (len(wording.fingerprint), wording.fingerprint != other.fingerprint) == (8, True)


def test_everything_else_about_a_question_stays_with_the_slot():
    slot = instrument(LIBRARY, "ndi")
    first, second, third, *others = slot.body.questions
    kept = (
        replace(first, optional=True, loinc="1-1", note="a note"),
        replace(second, reverse=True, section="a part"),
        replace(third, counts=(5, 4, 3, 2, 1, 0)),
    )
    changed_slot = replace(slot, body=replace(slot.body, questions=(*kept, *others)))
    own = worded(changed_slot, wording_from(words_for("ndi"))).body.questions
    for before, after in zip(changed_slot.body.questions, own, strict=True):
        assert after == replace(before, text=f"Question {before.id}", answers=before.id)


def test_language_and_instructions_are_those_given_and_english_where_nothing_is_said():
    given = words_for("ndi") | {"language": "es", "instructions": "  Elija   una. "}
    assert (wording_from(given).language, wording_from(given).instructions) == ("es", "Elija una.")
    bare = {"questions": words_for("ndi")["questions"]}
    assert (wording_from(bare).language, wording_from(bare).instructions) == ("en", "")
    assert wording_from(bare | {"language": " "}).language == "en"


def test_what_is_kept_has_these_keys_and_no_other():
    wording = wording_from(
        {"questions": [{"id": "a", "text": " How? ", "answers": ["No", "Yes"]}, {"id": "b", "text": "So?"}]}
    )
    assert wording_as_json(wording) == {
        "questions": [{"id": "a", "text": "How?", "answers": ["No", "Yes"]}, {"id": "b", "text": "So?", "answers": []}],
        "instructions": "",
        "language": "en",
    }
    assert wording.fingerprint == "a8da13ab"


def changed(change):
    made = words_for("ndi")
    change(made)
    return made


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda w: w["questions"].pop(), "ndi_10: this question has no wording yet"),
        (
            lambda w: w["questions"].append({"id": "ndi_11", "text": "x"}),
            "ndi_11: there is no such question; there are: ndi_1, ndi_2",
        ),
        (lambda w: w["questions"].append(w["questions"][0]), "questions: ndi_1 is there twice"),
        (
            lambda w: w["questions"][2]["answers"].pop(),
            "ndi_3: 6 answers were expected, the words for 0 up to 5, not 5",
        ),
        (lambda w: w["questions"][2]["answers"].__setitem__(1, " "), "ndi_3: 6 answers were expected, .* not 5"),
        (lambda w: w["questions"][0].__setitem__("text", ""), "ndi_1: the text of the question is missing"),
        (lambda w: w.__setitem__("instructions", 7), "^instructions: a text of at most 1000 letters was expected$"),
        (lambda w: w.__setitem__("language", 7), "^language: a text of at most 1000 letters was expected$"),
        (lambda w: w["questions"][0].__setitem__("id", 7), "^question 1: a text of at most 1000 letters was expected$"),
        (
            lambda w: w["questions"][2]["answers"].__setitem__(1, 7),
            "^ndi_3: a text of at most 1000 letters was expected$",
        ),
        (lambda w: w["questions"][0].__setitem__("text", 7), "ndi_1: a text of at most 1000 letters was expected"),
        (lambda w: w["questions"][0].__setitem__("text", "x" * 1001), "ndi_1: a text of at most 1000 letters"),
        (lambda w: w["questions"][0].__setitem__("answers", "all"), "questions: the answers of number 1 are a list"),
        (lambda w: w["questions"][0].__setitem__("score", 1), "questions: number 1 needs id, text and answers, and no"),
        (lambda w: w.__setitem__("questions", []), "questions: a list of questions"),
        (lambda w: w.__setitem__("scoring", {}), "scoring: expected questions, instructions and language"),
    ],
)
def test_words_that_do_not_fit_are_refused_in_a_sentence(change, sentence):
    with pytest.raises(BadInput, match=sentence):
        worded(instrument(LIBRARY, "ndi"), wording_from(changed(change)))


def test_the_words_of_an_instrument_that_ships_cannot_be_changed():
    with pytest.raises(BadInput, match="peg comes with its wording"):
        worded(instrument(LIBRARY, "peg"), wording_from(words_for("peg")))


def as_csv(id):
    """The same words as a spreadsheet saves them."""
    told = words_for(id)["questions"]
    lines = ["id,text," + ",".join(str(n) for n in range(len(told[0]["answers"])))]
    lines += [",".join([q["id"], f'"{q["text"]}, if any"', *q["answers"]]) for q in told]
    return "\n".join(lines)


def as_toml(id):
    """The same words as somebody types them."""
    return "\n".join(
        f'[[questions]]\nid = "{q["id"]}"\ntext = "{q["text"]}, if any"\nanswers = {q["answers"]}'
        for q in words_for(id)["questions"]
    )


def test_both_kinds_of_file_say_the_same():
    from_csv = wording_of_text("\ufeff" + as_csv("ndi"), name="NDI.CSV", instructions="Choose one.", language="es")
    from_toml = wording_of_text(as_toml("ndi"), name="ndi.toml", instructions="Choose one.", language="es")
    assert from_csv == from_toml
    assert (from_csv.language, from_csv.instructions, len(from_csv.questions)) == ("es", "Choose one.", 10)
    assert from_csv.questions[0].answers == tuple(f"words for {n}" for n in range(6))
    assert worded(instrument(LIBRARY, "ndi"), from_csv).body.language == "es"


def test_columns_may_stand_in_any_order_and_numbers_are_read_as_numbers():
    wording = wording_of_text("10,text,2,id\nten,How?,two,a\n", name="a.csv")
    assert wording.questions[0].answers == ("two", "ten")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", "", "a.csv: the columns are id,text and one column for each number"),
        ("a.csv", "id,text,first\n", "a.csv: the columns are id"),
        ("a.csv", "id,text,1,1\na,b,c,d", "a.csv: the columns are id"),
        ("a.csv", "id,text,0\na,b\n", "a.csv: row of 'a': another number of cells"),
        ("a.csv", "id,text,0\na,b,c,d\n", "a.csv: row of 'a': another number of cells"),
        ("a.csv", 'id,text,0\na,"b', "a.csv: row 2: unexpected end of data"),
        ("a.csv", "id,text,0\n", "a.csv: questions: a list"),
        ("a.toml", "questions = [", "a.toml: this is not TOML"),
        ("a.toml", "", "a.toml: questions: a list"),
        ("a.toml", 'questions = ["a"]', "a.toml: questions: number 1 needs id, text and answers"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_place(name, text, sentence):
    with pytest.raises(BadInput, match=sentence):
        wording_of_text(text, name=name)
