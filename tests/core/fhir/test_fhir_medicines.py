"""Prescriptions, statements, doses and dispensings: which become a medicine, how it stands, and since when."""

from datetime import date

import pytest

from enthesis.screening import ChartItem, ItemKind, Route, Taking

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED = "http://snomed.info/sct"
IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
EVERY = ["MedicationRequest", "MedicationStatement", "MedicationAdministration", "MedicationDispense"]


def naproxen(kind="MedicationRequest", **fields):
    return ChartItem(
        ItemKind.MEDICINE,
        f"{kind}/m1",
        "Naproxen 220 MG Oral Tablet",
        **({"state": Taking.TAKING, "route": Route.ORAL} | fields),
    )


def unread(name, kind="MedicationRequest"):
    return ChartItem(ItemKind.UNREAD, f"{kind}/m1", name, coded=False)


def the_item(chart):
    [item] = chart.items
    return item


@pytest.mark.parametrize(
    ("kind", "status", "taking"),
    [
        ("MedicationRequest", "active", Taking.TAKING),
        ("MedicationRequest", "on-hold", Taking.UNKNOWN),
        ("MedicationRequest", "unknown", Taking.UNKNOWN),
        ("MedicationRequest", "completed", Taking.STOPPED),
        ("MedicationRequest", "stopped", Taking.STOPPED),
        ("MedicationStatement", "active", Taking.TAKING),
        ("MedicationStatement", "on-hold", Taking.UNKNOWN),
        ("MedicationStatement", "unknown", Taking.UNKNOWN),
        ("MedicationStatement", "completed", Taking.STOPPED),
        ("MedicationStatement", "stopped", Taking.STOPPED),
        ("MedicationStatement", "not-taken", Taking.NOT_TAKEN),
        ("MedicationAdministration", "in-progress", Taking.TAKING),
        ("MedicationAdministration", "on-hold", Taking.UNKNOWN),
        ("MedicationAdministration", "unknown", Taking.UNKNOWN),
        ("MedicationAdministration", "completed", Taking.STOPPED),
        ("MedicationAdministration", "stopped", Taking.STOPPED),
        ("MedicationDispense", "in-progress", Taking.UNKNOWN),
        ("MedicationDispense", "on-hold", Taking.UNKNOWN),
        ("MedicationDispense", "completed", Taking.UNKNOWN),
        ("MedicationDispense", "stopped", Taking.UNKNOWN),
        ("MedicationDispense", "unknown", Taking.UNKNOWN),
    ],
)
def test_the_status_says_how_a_medicine_stands(read, drug, report, kind, status, taking):
    chart = read(drug(kind, status=status))
    assert chart.items == (naproxen(kind, state=taking),)
    assert report(chart) == []


@pytest.mark.parametrize(
    ("kind", "fields", "why"),
    [
        ("MedicationRequest", {"status": "cancelled"}, "was cancelled before it was ever taken; not counted"),
        ("MedicationRequest", {"status": "draft"}, "is a draft, not a prescription; not counted"),
        ("MedicationRequest", {"status": "entered-in-error"}, "was entered in error; not counted"),
        ("MedicationRequest", {"doNotPerform": True}, "asks that this is not taken; not counted"),
        ("MedicationRequest", {"intent": "proposal"}, "has the intent 'proposal', which is no order; not counted"),
        ("MedicationRequest", {"intent": "plan"}, "has the intent 'plan', which is no order; not counted"),
        ("MedicationRequest", {"intent": "option"}, "has the intent 'option', which is no order; not counted"),
        ("MedicationStatement", {"status": "intended"}, "is intended, not yet taken; not counted"),
        ("MedicationStatement", {"status": "entered-in-error"}, "was entered in error; not counted"),
        ("MedicationAdministration", {"status": "not-done"}, "was not given; not counted"),
        ("MedicationAdministration", {"status": "entered-in-error"}, "was entered in error; not counted"),
        ("MedicationDispense", {"status": "preparation"}, "has not been handed out; not counted"),
        ("MedicationDispense", {"status": "cancelled"}, "was never handed out; not counted"),
        ("MedicationDispense", {"status": "declined"}, "was declined; not counted"),
        ("MedicationDispense", {"status": "entered-in-error"}, "was entered in error; not counted"),
    ],
)
def test_what_was_never_taken_raises_no_flag_and_is_reported(read, drug, report, kind, fields, why):
    chart = read(drug(kind, **fields))
    assert chart.items == ()
    assert report(chart) == [(f"{kind}/m1", why)]


@pytest.mark.parametrize("kind", EVERY)
def test_a_missing_status_leaves_it_unknown_whether_it_is_taken(read, drug, report, kind):
    chart = read(drug(kind, status=None))
    assert chart.items == (naproxen(kind, state=Taking.UNKNOWN),)
    assert report(chart) == [(f"{kind}/m1", "has no status; taken as unknown")]


@pytest.mark.parametrize("kind", EVERY)
def test_a_status_fhir_does_not_know_leaves_it_unknown_too(read, drug, report, kind):
    chart = read(drug(kind, status="aktiv"))
    assert chart.items == (naproxen(kind, state=Taking.UNKNOWN),)
    assert report(chart) == [(f"{kind}/m1", "status 'aktiv' is none FHIR R4 knows; taken as unknown")]


@pytest.mark.parametrize("intent", ["order", "original-order", "reflex-order", "filler-order", "instance-order", None])
def test_every_kind_of_order_counts(read, drug, report, intent):
    chart = read(drug(intent=intent))
    assert (chart.items, report(chart)) == ((naproxen(),), [])


def test_an_intent_fhir_does_not_know_is_read_as_an_order_and_reported(read, drug, report):
    chart = read(drug(intent="wish"))
    assert chart.items == (naproxen(),)
    assert report(chart) == [("MedicationRequest/m1", "intent 'wish' is none FHIR R4 knows; taken as an order")]


@pytest.mark.parametrize("reported", [{"reportedBoolean": True}, {"reportedReference": {"reference": "Patient/p1"}}])
def test_a_plan_the_patient_reports_is_a_medicine_bought_without_prescription(read, drug, report, reported):
    chart = read(drug(intent="plan", **reported))
    assert (chart.items, report(chart)) == ((naproxen(),), [])


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
@pytest.mark.parametrize("how", [{"asNeededBoolean": True}, {"asNeededCodeableConcept": {"text": "pain"}}])
def test_as_needed_in_any_dosage_means_as_needed(read, drug, kind, how):
    dosages = {"dosageInstruction" if kind == "MedicationRequest" else "dosage": [{"asNeededBoolean": False}, how]}
    assert the_item(read(drug(kind, **dosages))) == naproxen(kind, state=Taking.AS_NEEDED)
    assert the_item(read(drug(kind, status="stopped", **dosages))) == naproxen(kind, state=Taking.STOPPED)


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
def test_a_dosage_that_is_not_as_needed_is_regular(read, drug, kind):
    dosages = {"dosageInstruction" if kind == "MedicationRequest" else "dosage": [{"asNeededBoolean": False}]}
    assert the_item(read(drug(kind, **dosages))).state == Taking.TAKING


def bounds(*periods):
    return [{"timing": {"repeat": {"boundsPeriod": period}}} for period in periods]


@pytest.mark.parametrize(
    ("fields", "since", "last"),
    [
        ({"authoredOn": "2026-10-01T09:00:00Z"}, date(2026, 10, 1), None),
        ({"dosageInstruction": bounds({"end": "2026-11-03"}, {"end": "2026-11-20"})}, None, date(2026, 11, 20)),
        ({"dosageInstruction": bounds({"end": "2026-11-03"}, {})}, None, None),
        ({"dosageInstruction": bounds({"start": "2026-10-09"}, {"start": "2026-10-02"})}, date(2026, 10, 2), None),
        ({"authoredOn": "2026-10", "dosageInstruction": bounds({"start": "2026-09-09"})}, date(2026, 10, 1), None),
        ({"dosageInstruction": bounds({"end": "2026-11"})}, None, date(2026, 11, 30)),
        ({"dispenseRequest": {"validityPeriod": {"end": "2026-11-01"}}}, None, None),
        (
            {"dispenseRequest": {"expectedSupplyDuration": {"value": 2}}, "authoredOn": "2026-10"},
            date(2026, 10, 1),
            None,
        ),
    ],
)
def test_a_stopped_prescription_was_last_taken_when_all_its_dosages_end(read, drug, fields, since, last):
    for status in ("stopped", "completed"):
        assert the_item(read(drug(status=status, **fields))) == naproxen(state=Taking.STOPPED, since=since, last=last)
    for status, taking, end in (("active", Taking.TAKING, last), ("on-hold", Taking.UNKNOWN, None)):
        assert the_item(read(drug(status=status, **fields))) == naproxen(state=taking, since=since, last=end)


@pytest.mark.parametrize(
    ("fields", "since", "last"),
    [
        ({}, None, None),
        ({"effectiveDateTime": "2026-11-20"}, date(2026, 11, 20), date(2026, 11, 20)),
        ({"effectivePeriod": {"start": "2026-10-01"}}, date(2026, 10, 1), None),
        ({"effectivePeriod": {"start": "2015", "end": "2026-11"}}, date(2015, 1, 1), date(2026, 11, 30)),
        ({"effectivePeriod": {"end": "9999-12-31"}}, None, None),
    ],
)
def test_a_stopped_statement_was_last_taken_on_the_last_day_it_may_mean(read, drug, fields, since, last):
    kind = "MedicationStatement"
    for status in ("stopped", "completed"):
        assert the_item(read(drug(kind, status=status, **fields))) == naproxen(
            kind, state=Taking.STOPPED, since=since, last=last
        )
    end = last if "effectivePeriod" in fields else None
    assert the_item(read(drug(kind, status="active", **fields))) == naproxen(kind, since=since, last=end)
    for status, taking in (("unknown", Taking.UNKNOWN), ("not-taken", Taking.NOT_TAKEN)):
        assert the_item(read(drug(kind, status=status, **fields))) == naproxen(kind, state=taking, since=since)


@pytest.mark.parametrize("status", ["stopped", "completed"])
def test_a_stopped_statement_without_an_end_was_stopped_at_the_latest_when_somebody_said_so(read, drug, status):
    kind, said = "MedicationStatement", {"dateAsserted": "2026-11-20T08:00:00+01:00"}
    assert the_item(read(drug(kind, status=status, **said))) == naproxen(
        kind, state=Taking.UNKNOWN, last=date(2026, 11, 20)
    )
    ended = {"effectivePeriod": {"end": "2026-11-02"}} | said
    assert the_item(read(drug(kind, status=status, **ended))) == naproxen(
        kind, state=Taking.STOPPED, last=date(2026, 11, 2)
    )
    assert the_item(read(drug(kind, status="active", **said))) == naproxen(kind)


@pytest.mark.parametrize("kind", ["MedicationRequest", "MedicationStatement"])
@pytest.mark.parametrize(
    ("dosage", "taking"),
    [
        ({"text": "1 tablet as needed for pain"}, Taking.AS_NEEDED),
        ({"text": "take 1 PRN"}, Taking.AS_NEEDED),
        ({"text": "one p.r.n. at night"}, Taking.AS_NEEDED),
        ({"patientInstruction": "Take when required"}, Taking.AS_NEEDED),
        ({"timing": {"code": {"text": "every 6 hours if needed"}}}, Taking.AS_NEEDED),
        ({"timing": {"code": {"coding": [{"code": "X", "display": "as necessary"}]}}}, Taking.AS_NEEDED),
        ({"text": "as needed", "asNeededBoolean": False}, Taking.TAKING),
        ({"text": "one daily, as directed"}, Taking.TAKING),
        ({"text": "sprn"}, Taking.TAKING),
    ],
)
def test_as_needed_may_be_said_in_words(read, drug, kind, dosage, taking):
    dosages = {"dosageInstruction" if kind == "MedicationRequest" else "dosage": [dosage]}
    assert the_item(read(drug(kind, **dosages))).state == taking


CODE_ALONE = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"}


@pytest.mark.parametrize(
    ("concept", "name", "coded"),
    [
        ({"coding": [CODE_ALONE]}, "code 5640 (RxNorm)", False),
        ({"coding": [CODE_ALONE], "text": "pain pill"}, "pain pill / code 5640 (RxNorm)", False),
        ({"coding": [CODE_ALONE, CODE_ALONE], "text": "pain pill"}, "pain pill / code 5640 (RxNorm)", False),
        ({"coding": [CODE_ALONE | {"display": "Ibuprofen"}], "text": "pain pill"}, "Ibuprofen / pain pill", True),
        ({"coding": [CODE_ALONE | {"system": "http://snomed.info/sct"}], "text": "pain pill"}, "pain pill", False),
    ],
)
def test_a_code_without_words_of_its_own_is_kept_beside_the_text(read, drug, concept, name, coded):
    item = the_item(read(drug(medicationCodeableConcept=concept)))
    assert (item.name, item.coded) == (name, coded)


@pytest.mark.parametrize(
    ("fields", "since", "last"),
    [
        ({"effectiveDateTime": "2026-10-01"}, date(2026, 10, 1), date(2026, 10, 1)),
        ({"effectivePeriod": {"start": "2026-10-01", "end": "2026-10-02"}}, date(2026, 10, 1), date(2026, 10, 2)),
        ({"effectivePeriod": {"start": "2026-10"}}, date(2026, 10, 1), date(2026, 10, 31)),
        ({}, None, None),
    ],
)
def test_a_dose_that_was_given_has_its_day(read, drug, fields, since, last):
    kind = "MedicationAdministration"
    assert the_item(read(drug(kind, status="completed", **fields))) == naproxen(
        kind, state=Taking.STOPPED, since=since, last=last
    )
    assert the_item(read(drug(kind, status="in-progress", **fields))) == naproxen(kind, since=since)


def test_a_steroid_injection_is_an_injected_medicine_with_its_day(read, drug):
    words = {"coding": [{"system": RXNORM, "code": "1358510", "display": "triamcinolone acetonide 40 MG/ML"}]}
    given = drug(
        "MedicationAdministration",
        status="completed",
        medicationCodeableConcept=words,
        effectiveDateTime="2026-10-01T10:30:00+01:00",
        dosage={"route": {"text": "Intra-articular"}},
    )
    assert read(given).items == (
        ChartItem(
            ItemKind.MEDICINE,
            "MedicationAdministration/m1",
            "triamcinolone acetonide 40 MG/ML",
            state=Taking.STOPPED,
            route=Route.INJECTED,
            since=date(2026, 10, 1),
            last=date(2026, 10, 1),
        ),
    )


@pytest.mark.parametrize(
    ("fields", "since"),
    [
        ({"whenHandedOver": "2026-11-20", "whenPrepared": "2026-11-19"}, date(2026, 11, 20)),
        ({"whenPrepared": "2026-11-19"}, date(2026, 11, 19)),
    ],
)
def test_what_was_dispensed_is_a_question_since_that_day(read, drug, fields, since):
    kind = "MedicationDispense"
    assert the_item(read(drug(kind, status="completed", **fields))) == naproxen(kind, state=Taking.UNKNOWN, since=since)


def dispensed(drug, prescription):
    on = [{"reference": prescription}]
    return drug("MedicationDispense", id="d1", status="completed", authorizingPrescription=on)


def test_what_was_dispensed_on_a_prescription_in_the_bundle_adds_nothing(read, drug, report):
    chart = read(drug(), dispensed(drug, "MedicationRequest/m1"))
    assert chart.items == (naproxen(),)
    assert report(chart) == [("MedicationDispense/d1", "was handed out on MedicationRequest/m1, which is read instead")]


@pytest.mark.parametrize("prescription", ["MedicationRequest/gone", "#inside", "Patient/p1"])
def test_what_was_dispensed_on_any_other_prescription_stands_for_itself(read, drug, prescription):
    chart = read(drug(), dispensed(drug, prescription))
    assert [item.evidence for item in chart.items] == ["MedicationRequest/m1", "MedicationDispense/d1"]


def test_what_was_dispensed_on_a_prescription_that_does_not_count_stands_for_itself(read, drug):
    chart = read(drug(status="entered-in-error"), dispensed(drug, "MedicationRequest/m1"))
    assert [item.evidence for item in chart.items] == ["MedicationDispense/d1"]


def behind(reference, **fields):
    return {"medicationCodeableConcept": None, "medicationReference": {"reference": reference} | fields}


def product(id="a", **fields):
    return {"resourceType": "Medication", "id": id} | fields


WARFARIN = {"coding": [{"system": RXNORM, "code": "855288", "display": "warfarin sodium 1 MG Oral Tablet"}]}


def test_a_medicine_behind_a_reference_is_found_in_the_bundle(read, drug, report):
    chart = read(drug(**behind("Medication/a")), product(code=WARFARIN))
    assert chart.items == (
        ChartItem(
            ItemKind.MEDICINE,
            "MedicationRequest/m1",
            "warfarin sodium 1 MG Oral Tablet",
            state=Taking.TAKING,
            route=Route.ORAL,
        ),
    )
    assert report(chart) == []


def test_a_medicine_behind_a_reference_is_found_inside_the_resource(read, drug, report):
    chart = read(drug(**behind("#a"), contained=[product("b"), product(code=WARFARIN)]))
    assert [item.name for item in chart.items] == ["warfarin sodium 1 MG Oral Tablet"]
    assert report(chart) == []


def test_a_medicine_without_a_code_is_named_by_its_active_ingredients(read, drug):
    parts = [
        {"itemCodeableConcept": {"text": "naproxen"}},
        {"itemReference": {"display": "esomeprazole"}},
        {"itemCodeableConcept": {"text": "lactose"}, "isActive": False},
        {"isActive": True},
    ]
    chart = read(
        drug(**behind("Medication/a", display="Vimovo")),
        product(ingredient=parts, form={"coding": [{"display": "Tablet dose form"}], "text": "tablet"}),
    )
    assert chart.items == (
        ChartItem(
            ItemKind.MEDICINE,
            "MedicationRequest/m1",
            "naproxen / esomeprazole / Vimovo",
            coded=False,
            state=Taking.TAKING,
            route=Route.ORAL,
        ),
    )


def test_a_medicine_that_is_not_in_the_bundle_goes_by_the_words_of_the_reference(read, drug, report):
    chart = read(drug(**behind("Medication/gone", display="Naproxen 500")))
    assert chart.items == (
        ChartItem(ItemKind.MEDICINE, "MedicationRequest/m1", "Naproxen 500", coded=False, state=Taking.TAKING),
    )
    why = (
        "names 'Naproxen 500' without a code of a drug vocabulary; "
        "read by its words, and asked about when no rule knows them"
    )
    assert report(chart) == [("MedicationRequest/m1", why)]


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize(
    ("fields", "name"),
    [
        (behind("Medication/gone"), "a medicine behind 'Medication/gone', which names none or is not in the bundle"),
        (behind("Patient/p1"), "a medicine behind 'Patient/p1', which names none or is not in the bundle"),
        (behind("#gone"), "a medicine behind '#gone', which names none or is not in the bundle"),
        (behind("Medication/empty"), "a medicine behind 'Medication/empty', which names none or is not in the bundle"),
        ({"medicationCodeableConcept": None}, "a medicine without a name or a code"),
        ({"medicationCodeableConcept": {"coding": [{"system": RXNORM}]}}, "a medicine without a name or a code"),
    ],
)
def test_a_medicine_nobody_can_find_is_kept_and_asked_about(read, drug, report, kind, fields, name):
    chart = read(drug(kind, **fields), product("empty"))
    assert chart.items == (unread(name, kind),)
    assert (f"{kind}/m1", f"is about {name}; kept as a question for a clinician") in report(chart)


def test_a_code_without_words_is_a_question(read, drug, report):
    chart = read(drug(medicationCodeableConcept={"coding": [{"system": RXNORM, "code": "849574"}]}))
    assert chart.items == (
        ChartItem(ItemKind.MEDICINE, "MedicationRequest/m1", "code 849574 (RxNorm)", coded=False, state=Taking.TAKING),
    )
    why = "gives only a code 849574 (RxNorm), without words; kept as a question for a clinician"
    assert report(chart) == [("MedicationRequest/m1", why)]


@pytest.mark.parametrize(
    "says",
    [
        {"coding": [{"system": SNOMED, "code": "787481004", "display": "No known medications (situation)"}]},
        {"coding": [{"system": IPS, "code": "no-medication-info"}]},
        {"text": "None known"},
    ],
)
def test_no_known_medications_is_no_medicine(read, drug, report, says):
    chart = read(drug("MedicationStatement", medicationCodeableConcept=says))
    assert chart.items == ()
    [(resource, why)] = report(chart)
    assert resource == "MedicationStatement/m1"
    assert why.endswith("which is no medicine")


def test_a_product_nobody_refers_to_is_reported(read, drug, report):
    chart = read(drug(**behind("Medication/a")), product(code=WARFARIN), product("b"), product("c"))
    assert report(chart) == [("Medication", "2 resources of this type: no prescription or statement refers to them")]


def coded(system, code, display=None):
    return {"coding": [{"system": system, "code": code} | ({"display": display} if display else {})]}


@pytest.mark.parametrize(
    ("code", "display", "name"),
    [
        ("11289", "White tablet", "White tablet / code 11289 (RxNorm)"),  # warfarin
        ("5640", "ibuprofeno 400 mg", "ibuprofeno 400 mg / code 5640 (RxNorm)"),
        ("5640", "Tylenol", "Tylenol / code 5640 (RxNorm)"),
        ("5640", "Ibuprofen 400 MG Oral Tablet", "Ibuprofen 400 MG Oral Tablet"),
        ("5640", "Advil", "Advil"),
        ("849574", "Aleve 220 mg", "Aleve 220 mg"),
        ("5640", None, "code 5640 (RxNorm)"),
        ("99999999", "White tablet", "White tablet"),
    ],
)
def test_a_code_that_names_a_drug_the_words_leave_out_stands_beside_them(read, drug, code, display, name):
    rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm"
    [item] = read(drug(medicationCodeableConcept=coded(rxnorm, code, display))).items
    assert (item.name, item.coded) == (name, display is not None)


@pytest.mark.parametrize(
    ("atc", "known"),
    [
        ("B01AA03", False), ("M01AE01", False), ("J01CA04", False), ("L04AX03", False), ("M01AX05", True), ("C09AA03", True),
    ],
)  # fmt: skip
def test_words_beside_a_code_of_a_group_that_rules_speak_of_do_not_pass_for_a_harmless_drug(
    read, drug, report, atc, known
):
    chart = read(drug(medicationCodeableConcept=coded("http://www.whocc.no/atc", atc, "en tablett")))
    assert ([item.coded for item in chart.items], report(chart)) == ([known], [])
