"""Patients nobody has: charts as FHIR R4 bundles from a seed, with what real charts hold in any combination."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

RXNORM, LOINC = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://loinc.org"
MEDICINES = (
    "Naproxen 220 MG Oral Tablet", "Advil", "Vimovo", "Arthrotec", "Excedrin", "diclofenac 1% gel", "celecoxib 200 mg",
    "Warfarin Sodium 5 MG Oral Tablet", "Eliquis", "Plavix", "heparin", "ticagrelor", "aspirin 81 mg", "aspirin 325 mg",
    "prednisone 10 mg", "methotrexate 15 mg", "Humira", "insulin glargine", "metformin 500 mg", "Ozempic", "tramadol",
    "amoxicillin", "lisinopril 10 mg", "turmeric", "fish oil", "ibuprophen", "acetaminophen 500 mg", "a blue tablet",
    "ketorolac eye drops", "fluticasone nasal spray", "propranolol", "amiodarone", "ibuprofen 200 mg prn", "No aspirin",
    "triamcinolone 40 mg/mL injection", "Bactrim DS", "warfrin", "Excedrin Migraine / caffeine",
)  # fmt: skip
CODES = ("11289", "5640", "849574", "1364430", "99999999")  # of RxNorm, beside whatever name the dice gave
PROBLEMS = (
    ("Type 2 diabetes mellitus", "E11.9"), ("Rheumatoid arthritis", "M06.9"), ("Malignant neoplasm of breast", "C50.919"),
    ("Haemophilia A", "D66"), ("Essential hypertension", "I10"), ("Atrial fibrillation", "I48.91"), ("Sepsis", "A41.9"),
    ("Pregnant", "Z33.1"), ("Cauda equina syndrome", "G83.4"), ("Gout", "M10.9"), ("Coronary stent", "Z95.5"),
    ("Cirrhosis of liver", "K74.60"), ("Migraine", "G43.909"), ("Fracture of tibia", "S82.209A"), ("Anxiety", "F41.9"),
    ("No evidence of infection", "Z03.89"), ("Rule out septic arthritis", "R68.89"), ("Family history of haemophilia", "Z83.2"),
    ("History of pneumonia", "Z87.01"), ("No fever, cellulitis of leg", "L03.115"), ("Pneumonia / no fever", "J18.9"),
)  # fmt: skip
ALLERGIES = ("lidocaine", "latex", "corn", "penicillin", "dextrose", "peanut", "chlorhexidine", "No evidence of lidocaine allergy",
             "No known allergies except latex")  # fmt: skip
PROCEDURES = ("Total knee replacement", "Injection of corticosteroid into knee joint", "Lumbar fusion", "Appendectomy")
SITES = {
    "knee-osteoarthritis": ("knee:left", "knee:right"),
    "lateral-epicondylosis": ("lateral-epicondyle:left",),
    "lumbar-facet-pain": ("lumbar-facet:L4/5:right", "lumbar-facet:L3/4:left"),
    "cervical-facet-pain": ("cervical-facet:C5/6:left",),
    "sacroiliac-pain": ("sacroiliac:both", "sacroiliac-ligament:left"),
    "hip-osteoarthritis": ("hip:right",),
    "rotator-cuff-tendinopathy": ("subacromial:left", "supraspinatus:right", "shoulder:left"),
    "jaw-joint-pain": ("tmj:both",),
    "thumb-base-osteoarthritis": ("thumb-base:left",),
    "achilles-tendinopathy": ("achilles:right",),
}


@dataclass(frozen=True)
class Generated:
    """One patient, and for when and where an injection is asked about."""

    number: int
    resources: tuple[dict[str, Any], ...]
    condition: str
    site: str
    on: date

    def bundle(self, resources: tuple[dict[str, Any], ...] = ()) -> bytes:
        """The chart as a file; in another order when given one."""
        entry = [{"resource": one} for one in resources or self.resources]
        return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entry}).encode()

    def shuffled(self) -> bytes:
        """The same chart with its entries in another order."""
        every = list(self.resources)
        Random(self.number).shuffle(every)
        return self.bundle(tuple(every))


def generated(number: int, today: date) -> Generated:
    """The patient of a number; the same number gives the same patient on the same day."""
    dice = Random(f"chart {number}")
    condition = dice.choice(sorted(SITES))
    patient = {
        "resourceType": "Patient", "id": "p1", "gender": dice.choice(("female", "male", "unknown")),
        "birthDate": f"{dice.randint(1935, 2012)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
        "identifier": [{"system": "urn:generated", "value": str(number)}],
    }  # fmt: skip
    held = [*_medicines(dice, today), *_problems(dice), *_others(dice, today), *_values(dice, today)]
    on = today + timedelta(days=dice.randint(0, 60))
    return Generated(number, (patient, *held), condition, dice.choice(SITES[condition]), on)


def _named(dice: Random, text: str, system: str = "", code: str = "") -> dict[str, Any]:
    """A concept as text, as a coding, or as both."""
    coding = {"coding": [{"display": text} | ({"system": system, "code": code} if code else {})]}
    return dice.choice(({"text": text}, coding, coding | {"text": text}))


def _subject(key: str = "subject") -> dict[str, Any]:
    return {key: {"reference": "Patient/p1"}}


def _day(dice: Random, today: date, most: int = 400) -> str:
    return (today - timedelta(days=dice.randint(1, most))).isoformat()


def _medicines(dice: Random, today: date) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(dice.sample(MEDICINES, dice.choice((0, 1, 1, 2, 3, 5)))):
        begun = _day(dice, today)
        code = dice.choice(CODES) if dice.random() < 0.15 else ""
        drug = {"medicationCodeableConcept": _named(dice, name, RXNORM, code)}
        dosage = {"asNeededBoolean": True} if dice.random() < 0.2 else {"text": "one daily"}
        if dice.random() < 0.6:
            status = dice.choice(
                ("active", "active", "active", "stopped", "completed", "unknown", "on-hold", "cancelled")
            )
            yield {"resourceType": "MedicationRequest", "id": f"m{number}", "status": status, "intent": "order",
                   "authoredOn": begun, "dosageInstruction": [dosage], **_subject(), **drug}  # fmt: skip
        else:
            status = dice.choice(("active", "completed", "not-taken", "unknown", "stopped"))
            ended = today - timedelta(days=dice.randint(0, 20))
            period = {"start": begun} | ({"end": ended.isoformat()} if status in ("completed", "stopped") else {})
            period = period if period.get("end", "9") >= begun else {"start": begun}
            yield {"resourceType": "MedicationStatement", "id": f"s{number}", "status": status,
                   "effectivePeriod": period, "dosage": [dosage], **_subject(), **drug}  # fmt: skip


def _problems(dice: Random) -> Iterator[dict[str, Any]]:
    for number, (name, code) in enumerate(dice.sample(PROBLEMS, dice.choice((0, 0, 1, 1, 2, 4)))):
        status = dice.choice(("active", "active", "active", "resolved", "remission"))
        yield {"resourceType": "Condition", "id": f"c{number}", **_subject(),
               "code": _named(dice, name, "http://hl7.org/fhir/sid/icd-10-cm", code if dice.random() < 0.7 else ""),
               "clinicalStatus": {"coding": [{"code": status}]}}  # fmt: skip


def _others(dice: Random, today: date) -> Iterator[dict[str, Any]]:
    for number, name in enumerate(dice.sample(ALLERGIES, dice.choice((0, 0, 0, 1, 2)))):
        yield {"resourceType": "AllergyIntolerance", "id": f"a{number}", **_subject("patient"),
               "clinicalStatus": {"coding": [{"code": dice.choice(("active", "active", "resolved"))}]},
               "code": _named(dice, name)}  # fmt: skip
    for number, name in enumerate(dice.sample(PROCEDURES, dice.choice((0, 0, 1)))):
        yield {"resourceType": "Procedure", "id": f"x{number}", "status": "completed", **_subject(),
               "performedDateTime": _day(dice, today, 200), "code": _named(dice, name)}  # fmt: skip


def _values(dice: Random, today: date) -> Iterator[dict[str, Any]]:
    kinds = (("6301-6", "INR", "{INR}", (0.9, 5.0)), ("777-3", "Platelets", "10*3/uL", (10, 300)),
             ("4548-4", "Hemoglobin A1c", "%", (5, 11)), ("39156-5", "BMI", "kg/m2", (18, 45)))  # fmt: skip
    for number, (code, name, unit, (low, high)) in enumerate(dice.sample(kinds, dice.choice((0, 0, 1, 2)))):
        quantity = {"value": round(dice.uniform(low, high), 1), "unit": unit, "code": unit}
        yield {"resourceType": "Observation", "id": f"o{number}", "status": "final", **_subject(),
               "code": {"coding": [{"system": LOINC, "code": code, "display": name}]},
               "effectiveDateTime": _day(dice, today, 60), "valueQuantity": quantity}  # fmt: skip
    if dice.random() < 0.3:
        parts = ((("8480-6"), dice.randint(100, 200)), (("8462-4"), dice.randint(60, 120)))
        yield {"resourceType": "Observation", "id": "bp", "status": "final", **_subject(),
               "code": {"coding": [{"system": LOINC, "code": "85354-9"}]}, "effectiveDateTime": _day(dice, today, 3),
               "component": [{"code": {"coding": [{"system": LOINC, "code": part}]},
                              "valueQuantity": {"value": value, "code": "mm[Hg]", "unit": "mmHg"}}
                             for part, value in parts]}  # fmt: skip
