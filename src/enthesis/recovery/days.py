"""What a patient is told for a day: how to prepare, what to expect, what helps, what to avoid, when to write."""

from collections.abc import Sequence
from dataclasses import dataclass

from enthesis.knowledge import Library, LibraryError, Site
from enthesis.recovery.advice import DEFAULT, NO_CHOICES, PREPARING, Advice, Choices, Line, Topic, advice_lines, line
from enthesis.recovery.judging import check_day
from enthesis.recovery.urgency import Urgency
from enthesis.recovery.watch import Watch

NOT_SETTLED = "not-settled"  # the alternative of a diary entry that holds while the first week has not settled


@dataclass(frozen=True)
class Expected:
    """One day after an injection, for the patient's page; or all days, each line with its own."""

    day: int
    expect: tuple[Line, ...]
    helps: tuple[Line, ...]
    avoid: tuple[Line, ...]
    work: tuple[Line, ...]


def expected_on(*, site: Site, day: int, library: Library, choices: Choices = NO_CHOICES) -> Expected:
    """What to expect on a day (0 is the day of the injection), what helps, what to avoid and what work may be done.

    `choices` holds what a clinic has chosen where sources disagree. Raises BadInput for a day before the injection
    or a choice that does not exist.
    """
    check_day(day)
    lines = [one for one in advice_lines(site=site, library=library, choices=choices) if one.holds_on(day)]
    return _of(day, lines)


def days_after(*, site: Site, library: Library, choices: Choices = NO_CHOICES) -> Expected:
    """Everything a patient is told for the days after an injection at a site, each line with its first and last day.

    What the sheet of a visit is printed from; `day` is 0, from which the days count. Raises BadInput for a choice that
    does not exist.
    """
    lines = advice_lines(site=site, library=library, choices=choices)
    return _of(0, [one for one in lines if one.until_day >= 0])


def _of(day: int, lines: Sequence[Line]) -> Expected:
    about = {topic: tuple(one for one in lines if one.topic is topic) for topic in Topic}
    return Expected(day, about[Topic.EXPECT], about[Topic.HELPS], about[Topic.AVOID], about[Topic.WORK])


def preparation(*, site: Site, library: Library, choices: Choices = NO_CHOICES) -> tuple[Line, ...]:
    """What to do before the injection, in order of the day it begins (-7 is a week before, 0 the day itself)."""
    return tuple(one for one in advice_lines(site=site, library=library, choices=choices) if one.topic in PREPARING)


def diary_days(site: Site, *, library: Library, last: Watch | None = None) -> range:
    """The days on which the diary is asked for: the first week, or longer when its `last` report was not "expected".

    Raises LibraryError unless exactly one entry says so for the site.
    """
    entries = [one for one in library.entries("advice", Advice) if one.body.topic is Topic.DIARY]
    found = [one for one in entries if one.body.where.covers(site)]
    if len(found) != 1:
        raise LibraryError(f"advice: {len(found)} entries set the diary days of {site.kind!r}; there must be one")
    settled = last is None or last.urgency is Urgency.EXPECTED
    days = line(found[0], DEFAULT if settled else NOT_SETTLED)
    return range(days.from_day, days.until_day + 1)
