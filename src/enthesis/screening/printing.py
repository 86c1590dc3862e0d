"""A screening as JSON, with exactly the keys of the contract."""

from datetime import date
from typing import Any

from enthesis.screening.judgment import Finding, Screening

Json = dict[str, Any]


def screening_as_json(screening: Screening) -> Json:
    """The contract of `enthesis screen --json`: every date in ISO form, null where there is none."""
    return {
        "decision": screening.decision.value,
        "on": screening.on.isoformat(),
        "site": str(screening.site),
        "earliest": _iso(screening.earliest),
        "library": screening.library,
        "findings": [_finding_as_json(finding) for finding in screening.findings],
        "unknown": [question.id for question in screening.unknown],
    }


def _finding_as_json(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "because": finding.because,
        "action": finding.action.value,
        "stop_by": _iso(finding.stop_by),
        "restart_from": _iso(finding.restart_from),
        "to_patient": finding.to_patient,
        "to_clinician": finding.to_clinician,
        "strength": finding.strength.value,
        "sources": list(finding.sources),
        "evidence": list(finding.evidence),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
