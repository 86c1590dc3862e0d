"""Has a person improved since a session, by what they answered themselves? Yes, no, or nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.knowledge import Entry
from enthesis.outcomes import TOO_SOON, Change, Instrument, change, plain


class Improved(StrEnum):
    """Whether things got better by as much as counts. Not known is never a yes."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Reading:
    """One score of one instrument on one day."""

    instrument: str
    on: date
    score: float


@dataclass(frozen=True)
class Progress:
    """The answer with its ground in words, one sentence for each instrument that was answered."""

    improved: Improved
    because: tuple[str, ...]


def progress(
    readings: Sequence[Reading], *, first: date, since: date, instruments: Mapping[str, Entry[Instrument]]
) -> Progress:
    """Better or not since a day, beside the scores from before the first injection.

    Improved means: better by at least one threshold of an instrument, and by none of any instrument worse. Scores
    within 18 days of the first injection are never read as benefit. Which amount counts is in no source read; that a
    threshold must be reached is our judgement.
    """
    changes = [(one, _change(one, readings, first, since)) for one in instruments.values()]
    known = [(one, found) for one, found in changes if found is not None]
    if not known:
        return Progress(
            Improved.NOT_KNOWN, ("No score from before and after that can be compared: ask before deciding.",)
        )
    better = any(found.better_by for _, found in known) and not any(found.worse_by for _, found in known)
    return Progress(Improved.YES if better else Improved.NO, tuple(_said(one, found) for one, found in known))


def _change(one: Entry[Instrument], readings: Sequence[Reading], first: date, since: date) -> Change | None:
    mine = sorted((r for r in readings if r.instrument == one.id), key=lambda r: r.on)
    before = [r for r in mine if r.on <= first]
    after = [r for r in mine if r.on >= since and r.on - first > TOO_SOON]
    if one.body.looks_back or not after or not (before or one.body.rates_change):
        return None
    baseline = None if one.body.rates_change else before[-1].score
    return change(baseline=baseline, now=after[-1].score, instrument=one)


def _said(one: Entry[Instrument], found: Change) -> str:
    was = "" if found.baseline is None else f"{plain(found.baseline)} before, "
    if found.worse_by:
        verdict = "worse by as much as counts"
    elif found.better_by:
        verdict = "better by as much as counts"
    else:
        verdict = f"{found.direction}, by less than counts" if found.points_better else "no change that counts"
    return f"{one.title}: {was}{plain(found.now)} now: {verdict}."
