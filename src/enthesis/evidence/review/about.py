"""What a review is about: its question, its nodes, its conditions, and how much of a difference matters."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from enthesis.knowledge import BadInput


class Group(StrEnum):
    """What sort of comparator a node is. Saline, needling, sham, no treatment and usual care are never one node."""

    DEXTROSE = "dextrose"
    SALINE = "saline injection"
    NEEDLING = "needling"
    SHAM = "sham or placebo"
    OTHER_INJECTION = "another injection"
    WITHOUT_NEEDLE = "treatment without a needle"
    USUAL_CARE = "usual care"
    NO_TREATMENT = "no treatment"
    UNKNOWN = "not described"


@dataclass(frozen=True)
class Node:
    """One treatment as the network knows it. Parts joined by + are given together.

    `entry` is the treatment of the library it stands for, where there is one.
    """

    id: str
    name: str
    group: Group
    note: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Site:
    """One condition of the trials, and the entry of the library it belongs to, where there is one.

    `nearest_to` names conditions of the library without a trial of their own for which these trials are the nearest.
    """

    id: str
    name: str
    entry: str = ""
    nearest_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """Treatments that may be taken as alike up to a spread of their own (nodes by id), and why."""

    name: str
    nodes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Outcome:
    """One thing that was measured. `important` and `important_smd` are the smallest differences that matter to people.

    `important` is in points of `scale` (or of the printed scale where `scale` is empty), `important_smd` in SDs,
    `important_ratio` an odds or risk ratio above 1.
    """

    id: str
    name: str
    important: float
    important_smd: float
    important_ratio: float
    important_why: str
    scale: tuple[float, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The licence of a review's data, and what is not sure about it."""

    says: str
    standing: str


@dataclass(frozen=True)
class About:
    """The body of a review's about.toml."""

    version: str
    question: str
    citation: str
    searched: str
    read: str
    reference: str
    licence: Terms
    nodes: tuple[Node, ...]
    conditions: tuple[Site, ...]
    outcomes: tuple[Outcome, ...]
    usual_weeks: float
    classes: tuple[Kind, ...] = ()
    traps: tuple[str, ...] = ()
    not_reproducible: tuple[str, ...] = ()

    def node(self, id: str) -> Node:
        """A node by its id. Raises BadInput with those there are."""
        return _one(id, self.nodes, "treatment")

    def condition(self, id: str) -> Site:
        """A condition by its id. Raises BadInput with those there are."""
        return _one(id, self.conditions, "condition")

    def outcome(self, id: str) -> Outcome:
        """An outcome by its id. Raises BadInput with those there are."""
        return _one(id, self.outcomes, "outcome")


Named = TypeVar("Named", Node, Site, Outcome)


def _one(id: str, among: tuple[Named, ...], what: str) -> Named:
    for one in among:
        if one.id == id:
            return one
    raise BadInput(f"{what}: there is no {id!r}; there are: {', '.join(one.id for one in among)}")
