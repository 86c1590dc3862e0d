"""What a chart holds, flat enough for columns of a table, and the facts that are made from it for a screening.

Doors write chart items, the registry keeps them, and names are recognised anew at each screening: a library that
has learned a brand since then understands old charts too.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from enthesis.knowledge import BadInput, Library
from enthesis.screening.as_needed import says_as_needed
from enthesis.screening.coded import spelled_out, spells_out
from enthesis.screening.facts import (
    Allergy,
    Answer,
    Facts,
    Measurement,
    Medicine,
    PastProcedure,
    Problem,
    Route,
    State,
    Taking,
    Unread,
)
from enthesis.screening.measures import Measure, in_unit
from enthesis.screening.names import Recognised, recognise
from enthesis.screening.routes import route_of

TAKEN = {one.value: one for one in Taking}
STATES = {one.value: one for one in State}


class ItemKind(StrEnum):
    """What sort of thing a chart item is. `unread` is what nobody could understand; it is kept and asked about."""

    MEDICINE = "medicine"
    PROBLEM = "problem"
    ALLERGY = "allergy"
    PROCEDURE = "procedure"
    MEASUREMENT = "measurement"
    UNREAD = "unread"


class ChartItem(NamedTuple):  # made for every entry of every chart, millions for a clinic: cheap to make
    """One medicine, problem, allergy, procedure or measured value as the chart writes it.

    `evidence` is the resource it came from ("MedicationRequest/m1"). `coded` says whether a vocabulary code came with
    the name. `state` is a Taking for medicines and a State for problems; one that is neither counts as not known.
    `last` is the day a medicine was last taken, a problem ended or a procedure was done; `since` the day it began or
    was prescribed. A measurement has the Measure as its name, `value` and `unit` as written, and its day as `last`.
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
    value: float | None = None
    unit: str = ""


def facts_from(
    items: Iterable[ChartItem],
    *,
    answers: Mapping[str, Answer],
    library: Library,
    sex: str = "unknown",
    born: date | None = None,
) -> Facts:
    """The facts for a screening: the chart's items, recognised with this library, and the answers given.

    Raises BadInput for a measured value that cannot be one.
    """
    by_kind: dict[ItemKind, list[ChartItem]] = {kind: [] for kind in ItemKind}
    for item in items:
        by_kind[item.kind].append(item)
    return Facts(
        answers=dict(answers),
        sex=sex,
        born=born,
        medicines=tuple(_medicine(item, library) for item in by_kind[ItemKind.MEDICINE]),
        problems=tuple(_problem(item) for item in by_kind[ItemKind.PROBLEM]),
        allergies=tuple(_allergy(item, library) for item in by_kind[ItemKind.ALLERGY]),
        procedures=tuple(PastProcedure(item.name, item.evidence, item.last) for item in by_kind[ItemKind.PROCEDURE]),
        measurements=tuple(measurement(item) for item in by_kind[ItemKind.MEASUREMENT]),
        unread=tuple(Unread(item.name, item.evidence) for item in by_kind[ItemKind.UNREAD]),
    )


def measurement(item: ChartItem) -> Measurement:
    """A measured value in its own unit. Raises BadInput when it has no day or no number, or an impossible one.

    A resource with several values ("Observation/bp#systolic") stands as evidence under its own name.
    """
    resource = item.evidence.partition("#")[0]
    if item.value is None or item.last is None or item.name not in set(Measure):
        raise BadInput(f"{resource}: a measured value needs a known name, a number and a day")
    measure = Measure(item.name)
    value = in_unit(measure, item.value, item.unit, where=resource)
    return Measurement(measure, value, item.last, resource, item.since)


def _medicine(item: ChartItem, library: Library) -> Medicine:
    name, recognised = _called(item.name, library, coded=item.coded)
    taking = TAKEN.get(item.state, Taking.UNKNOWN)
    if taking is Taking.TAKING and says_as_needed(name):
        taking = Taking.AS_NEEDED
    return Medicine(name, recognised, taking, route_of(name, item.route), item.evidence, item.last, item.since)


@lru_cache(maxsize=16_384)
def _called(written: str, library: Library, *, coded: bool) -> tuple[str, Recognised]:
    """A medicine's name with its codes spelled out, and what it is understood as."""
    name = spelled_out(written, library)
    return name, recognise(name, library, coded=coded or (name != written and spells_out(written, library)))


def _allergy(item: ChartItem, library: Library) -> Allergy:
    """An allergy; to a drug it may be named by an RxNorm code alone."""
    return Allergy(spelled_out(item.name, library), item.evidence, item.coded or spells_out(item.name, library))


def _problem(item: ChartItem) -> Problem:
    state = STATES.get(item.state, State.DOUBTFUL)
    return Problem(item.name, state, item.evidence, item.icd10, item.since, item.last)
