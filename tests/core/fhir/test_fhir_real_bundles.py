"""Real bundles: all in them is found again, and nothing done to them gives a traceback or loses a drug."""

import copy
import json
import time
from collections import Counter
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enthesis.fhir import NotUnderstood, as_arguments, read_bundle
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind, Route, State, Taking

DRUGS = ("MedicationAdministration", "MedicationDispense", "MedicationRequest", "MedicationStatement")
KEPT = (*DRUGS, "AllergyIntolerance")
KINDS = {
    "MedicationRequest": "medicine",
    "Condition": "problem",
    "AllergyIntolerance": "allergy",
    "Procedure": "procedure",
}


@pytest.mark.parametrize("number", range(1, 7))
def test_every_resource_of_a_synthetic_chart_becomes_an_item(folder, number):
    text = (folder / "synthea" / f"patient-0{number}.json").read_bytes()
    inside = Counter(entry["resource"]["resourceType"] for entry in json.loads(text)["entry"])
    chart = read_bundle(text)
    values = {"measurement": 1} if number > 2 else {}  # the HbA1c that four of the six people have
    died = {"unread": 1} if number == 3 else {}  # a record of somebody who has died is a question
    assert (
        Counter(item.kind.value for item in chart.items)
        == {KINDS[kind]: inside[kind] for kind in KINDS} | values | died
    )
    assert {item.coded for item in chart.items if item.kind is not ItemKind.UNREAD} == {True}
    assert [line.why for line in chart.not_understood if line.resource == "Observation"] == [
        f"{25 - len(values)} resources of this type: no rule reads them; what matters is asked instead"
    ]


def test_the_name_of_a_person_keeps_its_accents_and_the_record_number_is_the_key(folder):
    person = read_bundle((folder / "synthea" / "patient-01.json").read_bytes()).person
    assert (person.given, person.family, person.born) == ("Adán", "Razo", date(1984, 8, 22))
    assert person.key == "http://hospital.smarthealthit.org|1536923"


def test_the_international_patient_summary_is_read_whole(folder):
    chart = read_bundle((folder / "ips" / "Bundle-IPS-examples-Bundle-01.json").read_bytes())
    anastrozole = (
        "Product containing anastrozole (medicinal product) / ANASTROZOL 1MG TABLET / "
        "ANASTROZOL CF TABLET FILMOMHULD 1MG"
    )
    cohosh = "Cimicifugae rhizoma / Cimicifuga racemosa extract (substance) / Black Cohosh Extract herbal supplement"
    assert chart.items == (
        ChartItem(
            ItemKind.PROBLEM,
            "Condition/c64139e7-f02d-409c-bf34-75e8bf23bc80",
            "Menopausal and female climacteric states / Menopausal flushing (finding)",
            state=State.ACTIVE,
            icd10=("N95.1",),
            since=date(2015, 1, 1),
        ),
        ChartItem(
            ItemKind.MEDICINE,
            "MedicationStatement/c220e36c-eb67-4fc4-9ba1-2fabc52acec6",
            anastrozole,
            state=Taking.TAKING,
            route=Route.ORAL,
            since=date(2015, 3, 1),
        ),
        ChartItem(
            ItemKind.MEDICINE,
            "MedicationStatement/47524493-846a-4a26-bae2-4ab03e60f02e",
            cohosh,
            state=Taking.TAKING,
            route=Route.ORAL,
            since=date(2016, 1, 1),
        ),
        ChartItem(
            ItemKind.ALLERGY,
            "AllergyIntolerance/72884cad-ebe6-4f43-a51a-2f978275f132",
            "Substance with penicillin structure (substance)",
            since=date(2010, 1, 1),
        ),
        ChartItem(
            ItemKind.PROBLEM,
            "Condition/c4597aa2-688a-401b-a658-70acc6de28c6",
            "Malignant tumor of breast / Infiltrating duct carcinoma, NOS",
            state=State.PAST,
            since=date(2015, 1, 1),
            last=date(2015, 3, 31),
        ),
        ChartItem(
            ItemKind.MEASUREMENT,
            "Observation/cc354e00-a419-47ea-8b6c-1768b2a01646",
            "hba1c",
            since=date(2017, 11, 9),
            last=date(2017, 11, 10),
            value=7.5,
            unit="%",
        ),
    )
    assert chart.not_understood[0] == NotUnderstood(
        "AllergyIntolerance/c7781f44-6df8-4a8b-9e06-0b34263a47c5",
        "says 'No known food allergy (situation)', which is no allergy",
    )


def test_the_smallest_patient_summary_is_read(folder):
    chart = read_bundle((folder / "ips" / "Bundle-bundle-minimal.json").read_bytes())
    assert [item.kind.value for item in chart.items] == ["problem", "medicine", "allergy"]
    assert [line.resource for line in chart.not_understood] == ["Composition", "Organization", "Practitioner"]


@pytest.mark.parametrize("kind", ["Questionnaire", "QuestionnaireResponse"])
def test_a_form_is_no_chart(folder, kind):
    [path] = (folder / "sdc").glob(f"{kind}-*.json")
    with pytest.raises(BadInput) as caught:
        read_bundle(path.read_bytes())
    assert str(caught.value) == f"bundle: a Bundle was expected, and this is a resource of type {kind!r}"


def test_a_chart_goes_to_the_act_as_its_arguments(folder, read):
    chart = read_bundle((folder / "ips" / "Bundle-bundle-minimal.json").read_bytes())
    sent = as_arguments(chart)
    assert (sent["key"], sent["items"]) == (chart.person.key, chart.items)
    assert sent["not_understood"][0] == {"resource": "Composition", "why": chart.not_understood[0].why}
    with pytest.raises(BadInput):
        as_arguments(read(patient={"resourceType": "Patient"}))


def test_a_chart_of_the_largest_size_is_read_in_seconds(folder):
    bundle = json.loads((folder / "synthea" / "patient-03.json").read_bytes())
    [patient], others = bundle["entry"][:1], bundle["entry"][1:]
    copies = [
        {"resource": entry["resource"] | {"id": f"{entry['resource']['id']}-{again}"}}
        for again in range(20)
        for entry in others
    ]
    started = time.process_time()
    chart = read_bundle(json.dumps({"resourceType": "Bundle", "entry": [patient, *copies]}))
    assert len(chart.items) == 1 + 20 * 346
    assert time.process_time() - started < 10


# --- what is done to a bundle, wherever it is done, ends in a chart that lost nothing or in one sentence


def places(value, path=()):
    """Every place in a JSON value, as the keys that lead to it."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


def small(folder):
    """A patient summary with a prescription, a dose and an allergy of a synthetic chart among it."""
    bundle = json.loads((folder / "ips" / "Bundle-IPS-examples-Bundle-01.json").read_bytes())
    for entry in bundle["entry"]:
        entry["resource"].pop("text", None)
        entry["resource"].pop("section", None)
    whose = {"reference": "Patient/2b90dd2b-2dab-4c75-9bb9-a355e07401e8"}
    others = json.loads((folder / "synthea" / "patient-02.json").read_bytes())["entry"]
    for kind in ("MedicationRequest", "AllergyIntolerance", "Procedure"):
        one = next(entry["resource"] for entry in others if entry["resource"]["resourceType"] == kind)
        bundle["entry"].append({"resource": one | {"patient" if kind == "AllergyIntolerance" else "subject": whose}})
    dose = {
        "resourceType": "MedicationAdministration",
        "id": "given",
        "status": "completed",
        "subject": whose,
        "medicationCodeableConcept": {"text": "triamcinolone"},
        "effectiveDateTime": "2026-10-01",
    }
    box = {
        "resourceType": "MedicationDispense",
        "id": "box",
        "status": "completed",
        "subject": whose,
        "medicationReference": {"reference": "#m"},
        "contained": [{"resourceType": "Medication", "id": "m"}],
    }
    bundle["entry"] += [{"resource": dose}, {"resource": box}]
    return bundle


JUNK = [
    None,
    True,
    0,
    -1.5,
    1e400,
    "",
    " ",
    "x",
    "active",
    "stopped",
    "entered-in-error",
    "not-taken",
    "#m",
    "Patient/other",
    "2026",
    "2026-02-30",
    "9999-12-31",
    "\x00",
    "\ud800",
    "é" * 300,
    [],
    [None],
    ["x"],
    [[]],
    {},
    {"x": 1},
    {"coding": []},
    {"coding": [{}]},
    {"reference": "Patient/other"},
    {"reference": "#"},
    [{}],
    [{"text": "x"}],
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_whatever_is_done_to_a_bundle_no_drug_and_no_allergy_is_lost(folder, draw):
    bundle = small(folder)
    for _ in range(draw.draw(st.integers(1, 3))):
        alter(bundle, draw.draw(st.sampled_from(list(places(bundle)))), draw.draw(st.sampled_from([*JUNK, "delete"])))
    look_through(json.dumps(bundle), bundle)


def alter(bundle, path, junk):
    """Deletes what is at a place, or puts junk there."""
    *holders, last = path
    holder = bundle
    for key in holders:
        holder = holder[key]
    if junk == "delete":
        del holder[last]
    else:
        holder[last] = copy.deepcopy(junk)


def outcome(text):
    try:
        return read_bundle(text), ""
    except BadInput as refused:
        return None, str(refused)


def look_through(text, bundle):
    """A chart that lost nothing and can be stored, or one sentence."""
    chart, refusal = outcome(text)
    if chart is None:
        assert 10 < len(refusal) < 600
        assert refusal.isprintable()
        return
    names = {item.evidence for item in chart.items} | {line.resource for line in chart.not_understood}
    resources = [entry["resource"] for entry in bundle["entry"] if entry and entry.get("resource")]
    kept = [resource["resourceType"] for resource in resources]
    for kind in KEPT:
        assert len({name for name in names if name.startswith((f"{kind}/", f"{kind} at"))}) == kept.count(kind)
    check(chart)


def check(chart):
    for item in chart.items:
        item.name.encode()
        assert item.name
        assert item.evidence
        assert {"medicine": Taking, "problem": State}.get(item.kind.value, str)(item.state) == item.state
    assert len({item.evidence for item in chart.items}) == len(chart.items)
    json.dumps([vars(line) for line in chart.not_understood], ensure_ascii=False).encode()


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200)))
def test_no_text_at_all_gives_a_traceback(text):
    with pytest.raises(BadInput):
        read_bundle(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_a_torn_file_gives_no_traceback(folder, draw):
    text = json.dumps(small(folder)).encode()
    cut = draw.draw(st.integers(0, len(text) - 1))
    with pytest.raises(BadInput):
        read_bundle(text[:cut])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "status", "code", "coding", "text", "subject", "reference", "contained"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


fields = st.sampled_from(
    [
        "status",
        "code",
        "subject",
        "patient",
        "contained",
        "medicationCodeableConcept",
        "medicationReference",
        "reaction",
        "dosage",
        "dosageInstruction",
        "clinicalStatus",
        "effectivePeriod",
        "doNotPerform",
    ]
)
kinds = st.sampled_from([*KEPT, "Condition", "Procedure", "Medication", "Observation", "Flag"])


@settings(max_examples=300, deadline=None)
@given(kind=kinds, body=st.dictionaries(fields, json_values, max_size=4))
def test_a_resource_of_any_shape_gives_an_item_a_line_or_one_sentence(kind, body):
    bundle = {
        "resourceType": "Bundle",
        "entry": [
            {"resource": {"resourceType": "Patient", "id": "p1"}},
            {"resource": {**body, "resourceType": kind, "id": "x"}},
        ],
    }
    look_through(json.dumps(bundle), bundle)
