"""How a patient prepares for the next visit: the sheet, for staff and through a private link, and its calendar file."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop
from django_scopes import scope

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.correcting import current
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import advice_chosen, library_of
from enthesis.clinic.links import NewLink, make_link, open_link
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.plan import dated
from enthesis.knowledge import parse_site
from enthesis.pathway import ItemKind, Plan, Preparation, Stage, prepare, treatment_called
from enthesis.registry.models import Course, Due, ScreeningRecord

FORM = "preparation"
NONE_AHEAD = gettext_noop("no visit lies ahead: there is nothing to prepare for")
NO_NEEDLE = gettext_noop("this treatment has no needle: there is nothing to prepare for")
OVER = (Stage.REFUSED, Stage.PAUSED, Stage.FOLLOW_UP, Stage.CLOSED, Stage.WITHDRAWN)


@dataclass(frozen=True)
class Sheet:
    """The sheet of one course for its next visit, and whom to call; no name, no chart.

    `planned` is false while the day is only proposed by a screening.
    """

    course: UUID
    clinic: str
    clinic_phone: str
    simulated: bool
    language: str
    planned: bool
    preparation: Preparation
    plan: Plan


@act
def read_preparation(*, by: Actor, course: UUID | str, today: date) -> Sheet:
    """The sheet as staff see and print it. Raises NotFound when no visit lies ahead."""
    record = course_of(by, course, May.SEE)
    found = _sheet(record, today)
    leave_trace(by, "read the preparation", clinic=record.clinic, patient=record.patient, about=record.pk)
    return found


def link_to_preparation(*, by: Actor, course: UUID | str, today: date) -> NewLink:
    """A link to the sheet: looking does not use it up, and it ends the day after the visit."""
    days = (read_preparation(by=by, course=course, today=today).preparation.on - today).days + 1
    return make_link(by=by, course=course, form=FORM, about={}, days=max(days, 1))


def private_preparation(token: str, *, today: date) -> Sheet:
    """The sheet a link opens. Raises LinkSpent for one that cannot be used, NotFound when no visit lies ahead."""
    link = open_link(token)
    if link.form != FORM:
        raise NotFound("this link opens another form")
    with scope(clinic=[link.clinic_id]):
        found = _sheet(link.course, today)
        leave_trace(
            Actor.of_link(link),
            "read the preparation by a link",
            clinic=link.clinic,
            patient=link.course.patient,
            about=link.course_id,
        )
    return found


def _sheet(record: Course, today: date) -> Sheet:
    shelf = library_of(record.clinic_id)
    if not treatment_called(shelf, record.treatment).body.injected:
        raise NotFound(NO_NEEDLE)
    day, planned = _next_visit(record, today)
    ahead = dated(record, day, None)
    made = prepare(
        ahead,
        site=parse_site(record.site, shelf),
        library=shelf,
        today=today,
        judgment=_judgment(record, day),
        choices=advice_chosen(record.clinic_id),
    )
    return Sheet(
        course=record.pk,
        clinic=record.clinic.name,
        clinic_phone=record.clinic.phone,
        simulated=record.clinic.simulated,
        language=record.patient.language,
        planned=planned,
        preparation=made,
        plan=ahead,
    )


def _next_visit(record: Course, today: date) -> tuple[date, bool]:
    """The day of the next visit, and whether it is planned: what a plan promised, or else what a screening proposes."""
    stage = Stage(record.stage)
    if stage in OVER:
        raise NotFound(NONE_AHEAD)
    promised = Due.objects.filter(
        course=record, kind=ItemKind.SESSION.value, on__gte=today, met_at__isnull=True, dropped=False
    )
    first = promised.order_by("on").first()
    if first and stage is not Stage.POSTPONED:
        return first.on, True
    proposed = _proposed(record, stage)
    if proposed is None or proposed < today:
        raise NotFound(NONE_AHEAD)
    return proposed, False


def _proposed(record: Course, stage: Stage) -> date | None:
    """What the newest screening says: its own day, or the earliest one when it postponed."""
    judged = current(ScreeningRecord.objects.filter(course=record)).order_by("-recorded_at").first()
    if judged is None:
        return None
    return judged.earliest if stage is Stage.POSTPONED else judged.on


def _judgment(record: Course, day: date) -> dict[str, Any] | None:
    judged = current(ScreeningRecord.objects.filter(course=record, on=day)).order_by("-recorded_at").first()
    return judged.judgment if judged else None
