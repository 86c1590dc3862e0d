"""`enthesis score` as somebody would try to break it: what is impossible is refused in one sentence, what is missing is said."""

import json
from datetime import date

import pytest
from tests.edges.pages import commanded

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import Tick, instruments

SHIPPED = [entry for entry in instruments(Library.shipped()) if entry.body.items]
WHOLE = {entry.id: {item.id: item.options[0].value for item in entry.body.items} for entry in SHIPPED}
IMPOSSIBLE = ["3", 1.5, 1.0, -1, 10**30, [1], {}, "", float("nan"), float("inf")]


@pytest.fixture
def scored(tmp_path):
    """scored("peg", {...}) or raw bytes: what the command prints."""

    def act(id, content):
        path = tmp_path / "a.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return json.loads(commanded("score", id, path, "--json"))

    return act


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.id)
def test_every_instrument_scores_a_whole_form_and_refuses_what_cannot_be(scored, entry):
    whole, first = WHOLE[entry.id], entry.body.items[0]
    said = scored(entry.id, whole)
    assert (said["instrument"], said["missing"]) == (entry.id, [])
    assert said["range"][0] <= said["score"] <= said["range"][1]
    ticks = isinstance(first.format, Tick)  # a sentence that is ticked may be true or false
    for value in [*IMPOSSIBLE, *([] if ticks else [True, False])]:
        with pytest.raises(BadInput, match=f"a.json: {first.id}: .* was expected"):
            scored(entry.id, whole | {first.id: value})
    with pytest.raises(BadInput, match="zzz: there is no such question"):
        scored(entry.id, whole | {"zzz": 1})


@pytest.mark.parametrize("entry", [one for one in SHIPPED if not one.body.subscales], ids=lambda entry: entry.id)
def test_the_rule_for_missing_answers_holds_at_its_very_edge(scored, entry):
    needed, items = entry.body.missing.needed, [item.id for item in entry.body.scored]
    for count, scorable in ((needed, True), (needed - 1, False)):
        said = scored(entry.id, {id: WHOLE[entry.id][id] for id in items[:count]})
        assert (said["scorable"], said["score"] is not None, "reason" in said) == (scorable, scorable, not scorable)
        assert said["missing"] == [] if scorable and count == len(items) else True
    blank = scored(entry.id, dict.fromkeys(items))  # null is left out, as what is not there
    assert (blank["scorable"], blank["score"]) == (needed == 0, 0 if needed == 0 else None)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not readable as JSON"),
        (b"  \n", "not readable as JSON"),
        (b"hello", "not readable as JSON"),
        (b'{"peg_p": 1} x', "Extra data at line 1"),
        (b"[]", "a JSON object with answers by id was expected"),
        (b"null", "a JSON object with answers by id was expected"),
        (b"\xff\xfe{", "not readable as UTF-8 text"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"": 1}', "there is no such question"),
        (b'{"peg_p": ' + b"9" * 5000 + b"}", "Exceeds the limit"),
        (b'{"peg_p": 1, "peg_e": 2, "peg_p": 9}', "'peg_p' stands twice in one object, and once was expected"),
        (b'{"peg_p": 1, "peg_p": 1}', "'peg_p' stands twice"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_by_name(scored, content, says):
    with pytest.raises(BadInput, match="a.json: ") as refused:
        scored("peg", content)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_questionnaire_response_is_scored_as_the_answers_in_it_are_and_anything_else_of_fhir_is_refused(scored):
    item = [{"linkId": id, "answer": [{"valueInteger": 6}]} for id in ("peg_p", "peg_e", "peg_g")]
    sent = {"resourceType": "QuestionnaireResponse", "questionnaire": "urn:enthesis:questionnaire:peg|Krebs-2009"}
    assert scored("peg", sent | {"status": "completed", "item": item})["score"] == 6
    for wrong, says in (
        ({"status": "stopped"}, "status: completed or"),
        ({"resourceType": "Bundle"}, "resourceType: a Q"),
    ):
        with pytest.raises(BadInput, match=f"a.json: {says}"):
            scored("peg", sent | {"item": item} | wrong)


def test_a_file_that_is_not_there_is_named_once(tmp_path):
    path = tmp_path / "gone.json"
    with pytest.raises(BadInput) as error:
        commanded("score", "peg", path, "--json")
    assert str(error.value) == f"{path}: cannot be read: No such file or directory"


def test_a_mark_of_byte_order_is_no_fault(scored):
    assert scored("peg", b"\xef\xbb\xbf" + json.dumps({"peg_p": 7, "peg_e": 5, "peg_g": 6}).encode())["score"] == 6


@pytest.mark.parametrize("where", ["nowhere/plan.ics", "."])
def test_a_calendar_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path, where):
    told = ("--treatment", "dextrose-prolotherapy", "--condition", "knee-osteoarthritis", "--start", date(2099, 1, 5))
    with pytest.raises(BadInput, match="cannot be written"):
        commanded("plan", *told, "--ics", tmp_path / where, "--json")
    assert list(tmp_path.iterdir()) == []
