"""The study behind a research export as a FHIR R4 ResearchStudy: what it holds, not who is in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.outcomes.snapshot import Codebook


def research_study(
    book: Codebook, *, purpose: str, conditions: Iterable[str], treatments: Mapping[str, int]
) -> dict[str, Any]:
    """One ResearchStudy. Its treatments are arms in FHIR's sense only: nobody was allocated."""
    return {
        "resourceType": "ResearchStudy",
        "id": f"enthesis-{book.digest[:16]}",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:sha256:{book.digest}"}],
        "title": "Patient-reported outcomes of routine care, de-identified",
        "status": "active",
        "category": [{"text": "observational registry"}],
        "condition": [{"text": name} for name in sorted(set(conditions)) if name],
        "keyword": [{"text": scale.title} for scale in book.scales],
        "description": (
            f"{book.rows} rows of {book.courses} courses as of {book.taken_on}. Purpose: {purpose}. Days are shifted for each "
            "person, ages are bands, small groups are hidden. Nobody was allocated to a treatment."
        ),
        "arm": [
            {"name": name or "not stated", "description": f"{people} people, treated in routine care"}
            for name, people in sorted(treatments.items())
        ],
        "objective": [{"name": purpose}],
    }
