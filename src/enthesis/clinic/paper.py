"""A survey on paper: printed with a code that finds it again, once, for the clinic's own staff."""

import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils.crypto import salted_hmac

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.errors import LinkSpent, NotFound
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import questionnaire_of
from enthesis.clinic.survey import AskedIn, left_at, wave_called
from enthesis.registry.models import Course, Due, PatientLink

FORM = "paper"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
LENGTH, GROUP = 12, 4  # 60 bits: nobody guesses one, and a person can copy it
MISREAD = str.maketrans("ILO", "110")
POST_DAYS = 60  # after the window closes a form may still be on its way
UNKNOWN = "code: there is no such form in your clinics; check the twelve letters"
USED = "This form was entered already. To change an answer, correct it on the patient's page."


@dataclass(frozen=True)
class Printed:
    """A form to be printed: the code is shown once and kept nowhere."""

    code: str
    closes: date | None


@dataclass(frozen=True)
class FoundForm:
    """Whose form a code is on, and at which wave."""

    course: UUID
    wave: str


@act
def print_form(*, by: Actor, course: UUID | str, wave: str) -> Printed:
    """A code for one paper form. Raises BadInput for an unknown wave."""
    record = course_of(by, course, May.INVITE)
    wave_called(wave)
    code, window = _new_code(), window_of(record, wave)
    forms = [questionnaire_of(record.clinic_id, id) for id in left_at(record, wave)]
    asked = {form.id: [form.body.version, form.body.language] for form in forms}
    last = window[1] if window else now().date()
    ends = datetime.combine(last + timedelta(days=POST_DAYS), time(), tzinfo=UTC)
    made = PatientLink.objects.create(
        clinic_id=record.clinic_id, course=record, digest=_digest(code), form=FORM,
        about={"wave": wave, "asked": asked},
        made_by=by.name, made_at=now(), expires_at=max(ends, now() + timedelta(days=POST_DAYS)),
    )  # fmt: skip
    leave_trace(
        by, "printed a form", clinic=record.clinic, patient=record.patient, about=f"paper form {made.pk}",
        after={"wave": wave},
    )  # fmt: skip
    return Printed(code, window[1] if window else None)


@act
def find_form(*, by: Actor, code: str) -> FoundForm:
    """The course and wave of a code, for staff who may enter answers. Raises NotFound, or LinkSpent for a used one."""
    link = _link(code)
    if link is None:
        raise NotFound(UNKNOWN)
    by.check(May.REPORT, link.clinic_id)
    leave_trace(by, "found a form", clinic=link.clinic, patient=link.course.patient, about=f"paper form {link.pk}")
    if link.used_at is not None:
        raise LinkSpent(USED)
    return FoundForm(link.course_id, link.about["wave"])


def use_form(course: Course, wave: str, code: str) -> dict[str, AskedIn]:
    """A form is entered once: what was printed on it, by instrument. For use inside an act.

    Raises LinkSpent, or NotFound for the code of another form.
    """
    link = _link(code)
    if link is None or link.course_id != course.pk or link.about["wave"] != wave:
        raise NotFound(UNKNOWN)
    if not PatientLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now()):
        raise LinkSpent(USED)
    return {id: AskedIn(*one) for id, one in link.about.get("asked", {}).items()}


def window_of(course: Course, wave: str) -> tuple[date, date] | None:
    """From when to when a wave may be answered; None before there is a plan."""
    due = Due.objects.filter(course=course, key=f"wave-{wave}", dropped=False).first()
    return (due.opens, due.closes) if due else None


def _link(code: str) -> PatientLink | None:
    rows = PatientLink.objects.select_related("course__patient", "clinic")
    return rows.filter(digest=_digest(code), form=FORM, expires_at__gt=now()).first()


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def _digest(code: str) -> str:
    """What is kept of a code, whatever blanks, dashes and small letters it was typed with."""
    letters = "".join(one for one in code.upper().translate(MISREAD) if one in LETTERS)
    return salted_hmac("enthesis.paper-form", letters, algorithm="sha256").hexdigest()
