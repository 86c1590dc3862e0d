"""What every act shares: one transaction, the clinic's scope, and the audit event at its end."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor, May
from enthesis.registry import trail
from enthesis.registry.models import Clinic, Course, Patient, Session
from enthesis.registry.planner import refresh_now_and_then

P = ParamSpec("P")
R = TypeVar("R")


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Run a function whole or not at all, and only within the clinics of the one who acts (`by`)."""

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs["by"]
        if not isinstance(by, Actor):
            raise TypeError("an act is done by an Actor")
        with transaction.atomic(), scope(clinic=list(by.clinics)), _reading_once():
            return function(*args, **kwargs)

    return acting


_read: ContextVar[dict[object, Any] | None] = ContextVar("what this act has read", default=None)


@contextmanager
def _reading_once() -> Iterator[None]:
    """What an act reads by `once` it reads one time; an act within an act reads for itself."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def once(key: object, read: Callable[[], R]) -> R:
    """What `read` gives, read one time in an act however often it is asked for. For what no act both reads and changes."""
    kept = _read.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]  # type: ignore[no-any-return]  # the same key is always read by the same function


_simulated: ContextVar[datetime | None] = ContextVar("simulated moment", default=None)


def now() -> datetime:
    """The moment of recording. The only clock of the acts; days that matter clinically are arguments."""
    return _simulated.get() or timezone.now()


@contextmanager
def at_moment(moment: datetime) -> Iterator[None]:
    """Record as at another moment. For simulated clinics only: their acts happened on simulated days."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)


def patient_of(by: Actor, id: UUID | str, may: May) -> Patient:
    """A patient within the actor's clinics. Raises NotFound, or NotAllowed when the role does not reach so far."""
    patient = _found(Patient, id, "patient", "clinic")
    by.check(may, patient.clinic_id)
    return patient


def course_of(by: Actor, id: UUID | str, may: May, *, lock: bool = False) -> Course:
    """A course within the actor's clinics. Raises NotFound or NotAllowed. `lock` for those that move its stage."""
    course = _found(Course, id, "course", "patient", "clinic", lock="self" if lock else "")
    by.check(may, course.clinic_id)
    _only_own(by, course.pk)
    return course


def session_of(by: Actor, id: UUID | str, may: May, *, lock: bool = False) -> Session:
    """A session within the actor's clinics. Raises NotFound or NotAllowed. `lock` (its course) as above."""
    related = ("course", "course__patient", "recipe", "clinic")
    session = _found(Session, id, "session", *related, lock="course" if lock else "")
    by.check(may, session.clinic_id)
    _only_own(by, session.course_id)
    return session


def leave_trace(
    by: Actor,
    verb: str,
    *,
    clinic: Clinic,
    patient: Patient | None = None,
    about: object = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """The one audit event of an act."""
    event = trail.append(
        at=now(),
        actor=by.name,
        verb=verb,
        clinic=clinic.slug,
        patient=str(patient.pk) if patient else "",
        about=str(about),
        before=before,
        after=after,
    )
    refresh_now_and_then(event.pk)


def _only_own(by: Actor, course: UUID) -> None:
    """A patient's link reaches its own course; any other does not exist for it."""
    if by.only_course not in (None, course):
        raise NotFound("there is no such course in your clinics")


def _found(model: Any, id: UUID | str, called: str, *related: str, lock: str = "") -> Any:
    rows = model.objects.select_related(*related)
    if lock:
        rows = rows.select_for_update(of=(lock,))
    try:
        return rows.get(pk=UUID(str(id)))
    except (model.DoesNotExist, ValueError) as error:
        raise NotFound(f"there is no such {called} in your clinics") from error
