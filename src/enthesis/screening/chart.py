"""What a chart holds, flat enough for columns of a table, and the facts that are made from it for a screening.

Doors write chart items, the registry keeps them, and names are recognised anew at each screening: a library that
has learned a brand since then understands old charts too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enthesis.knowledge import Library
from enthesis.screening.facts import (
    Allergy,
    Answer,
    Facts,
    Medicine,
    PastProcedure,
    Problem,
    Route,
    State,
    Taking,
    Unread,
)
from enthesis.screening.names import recognise
from enthesis.screening.routes import route_of


class ItemKind(StrEnum):
    """What sort of thing a chart item is. `unread` is what nobody could understand; it is kept and asked about."""

    MEDICINE = "medicine"
    PROBLEM = "problem"
    ALLERGY = "allergy"
    PROCEDURE = "procedure"
    UNREAD = "unread"


@dataclass(frozen=True)
class ChartItem:
    """One medicine, problem, allergy or procedure as the chart writes it.

    `evidence` is the resource it came from ("MedicationRequest/m1"). `coded` says whether a vocabulary code came with
    the name. `state` is a Taking for medicines and a State for problems; one that is neither counts as not known.
    `last` is the day a medicine was last taken, a problem ended or a procedure was done; `since` the day it began or
    was prescribed.
    """

    kind: ItemKind
    evidence: str
    name: str
    coded: bool = True
    state: str = ""
    route: Route = Route.UNKNOWN
    icd10: tuple[str, ...] = ()
    since: date | None = None
    last: date | None = None


def facts_from(
    items: Iterable[ChartItem],
    *,
    answers: Mapping[str, Answer],
    library: Library,
    sex: str = "unknown",
    born: date | None = None,
) -> Facts:
    """The facts for a screening: the chart's items, recognised with this library, and the answers given."""
    by_kind: dict[ItemKind, list[ChartItem]] = {kind: [] for kind in ItemKind}
    for item in items:
        by_kind[item.kind].append(item)
    return Facts(
        answers=dict(answers),
        sex=sex,
        born=born,
        medicines=tuple(_medicine(item, library) for item in by_kind[ItemKind.MEDICINE]),
        problems=tuple(_problem(item) for item in by_kind[ItemKind.PROBLEM]),
        allergies=tuple(Allergy(item.name, item.evidence, item.coded) for item in by_kind[ItemKind.ALLERGY]),
        procedures=tuple(PastProcedure(item.name, item.evidence, item.last) for item in by_kind[ItemKind.PROCEDURE]),
        unread=tuple(Unread(item.name, item.evidence) for item in by_kind[ItemKind.UNREAD]),
    )


def _medicine(item: ChartItem, library: Library) -> Medicine:
    taking = Taking(item.state) if item.state in set(Taking) else Taking.UNKNOWN
    recognised = recognise(item.name, library, coded=item.coded)
    return Medicine(
        item.name, recognised, taking, route_of(item.name, item.route), item.evidence, item.last, item.since
    )


def _problem(item: ChartItem) -> Problem:
    state = State(item.state) if item.state in set(State) else State.DOUBTFUL
    return Problem(item.name, state, item.evidence, item.icd10, item.since, item.last)
