"""Observations: the few values and findings that rules speak of, and nothing of the rest."""

from datetime import date

import pytest

from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind, State

LOINC = "http://loinc.org"
DAY = "2026-11-20"


def coded(code, display=""):
    return {"coding": [{"system": LOINC, "code": code, **({"display": display} if display else {})}]}


@pytest.fixture
def value(about):
    """An INR of 2.5 on 20 November, unless told otherwise; a field of None is left out."""

    def made(code="6301-6", value=2.5, unit="{INR}", **fields):
        quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
        resource = {
            "status": "final",
            "code": coded(code),
            "effectiveDateTime": DAY,
            "valueQuantity": quantity,
            **fields,
        }
        return about("Observation", **{key: one for key, one in resource.items() if one is not None})

    return made


def measured(name, number, unit, evidence="Observation/x1", day=date(2026, 11, 20)):
    return ChartItem(ItemKind.MEASUREMENT, evidence, name, last=day, value=number, unit=unit)


@pytest.mark.parametrize(
    ("code", "number", "unit", "name"),
    [
        ("6301-6", 2.5, "{INR}", "inr"), ("34714-6", 2.5, "1", "inr"), ("38875-1", 3, "", "inr"),
        ("777-3", 150, "10*3/uL", "platelets"), ("26515-7", 150, "10*9/L", "platelets"),
        ("778-1", 150, "10*9/L", "platelets"), ("4548-4", 6.4, "%", "hba1c"), ("17856-6", 6.4, "%", "hba1c"),
        ("4549-2", 6.4, "%", "hba1c"), ("59261-8", 48, "mmol/mol", "hba1c-ifcc"), ("4548-4", 48, "mmol/mol", "hba1c-ifcc"),
        ("4548-4", 48, "mmol/mol{Hb}", "hba1c-ifcc"),
        ("8480-6", 120, "mm[Hg]", "systolic"), ("8462-4", 80, "mm[Hg]", "diastolic"), ("39156-5", 31, "kg/m2", "bmi"),
    ],
)  # fmt: skip
def test_each_measure_by_its_code(read, value, code, number, unit, name):
    assert read(value(code, number, unit)).items == (measured(name, float(number), unit),)


@pytest.mark.parametrize("words", ["INR", "International Normalized Ratio", " inr "])
def test_a_measure_by_its_words_where_there_is_no_code(read, value, words):
    chart = read(value() | {"code": {"text": words}})
    assert [(item.name, item.value) for item in chart.items] == [("inr", 2.5)]


def test_what_no_rule_speaks_of_is_counted_and_not_kept(read, value):
    chart = read(value("2160-0", 1.1, "mg/dL"))
    assert chart.items == ()
    assert [line.why for line in chart.not_understood] == [
        "1 resource of this type: no rule reads them; what matters is asked instead"
    ]


def test_a_blood_pressure_is_two_values_of_one_resource(read, about):
    parts = [
        {"code": coded("8480-6"), "valueQuantity": {"value": 182, "code": "mm[Hg]"}},
        {"code": coded("8462-4"), "valueQuantity": {"value": 95, "unit": "mmHg"}},
        {"code": coded("8478-0"), "valueQuantity": {"value": 120, "code": "mm[Hg]"}},
    ]
    chart = read(about("Observation", status="final", code=coded("85354-9"), effectiveDateTime=DAY, component=parts))
    assert chart.items == (
        measured("systolic", 182.0, "mm[Hg]", "Observation/x1#systolic"),
        measured("diastolic", 95.0, "mmHg", "Observation/x1#diastolic"),
    )


def test_a_blood_pressure_without_its_numbers_is_a_question(read, about):
    chart = read(about("Observation", status="final", code=coded("85354-9"), effectiveDateTime=DAY))
    assert chart.items == (
        ChartItem(ItemKind.UNREAD, "Observation/x1", "blood pressure without a number that can be read", coded=False),
    )


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"valueQuantity": None}, "inr without a number that can be read"),
        ({"valueQuantity": None, "valueString": "2 to 3"}, "inr without a number that can be read"),
        ({"valueQuantity": {"value": 8, "comparator": ">", "code": "1"}}, "inr without a number that can be read"),
        ({"effectiveDateTime": None}, "inr without a day"),
    ],
)
def test_a_value_that_cannot_be_read_is_kept_as_a_question(read, value, fields, name):
    chart = read(value(**fields))
    assert chart.items == (ChartItem(ItemKind.UNREAD, "Observation/x1", name, coded=False),)
    assert len(chart.not_understood) == 1


def test_a_value_that_is_said_to_be_missing_is_no_value(read, value):
    chart = read(value(valueQuantity=None, dataAbsentReason={"text": "not performed"}))
    assert chart.items == ()
    assert [line.why for line in chart.not_understood] == ["has no inr: 'not performed'"]


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered"])
def test_what_is_no_result_is_not_counted(read, value, status):
    assert read(value(status=status)).items == ()


@pytest.mark.parametrize("status", ["final", "amended", "corrected", "preliminary", "unknown"])
def test_what_is_a_result_counts(read, value, status):
    chart = read(value(status=status))
    assert (len(chart.items), chart.not_understood) == (1, ())


def test_an_odd_status_is_reported_and_the_value_counts(read, value):
    chart = read(value(status="done"))
    assert len(chart.items) == 1
    assert [line.why for line in chart.not_understood] == ["status 'done' is none FHIR R4 knows; taken as known"]


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"effectiveDateTime": "2026-11"}, date(2026, 11, 30)),
        ({"effectiveDateTime": None, "effectivePeriod": {"end": "2026-11-18"}}, date(2026, 11, 18)),
        ({"effectiveDateTime": None, "effectiveInstant": "2026-11-17T10:00:00Z"}, date(2026, 11, 17)),
    ],
)
def test_the_day_of_measuring_is_read_to_the_safe_side(read, value, fields, day):
    assert read(value(**fields)).items[0].last == day


@pytest.mark.parametrize("code", ["82810-3", "72166-2"])
def test_a_status_of_pregnancy_or_smoking_is_a_problem_in_its_own_words(read, value, code):
    said = {"coding": [{"system": "http://snomed.info/sct", "code": "77386006", "display": "Pregnant"}]}
    chart = read(value(code, valueQuantity=None, valueCodeableConcept=said))
    assert chart.items == (
        ChartItem(ItemKind.PROBLEM, "Observation/x1", "Pregnant", state=State.ACTIVE, since=date(2026, 11, 20)),
    )
    assert read(value(code, valueQuantity=None, valueString="Pregnant")).items[0].name == "Pregnant"
    period = {"effectiveDateTime": None, "effectivePeriod": {"start": "2026-10-01"}}
    assert read(value(code, valueQuantity=None, valueString="Yes", **period)).items[0].since == date(2026, 10, 1)
    assert read(value(code, valueQuantity=None)).items[0].kind is ItemKind.UNREAD


@pytest.mark.parametrize("code", ["11778-8", "11779-6", "11780-4"])
def test_who_has_a_day_of_delivery_is_pregnant(read, value, code):
    [item] = read(value(code, valueQuantity=None, valueDateTime="2027-03")).items
    assert item == ChartItem(
        ItemKind.PROBLEM,
        "Observation/x1",
        "Pregnancy, delivery expected on 2027-03-01",
        state=State.ACTIVE,
        since=date(2026, 11, 20),
    )
    [item] = read(value(code, valueQuantity=None)).items
    assert item.name == "Pregnancy, day of delivery not given"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"unit": "seconds"},
            "Observation/x1: the unit 'seconds' is none in which INR is read; expected '1', 'inr', 'ratio'",
        ),
        ({"value": -1}, "Observation/x1: INR of -1 {INR} is not possible; 0.1 to 50 was expected"),
        ({"value": "2.5"}, "Observation/x1: valueQuantity.value must be a number, and is text"),
        ({"value": True}, "Observation/x1: valueQuantity.value must be a number, and is true or false"),
        ({"effectiveDateTime": "2026-02-30"}, "Observation/x1: effectiveDateTime is '2026-02-30', and there is no such day"),
        ({"value": 10**400}, "Observation/x1: valueQuantity.value is larger than anything that is measured"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_value_is_refused_in_one_sentence(read, value, fields, sentence):
    with pytest.raises(BadInput) as caught:
        read(value(**fields))
    assert str(caught.value) == sentence


def test_a_value_of_somebody_else_is_refused(read, value):
    with pytest.raises(BadInput, match="is about 'Patient/p2'"):
        read(value(subject={"reference": "Patient/p2"}))


@pytest.mark.parametrize("code", [None, "INR", {"coding": "x"}, {"coding": [None, "x", {"code": 5}]}, {"text": 5}])
def test_a_code_of_another_shape_is_only_counted(read, value, code):
    assert read(value() | {"code": code}).items == ()


# --- doses and periods of medicines


@pytest.mark.parametrize(
    "dosage",
    [
        {"doseAndRate": [{"doseQuantity": {"value": -500, "unit": "mg"}}]},
        {"doseAndRate": [{"doseRange": {"low": {"value": -1}}}]},
        {"doseAndRate": [{"doseRange": {"high": {"value": -1}}}]},
    ],
)
def test_a_dose_below_nothing_is_refused(read, drug, dosage):
    with pytest.raises(
        BadInput, match=r"^MedicationRequest/m1: dosageInstruction\[0\]\..*a dose of 0 or more was expected$"
    ):
        read(drug(dosageInstruction=[dosage]))
    with pytest.raises(BadInput, match=r"^MedicationAdministration/m1: dosage.dose.value is -5; "):
        read(drug("MedicationAdministration", dosage={"dose": {"value": -5}}))
    assert read(drug(dosageInstruction=[{"doseAndRate": [{"doseQuantity": {"value": 0}}]}])).items


@pytest.mark.parametrize("kind", ["MedicationStatement", "MedicationAdministration"])
def test_a_stop_before_the_start_is_refused(read, drug, kind):
    period = {"start": "2026-11-10", "end": "2026-11-09"}
    with pytest.raises(BadInput) as caught:
        read(drug(kind, effectivePeriod=period))
    assert str(caught.value) == f"{kind}/m1: effectivePeriod.end is 2026-11-09, before the start 2026-11-10"
    assert read(drug(kind, effectivePeriod=period | {"end": "2026-11-10"})).items
    assert read(drug(kind, effectivePeriod=period | {"end": "2026-11"})).items


def test_a_prescription_that_ends_before_it_begins_is_refused(read, drug):
    bounds = {"timing": {"repeat": {"boundsPeriod": {"start": "2026-11-10", "end": "2026-11-09"}}}}
    with pytest.raises(BadInput, match="boundsPeriod.end is 2026-11-09, before the start 2026-11-10"):
        read(drug(dosageInstruction=[bounds]))


@pytest.mark.parametrize(
    ("code", "number", "unit", "found"),
    [
        ({"text": "PT/INR"}, 3.4, "", ("inr", 3.4)),
        ({"text": "INR in platelet poor plasma"}, 3.4, "{INR}", ("inr", 3.4)),
        ({"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "INR - value"}]}, 3.4, "1", ("inr", 3.4)),
        ({"coding": [{"code": "L1", "system": "urn:lab", "display": "Platelets, blood"}]}, 18, "K/uL", ("platelets", 18.0)),
        ({"text": "A1c (point of care)"}, 8.1, "%", ("hba1c", 8.1)),
        ({"text": "PT/INR"}, 13.2, "s", None),
        ({"text": "Platelet mean volume"}, 9.1, "fL", None),
        ({"text": "INR goal"}, 2.5, "", None),
        ({"text": "platelets"}, 9.1, "K/uL", ("platelets", 9.1)),
        ({"coding": [{"system": LOINC, "code": "32623-1", "display": "Platelet mean volume"}]}, 9.1, "fL", None),
        ({"coding": [{"system": LOINC, "code": "99999-9", "display": "INR goal"}], "text": "Printing"}, 2.5, "1", None),
    ],
)  # fmt: skip
def test_a_measure_among_other_words_is_read_where_its_unit_is_one_of_the_measure(
    read, value, code, number, unit, found
):
    chart = read(value(value=number, unit=unit) | {"code": code})
    assert [(item.name, item.value) for item in chart.items] == ([found] if found else [])
    assert chart.not_understood or found


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-11-20", None, date(2026, 11, 20)),
        ("2026-11-20T10:00:00", None, date(2026, 11, 20)),
        ("2026-11-20T02:00:00Z", date(2026, 11, 19), date(2026, 11, 20)),
        ("2026-11-20T02:00:00+10:00", date(2026, 11, 19), date(2026, 11, 20)),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_first_and_the_last_day_a_value_may_be_of(read, value, written, first, last):
    for fields in ({"effectiveDateTime": written}, {"effectiveDateTime": None, "effectivePeriod": {"end": written}}):
        [item] = read(value(**fields)).items
        assert (item.since, item.last) == (first, last)
