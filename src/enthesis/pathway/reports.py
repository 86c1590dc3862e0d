"""What patients send in: it changes no stage, and waits for none; it only needs the first injection to have been given.

A report of a symptom is taken from anybody who was ever injected, also when the course is closed or the patient has
withdrawn: a warning sign must never meet a locked door.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.knowledge import BadInput
from enthesis.pathway.stages import Stage


class Report(StrEnum):
    """What a patient sends in."""

    BASELINE = "baseline"
    DIARY = "diary"
    SURVEY = "survey"


@dataclass(frozen=True)
class Minimum:
    """What must have happened before a report is taken, and the stages at which it is no longer taken."""

    needs_injection: bool
    not_when: frozenset[Stage]


MINIMUM = {
    Report.BASELINE: Minimum(needs_injection=False, not_when=frozenset({Stage.CLOSED, Stage.WITHDRAWN})),
    Report.DIARY: Minimum(needs_injection=True, not_when=frozenset()),
    Report.SURVEY: Minimum(needs_injection=True, not_when=frozenset({Stage.CLOSED, Stage.WITHDRAWN})),
}


def check_report(report: Report, *, on: date, stage: Stage, first_injection: date | None) -> None:
    """May a report about a day be taken? Raises BadInput saying what must come first.

    `first_injection` is the day of the course's first injection, None while there has been none.
    """
    if stage in MINIMUM[report].not_when:
        raise BadInput(f"{report}: the course is {stage}, so no {report} is taken any more")
    if MINIMUM[report].needs_injection:
        _check_after(report, on, first_injection)
    else:
        _check_before(report, on, first_injection)


def _check_after(report: Report, on: date, first_injection: date | None) -> None:
    if first_injection is None:
        raise BadInput(f"{report}: the first injection must be recorded before a {report} is taken")
    if on < first_injection:
        raise BadInput(f"{report}: {on.isoformat()} lies before the first injection on {first_injection.isoformat()}")


def _check_before(report: Report, on: date, first_injection: date | None) -> None:
    """On the day itself it is still taken, for a form that was filled in on paper before the needle."""
    if first_injection is not None and on > first_injection:
        raise BadInput(f"{report}: {on.isoformat()} lies after the first injection on {first_injection.isoformat()}")
