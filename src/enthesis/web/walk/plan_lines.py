"""A plan as lines to read: the diary days of a session stand in one line, everything else on its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from enthesis.pathway import Item, ItemKind


@dataclass(frozen=True)
class PlanLine:
    """One line of a plan; `until` is the last day where it runs over several."""

    kind: str
    on: date
    until: date
    title: str
    detail: str


def plan_lines(items: Iterable[Item]) -> tuple[PlanLine, ...]:
    """The items by day, with diary days that follow each other taken together."""
    return tuple(_line(list(run)) for _, run in groupby(items, key=_run))


def _run(item: Item) -> tuple[str, str]:
    """What belongs together: the diary of one session (its key is diary-SESSION-DAY), and nothing else."""
    return (item.kind, item.key.rpartition("-")[0] if item.kind is ItemKind.DIARY else item.key)


def _line(run: list[Item]) -> PlanLine:
    first, last = run[0], run[-1]
    detail = first.detail if len(run) == 1 else f"Each day. First: {_small(first)}; last: {_small(last)}."
    return PlanLine(first.kind.value, first.on, last.on, first.title, detail)


def _small(item: Item) -> str:
    return item.detail[:1].lower() + item.detail[1:].rstrip(".")
