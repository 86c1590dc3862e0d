"""A report of evidence: one self-contained HTML page with figures, certainty, sources and what is missing."""

from enthesis.evidence.report.of_review import review_report

__all__ = ["review_report"]
