"""Private links: unguessable, expiring, one patient and one form, once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_noop
from django_scopes import scope, scopes_disabled

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.errors import LinkSpent, NotFound, OutOfOrder
from enthesis.clinic.permissions import Actor, May
from enthesis.pathway import FINISHED
from enthesis.registry.models import PatientLink

SIGNER = Signer(salt="enthesis.patient-link")
DAYS = 14  # a survey's window of two weeks; a diary link is good for as long as its day can still be told
USED = gettext_noop("This link has already been used. If you want to change your answers, please call the clinic.")
EXPIRED = gettext_noop("This link has expired. Please call the clinic for a new one.")
OVER = gettext_noop("There are no more questions for you. If anything worries you, please call the clinic.")
UNKNOWN = gettext_noop("This link is not one of ours. Please check that you copied all of it, or call the clinic.")


@dataclass(frozen=True)
class NewLink:
    """A link that was just made. The token is shown once and kept nowhere."""

    token: str
    expires_at: datetime


@act
def make_link(*, by: Actor, course: UUID | str, form: str, about: Mapping[str, Any], days: int = DAYS) -> NewLink:
    """A link to one form of one course, good until it is used or expires."""
    record = course_of(by, course, May.INVITE)
    token, at = SIGNER.sign(token_urlsafe(32)), now()
    link = PatientLink.objects.create(
        clinic_id=record.clinic_id,
        course=record,
        digest=digest(token),
        form=form,
        about=dict(about),
        made_by=by.name,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    leave_trace(
        by,
        "made a private link",
        clinic=record.clinic,
        patient=record.patient,
        about=f"{form} link {link.pk}",
        after={"form": form, "about": dict(about), "expires_at": link.expires_at},
    )
    return NewLink(token, link.expires_at)


@act
def end_link(*, by: Actor, course: UUID | str, link: int) -> None:
    """End a link before its time, for one that went to the wrong phone. Raises NotFound, or OutOfOrder when it has ended."""
    record = course_of(by, course, May.INVITE)
    kept = PatientLink.objects.filter(course=record, pk=link)
    if not kept.exists():
        raise NotFound("there is no such link of this course")
    if not kept.filter(used_at__isnull=True, expires_at__gt=now()).update(expires_at=now()):
        raise OutOfOrder("This link has already ended: it was used, it expired, or somebody ended it.")
    leave_trace(by, "ended a private link", clinic=record.clinic, patient=record.patient, about=f"link {link}")


def open_link(token: str, *, even_used: bool = False, even_expired: bool = False) -> PatientLink:
    """The link a token opens, without using it up. Raises LinkSpent, for a used or expired one unless it may be that."""
    try:
        SIGNER.unsign(token)
    except BadSignature as error:
        raise LinkSpent(UNKNOWN) from error
    with scopes_disabled():  # a patient has no clinic yet; the token decides, and it opens this one course only
        link = (
            PatientLink.objects.select_related("course", "course__patient", "clinic")
            .filter(digest=digest(token))
            .first()
        )
    if link is None:
        raise LinkSpent(UNKNOWN)
    if link.used_at is not None and not even_used:
        raise refusal(link, USED)
    if link.expires_at <= now() and not even_expired:
        raise refusal(link, EXPIRED)
    return link


def still_asked(link: PatientLink) -> None:
    """Raises LinkSpent once the course is closed or the patient has withdrawn; a diary, which may warn, never asks this."""
    if link.course.stage in FINISHED:
        raise refusal(link, OVER)


def moment_told(link: PatientLink, seconds_ago: float) -> datetime:
    """When an answer was given, on the server's clock: a device's own may be wrong, but seconds pass alike on both."""
    at = now()
    longest = max(0.0, (at - link.made_at).total_seconds())
    ago = min(max(seconds_ago, 0.0), longest) if isfinite(seconds_ago) else 0.0
    return at - timedelta(seconds=ago)


def spend(link: PatientLink) -> None:
    """Use a link up, once, inside the transaction of the act it was for. Raises LinkSpent if another was faster."""
    with scope(clinic=[link.clinic_id]):
        first = PatientLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now())
    if not first:
        raise refusal(link, USED)


def refusal(link: PatientLink, words: str) -> LinkSpent:
    """The refusal of a link that is ours: whose it was to call, and nothing of the person."""
    return LinkSpent(words, clinic=link.clinic.name, clinic_phone=link.clinic.phone)


def digest(token: str) -> str:
    """What is kept of a token: enough to know it again, not to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
