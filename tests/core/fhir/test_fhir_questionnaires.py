"""Instruments leave as FHIR Questionnaires with both score extensions, and answers leave and come back unchanged."""

import json
from datetime import UTC, datetime

import fhirkit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.outcomes.test_outcomes_wording import words_for

from enthesis.fhir.questionnaire import SCORES, questionnaire
from enthesis.fhir.questionnaire_answers import answers_of
from enthesis.fhir.questionnaire_response import questionnaire_response
from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import instruments, score, worded, wording_from

LIBRARY = Library.shipped()
FORMS = {entry.id: entry for entry in instruments(LIBRARY)}
FREE = [id for id, entry in FORMS.items() if not entry.body.is_slot]
AT = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def exported(id):
    return questionnaire(FORMS[id], accepted=True)


def weights(carrier):
    return {one["url"]: one["valueDecimal"] for one in carrier["extension"]}


@pytest.mark.parametrize("id", FREE)
def test_every_answer_carries_what_it_counts_twice_and_in_both_places(id):
    asked = {item["linkId"]: item for item in exported(id)["item"]}
    for item in FORMS[id].body.items:
        options = asked[item.id]["answerOption"]
        assert [option["valueCoding"]["code"] for option in options] == [str(one.value) for one in item.options]
        for option, one in zip(options, item.options, strict=True):
            both = dict.fromkeys(SCORES, item.counted(one.value))
            assert weights(option) == weights(option["valueCoding"]) == both
            assert option["valueCoding"]["display"] == one.label


def test_both_extensions_are_named_as_hl7_names_them():
    assert SCORES == (
        "http://hl7.org/fhir/StructureDefinition/ordinalValue",
        "http://hl7.org/fhir/StructureDefinition/itemWeight",
    )


def test_a_recoded_answer_weighs_what_it_counts_and_not_what_it_is():
    [pain] = [item for item in exported("promis-global-10")["item"] if item["linkId"] == "global07"]
    assert [weights(option)[SCORES[1]] for option in pain["answerOption"]] == [5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1]


@pytest.mark.parametrize("id", FREE)
def test_link_ids_are_unique_and_the_whole_is_plain_json(id):
    made = exported(id)
    ids = [item["linkId"] for item in made["item"]]
    assert len(ids) == len(set(ids))
    assert json.loads(json.dumps(made)) == made
    assert (made["resourceType"], made["url"], made["status"]) == (
        "Questionnaire",
        f"urn:enthesis:questionnaire:{id}",
        "active",
    )


def test_codes_of_loinc_come_with_its_notice_and_no_notice_without_codes():
    peg, rmdq = exported("peg"), exported("rmdq-24")
    assert peg["code"] == [{"system": "http://loinc.org", "code": "91148-7"}]
    assert peg["item"][0]["code"] == [{"system": "http://loinc.org", "code": "75893-8"}]
    assert "LOINC is copyright" in peg["copyright"]
    assert "LOINC" not in rmdq["copyright"]
    assert "code" not in rmdq
    assert rmdq["item"][0] == {
        "linkId": "instructions",
        "text": "Tick a sentence only if it describes you today; leave it blank otherwise.",
        "type": "display",
    }


def test_what_the_patient_names_has_a_question_of_its_own():
    assert exported("psfs")["item"][1]["item"] == [
        {"linkId": "act_1-text", "text": "Activity 1", "type": "string", "maxLength": 200}
    ]


def test_sections_stand_before_the_question():
    assert exported("spadi")["item"][0]["text"] == "How severe is your pain?: At its worst?"


@pytest.mark.parametrize("id", ["odi", "ndi", "quickdash", "womac", "koos", "hoos"])
def test_what_is_licensed_is_never_exported(id):
    with pytest.raises(BadInput, match=f"^{id}: its wording is licensed and not shipped"):
        questionnaire(FORMS[id], accepted=True)


@pytest.mark.parametrize("id", ["promis-global-10", "promis-pain-interference-4a", "promis-physical-function-4a"])
def test_a_pack_is_exported_only_once_its_terms_are_accepted(id):
    with pytest.raises(BadInput, match=f"^{id}: the terms of the pack 'promis' must be accepted first"):
        questionnaire(FORMS[id])
    assert questionnaire(FORMS[id], accepted=True)["item"]


def an_answer(item):
    plain = st.sampled_from([option.value for option in item.options])
    if not item.named:
        return plain
    words = st.text("abc ", min_size=1, max_size=20).filter(str.strip)
    return plain | st.fixed_dictionaries({"text": words, "rating": plain})


def filled_in(id):
    answers = {item.id: an_answer(item) for item in FORMS[id].body.items}
    return st.tuples(st.just(id), st.fixed_dictionaries({}, optional=answers))


@given(st.sampled_from(sorted(FORMS)).flatmap(filled_in))
def test_answers_come_back_as_they_were_given_and_score_the_same(form):
    id, answers = form
    sent = questionnaire_response(FORMS[id], answers, authored=AT, language="en")
    back = answers_of(FORMS[id], json.loads(json.dumps(sent)))
    assert back == answers
    assert score(FORMS[id], back) == score(FORMS[id], answers)


def test_a_response_says_what_was_asked_in_which_language_and_when_and_names_nobody_unasked():
    sent = questionnaire_response(FORMS["pain-nrs"], {"nrs_avg_7d": 7, "nrs_now": None}, authored=AT, language="es")
    assert {key: value for key, value in sent.items() if key != "item"} == {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": "urn:enthesis:questionnaire:pain-nrs|1-week-recall",
        "status": "completed",
        "language": "es",
        "authored": "2026-11-23T10:15:00+00:00",
    }
    [item] = sent["item"]
    assert (item["linkId"], item["answer"][0]["valueCoding"]["code"]) == ("nrs_avg_7d", "7")
    assert weights(item["answer"][0]["valueCoding"]) == dict.fromkeys(SCORES, 7)
    whose = questionnaire_response(FORMS["pain-nrs"], {}, authored=AT, language="en", subject="Patient/p1")
    assert whose["subject"] == {"reference": "Patient/p1"}


def test_a_tick_may_be_sent_as_true():
    sent = questionnaire_response(FORMS["rmdq-24"], {"rmdq_1": True, "rmdq_2": False}, authored=AT, language="en")
    assert answers_of(FORMS["rmdq-24"], sent) == {"rmdq_1": 1, "rmdq_2": 0}


def test_an_impossible_answer_and_a_moment_without_a_zone_are_refused():
    with pytest.raises(BadInput, match="^nrs_avg_7d: 11 is not a possible answer"):
        questionnaire_response(FORMS["pain-nrs"], {"nrs_avg_7d": 11}, authored=AT, language="en")
    with pytest.raises(BadInput, match="^authored: a moment with its zone was expected$"):
        questionnaire_response(FORMS["pain-nrs"], {}, authored=datetime(2026, 11, 23), language="en")  # noqa: DTZ001


def answered(*given):
    return {"item": [{"linkId": "nrs_avg_7d", "answer": list(given)}]}


SENT = questionnaire_response(FORMS["pain-nrs"], {"nrs_avg_7d": 7}, authored=AT, language="en")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"questionnaire": "urn:enthesis:questionnaire:peg|1"},
            "questionnaire: urn:enthesis:questionnaire:pain-nrs|1-week",
        ),
        (
            {"questionnaire": None},
            "questionnaire: urn:enthesis:questionnaire:pain-nrs|1-week-recall was expected, not None",
        ),
        ({"resourceType": "Bundle"}, "resourceType: a QuestionnaireResponse was expected, not 'Bundle'"),
        (
            {"questionnaire": "#q"},
            "questionnaire: urn:enthesis:questionnaire:pain-nrs|1-week-recall was expected, not '#q'",
        ),
        ({"status": "in-progress"}, "status: completed or amended was expected, not 'in-progress'"),
        ({"status": "entered-in-error"}, "status: completed or amended was expected, not 'entered-in-error'"),
        ({"status": None}, "status: completed or amended was expected, not None"),
        ({"modifierExtension": [{"url": "x"}]}, "modifierExtension: what may change the meaning"),
        ({"item": {"linkId": "nrs_avg_7d"}}, "item: a list of questions was expected"),
        ({"item": ["nrs_avg_7d"]}, "item: questions with a linkId were expected"),
        ({"item": [{"answer": []}]}, "item: questions with a linkId were expected"),
        (answered({"valueInteger": 7}, {"valueInteger": 8}), "nrs_avg_7d: one answer with the code"),
        (answered(), "nrs_avg_7d: one answer with the code"),
        (answered({"valueInteger": 7, "valueDecimal": 8}), "nrs_avg_7d: one answer with the code"),
        (answered({"valueInteger": 7, "modifierExtension": [{"url": "x"}]}), "nrs_avg_7d: one answer with the code"),
        (
            answered({"valueString": "7"}),
            "nrs_avg_7d: one answer with the code of an option, or its number, was expected",
        ),
        (answered({"valueInteger": "7"}), 'nrs_avg_7d: "7" is not a possible answer'),
        (answered({"valueDecimal": 7.5}), "nrs_avg_7d: 7.5 is not a possible answer"),
        (answered({"valueBoolean": True}), "nrs_avg_7d: true is not a possible answer"),
        (answered({"valueInteger": 11}), "nrs_avg_7d: 11 is not a possible answer"),
        (
            answered({"valueCoding": {"system": "http://loinc.org", "code": "7"}}),
            "nrs_avg_7d: a code of urn:enthesis:answers:pain-nrs:nrs_avg_7d was expected, not one of 'http://loinc.org'",
        ),
        (
            answered({"valueCoding": {"code": "7", "extension": [{"url": SCORES[0], "valueDecimal": 3}]}}),
            "nrs_avg_7d: its answer 7 counts 7, and 3 is said",
        ),
        (
            {"item": [{"linkId": "g", "item": [{"linkId": "nrs_avg_7d", "answer": [{"valueInteger": 7}]}] * 2}]},
            "nrs_avg_7d: it is answered twice, and once was expected",
        ),
        (
            answered({"valueInteger": 7, "item": [{"linkId": "peg_p", "answer": [{"valueInteger": 7}]}]}),
            "peg_p: the words of nrs_avg_7d as nrs_avg_7d-text with a valueString were expected",
        ),
        (
            answered({"valueInteger": 7, "item": [{"linkId": "nrs_avg_7d-text", "answer": [{"valueString": "x"}]}]}),
            'nrs_avg_7d: {"text": "x", "rating": 7} is not a possible answer',
        ),
        (
            {"item": [{"linkId": "nrs_avg_7d", "answer": [{"valueCoding": {"code": "x"}}]}]},
            "nrs_avg_7d: one answer with the code of an option, or its number, was expected",
        ),
        (
            {"item": [{"linkId": "nrs_avg_7d", "answer": [{"valueCoding": {"code": "11"}}]}]},
            "nrs_avg_7d: 11 is not a possible answer",
        ),
        (
            {"item": [{"linkId": "other", "answer": [{"valueCoding": {"code": "1"}}]}]},
            "other: there is no such question",
        ),
    ],
)
def test_what_is_no_answer_to_this_form_is_refused(changed, sentence):
    with pytest.raises(BadInput) as refused:
        answers_of(FORMS["pain-nrs"], SENT | changed)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    "given",
    [
        {"valueInteger": 7},
        {"valueDecimal": 7},
        {"valueDecimal": 7.0},
        {"valueCoding": {"code": "7"}},
        {"valueCoding": {"code": "7", "display": "siete", "extension": [{"url": SCORES[1], "valueDecimal": 7.0}]}},
    ],
)
def test_what_another_program_writes_for_the_same_answer_is_read_the_same(given):
    inner = [{"linkId": "nrs_avg_7d", "answer": [given]}, {"linkId": "nrs_now"}]
    theirs = SENT | {"status": "amended", "language": "es", "item": [{"linkId": "page-1", "item": inner}]}
    assert answers_of(FORMS["pain-nrs"], theirs) == {"nrs_avg_7d": 7}
    form = {"resourceType": "Questionnaire", "id": "q", "url": "urn:enthesis:questionnaire:pain-nrs"}
    carried = {"questionnaire": "#q", "contained": [form | {"version": "1-week-recall"}]}
    assert answers_of(FORMS["pain-nrs"], theirs | carried) == {"nrs_avg_7d": 7}
    with pytest.raises(BadInput, match="^questionnaire: .* was expected, not 'urn:enthesis:questionnaire:pain-nrs.2'"):
        answers_of(FORMS["pain-nrs"], theirs | carried | {"contained": [form | {"version": "2"}]})


def test_a_form_without_any_answer_has_none():
    assert answers_of(FORMS["pain-nrs"], {key: SENT[key] for key in SENT if key != "item"}) == {}


def test_answers_to_a_clinics_own_wording_of_a_licensed_form_are_scored_by_the_slot():
    own = worded(FORMS["odi"], wording_from(words_for("odi")))
    sent = questionnaire_response(own, {f"odi_{n}": 2 for n in range(1, 11)}, authored=AT, language="en")
    assert "-wording-" in sent["questionnaire"]
    assert score(FORMS["odi"], answers_of(FORMS["odi"], sent)).score == 40


@pytest.mark.parametrize("id", [*(id for id in FORMS if FORMS[id].body.is_slot or FORMS[id].body.pack), "own odi"])
def test_the_words_of_a_licensed_form_or_of_one_behind_terms_stay_out_of_a_response(id):
    entry = worded(FORMS["odi"], wording_from(words_for("odi"))) if id == "own odi" else FORMS[id]
    answers = {item.id: item.options[0].value for item in entry.body.items}
    sent = questionnaire_response(entry, answers, authored=AT, language="en", subject="Patient/p1")
    assert all(item.keys() == {"linkId", "answer"} for item in sent["item"])
    assert "display" not in json.dumps(sent)
    assert fhirkit.validate(json.dumps(sent)) == []
    assert answers_of(entry, sent) == answers


@pytest.mark.parametrize("id", FREE)
def test_a_validator_others_wrote_finds_nothing_wrong(id):
    answers = {item.id: item.options[0].value for item in FORMS[id].body.items}
    sent = questionnaire_response(FORMS[id], answers, authored=AT, language="en", subject="Patient/p1")
    for resource in (exported(id), sent):
        assert fhirkit.validate(json.dumps(resource)) == []


def test_the_validator_would_notice():
    assert fhirkit.validate(json.dumps(exported("peg") | {"status": ["active"]})) != []
