"""The decision aid of a course: read by staff or by a private link, and what the patient answered kept to the course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.evidence import review_of
from enthesis.clinic.judging import judgments_for
from enthesis.clinic.library import library
from enthesis.clinic.links import NewLink, make_link, open_link
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.steps import text
from enthesis.expectations.aid import IMPORTANCE, QUESTIONS, VALUES, AidPage, aid_page
from enthesis.knowledge import BadInput
from enthesis.registry.models import AidAnswer, Course

FORM = "aid"
LINK_DAYS = 30
REVIEW = "dextrose-prolotherapy"
MODE_STAFF, MODE_LINK = "staff", "private link"


@dataclass(frozen=True)
class AidSaid:
    """What a patient answered, with who wrote it down and when. `old` says that the aid has changed since."""

    start: int | None
    values: Mapping[str, int]
    questions: Sequence[str]
    own_question: str
    leaning: str
    at: datetime
    by: str
    mode: str
    old: bool


@dataclass(frozen=True)
class AidSheet:
    """The aid of one course as staff and patient see it: no name, no chart. `said` is the newest answer, or None."""

    course: UUID
    clinic: str
    clinic_phone: str
    simulated: bool
    language: str
    page: AidPage
    said: AidSaid | None
    earlier: int


@act
def read_aid(*, by: Actor, course: UUID | str, start: float | None = None) -> AidSheet:
    """The aid as staff see it, with what the patient answered. Raises NotFound where the condition has none."""
    record = course_of(by, course, May.SEE)
    found = _sheet(by, record, start)
    leave_trace(by, "read the decision aid", clinic=record.clinic, patient=record.patient, about=record.pk)
    return found


def link_to_aid(*, by: Actor, course: UUID | str) -> NewLink:
    """A link to the aid: it may be opened and answered as often as needed until its day."""
    return make_link(by=by, course=course, form=FORM, about={}, days=LINK_DAYS)


def private_aid(token: str, *, start: float | None = None) -> AidSheet:
    """The aid a link opens. Raises LinkSpent, or NotFound for a link to another form."""
    link = open_link(token)
    if link.form != FORM:
        raise NotFound("this link opens another form")
    with scope(clinic=[link.clinic_id]):
        by = Actor.of_link(link)
        found = _sheet(by, link.course, start)
        leave_trace(
            by, "read the decision aid by a link", clinic=link.clinic, patient=link.course.patient, about=link.course_id
        )
    return found


@act
def keep_aid(
    *,
    by: Actor,
    course: UUID | str,
    values: Mapping[str, int],
    questions: Sequence[str] = (),
    own_question: str = "",
    leaning: str = "",
    start: int | None = None,
    language: str = "en",
    mode: str = MODE_STAFF,
) -> AidAnswer:
    """Keep what a patient answered. Nothing need be answered; what is must be of the aid. Raises BadInput naming the field."""
    record = course_of(by, course, May.REPORT, lock=True)
    page = _page(by, record, start)
    said = {
        "values": _values(values),
        "questions": _of(questions, [id for id, _ in QUESTIONS], "questions"),
        "own_question": text({"own_question": own_question}, "own_question", 500),
        "leaning": _leaning(leaning, page),
        "start": start,
    }
    about = {"aid": page.entry.id, "fingerprint": page.entry.fingerprint, "language": language, "mode": mode}
    kept = AidAnswer.objects.create(course=record, **about, **said, **frame(by.name, record.clinic_id, now(), None, ""))
    leave_trace(
        by, "kept answers to the decision aid", clinic=record.clinic, patient=record.patient, about=kept.pk, after=said
    )
    return kept


@transaction.atomic
def answer_aid_link(
    *,
    token: str,
    values: Mapping[str, int],
    questions: Sequence[str],
    own_question: str,
    leaning: str,
    start: int | None,
    language: str,
) -> AidAnswer:
    """The same by a private link. Raises LinkSpent, NotFound or BadInput."""
    link = open_link(token)
    if link.form != FORM:
        raise NotFound("this link opens another form")
    return keep_aid(
        by=Actor.of_link(link),
        course=link.course_id,
        values=values,
        questions=questions,
        own_question=own_question,
        leaning=leaning,
        start=start,
        language=language,
        mode=MODE_LINK,
    )


def _sheet(by: Actor, record: Course, start: float | None) -> AidSheet:
    rows = list(AidAnswer.objects.filter(course=record).order_by("-recorded_at"))
    last = rows[0] if rows else None
    page = _page(by, record, start if start is not None else last.start if last else None)
    return AidSheet(
        course=record.pk,
        clinic=record.clinic.name,
        clinic_phone=record.clinic.phone,
        simulated=record.clinic.simulated,
        language=record.patient.language,
        page=page,
        said=_said(last, page) if last else None,
        earlier=max(0, len(rows) - 1),
    )


def _page(by: Actor, record: Course, start: float | None) -> AidPage:
    review = review_of(by=by, review_id=REVIEW, clinic=record.clinic_id)
    try:
        return aid_page(
            record.condition,
            review=review,
            library=library(),
            start=start,
            judged=judgments_for(review, record.clinic_id),
        )
    except BadInput as error:
        if str(error).startswith("condition"):
            raise NotFound("there is no decision aid for this condition") from error
        raise


def _said(row: AidAnswer, page: AidPage) -> AidSaid:
    return AidSaid(
        row.start,
        row.values,
        row.questions,
        row.own_question,
        row.leaning,
        row.recorded_at,
        row.recorded_by,
        row.mode,
        row.fingerprint != page.entry.fingerprint,
    )


def _values(given: Mapping[str, int]) -> dict[str, int]:
    most = len(IMPORTANCE) - 1
    _of(list(given), [id for id, _ in VALUES], "values")
    for name, value in given.items():
        if not 0 <= value <= most:
            raise BadInput(f"values: {name} from 0 to {most} was expected, not {value}")
    return dict(given)


def _of(given: Sequence[str], known: Sequence[str], field: str) -> list[str]:
    strange = sorted(set(given) - set(known))
    if strange:
        raise BadInput(f"{field}: there is no {strange[0]!r}; there are: {', '.join(known)}")
    return list(given)


def _leaning(given: str, page: AidPage) -> str:
    known = [column.option.id for column in page.columns]
    if given and given not in known:
        raise BadInput(f"leaning: there is no {given!r}; there are: {', '.join(known)}")
    return given
