"""Entries that say there is nothing: "No known drug allergy" is not an allergy, "No known medications" no drug."""

import re

from enthesis.fhir.concepts import Code, Concept

# Codes of the International Patient Summary for known absence and for no information (CC0, HL7 fhir-ips).
IPS = "http://hl7.org/fhir/uv/ips/codesystem/absent-unknown-uv-ips"
SNOMED = frozenset(
    {
        "716186003",
        "409137002",
        "428607008",
        "429625007",
        "787483001",
        "787482006",
        "787481004",
        "160245001",
        "787480003",
    }
)
# The whole of the words must say so: "No known drug allergies except iodine" is an allergy to iodine.
SAID = re.compile(
    r"(no (known |current |history of )?((drug|medication|medicine|food|environmental|latex) )?"
    r"(allerg(y|ies)|medications?|problems?( or disability)?|procedures?|devices?( in use)?)( known)?"
    r"|no information (about|on|regarding) (past history of )?(allergies|medications|problems|procedures|devices)"
    r"|nka|nkda|none( known)?)( \(situation\))?\.?",
    re.IGNORECASE,
)


def says_nothing(concept: Concept) -> bool:
    """Does all that is said, in codes and in words, say that there is nothing, or that nothing is known?"""
    coded = [_says_so(one) for one in concept.codes]
    spoken = [SAID.fullmatch(concept.text) is not None] if concept.text else []
    return bool(coded + spoken) and all(coded + spoken)


def _says_so(one: Code) -> bool:
    if one.words:
        return SAID.fullmatch(one.words) is not None
    return one.system.lower() == IPS or (one.vocabulary == "SNOMED CT" and one.code in SNOMED)
