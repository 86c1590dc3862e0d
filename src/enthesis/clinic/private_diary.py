"""The diary by a private link: answered tap by tap on any device, judged with every tap, and sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.answering import MOST_AT_ONCE
from enthesis.clinic.diary_judged import told_of
from enthesis.clinic.diary_parts import Tap, keep_taps, unsent, watch_of
from enthesis.clinic.links import USED, moment_told, open_link, refusal, spend
from enthesis.clinic.permissions import Actor
from enthesis.clinic.private_survey import Told
from enthesis.knowledge import BadInput
from enthesis.recovery import Watch
from enthesis.registry.models import PatientLink, Session

DIARY = "diary"  # the form of a link, and the name under which its page sends taps


@dataclass(frozen=True)
class SoFar:
    """What was told today and not sent yet: the taps by question, and what came of them."""

    given: Mapping[str, Any]
    watch: Watch


def diary_so_far(*, token: str, today: date) -> SoFar:
    """What a page goes on from, on whatever device. Raises LinkSpent."""
    link = _open(token)
    with scope(clinic=[link.clinic_id]):
        visit = Session.objects.get(pk=link.about["session"], course=link.course_id)
        entry = unsent(told_of(visit), max(0, (today - visit.on).days))
    taps = (entry.given or {}) if entry else {}
    return SoFar({item: one["value"] for item, one in taps.items()}, watch_of(entry))


@transaction.atomic
def keep_diary_by_link(*, token: str, told: Sequence[Told], today: date) -> Watch:
    """Keep taps at once, each for the day on which it was given; the gravest of what came of them. Raises LinkSpent."""
    link = _open(token)
    if len(told) > MOST_AT_ONCE:
        raise BadInput(f"given: at most {MOST_AT_ONCE} answers at once were expected")
    if not told:
        return diary_so_far(token=token, today=today).watch
    taps = sorted((_tap(link, one) for one in told), key=lambda tap: tap.at)
    watches = [
        _kept(link, on, today, list(same), sent=False) for on, same in groupby(taps, key=lambda tap: _on(tap.at, today))
    ]
    return max(watches, key=lambda watch: watch.urgency.rank)


@transaction.atomic
def finish_diary_by_link(*, token: str, told: Sequence[Told], seconds_ago: float, today: date) -> Watch:
    """The day's report as its page stood when it was sent, judged now, and the link used up. Raises LinkSpent."""
    link = _open(token)
    at = moment_told(link, seconds_ago)
    watch = _kept(link, _on(at, today), today, [Tap(one.item, one.value, at) for one in told], sent=True)
    spend(link)
    return watch


def day_told(seconds_ago: float, *, at: datetime, today: date) -> date:
    """The day a page was sent on, when that was so many seconds before `at`."""
    return _on(at - timedelta(seconds=seconds_ago), today)


def _open(token: str) -> PatientLink:
    link = open_link(token)
    if link.form != DIARY:
        raise refusal(link, USED)
    return link


def _kept(link: PatientLink, on: date, today: date, taps: list[Tap], *, sent: bool) -> Watch:
    return keep_taps(by=Actor.of_link(link), session=link.about["session"], on=on, today=today, taps=taps, sent=sent)


def _tap(link: PatientLink, told: Told) -> Tap:
    if told.instrument != DIARY:
        raise BadInput(f"given: {told.instrument[:40]} is not asked here")
    if not isinstance(told.value, bool | int | str):
        raise BadInput(f"given: {told.item[:40]} takes one of the answers shown")
    return Tap(told.item, told.value, moment_told(link, told.seconds_ago))


def _on(at: datetime, today: date) -> date:
    return min(at.date(), today)
