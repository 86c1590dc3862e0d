"""How sure an expectation is, in GRADE's five domains and words: stated rules, each with its reason, open to disagreement."""

from enthesis.expectations.grading.domains import Domain, Graded, Judged, Override, from_network
from enthesis.expectations.grading.rules import imprecision, inconsistency, indirectness, publication_bias, risk_of_bias
from enthesis.expectations.grading.words import Size, size, verdict

__all__ = [
    "Domain",
    "Graded",
    "Judged",
    "Override",
    "Size",
    "from_network",
    "imprecision",
    "inconsistency",
    "indirectness",
    "publication_bias",
    "risk_of_bias",
    "size",
    "verdict",
]
