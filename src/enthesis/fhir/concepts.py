"""Codes and words for one thing: which vocabularies are known, and the name that hides none of what was said."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from enthesis.fhir.node import Node
from enthesis.fhir.recurring import Recurring
from enthesis.screening import bare_code

# Addresses and OIDs as the HL7 registry of terminologies (namingsystem-terminologies) lists them.
VOCABULARIES = {
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "urn:oid:2.16.840.1.113883.6.88": "RxNorm",
    "http://www.whocc.no/atc": "ATC",
    "urn:oid:2.16.840.1.113883.6.73": "ATC",
    "http://snomed.info/sct": "SNOMED CT",
    "urn:oid:2.16.840.1.113883.6.96": "SNOMED CT",
    "http://hl7.org/fhir/sid/ndc": "NDC",
    "urn:oid:2.16.840.1.113883.6.69": "NDC",
    "http://fdasis.nlm.nih.gov": "UNII",
    "urn:oid:2.16.840.1.113883.4.9": "UNII",
    "http://hl7.org/fhir/ndfrt": "NDF-RT",
    "urn:oid:2.16.840.1.113883.6.209": "NDF-RT",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
    "urn:oid:2.16.840.1.113883.6.90": "ICD-10-CM",
    "http://hl7.org/fhir/sid/icd-10": "ICD-10",
    "urn:oid:2.16.840.1.113883.6.3": "ICD-10",
    "http://www.ama-assn.org/go/cpt": "CPT",
    "urn:oid:2.16.840.1.113883.6.12": "CPT",
}
# National drug lists under their OIDs are deliberately not here: their names are rarely the English ones that rules
# recognise, and a name that no rule can recognise has to be asked about.
OF_DRUGS = ("RxNorm", "ATC", "SNOMED CT", "NDC", "UNII", "NDF-RT")
OF_PROBLEMS = ("ICD-10-CM", "ICD-10", "SNOMED CT")
OF_PROCEDURES = ("SNOMED CT", "CPT", "ICD-10-CM")
RXNORM = "RxNorm"
WORD = re.compile(r"[^_\W]+")


class Code(NamedTuple):
    """One code of one vocabulary, with the words the chart gives for it."""

    system: str
    code: str
    words: str

    @property
    def vocabulary(self) -> str:
        """The vocabulary's name, or empty when it is none we know."""
        return VOCABULARIES.get(self.system.lower().replace("https://", "http://").rstrip("/"), "")

    def __str__(self) -> str:
        return bare_code(self.code, self.vocabulary or self.system or "of no vocabulary")


class Concept(NamedTuple):
    """A CodeableConcept: codes and words that are all meant to say the same thing."""

    codes: tuple[Code, ...] = ()
    text: str = ""

    @property
    def wordless(self) -> bool:
        """Are there codes at most, and no words for people?"""
        return not self.text and not any(code.words for code in self.codes)

    @property
    def empty(self) -> bool:
        """Is there neither a word nor a code?"""
        return self.wordless and not any(code.code for code in self.codes)

    def coded_in(self, vocabularies: tuple[str, ...]) -> bool:
        """Is there a code of one of these vocabularies, with words that say what it is?"""
        return any(one.vocabulary in vocabularies and one.code and (one.words or self.text) for one in self.codes)

    def named_in(self, vocabularies: tuple[str, ...]) -> bool:
        """Is there a code of one of these vocabularies with its own words? The text beside it may say something else."""
        return any(one.vocabulary in vocabularies and one.code and one.words for one in self.codes)


def _concept(node: Node) -> Concept:
    codes = (Code(one.text("system"), one.text("code"), one.text("display")) for one in node.children("coding"))
    return Concept(tuple(codes), node.text("text"))


NOTHING = Concept()
_read = Recurring(_concept, "coding", "text")


def concept(node: Node) -> Concept:
    """The concept written in a CodeableConcept. Raises BadInput when it has another shape."""
    return _read(node) if node.fields else NOTHING


def name_of(concepts: Iterable[Concept], *, prefer: tuple[str, ...]) -> str:
    """The name to show: the words of the preferred vocabularies first, then all others that say something more.

    Codes whose words disagree are all shown, joined by " / ": "Blood thinner / warfarin" must not lose its warfarin.
    Without any word it is the bare codes; without either it is empty.
    """
    heard = tuple(concepts)
    codes = sorted((one for each in heard for one in each.codes), key=lambda one: _rank(one, prefer))
    words = [one.words for one in codes] + [each.text for each in heard]
    return " / ".join(_saying_more(words) or dict.fromkeys(str(one) for one in codes if one.code))


def _rank(code: Code, prefer: tuple[str, ...]) -> int:
    return prefer.index(code.vocabulary) if code.vocabulary in prefer else len(prefer)


def _saying_more(words: Iterable[str]) -> list[str]:
    """Words without those that another one holds already: "naproxen" beside "Naproxen 220 MG Oral Tablet"."""
    kept: dict[str, str] = {}
    for one in filter(None, words):
        plain = f" {' '.join(WORD.findall(one.casefold()))} "
        if not any(plain in other for other in kept):
            kept = {other: said for other, said in kept.items() if other not in plain} | {plain: one}
    return list(kept.values())
