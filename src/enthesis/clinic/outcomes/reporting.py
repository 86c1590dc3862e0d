"""The outcomes page of a clinic: its newest snapshot, and the report kept with it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django_scopes import scope

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.analysing import BY, GROUPINGS, analysed, made_of, made_with
from enthesis.clinic.outcomes.publishing import standing
from enthesis.clinic.outcomes.snapshotting import collected
from enthesis.clinic.permissions import Actor, May
from enthesis.expectations.report import OutcomesReport, outcomes_report
from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot import parquet_of, reopened
from enthesis.registry.models import Clinic, OutcomeReport, OutcomeSnapshot


@dataclass(frozen=True)
class OutcomesPage:
    """What the page of a clinic's outcomes shows; `report` is None before the first snapshot."""

    clinic: int
    slug: str
    name: str
    may_publish: bool
    published_on: date | None
    taken_on: date | None = None
    taken_at: datetime | None = None
    taken_by: str = ""
    digest: str = ""
    report: OutcomesReport | None = None


@act
def take_clinic_snapshot(*, by: Actor, clinic: int, on: date, today: date) -> OutcomeSnapshot:
    """Take a snapshot of one clinic, keep it, and make its report, so that the page opens at once."""
    by.check(May.ANALYSE, clinic)
    place = Clinic.objects.get(pk=clinic)
    with scope(clinic=[clinic]):
        made = collected([place], on, today)
        kept = OutcomeSnapshot.objects.create(
            on=on,
            digest=made.book.digest,
            courses=made.book.courses,
            content=parquet_of(made),
            **frame(by.name, clinic, now(), None, ""),
        )
        _report_of(by, kept)
    leave_trace(by, "took a snapshot", clinic=place, about=kept.pk, after={"on": on, "content": made.book.digest})
    return kept


@act
def read_outcomes(*, by: Actor, clinic: int, grouped: str = "treatment") -> OutcomesPage:
    """The newest snapshot of a clinic with its report. Raises BadInput for a way of grouping there is not."""
    by.check(May.ANALYSE, clinic)
    if grouped not in GROUPINGS:
        raise BadInput(f"grouped: {grouped!r}; expected one of {', '.join(GROUPINGS)}")
    place = Clinic.objects.get(pk=clinic)
    with scope(clinic=[clinic]):
        kept, public = latest(clinic), standing(clinic)
        page: dict[str, Any] = {"published_on": public.recorded_at.date() if public else None}
        if kept is not None:
            page |= {
                "taken_on": kept.on,
                "taken_at": kept.recorded_at,
                "taken_by": kept.recorded_by,
                "digest": kept.digest,
                "report": _report_of(by, kept, GROUPINGS[grouped]),
            }
    leave_trace(by, "read the outcomes", clinic=place, about=kept.pk if kept else "")
    return OutcomesPage(clinic, place.slug, place.name, by.can(May.PUBLISH, clinic), **page)


def latest(clinic: int) -> OutcomeSnapshot | None:
    """The snapshot taken last."""
    return OutcomeSnapshot.objects.filter(clinic=clinic).order_by("-recorded_at").first()


def _report_of(by: Actor, kept: OutcomeSnapshot, grouped: tuple[str, ...] = BY) -> OutcomesReport:
    """The report kept for this text, library and version; made anew where there is none."""
    found = OutcomeReport.objects.filter(
        clinic=kept.clinic_id, snapshot__digest=kept.digest, snapshot__on=kept.on, made_with=made_with(grouped)
    ).first()
    if found is None:
        snapshot = reopened(bytes(kept.content))
        made = outcomes_report(analysed(snapshot, by=grouped), made_of(snapshot), library())
        found = OutcomeReport.objects.create(
            snapshot=kept,
            made_with=made_with(grouped),
            report=as_kept(made),
            **frame(by.name, kept.clinic_id, now(), None, ""),
        )
    return from_kept(found.report)


def as_kept(report: OutcomesReport) -> dict[str, Any]:
    """A report as JSON."""
    return vars(report) | {"sections": [list(section) for section in report.sections]}


def from_kept(data: dict[str, Any]) -> OutcomesReport:
    """A report from JSON."""
    return OutcomesReport(**data | {"sections": tuple((heading, html) for heading, html in data["sections"])})
