"""Observation: the few measured values and findings that rules speak of; all others are only counted.

A value of a measure that rules read is never dropped: one without a number is kept as a question, one in an unknown
unit is refused. Codes are LOINC's, as charts write them; words are read where a chart gives no code.
"""

import re
from datetime import date
from types import MappingProxyType

from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import Concept, concept, name_of
from enthesis.fhir.dates import began, earliest_day, first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.fhir.numbers import number
from enthesis.fhir.statuses import standing
from enthesis.screening import ChartItem, ItemKind, Measure, State, is_unit_of, measurement

LOINC = re.compile(r"loinc\.org|2\.16\.840\.1\.113883\.6\.1$", re.IGNORECASE)
CODES = MappingProxyType(
    {
        "6301-6": Measure.INR,
        "34714-6": Measure.INR,
        "38875-1": Measure.INR,
        "777-3": Measure.PLATELETS,
        "26515-7": Measure.PLATELETS,
        "778-1": Measure.PLATELETS,
        "4548-4": Measure.HBA1C,
        "17856-6": Measure.HBA1C,
        "4549-2": Measure.HBA1C,
        "59261-8": Measure.HBA1C_IFCC,
        "8480-6": Measure.SYSTOLIC,
        "8462-4": Measure.DIASTOLIC,
        "39156-5": Measure.BMI,
    }
)
WORDS = MappingProxyType(
    {
        "inr": Measure.INR,
        "international normalized ratio": Measure.INR,
        "international normalised ratio": Measure.INR,
        "platelets": Measure.PLATELETS,
        "platelet count": Measure.PLATELETS,
        "hba1c": Measure.HBA1C,
        "hemoglobin a1c": Measure.HBA1C,
        "haemoglobin a1c": Measure.HBA1C,
        "systolic blood pressure": Measure.SYSTOLIC,
        "diastolic blood pressure": Measure.DIASTOLIC,
        "body mass index": Measure.BMI,
        "bmi": Measure.BMI,
    }
)
# Where a chart gives no code of LOINC, what a measure may be called among other words; then its unit must be one of the measure.
SPOKEN = tuple(
    (re.compile(words, re.IGNORECASE), measure)
    for words, measure in (
        (r"\bINR\b|\binternational normali[sz]ed ratio\b", Measure.INR),
        (r"\bplatelets?\b|\bthrombocytes?\b", Measure.PLATELETS),
        (r"\b(Hb)?A1c\b", Measure.HBA1C),
        (r"\bsystolic\b", Measure.SYSTOLIC),
        (r"\bdiastolic\b", Measure.DIASTOLIC),
        (r"\bbody mass index\b|\bBMI\b", Measure.BMI),
    )
)
NO_VALUE = re.compile(r"\b(goals?|targets?|ranges?|mean volume|distribution width|percentile)\b", re.IGNORECASE)
FINDINGS = frozenset({"82810-3", "72166-2"})  # pregnancy status, tobacco smoking status: their value is the finding
DELIVERY = frozenset({"11778-8", "11779-6", "11780-4"})  # the day a delivery is expected: who has one is pregnant
PRESSURE = frozenset({"85354-9", "55284-4"})
NOT_COUNTED = {
    "entered-in-error": "was entered in error; not counted",
    "cancelled": "was cancelled; not counted",
    "registered": "has no result yet; not counted",
}
KNOWN = dict.fromkeys(("final", "amended", "corrected", "preliminary", "unknown"), "known")


def is_read(node: Node) -> bool:
    """Does a rule speak of what was observed? Cheap: a chart holds hundreds of values that none does."""
    code = node.fields.get("code")
    return isinstance(code, dict) and (_any_code(code) or _any_words(code))  # in this order: codes are the usual case


def read(node: Node, _: Entries) -> Understood:
    """The measured values, or the finding that was observed, or the reason why it is none."""
    why = NOT_COUNTED.get(node.text("status"))
    if why:
        return not_counted(why)
    _known, remarks = standing(node, "status", KNOWN, "known")
    said = concept(node.child("code"))
    if _loinc(said) & FINDINGS:
        return _finding(node, remarks)
    if _loinc(said) & DELIVERY:
        return _expecting(node, remarks)
    parts = [part for part in node.children("component") if _measure(concept(part.child("code")))]
    measured = [_value(node, part, f"#{_measure(concept(part.child('code')))}") for part in parts]
    if not parts or _measure(said):
        measured.insert(0, _value(node, node, ""))
    items = tuple(one.item for one in measured if one.item)
    return Understood(items[0] if items else None, (*remarks, *(r for one in measured for r in one.remarks)), items[1:])


def _any_code(code: dict[str, object]) -> bool:
    codings = code.get("coding")
    wanted = (one.get("code") for one in codings if isinstance(one, dict)) if isinstance(codings, list) else ()
    return any(isinstance(one, str) and (one in CODES or one in FINDINGS | DELIVERY | PRESSURE) for one in wanted)


def _any_words(code: dict[str, object]) -> bool:
    codings = code.get("coding")
    known = [one for one in codings if isinstance(one, dict)] if isinstance(codings, list) else []
    if any(isinstance(one.get("system"), str) and LOINC.search(str(one["system"])) for one in known):
        words = code.get("text")
        return isinstance(words, str) and words.strip().casefold() in WORDS
    return any(_spoken(words) for one in (code, *known) for words in (one.get("text"), one.get("display")))


def _spoken(words: object) -> Measure | None:
    """The measure that words speak of: one of its usual names, or a name among others."""
    if not isinstance(words, str) or NO_VALUE.search(words):
        return None
    return WORDS.get(words.strip().casefold()) or next((one for name, one in SPOKEN if name.search(words)), None)


def _loinc(said: Concept) -> set[str]:
    return {one.code for one in said.codes if LOINC.search(one.system) or not one.system}


def _measure(said: Concept) -> Measure | None:
    """Which measure is meant, by code, else by its words."""
    codes = [CODES[code] for code in sorted(_loinc(said)) if code in CODES]
    if codes or any(LOINC.search(one.system) for one in said.codes):
        return codes[0] if codes else WORDS.get(said.text.strip().casefold())
    return next((one for words in (said.text, *(c.words for c in said.codes)) if (one := _spoken(words))), None)


def _is_sure(said: Concept) -> bool:
    """Is it the measure by its code or by one of its usual names, and not only by a word among others?"""
    return bool(_loinc(said) & CODES.keys()) or said.text.strip().casefold() in WORDS


def _value(node: Node, part: Node, suffix: str) -> Understood:
    """One measured value as an item; without a number or a day it is a question. Raises BadInput for a wrong unit."""
    measure = _measure(concept(part.child("code")))
    first, day = _days(node)
    quantity = part.child("valueQuantity")
    value = number(quantity, "value")
    name = f"{measure or 'blood pressure'} without a number that can be read"
    if measure is None or value is None or quantity.has("comparator"):
        absent = concept(part.child("dataAbsentReason"))
        if not absent.empty and measure and value is None:
            return not_counted(f"has no {measure}: {shown(name_of([absent], prefer=()))}")
        return unread(f"{node.resource}{suffix}", name, "has no single number; kept as a question")
    if day is None:
        return unread(f"{node.resource}{suffix}", f"{measure} without a day", "does not say when it was measured")
    unit = quantity.text("code") or quantity.text("unit")
    if not _is_sure(concept(part.child("code"))) and not is_unit_of(measure, unit):
        return not_counted(f"speaks of {measure}, in a unit it is not measured in; not counted")
    if measure is Measure.HBA1C and is_unit_of(Measure.HBA1C_IFCC, unit):
        measure = Measure.HBA1C_IFCC
    item = ChartItem(
        ItemKind.MEASUREMENT,
        f"{node.resource}{suffix}",
        measure.value,
        since=first if first != day else None,
        last=day,
        value=value,
        unit=unit[:40],
    )
    measurement(item)  # refuses an unknown unit and an impossible value here, where the resource is known
    return Understood(item)


def _days(node: Node) -> tuple[date | None, date | None]:
    """The first and the last day it may have been measured on."""
    for place, key in ((node, "effectiveDateTime"), (node.child("effectivePeriod"), "end"), (node, "effectiveInstant")):
        if day := last_day(place, key):
            return earliest_day(place, key), day
    return None, None


def _finding(node: Node, remarks: tuple[str, ...]) -> Understood:
    """A pregnancy or smoking status: what it says is a problem of the chart, by its own words."""
    said = concept(node.child("valueCodeableConcept"))
    name = name_of([said], prefer=("SNOMED CT",)) or node.text("valueString")
    if not name:
        return unread(node.resource, "a status without words", "has neither words nor a code")
    return Understood(_problem(node, name), remarks)


def _expecting(node: Node, remarks: tuple[str, ...]) -> Understood:
    """A day of delivery is a pregnancy, noted on the day it was observed."""
    day = first_day(node, "valueDateTime")
    expected = f", delivery expected on {day.isoformat()}" if day else ", day of delivery not given"
    return Understood(_problem(node, f"Pregnancy{expected}"), remarks)


def _problem(node: Node, name: str) -> ChartItem:
    day = began(node, "effectiveDateTime", "effectivePeriod")
    return ChartItem(ItemKind.PROBLEM, node.resource, name, coded=True, state=State.ACTIVE, since=day)
