"""Is this normal? One day's report, judged against the site, the time since the injection and the days before.

False calm is the worst error. A red-flag question without an answer is never "no": it keeps the report from being
"expected" and is asked again. A yes is heard even where the question is not usually asked.
"""

from collections.abc import Iterable

from enthesis.knowledge import BadInput, Entry, Library, Site
from enthesis.recovery.questions import PAIN, Report, check
from enthesis.recovery.said import Reading, Said, Truth
from enthesis.recovery.urgency import Urgency
from enthesis.recovery.warning import WarningSign
from enthesis.recovery.watch import Finding, Watch, joined
from enthesis.recovery.watchlist import Warnings, Watchlist, watchlist

DAY = 24  # hours
CLOCK_CHANGE = 1  # hour that a calendar day may be longer


def judge(
    report: Report,
    *,
    site: Site,
    day: int,
    library: Library,
    hours_since: float | None = None,
    earlier: Iterable[tuple[int, Report]] = (),
    before: float | None = None,
) -> Watch:
    """How urgent a day's report is, and why.

    `day` counts calendar days from the injection (0), `hours_since` hours from the injection where they are known,
    `earlier` holds the reports of earlier days as pairs of day and report, `before` the pain (0 to 10) marked before
    the injection where it is known. Raises BadInput for an answer a question does not take, a day before the
    injection, hours that do not fit the day, or an earlier report from a later day.
    """
    watching = watchlist(library)
    said = Said(report, day, tuple(earlier), watching.questions, before)
    _check(said, hours_since)
    findings: list[Finding] = []
    open_questions: set[str] = set()
    for entry in _heard(watching, said, site=site, hours=hours_since):
        reading = watching.signs[entry.id].read(said)
        if reading.truth is Truth.YES:
            findings.append(_finding(entry, reading, day=day, hours=hours_since))
        elif reading.truth is Truth.UNKNOWN and entry.body.urgency is not Urgency.EXPECTED:
            open_questions.update(reading.asks)
    return joined(findings, (question.id for question in watching.in_order(open_questions)))


def _heard(watching: Watchlist, said: Said, *, site: Site, hours: float | None) -> Warnings:
    """The signs to look for: those of the site and the time, and those of any yes to a question not asked then."""
    here = watching.at(site)
    now = [entry for entry in here if entry.body.holds_at(day=said.day, hours=hours)]
    read = watching.read(site=site, day=said.day)
    for id in [id for id, answer in said.report.items() if answer is True and id not in read]:
        now += watching.reading(id, here) or watching.reading(id, watching.entries)
    return tuple(dict.fromkeys(now))


def _finding(entry: Entry[WarningSign], reading: Reading, *, day: int, hours: float | None) -> Finding:
    when = f"day {day}" if hours is None else f"day {day}, {hours:g} hours after the injection"
    return Finding(
        warning=entry.id,
        title=entry.title,
        urgency=entry.body.urgency,
        everywhere=entry.body.where.everywhere,
        because=f"{when}: {', '.join(reading.because)}",
        basis=reading.basis,
        to_patient=entry.body.to_patient,
        to_clinic=entry.body.to_clinic,
        judgement=entry.body.judgement,
        sources=tuple(source.cite for source in entry.sources),
    )


def _check(said: Said, hours: float | None) -> None:
    check_day(said.day)
    for day, report in said.earlier:
        check_day(day)
        if day > said.day:
            raise BadInput(f"diary: an earlier report is from day {day}, after day {said.day}")
        check(report, said.questions)
    check(said.report, said.questions)
    check({PAIN: said.before}, said.questions)
    if hours is not None and not (hours >= 0 and abs(hours - said.day * DAY) <= DAY + CLOCK_CHANGE):
        raise BadInput(f"diary: {hours:g} hours since the injection do not fit day {said.day} after it")


def check_day(day: object) -> None:
    """Raise BadInput unless a day is a whole number, 0 (the day of the injection) or later."""
    if isinstance(day, bool) or not isinstance(day, int) or day < 0:
        raise BadInput(f"diary: the day counts whole days from the injection, 0 or more, not {day!r}")
