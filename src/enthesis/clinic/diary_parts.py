"""A diary day told tap by tap: each tap is kept and judged as it comes, and only its end counts as the day's report.

Each part corrects the one before it, so that nothing told is ever gone. False calm is the worst error: what a tap has
shown stays until somebody signs, also where a later tap takes it back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, now, session_of
from enthesis.clinic.alerts import raise_parts
from enthesis.clinic.correcting import frame
from enthesis.clinic.diary import day_of, frozen, trace_report
from enthesis.clinic.diary_days import settle_length
from enthesis.clinic.diary_judged import judge_later_days, judged, told_of, told_with
from enthesis.clinic.dues import meet
from enthesis.clinic.library import library
from enthesis.clinic.moving import check_reported
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Report
from enthesis.recovery import Finding, Urgency, Watch, diary_questions, report_of, standing
from enthesis.registry.models import DiaryEntry, Session

SENT, UNSENT = "private link", "link, not yet sent"  # how an entry came
ELSE = "anything_else"  # the second tap: is there anything of the list?
REST = "the_rest"  # the last tap of the list: a no to all that was not marked
WORDS = {ELSE: ("no", "yes"), REST: ("no",)}
MORE = "more taps of the same day's page"


@dataclass(frozen=True)
class Tap:
    """One answer on the page: a question of the diary, `ELSE` ("no" or "yes") or `REST` ("no"), and when it was given."""

    item: str
    value: Any
    at: datetime


@act
def keep_taps(*, by: Actor, session: UUID | str, on: date, today: date, taps: list[Tap], sent: bool) -> Watch:
    """Keep what was tapped for a day and judge all that was told of it; `sent` when the patient has ended the page.

    The urgency is never below that of an earlier part. Raises BadInput for an answer that a question does not take.
    """
    visit = session_of(by, session, May.REPORT, lock=True)
    check_reported(visit.course, Report.DIARY, on)
    day = day_of(visit, on, today)
    before = told_of(visit)
    old = unsent(before, day)
    had = (old.given or {}) if old else {}
    given = _merged(had, taps)
    if old and given == had and not sent:
        return watch_of(old)
    answers = _report(visit, day, given)
    alone = judged(visit, day, answers, at=now(), told=before, but=old.pk if old else None)
    watch = standing(alone, watch_of(old).findings)
    entry = _entry(by, visit, day, on, answers, watch, given, old, sent=sent)
    raise_parts(entry, watch)
    told = told_with(before, entry)
    judge_later_days(visit, day, told)
    if sent:
        meet(visit.course, f"diary-{visit.number}-{day}")
    if sent or watch.findings:
        settle_length(visit, by.name, told)
    trace_report(by, entry, old)
    return watch


def unsent(told: Sequence[DiaryEntry], day: int) -> DiaryEntry | None:
    """What was told of a day on a page that was not sent yet, among a session's reports."""
    return next((one for one in reversed(told) if one.day == day and one.mode == UNSENT), None)


def watch_of(entry: DiaryEntry | None) -> Watch:
    """The judgment kept with an entry, as it was made; of none, nothing was found."""
    if entry is None:
        return Watch(Urgency.EXPECTED)
    kept = entry.judgment
    return Watch(Urgency(kept["urgency"]), tuple(_finding(one) for one in kept["findings"]), tuple(kept["unanswered"]))


def _finding(kept: Mapping[str, Any]) -> Finding:
    basis = tuple((question, float(answer)) for question, answer in kept.get("basis", ()))
    plain = {"urgency": Urgency(kept["urgency"]), "sources": tuple(kept["sources"]), "basis": basis}
    return Finding(**{**kept, **plain})


def _merged(had: Mapping[str, Any], taps: list[Tap]) -> dict[str, Any]:
    """Each question with its newest answer; the same answer again changes nothing."""
    given = dict(had)
    for tap in taps:
        if tap.item in WORDS and tap.value not in WORDS[tap.item]:
            raise BadInput(f"{tap.item}: {' or '.join(WORDS[tap.item])} was expected")
        at, kept = tap.at.isoformat(timespec="seconds"), given.get(tap.item)
        if kept is None or (kept["value"] != tap.value and kept["at"] <= at):
            given[tap.item] = {"value": tap.value, "at": at}
    return given


def _report(visit: Session, day: int, given: Mapping[str, Any]) -> dict[str, Any]:
    asked = diary_questions(site=parse_site(visit.course.site, library()), day=day, library=library())
    marked = {item: one["value"] for item, one in given.items() if item not in WORDS}
    nothing = any(given.get(item, {}).get("value") == "no" for item in WORDS)
    return dict(report_of(asked, marked, nothing_else=nothing))


def _entry(
    by: Actor, visit: Session, day: int, on: date, answers: dict[str, Any], watch: Watch, given: dict[str, Any],
    old: DiaryEntry | None, *, sent: bool,
) -> DiaryEntry:  # fmt: skip
    return DiaryEntry.objects.create(
        session=visit,
        day=day,
        on=on,
        answers=answers,
        urgency=watch.urgency.value,
        judgment=frozen(watch),
        mode=SENT if sent else UNSENT,
        given=given,
        **frame(by.name, visit.clinic_id, now(), old, MORE if old else ""),
    )
