"""The name hides nothing that was said, `coded` promises what it says, and the furthest reaching route counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.concepts import OF_DRUGS, Code, Concept, name_of
from enthesis.fhir.routes import CODES, route_of
from enthesis.screening import Route

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
SNOMED = "http://snomed.info/sct"
ATC = "http://www.whocc.no/atc"
IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
NATIONAL = "urn:oid:2.16.840.1.113883.2.4.4.1"


def concept(*codes, text=""):
    return Concept(tuple(Code(*code) for code in codes), text)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (concept((RXNORM, "1", "Naproxen 220 MG Oral Tablet"), text="naproxen"), "Naproxen 220 MG Oral Tablet"),
        (concept((RXNORM, "1", "Naproxen"), text="naproxen 220 mg"), "naproxen 220 mg"),
        (concept((RXNORM, "1", "Naproxen"), (ATC, "2", "NAPROXEN")), "Naproxen"),
        (concept((RXNORM, "1", "Blood thinner"), text="warfarin"), "Blood thinner / warfarin"),
        (
            concept((SNOMED, "1", "Warfarin product"), ("x", "2", "local word"), (RXNORM, "3", "Coumadin")),
            "Coumadin / Warfarin product / local word",
        ),
        (concept((RXNORM, "1", "Pro"), text="Naproxen"), "Pro / Naproxen"),
        (concept((RXNORM, "849574", "")), "code 849574 (RxNorm)"),
        (concept(("http://local", "7", "")), "code 7 (http://local)"),
        (concept(("", "7", ""), ("", "", "")), "code 7 (of no vocabulary)"),
        (concept((RXNORM, "849574", ""), text="naproxen"), "naproxen"),
        (concept(), ""),
    ],
)
def test_the_name_says_all_that_was_said_once(said, name):
    assert name_of([said], prefer=OF_DRUGS) == name


@given(st.lists(st.sampled_from(["naproxen", "Naproxen 220 MG", "blood thinner", "warfarin", "MG", "220"]), max_size=6))
def test_no_word_that_was_said_is_lost_in_the_name(words):
    name = name_of([Concept(tuple(Code(RXNORM, "1", word) for word in words))], prefer=OF_DRUGS).casefold()
    assert all(word.casefold() in name for word in words)


@pytest.mark.parametrize(
    ("said", "coded"),
    [
        (concept((RXNORM, "1", "Naproxen")), True),
        (concept((RXNORM, "1", ""), text="Naproxen"), True),
        (concept((RXNORM, "1", "")), False),
        (concept((RXNORM, "", "Naproxen")), False),
        (concept(("http://local", "1", "Naproxen")), False),
        (concept((NATIONAL, "99872", "ANASTROZOL 1MG TABLET")), False),
        (concept((NATIONAL, "99872", "ANASTROZOL 1MG TABLET"), (ATC, "L02BG03", "anastrozole")), True),
        (concept(("urn:oid:2.16.840.1.113883.6.88", "1", "Naproxen")), True),
        (concept(("https://www.nlm.nih.gov/research/umls/RxNorm/", "1", "Naproxen")), True),
        (concept(("http://hl7.org/fhir/sid/icd-10-cm", "M54.5", "Low back pain")), False),
        (concept(text="Naproxen"), False),
    ],
)
def test_coded_means_a_code_of_a_drug_vocabulary_and_words(said, coded):
    assert said.coded_in(OF_DRUGS) is coded


@pytest.mark.parametrize(
    ("said", "nothing"),
    [
        (concept((SNOMED, "716186003", "No known allergy (situation)")), True),
        (concept((SNOMED, "429625007", "")), True),
        (concept((IPS, "no-known-problems", "")), True),
        (concept((IPS, "no-allergy-info", "No information about allergies")), True),
        (concept((IPS, "no-procedure-info", "No information about past history of procedures")), True),
        (concept((SNOMED, "160245001", "No current problems or disability (situation)")), True),
        (concept(text="NKDA"), True),
        (concept(text="No known drug allergies."), True),
        (concept(text="no allergies"), True),
        (concept((SNOMED, "716186003", "No known allergy"), text="except latex"), False),
        (concept((SNOMED, "716186003", "No known allergy except latex")), False),
        (concept(text="No known drug allergies except iodine"), False),
        (concept((SNOMED, "91936005", "")), False),
        (concept((SNOMED, "91936005", "Allergy to penicillin")), False),
        (concept(("http://local", "716186003", "")), False),
        (concept(), False),
    ],
)
def test_only_what_says_nothing_but_nothing_says_nothing(said, nothing):
    assert says_nothing(said) is nothing


@pytest.mark.parametrize(
    ("name", "route"),
    [
        ("Naproxen sodium 220 MG Oral Tablet", Route.ORAL),
        ("Acetaminophen 160 MG Chewable Tablet", Route.ORAL),
        ("dimethyl fumarate 240 MG Delayed Release Oral Capsule", Route.ORAL),
        ("naproxen soft gels", Route.ORAL),
        ("ibuprofen liqui-gels", Route.ORAL),
        ("nitroglycerin 0.4 MG Sublingual Tablet", Route.ORAL),
        ("diclofenac sodium 0.01 MG/MG Topical Gel", Route.TOPICAL),
        ("hydrocortisone 10 MG/ML Topical Cream", Route.TOPICAL),
        ("ketorolac tromethamine 5 MG/ML Ophthalmic Solution", Route.EYE),
        ("dexamethasone / neomycin Ophthalmic Ointment", Route.TOPICAL),
        ("methylprednisolone 1000 MG Injection", Route.INJECTED),
        ("0.4 ML adalimumab 100 MG/ML Prefilled Syringe", Route.INJECTED),
        ("Ampicillin 100 MG/ML Injectable Solution", Route.INJECTED),
        ("0.5 ML sumatriptan 12 MG/ML Auto-Injector", Route.INJECTED),
        ("dexamethasone 0.7 MG Drug Implant", Route.OTHER),
        ("72 HR Fentanyl 0.025 MG/HR Transdermal System", Route.OTHER),
        ("diclofenac epolamine 1.3 % Medicated Patch", Route.TOPICAL),
        ("ciprofloxacin 2 MG/ML Otic Solution", Route.TOPICAL),
        ("indomethacin 50 MG Rectal Suppository", Route.OTHER),
        ("120 ACTUAT fluticasone propionate 0.044 MG/ACTUAT Metered Dose Inhaler", Route.INHALED),
        ("budesonide 0.25 MG/ML Inhalation Suspension", Route.INHALED),
        ("fluticasone propionate 0.05 MG/ACTUAT Metered Dose Nasal Spray", Route.INHALED),
        ("mometasone 0.05 MG/ACTUAT Nasal Spray", Route.NASAL),
        ("Estrostep Fe 28 Day Pack", Route.UNKNOWN),
        ("Factor IV concentrate", Route.UNKNOWN),
        ("Penicillin", Route.UNKNOWN),
        ("", Route.UNKNOWN),
    ],
)
def test_a_name_tells_the_route_by_its_form(name, route):
    assert route_of(routes=(), words=[name]) is route


@pytest.mark.parametrize(
    ("said", "route"),
    [
        (concept((SNOMED, "26643006", "Oral route (qualifier value)")), Route.ORAL),
        (concept(("http://standardterms.edqm.eu", "20053000", "")), Route.ORAL),
        (concept(text="by mouth"), Route.ORAL),
        (concept(text="PO"), Route.ORAL),
        (concept(text="p.o."), Route.ORAL),
        (concept(("http://terminology.hl7.org/CodeSystem/v3-RouteOfAdministration", "IM", "")), Route.INJECTED),
        (concept(text="IV"), Route.INJECTED),
        (concept(text="Intra-articular"), Route.INJECTED),
        (concept(text="intraarticular"), Route.INJECTED),
        (concept(text="PR"), Route.OTHER),
        (concept(text="neb"), Route.INHALED),
        (concept(text="intranasally"), Route.NASAL),
        (concept(text="TOP"), Route.TOPICAL),
        (concept(text="both eyes"), Route.EYE),
        (concept(text="somehow"), Route.UNKNOWN),
    ],
)
def test_a_route_may_be_a_code_a_word_or_an_abbreviation(said, route):
    assert route_of(routes=[said], words=()) is route


@pytest.mark.parametrize(("code", "route"), CODES.items())
def test_a_code_for_a_route_needs_no_words(code, route):
    assert route_of(routes=[concept((SNOMED, code, ""))], words=()) is route


@pytest.mark.parametrize(
    ("route", "name", "counts"),
    [
        ("topical", "Naproxen Oral Tablet", Route.ORAL),
        ("oral", "diclofenac Topical Gel", Route.ORAL),
        ("subcutaneous", "methotrexate 25 MG Tablet", Route.ORAL),
        ("intramuscular", "triamcinolone Topical Cream", Route.INJECTED),
        ("transdermal", "Metered Dose Inhaler", Route.OTHER),
        ("nasal", "Inhalation Powder", Route.INHALED),
        ("eye", "Nasal Spray", Route.NASAL),
        ("eye", "ointment", Route.TOPICAL),
    ],
)
def test_of_several_routes_the_one_that_reaches_furthest_counts(route, name, counts):
    assert route_of(routes=[concept(text=route)], words=[name]) is counts


def test_the_words_of_a_dosage_tell_the_route_when_nothing_else_does(read, drug):
    said = {"medicationCodeableConcept": {"text": "Voltaren"}, "dosageInstruction": [{"text": "Take one tablet daily"}]}
    [item] = read(drug(**said)).items
    assert item.route is Route.ORAL
