"""What is no bundle about one patient is refused with one sentence that says where and why."""

import gzip
import json

import pytest

from enthesis.fhir import read_bundle
from enthesis.fhir.parsing import MAX_DEPTH
from enthesis.knowledge import BadInput


def refusal(text, **options):
    with pytest.raises(BadInput) as caught:
        read_bundle(text, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "bundle: not JSON at line 1, column 1: Expecting value"),
        ('{"a": 1,\n "b"}', "bundle: not JSON at line 2, column 5: Expecting ':' delimiter"),
        (b"\xff", "bundle: not UTF-8 text at byte 0; FHIR JSON is always UTF-8"),
        ("{}".encode("utf-16-le"), "bundle: this is UTF-16 text; save it as UTF-8, as FHIR JSON always is"),
        ("{}".encode("utf-16-be"), "bundle: this is UTF-16 text; save it as UTF-8, as FHIR JSON always is"),
        (b"\xff\xfe{\x00", "bundle: this is UTF-16 text; save it as UTF-8, as FHIR JSON always is"),
        (b"\xfe\xff\x00{", "bundle: this is UTF-16 text; save it as UTF-8, as FHIR JSON always is"),
        (gzip.compress(b"{}"), "bundle: this is compressed (gzip); unpack it first"),
        (b"PK\x03\x04", "bundle: this is a ZIP archive; unpack it first"),
        (" <Bundle/>", "bundle: this looks like XML; FHIR JSON was expected"),
        ('{"a": 1, "b": 2, "b": 3}', "bundle: one JSON object has 'b' twice, and only one of the two can be meant"),
        ('{"a": NaN}', "bundle: NaN is not a number JSON knows"),
        ('{"a": -Infinity}', "bundle: -Infinity is not a number JSON knows"),
        (f'{{"a": {"9" * 5000}}}', "bundle: holds a number of thousands of digits, which FHIR has no use for"),
        ("[" * 100_000, "bundle: nested more than 100 levels deep, which no patient's chart is"),
        ("[]", "bundle: a FHIR Bundle was expected, and this JSON holds no object"),
        ("3", "bundle: a FHIR Bundle was expected, and this JSON holds no object"),
        ('{"name": "Maria"}', "bundle: not FHIR, for resourceType is missing; a Bundle was expected"),
        ('{"resourceType": 3}', "Bundle: resourceType must be text, and is a number"),
        ('{"resourceType": "Patient"}', "bundle: a Bundle was expected, and this is a resource of type 'Patient'"),
        ('{"resourceType": "Bundle"}', "Bundle: holds no Patient; exactly one was expected"),
        ('{"resourceType": "Bundle", "entry": {}}', "Bundle: entry must be a list, and is an object"),
        ('{"resourceType": "Bundle", "entry": ["Patient"]}', "Bundle: entry[0] must be an object, and is text"),
        (
            '{"resourceType": "Bundle", "entry": [{"resource": []}]}',
            "Bundle: entry[0].resource must be an object, and is a list",
        ),
        (
            '{"resourceType": "Bundle", "entry": [{"resource": {}}]}',
            "Bundle: entry[0].resource.resourceType is missing; the type of a FHIR resource was expected",
        ),
        (
            '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "No type"}}]}',
            "Bundle: entry[0].resource.resourceType is 'No type'; the type of a FHIR resource was expected",
        ),
        (
            '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "a b"}}]}',
            "Bundle: entry[0].resource.id is 'a b'; letters, digits, dots and dashes were expected, 128 at most",
        ),
    ],
)
def test_what_is_no_bundle_is_refused_with_its_place(text, sentence):
    assert refusal(text) == sentence


def test_a_file_over_the_limit_is_refused_before_it_is_read():
    assert refusal("x" * 20_000_001) == "bundle: 20.0 MB, and at most 20 MB are read"
    assert refusal(b"x" * 50_000_000) == "bundle: 50.0 MB, and at most 20 MB are read"
    assert refusal("{}" * 500, limit_bytes=999) == "bundle: 0.0 MB, and at most 0.000999 MB are read"
    assert refusal("[]" + " " * 998, limit_bytes=1000).startswith("bundle: a FHIR Bundle was expected")


def test_a_chart_may_be_deep_but_not_endlessly(write):
    def nested(depth):
        deep = 1
        for _ in range(depth):
            deep = [deep]
        return json.dumps({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}], "x": deep})

    assert read_bundle(nested(MAX_DEPTH - 1)).items == ()
    assert refusal(nested(MAX_DEPTH)) == "bundle: nested more than 100 levels deep, which no patient's chart is"


def test_a_byte_order_mark_is_no_obstacle(write):
    assert read_bundle(b"\xef\xbb\xbf" + write().encode()) == read_bundle(write())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": 1}, "MedicationRequest/m1: status must be text, and is a number"),
        ({"status": 1.5}, "MedicationRequest/m1: status must be text, and is a number"),
        ({"status": True}, "MedicationRequest/m1: status must be text, and is true or false"),
        ({"doNotPerform": "no"}, "MedicationRequest/m1: doNotPerform must be true or false, and is text"),
        ({"dosageInstruction": {}}, "MedicationRequest/m1: dosageInstruction must be a list, and is an object"),
        (
            {"dosageInstruction": [{}, "daily"]},
            "MedicationRequest/m1: dosageInstruction[1] must be an object, and is text",
        ),
        (
            {"dosageInstruction": [{"timing": {"repeat": []}}]},
            "MedicationRequest/m1: dosageInstruction[0].timing.repeat must be an object, and is a list",
        ),
        ({"authoredOn": "2026-02-30"}, "MedicationRequest/m1: authoredOn is '2026-02-30', and there is no such day"),
        (
            {"authoredOn": "30/02/2026"},
            "MedicationRequest/m1: authoredOn is '30/02/2026'; a date such as 2026-11-23, 2026-11 or 2026 was expected",
        ),
        (
            {"medicationCodeableConcept": "naproxen"},
            "MedicationRequest/m1: medicationCodeableConcept must be an object, and is text",
        ),
        (
            {"medicationCodeableConcept": {"coding": [{"code": 849574}]}},
            "MedicationRequest/m1: medicationCodeableConcept.coding[0].code must be text, and is a number",
        ),
        (
            {"medicationCodeableConcept": {"text": "half a \ud800 character"}},
            "MedicationRequest/m1: medicationCodeableConcept.text holds a control character or half a character",
        ),
        (
            {"medicationCodeableConcept": {"text": "nul \x00"}},
            "MedicationRequest/m1: medicationCodeableConcept.text holds a control character or half a character",
        ),
        (
            {"medicationCodeableConcept": {"text": "x" * 20_001}},
            "MedicationRequest/m1: medicationCodeableConcept.text is 20001 characters long, and at most 20000 are read",
        ),
        (
            {"dosageInstruction": [{}] * 101},
            "MedicationRequest/m1: dosageInstruction has 101 members, and at most 100 are read",
        ),
    ],
)
def test_a_wrong_type_or_an_impossible_value_names_the_resource_and_the_field(write, drug, fields, sentence):
    assert refusal(write(drug(**fields))) == sentence


def test_the_longest_text_and_the_longest_list_are_still_read(read, drug):
    assert len(read(drug(dosageInstruction=[{"text": "x" * 20_000}] + [{}] * 99)).items) == 1


def test_a_name_too_long_to_keep_whole_is_refused_and_not_cut(write, read, drug):
    assert [item.name for item in read(drug(medicationCodeableConcept={"text": "x" * 1000})).items] == ["x" * 1000]
    assert refusal(write(drug(medicationCodeableConcept={"text": "x" * 1001}))) == (
        "MedicationRequest/m1: its names together are longer than the 1000 characters kept"
    )


def test_a_bundle_of_more_than_a_hundred_thousand_entries_is_no_chart():
    def crowd(size):
        return json.dumps({"resourceType": "Bundle", "entry": [None] * size})

    assert refusal(crowd(100_000)) == "Bundle: holds no Patient; exactly one was expected"
    assert refusal(crowd(100_001)) == "Bundle: entry has 100001 members, and at most 100000 are read"


def test_a_history_is_no_chart():
    assert refusal('{"resourceType": "Bundle", "type": "history"}') == (
        "Bundle: type is 'history'; one of batch, batch-response, collection, document, message, searchset, "
        "transaction, transaction-response was expected"
    )


def test_no_name_is_longer_than_the_registry_keeps(drug):
    longest = {"resourceType": "Patient", "id": "x" * 128}
    text = json.dumps({"resourceType": "Bundle", "entry": [{"fullUrl": "u" * 300, "resource": longest}]})
    assert len(read_bundle(text).person.key) == len("Patient/") + 128
    text = json.dumps({"resourceType": "Bundle", "entry": [{"fullUrl": "u" * 301, "resource": longest}]})
    assert refusal(text) == "Bundle: entry[0].fullUrl is 301 characters long, and at most 300 are read"
    inside = drug(contained=[{"resourceType": "Condition", "id": "y" * 129}])
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": longest}, {"resource": inside}]})
    said = refusal(text.replace("Patient/p1", f"Patient/{'x' * 128}"))
    assert said.startswith("MedicationRequest/m1: contained[0].id is 'yyy")


def test_no_patient_and_two_patients_are_refused(write, drug):
    assert refusal(write(drug(), patient=None)) == "Bundle: holds no Patient; exactly one was expected"
    assert refusal(write({"resourceType": "Patient", "id": "p2"})) == (
        "Bundle: holds 2 patients, such as Patient/p1 and Patient/p2; exactly one was expected"
    )
    three = write({"resourceType": "Patient", "id": "p2"}, {"resourceType": "Patient"})
    assert refusal(three) == "Bundle: holds 3 patients, such as Patient/p1 and Patient/p2; exactly one was expected"


def test_one_id_with_two_contents_is_a_contradiction(write, drug):
    said = "MedicationRequest/m1: is in the bundle twice, and the two contradict each other"
    assert refusal(write(drug(), drug(status="stopped"))) == said
    patient = {"resourceType": "Patient", "id": "p1", "gender": "female"}
    assert refusal(write(patient)) == "Patient/p1: is in the bundle twice, and the two contradict each other"


def test_one_full_url_with_two_contents_is_a_contradiction():
    entries = [{"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": id}} for id in ("a", "b")]
    text = json.dumps({"resourceType": "Bundle", "entry": entries})
    assert refusal(text) == "Patient/a: is in the bundle twice, and the two contradict each other"


def test_two_resources_that_would_go_by_one_name_are_refused(drug):
    entries = [{"resource": {"resourceType": "Patient", "id": "p1"}}] + [
        {"fullUrl": f"http://{server}/MedicationRequest/7", "resource": drug(id=None)} for server in "ab"
    ]
    text = json.dumps({"resourceType": "Bundle", "entry": entries})
    assert refusal(text) == "MedicationRequest/7: 2 resources go by this name, and each needs one of its own"
