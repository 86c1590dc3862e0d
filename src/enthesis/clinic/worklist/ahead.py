"""The visits of today and of the week: what must stand before the needle, and does not yet."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from enthesis.clinic.dues import NOT_TREATED
from enthesis.clinic.rows import WorkRow
from enthesis.clinic.washouts import WashoutRow, washouts_ahead
from enthesis.clinic.worklist.lines import AT_MOST, line, lines_of
from enthesis.pathway import ItemKind, Standing
from enthesis.registry.models import Consent, Due

DAYS = 7
AHEAD = timedelta(days=DAYS)  # what begins within the week is shown, so that a reminder can still help
OPEN = (Standing.NOT_MET, Standing.NOT_KNOWN)


def sessions(on: date) -> tuple[WorkRow, ...]:
    """The sessions planned for today."""
    return lines_of(_waiting(ItemKind.SESSION).filter(on=on)[:AT_MOST])


def washouts_running(on: date) -> tuple[WorkRow, ...]:
    """Medicines whose last day falls within the week."""
    return lines_of(_waiting(ItemKind.WASHOUT_STOP).filter(on__gte=on, on__lte=on + AHEAD)[:AT_MOST])


def washouts_not_met(clinics: Iterable[int], on: date) -> tuple[WorkRow, ...]:
    """Visits within the week before which something was taken too late, or nobody knows."""
    rows = washouts_ahead(clinics, on, DAYS)
    return tuple(_washout(row) for row in rows if row.worst in OPEN and row.on <= on + AHEAD)[:AT_MOST]


def _washout(row: WashoutRow) -> WorkRow:
    still = [one for one in row.standings if one.standing in OPEN]
    said = ". ".join(f"{one.what}: {one.because}" for one in still)
    return WorkRow(row.patient, row.name, row.course, row.condition, row.worst.value, row.on, said, phone=row.phone)


def consents_missing(on: date) -> tuple[WorkRow, ...]:
    """Visits within the week whose patient has not signed, or has taken the signature back."""
    visits = list(_waiting(ItemKind.SESSION).filter(on__gte=on, on__lte=on + AHEAD)[:AT_MOST])
    courses = {due.course_id for due in visits}
    rows = Consent.objects.filter(course__in=courses).order_by("recorded_at").values_list("course_id", "given")
    newest = dict(rows)
    return tuple(
        line(due.course, "taken back" if due.course_id in newest else "not signed yet", due.on)
        for due in visits
        if not newest.get(due.course_id, False)
    )


def _waiting(kind: ItemKind) -> QuerySet[Due]:
    """What is due of a kind in courses that are being treated."""
    rows = Due.objects.filter(kind=kind.value, met_at__isnull=True, dropped=False)
    return rows.exclude(course__stage__in=NOT_TREATED).select_related("course__patient").order_by("on", "course_id")
