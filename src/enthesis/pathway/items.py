"""The plan as a list of things on days, in order.

Titles are neutral ("Clinic visit 1"): they may show on a locked phone or a shared calendar. What it is about stands in
the detail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.pathway.planned import Plan
from enthesis.pathway.washouts import slug


class ItemKind(StrEnum):
    """What kind of thing happens on a day, in the order in which they stand on one day."""

    PREPARATION = "preparation"
    WASHOUT_STOP = "washout-stop"
    SESSION = "session"
    REVIEW = "review"
    WAVE = "wave"
    DIARY = "diary"
    WASHOUT_RESTART = "washout-restart"


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


def plan_items(plan: Plan) -> tuple[Item, ...]:
    """All items of a plan, by day and then by kind."""
    every = (*_sessions(plan), *_washouts(plan), *_diary(plan), *_waves(plan), *_reviews(plan))
    return tuple(sorted(every, key=lambda item: (item.on, list(ItemKind).index(item.kind), item.key)))


def _sessions(plan: Plan) -> Iterator[Item]:
    for visit in plan.sessions:
        yield Item(
            ItemKind.PREPARATION,
            f"prepare-{visit.number}",
            visit.prepare_on,
            visit.prepare_on,
            visit.on,
            f"Prepare for clinic visit {visit.number}",
            "Answer the questions before this visit, and look at what to leave out.",
        )
        yield _on_day(
            ItemKind.SESSION,
            f"visit-{visit.number}",
            visit.on,
            f"Clinic visit {visit.number}",
            f"Session {visit.number} of {len(plan.sessions)}.",
        )


def _washouts(plan: Plan) -> Iterator[Item]:
    for pause in plan.washouts:
        name = f"{slug(pause.drug_class)}-{pause.session}"
        yield _on_day(
            ItemKind.WASHOUT_STOP,
            f"stop-{name}",
            pause.stop_by,
            f"Clinic reminder before visit {pause.session}",
            " ".join(filter(None, (f"Last day to take: {pause.drug_class}.", pause.note))),
        )
        if pause.restart_from:
            yield _on_day(
                ItemKind.WASHOUT_RESTART,
                f"restart-{name}",
                pause.restart_from,
                "Clinic reminder",
                f"May be taken again from today: {pause.drug_class}.",
            )


def _diary(plan: Plan) -> Iterator[Item]:
    for entry in plan.diary:
        yield _on_day(
            ItemKind.DIARY,
            f"diary-{entry.session}-{entry.day}",
            entry.on,
            "Daily clinic question",
            f"Day {entry.day} after session {entry.session}.",
        )


def _waves(plan: Plan) -> Iterator[Item]:
    for wave in plan.waves:
        yield Item(
            ItemKind.WAVE,
            f"wave-{wave.wave}",
            wave.due,
            wave.opens,
            wave.closes,
            "Clinic questions",
            f"{wave.title[0].upper()}{wave.title[1:]}.",
        )


def _reviews(plan: Plan) -> Iterator[Item]:
    for number, review in enumerate(plan.reviews, 1):
        yield _on_day(ItemKind.REVIEW, f"review-{number}", review.on, "Talk with your clinician", review.why)


def _on_day(kind: ItemKind, key: str, on: date, title: str, detail: str) -> Item:
    return Item(kind, key, on, on, on, title, detail)
