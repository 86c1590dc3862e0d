"""The honest outcomes report: a clinic's own answers with their doubts, beside what people report without the treatment."""

from enthesis.expectations.report.published import public_counts, public_report, told_apart
from enthesis.expectations.report.report import SIMULATED, Made, OutcomesReport, outcomes_report
from enthesis.expectations.report.told import headline_week, sentence

__all__ = [
    "SIMULATED",
    "Made",
    "OutcomesReport",
    "headline_week",
    "outcomes_report",
    "public_counts",
    "public_report",
    "sentence",
    "told_apart",
]
