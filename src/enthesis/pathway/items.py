"""The plan as a list of things on days, in order.

Titles are neutral ("Clinic visit 1"): they may show on a locked phone or a shared calendar. What it is about stands in
the detail. `say` turns a sentence and the words that fill it into another language.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.pathway.planned import Plan
from enthesis.pathway.washouts import slug

Say = Callable[..., str]  # a sentence with {gaps}, and what fills them by name


def english(sentence: str, **words: object) -> str:
    """The sentence as it is written, with its gaps filled."""
    return sentence.format(**words) if words else sentence


class ItemKind(StrEnum):
    """What kind of thing happens on a day, in the order in which they stand on one day."""

    PREPARATION = "preparation"
    WASHOUT_STOP = "washout-stop"
    SESSION = "session"
    REVIEW = "review"
    WAVE = "wave"
    DIARY = "diary"
    CHECK_IN = "check-in"  # a week of what was agreed alongside; no plan of sessions holds it
    WASHOUT_RESTART = "washout-restart"
    RESUME = "resume"  # a paused course is asked about; no plan holds it


@dataclass(frozen=True)
class Item:
    """One thing on one day, with the window in which it may be done. `key` names it whatever the day."""

    kind: ItemKind
    key: str
    on: date
    opens: date
    closes: date
    title: str
    detail: str


def plan_items(plan: Plan, *, say: Say = english) -> tuple[Item, ...]:
    """All items of a plan, by day and then by kind."""
    every = (*_sessions(plan, say), *_washouts(plan, say), *_diary(plan, say), *_waves(plan, say), *_reviews(plan, say))
    return tuple(sorted(every, key=lambda item: (item.on, list(ItemKind).index(item.kind), item.key)))


def _sessions(plan: Plan, say: Say) -> Iterator[Item]:
    for visit in plan.sessions:
        yield Item(
            ItemKind.PREPARATION,
            f"prepare-{visit.number}",
            visit.prepare_on,
            visit.prepare_on,
            visit.on,
            say("Prepare for clinic visit {number}", number=visit.number),
            say("Answer the questions before this visit, and look at what to leave out."),
        )
        yield _on_day(
            ItemKind.SESSION,
            f"visit-{visit.number}",
            visit.on,
            say("Clinic visit {number}", number=visit.number),
            say("Session {number} of {all}.", number=visit.number, all=_last(plan)),
        )


def _washouts(plan: Plan, say: Say) -> Iterator[Item]:
    for pause in plan.washouts:
        name = f"{slug(pause.drug_class)}-{pause.session}"
        yield _on_day(
            ItemKind.WASHOUT_STOP,
            f"stop-{name}",
            pause.stop_by,
            say("Clinic reminder before visit {number}", number=pause.session),
            " ".join(filter(None, (say("Last day to take: {what}.", what=say(pause.drug_class)), say(pause.note)))),
        )
        if pause.restart_from:
            yield _on_day(
                ItemKind.WASHOUT_RESTART,
                f"restart-{name}",
                pause.restart_from,
                say("Clinic reminder"),
                say("May be taken again from today: {what}.", what=say(pause.drug_class)),
            )


def _diary(plan: Plan, say: Say) -> Iterator[Item]:
    for entry in plan.diary:
        yield _on_day(
            ItemKind.DIARY,
            f"diary-{entry.session}-{entry.day}",
            entry.on,
            say("Daily clinic question"),
            say("Day {day} after session {number}.", day=entry.day, number=entry.session),
        )


def _waves(plan: Plan, say: Say) -> Iterator[Item]:
    for wave in plan.waves:
        yield Item(
            ItemKind.WAVE,
            f"wave-{wave.wave}",
            wave.due,
            wave.opens,
            wave.closes,
            say("Clinic questions"),
            _sentence(say(wave.title)),
        )


def _reviews(plan: Plan, say: Say) -> Iterator[Item]:
    for review in plan.reviews:
        key = f"review-after-{review.after_session}"  # the same whatever was decided before, so that none is lost
        yield _on_day(ItemKind.REVIEW, key, review.on, say("Talk with your clinician"), say(review.why))


def _last(plan: Plan) -> int:
    """The number of the last session of the course, those already given counted."""
    return plan.sessions[-1].number


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _on_day(kind: ItemKind, key: str, on: date, title: str, detail: str) -> Item:
    return Item(kind, key, on, on, on, title, detail)
