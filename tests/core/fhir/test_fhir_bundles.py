"""References, subjects, and what becomes of resources that nobody reads."""

import json
from datetime import date

import pytest

from enthesis.fhir import read_bundle
from enthesis.fhir.chart import Understood, not_lost
from enthesis.fhir.dates import first_day, last_day, whole_day
from enthesis.fhir.node import Node
from enthesis.fhir.others import LOOK, MAY_MATTER, UNUSED
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind

TYPES = [
    "batch",
    "batch-response",
    "collection",
    "document",
    "message",
    "searchset",
    "transaction",
    "transaction-response",
]
PATIENT = {"resourceType": "Patient", "id": "p1", "identifier": [{"system": "urn:x", "value": "7"}]}


def refusal(text):
    with pytest.raises(BadInput) as caught:
        read_bundle(text)
    return str(caught.value)


def with_urls(*entries):
    return json.dumps({"resourceType": "Bundle", "entry": [{"fullUrl": url, "resource": one} for url, one in entries]})


@pytest.mark.parametrize("type", [*TYPES, None])
def test_every_kind_of_bundle_but_a_history_is_read(read, drug, type):
    assert [item.evidence for item in read(drug(), type=type).items] == ["MedicationRequest/m1"]


@pytest.mark.parametrize(
    ("url", "reference"),
    [
        ("", "Patient/p1"),
        ("", "Patient/p1/_history/3"),
        ("urn:uuid:9", "urn:uuid:9"),
        ("urn:uuid:9", "Patient/p1"),
        ("http://a/Patient/p1", "http://a/Patient/p1"),
        ("http://a/Patient/p1", "Patient/p1"),
        ("http://a/Patient/p1", "http://a/Patient/p1/_history/3"),
        ("urn:uuid:9", "http://a/Patient/p1"),
        ("", "Patient?identifier=urn:x|7"),
    ],
)
def test_a_resource_is_about_the_patient_by_any_way_of_referring(drug, about, url, reference):
    resources = [drug(subject={"reference": reference}), about("Observation", subject={"reference": reference})]
    chart = read_bundle(with_urls((url, PATIENT), *(("", one) for one in resources)))
    assert [item.evidence for item in chart.items] == ["MedicationRequest/m1"]


@pytest.mark.parametrize("url", ["", "http://a/Patient/p1"])
@pytest.mark.parametrize(
    "reference",
    ["Patient/p2", "http://b/Patient/p2", "urn:uuid:8", "Patient?identifier=urn:x|8", "Patient?identifier=urn:y|7"],
)
@pytest.mark.parametrize("kind", ["MedicationRequest", "Observation", "AdverseEvent"])
def test_a_resource_about_another_patient_is_refused_by_name(drug, about, url, reference, kind):
    resource = about(kind, id="m1", subject={"reference": reference})
    assert refusal(with_urls((url, PATIENT), ("", resource))) == (
        f"{kind}/m1: is about '{reference}', and this bundle's patient is Patient/p1"
    )


def test_the_same_id_on_another_server_is_another_patient(drug):
    text = with_urls(("http://a/Patient/p1", PATIENT), ("", drug(subject={"reference": "http://b/Patient/p1"})))
    assert refusal(text).startswith("MedicationRequest/m1: is about 'http://b/Patient/p1'")


def test_an_identifier_alone_may_say_whose_it_is(read, drug, report):
    known = {"identifier": {"system": "urn:x", "value": "7"}}
    assert report(read(drug(subject=known), patient=PATIENT)) == []
    with pytest.raises(BadInput) as caught:
        read(drug(subject={"identifier": {"system": "urn:x", "value": "8"}}), patient=PATIENT)
    assert str(caught.value) == "MedicationRequest/m1: is about '8', and this bundle's patient is Patient/p1"


def test_an_allergy_of_another_patient_is_refused(write, about):
    text = write(about("AllergyIntolerance", patient={"reference": "Patient/p2"}))
    assert refusal(text) == "AllergyIntolerance/x1: is about 'Patient/p2', and this bundle's patient is Patient/p1"


@pytest.mark.parametrize("subject", [None, {"display": "Maria"}])
def test_what_does_not_say_whose_it_is_is_read_and_reported(read, drug, report, subject):
    chart = read(drug(subject=subject))
    assert [item.evidence for item in chart.items] == ["MedicationRequest/m1"]
    assert report(chart) == [("MedicationRequest/m1", "does not say whose it is; read as this patient's")]


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Group/g1"},
        {"reference": "Location/l1"},
        {"reference": "#g"},
        {"display": "the ward"},
        [{"reference": "Patient/p9"}],
        "the ward",
    ],
)
def test_a_resource_nobody_reads_may_be_about_a_place_or_a_group(read, about, subject):
    place = {"resourceType": "Location", "id": "l1"}
    assert read(about("Observation", subject=subject), place).items == ()


def test_a_prescription_for_a_group_is_not_this_patients(write, drug):
    text = write(drug(subject={"reference": "Group/g1"}), {"resourceType": "Group", "id": "g1"})
    assert refusal(text) == "MedicationRequest/m1: is about 'Group/g1', and this bundle's patient is Patient/p1"


def test_the_same_resource_twice_is_one_item(read, drug):
    assert read(drug(), drug(meta={"versionId": "2"})) == read(drug())


def test_a_resource_may_be_known_by_two_addresses(drug):
    product = {"resourceType": "Medication", "id": "a", "code": {"text": "warfarin"}}
    request = drug(medicationCodeableConcept=None, medicationReference={"reference": "urn:uuid:2"})
    text = with_urls(("", PATIENT), ("urn:uuid:1", product), ("urn:uuid:2", product), ("", request))
    assert [item.name for item in read_bundle(text).items] == ["warfarin"]


def test_evidence_is_the_id_or_the_address_or_the_place_in_the_bundle(drug):
    urls = ["urn:uuid:1b", "http://a/MedicationRequest/7", ""]
    text = with_urls(("", PATIENT), ("", drug()), *((url, drug(id=None)) for url in urls))
    assert [item.evidence for item in read_bundle(text).items] == [
        "MedicationRequest/m1",
        "MedicationRequest/1b",
        "MedicationRequest/7",
        "MedicationRequest at entry[4]",
    ]


def test_entries_without_a_resource_are_reported(report):
    entries = [{"resource": PATIENT}, None, {"request": {"method": "DELETE", "url": "Condition/9"}}, {"response": {}}]
    chart = read_bundle(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert report(chart) == [
        ("Bundle: entry[2]", "asks to delete 'Condition/9'; an import deletes nothing"),
        ("Bundle: entry[3]", "holds no resource"),
    ]


def test_resources_no_rule_reads_are_counted_by_type(read, about, report):
    chart = read(about("Observation", id="o1"), about("Flag"), about("Observation", id="o2"), about("CarePlan"))
    assert chart.items == (ChartItem(ItemKind.UNREAD, "Flag/x1", "a resource of type Flag", coded=False),)
    assert report(chart) == [
        ("Flag/x1", "is of a type nobody here reads; kept as a question for a clinician"),
        ("CarePlan", f"1 resource of this type: {LOOK}"),
        ("Observation", "2 resources of this type: no rule reads them; what matters is asked instead"),
    ]


@pytest.mark.parametrize("kind", sorted(UNUSED | MAY_MATTER))
def test_no_type_that_is_only_counted_may_hold_a_drug_or_an_allergy_of_its_own(kind):
    assert kind not in ("AdverseEvent", "AllergyIntolerance", "Condition", "DetectedIssue", "Flag", "Procedure")
    assert kind == "MedicationKnowledge" or not kind.startswith("Medication")


def test_a_misspelt_type_is_kept_as_a_question(read, drug):
    assert [item.name for item in read(drug("MedicationReqest")).items] == ["a resource of type MedicationReqest"]


def test_a_drug_inside_a_resource_that_is_not_read_is_kept_as_a_question(read, about, drug, report):
    chart = read(about("CarePlan", contained=[drug(), {"resourceType": "Goal"}]))
    assert chart.items == (
        ChartItem(ItemKind.UNREAD, "CarePlan/x1#m1", "a MedicationRequest inside CarePlan/x1", coded=False),
    )
    assert report(chart)[0] == (
        "CarePlan/x1#m1",
        "is held inside another resource and not read; kept as a question for a clinician",
    )


@pytest.mark.parametrize("modifier", ["modifierExtension", "implicitRules"])
def test_a_resource_whose_meaning_may_be_turned_round_is_kept_as_a_question(read, drug, about, report, modifier):
    chart = read(drug(**{modifier: ["x"]}), about("Observation", **{modifier: ["x"]}))
    assert chart.items == (
        ChartItem(ItemKind.UNREAD, "MedicationRequest/m1", f"a MedicationRequest with a {modifier}", coded=False),
    )
    assert report(chart)[0] == (
        "MedicationRequest/m1",
        f"has a {modifier} that nobody here knows; kept as a question for a clinician",
    )


def test_one_page_of_a_search_is_not_the_whole_chart(read, report):
    chart = read(type="searchset", link=[{"relation": "self"}, {"relation": "next", "url": "http://a?page=2"}])
    assert chart.items == (ChartItem(ItemKind.UNREAD, "Bundle", "the rest of a search result", coded=False),)
    why = "this is one page of a search, and the other pages are missing; kept as a question for a clinician"
    assert report(chart) == [("Bundle", why)]
    assert read(type="searchset", link=[{"relation": "self"}]).items == ()


def test_a_reader_cannot_give_neither_an_item_nor_a_sentence():
    with pytest.raises(ValueError, match=r"^a resource that gives no item must give a sentence for the report$"):
        not_lost(Understood(None))
    sentence = Understood(None, ("was cancelled",))
    assert not_lost(sentence) is sentence


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-11-23", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-11-23T23:30:00.123-05:00", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-11-23T23:59:60Z", date(2026, 11, 23), date(2026, 11, 23)),
        ("2026-11-23T07:05", date(2026, 11, 23), date(2026, 11, 23)),
        ("1800", date(1800, 1, 1), date(1800, 12, 31)),
        ("2199", date(2199, 1, 1), date(2199, 12, 31)),
        ("0001-01-01T00:00:00", None, None),
        ("9999-12-31", None, None),
        ("", None, None),
    ],
)
def test_a_date_known_in_part_is_read_to_the_safe_side(written, first, last):
    node = Node("Condition/c1", {"onset": written})
    assert (first_day(node, "onset"), last_day(node, "onset")) == (first, last)
    assert whole_day(node, "onset") == (first if first == last else None)


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2026-13", "2026-00", "2026-01-00", "0000", "1799", "2200-01-01", "2026-02-29", "9998-01-01"],
)
def test_a_day_that_does_not_exist_is_refused(written):
    with pytest.raises(BadInput, match=rf"^Condition/c1: onset is '{written}', and there is no such day$"):
        first_day(Node("Condition/c1", {"onset": written}), "onset")


@pytest.mark.parametrize(
    "written",
    [
        "today",
        "26-01-01",
        "2026-1-1",
        "20261123",
        "2026-11-23T24:00",
        "2026-11-23T10:60",
        "2026-11-23T10:00:61",
        "2026-11T10:00",
        "٢٠٢٦",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(BadInput, match=r"a date such as 2026-11-23, 2026-11 or 2026 was expected$"):
        last_day(Node("Condition/c1", {"onset": written}), "onset")
