"""Who the chart is about, and under which key the person is found again."""

from datetime import date

import pytest

from enthesis.fhir import Identifier, Person, read_bundle
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind


def person(read, **fields):
    return read(patient={"resourceType": "Patient", "id": "p1"} | fields).person


def test_a_person_is_read_whole(read):
    found = person(
        read,
        gender="female",
        birthDate="1972-05-01",
        identifier=[{"system": "urn:x", "value": "7"}],
        name=[{"family": "DeLarosa", "given": ["Martha", None, "Maria"]}],
        telecom=[{"system": "phone", "value": "+31 78"}, {"system": "email", "value": "m@example.org"}],
        communication=[{"language": {"coding": [{"code": "nl"}]}}],
    )
    assert found == Person(
        key="urn:x|7",
        identifiers=(Identifier("urn:x", "7"),),
        family="DeLarosa",
        given="Martha Maria",
        born_text="1972-05-01",
        born=date(1972, 5, 1),
        sex="female",
        phone="+31 78",
        email="m@example.org",
        language="nl",
    )


def test_a_person_may_be_nearly_unknown(read):
    assert person(read) == Person(key="Patient/p1")


@pytest.mark.parametrize(("written", "born"), [("1972", None), ("1972-05", None), ("1972-05-01", date(1972, 5, 1))])
def test_a_birth_date_known_in_part_stays_as_it_was_written(read, written, born):
    found = person(read, birthDate=written)
    assert (found.born_text, found.born) == (written, born)


@pytest.mark.parametrize("sex", ["male", "female", "other", "unknown"])
def test_the_four_sexes_of_fhir_are_kept(read, sex):
    assert person(read, gender=sex).sex == sex


def test_any_other_word_for_sex_is_unknown_and_reported(read, report):
    chart = read(patient={"resourceType": "Patient", "id": "p1", "gender": "woman"})
    assert chart.person.sex == "unknown"
    assert report(chart) == [("Patient/p1", "gender 'woman' is none FHIR R4 knows; taken as unknown")]


MR = {"type": {"coding": [{"code": "MR"}]}, "system": "http://hospital", "value": "42"}


@pytest.mark.parametrize(
    ("identifiers", "key"),
    [
        ([{"system": "urn:ssn", "value": "1"}, MR], "http://hospital|42"),
        ([{"system": "urn:ssn", "value": "1"}, {"system": "urn:b", "value": "2"}], "urn:ssn|1"),
        ([{"value": "1"}], "Patient/p1"),
        ([{"system": "urn:a"}], "Patient/p1"),
        ([MR | {"use": "old"}, {"system": "urn:b", "value": "2"}], "urn:b|2"),
        ([MR | {"system": None}, {"system": "urn:b", "value": "2"}], "urn:b|2"),
    ],
)
def test_the_key_is_a_record_number_before_any_other_identifier_and_the_id_last(read, identifiers, key):
    assert person(read, identifier=identifiers).key == key


def test_an_id_is_a_key_only_together_with_its_server(write):
    entry = '{"fullUrl": "%s", "resource": {"resourceType": "Patient"%s}}'
    text = '{"resourceType": "Bundle", "entry": [%s]}'
    assert read_bundle(text % (entry % ("http://a/Patient/1", ', "id": "1"'))).person.key == "http://a/Patient/1"
    assert read_bundle(text % (entry % ("urn:uuid:9", ', "id": "1"'))).person.key == "Patient/1"
    assert read_bundle(text % (entry % ("urn:uuid:9", ""))).person.key == ""


@pytest.mark.parametrize(
    ("names", "family", "given"),
    [
        ([{"use": "old", "family": "A"}, {"use": "official", "family": "B"}], "B", ""),
        ([{"use": "maiden", "family": "A"}, {"family": "B"}], "B", ""),
        ([{"use": "usual", "family": "A"}, {"use": "official", "family": "B"}], "B", ""),
        ([{"use": "strange", "family": "A"}], "A", ""),
        ([{"text": "Maria Magdalena"}], "Maria Magdalena", ""),
        ([{"text": "Maria Magdalena", "given": ["Maria"]}], "", "Maria"),
        ([{"text": "Maria M.", "family": "Magdalena"}], "Magdalena", ""),
    ],
)
def test_the_official_name_is_taken_first_and_a_name_in_one_piece_last(read, names, family, given):
    found = person(read, name=names)
    assert (found.family, found.given) == (family, given)


def test_old_numbers_and_other_ways_are_passed_over(read):
    ways = [
        {"system": "phone", "value": "1", "use": "old"},
        {"system": "fax", "value": "2"},
        {"system": "phone"},
        {"system": "sms", "value": "3"},
        {"system": "phone", "value": "4"},
    ]
    found = person(read, telecom=ways)
    assert (found.phone, found.email) == ("3", "")


def test_the_preferred_language_comes_first(read):
    spoken = [
        {"language": {"coding": [{"code": "en"}]}},
        {"language": {"text": "Spanish"}, "preferred": True},
        {"language": {"coding": [{"code": "es"}]}, "preferred": True},
    ]
    assert person(read, communication=spoken).language == "es"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"deceasedBoolean": True}, "the record says that this patient has died"),
        ({"deceasedDateTime": "2020-01-01"}, "the record says that this patient has died"),
        (
            {"link": [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]},
            "the record says that another one has replaced it",
        ),
    ],
)
def test_a_record_that_should_not_be_used_any_more_says_so(read, report, fields, why):
    chart = read(patient={"resourceType": "Patient", "id": "p1"} | fields)
    assert report(chart) == [("Patient/p1", why)]
    assert chart.items == (ChartItem(ItemKind.UNREAD, "Patient/p1", why, coded=False),)


def test_a_living_patient_with_a_link_is_nothing_to_report(read, report):
    patient = {"resourceType": "Patient", "id": "p1", "deceasedBoolean": False, "link": [{"type": "seealso"}]}
    assert report(read(patient=patient)) == []
    assert read(patient=patient).items == ()


def test_the_same_patient_twice_is_one_patient(read):
    again = {"resourceType": "Patient", "id": "p1", "meta": {"versionId": "2"}, "text": {"status": "generated"}}
    assert read(again) == read()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": [{"family": "x" * 201}]}, "name[0].family is 201 characters long, and at most 200 are read"),
        ({"name": [{"text": "x" * 201}]}, "name[0].text is 201 characters long, and at most 200 are read"),
        ({"name": [{"given": ["x" * 100] * 2}]}, "name[0].given is 201 characters long, and at most 200 are read"),
        ({"identifier": [{"value": "1" * 91}]}, "identifier[0].value is 91 characters long, and at most 90 are read"),
        (
            {"identifier": [{"value": "1", "system": "x" * 201}]},
            "identifier[0].system is 201 characters long, and at most 200 are read",
        ),
    ],
)
def test_what_the_registry_could_not_keep_whole_is_refused(read, fields, sentence):
    with pytest.raises(BadInput) as caught:
        person(read, **fields)
    assert str(caught.value) == f"Patient/p1: {sentence}"


def test_a_number_too_long_to_keep_is_left_out_and_reported(read, report):
    ways = [
        {"system": "phone", "value": "1" * 61},
        {"system": "sms", "value": "2" * 60},
        {"system": "email", "value": "x" * 255},
        {"system": "email", "value": "x" * 254},
    ]
    chart = read(patient={"resourceType": "Patient", "id": "p1", "telecom": ways})
    assert (chart.person.phone, chart.person.email) == ("2" * 60, "x" * 254)
    assert report(chart) == [("Patient/p1", "a number of more than 60 characters is left out")]
    assert report(read(patient={"resourceType": "Patient", "id": "p1", "telecom": ways[1:]})) == []


def test_a_language_that_is_no_code_is_left_out(read):
    spoken = [{"language": {"coding": [{"code": "x" * 21}, {"display": "Dutch"}, {"code": "x" * 20}]}}]
    assert person(read, communication=spoken).language == "x" * 20
    assert person(read, communication=[{"language": {"coding": [{"code": "x"}]}}]).language == "x"


def test_the_longest_names_are_kept_whole(read):
    found = person(read, name=[{"family": "x" * 200, "given": ["y" * 198, "z"]}])
    assert (found.family, found.given) == ("x" * 200, "y" * 198 + " z")
