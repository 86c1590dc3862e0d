"""The network in groups of studies (region, time point, risk of bias), and whether the groups disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from enthesis.evidence.networks.fitting import Parts, network
from enthesis.evidence.networks.league import LeagueRow
from enthesis.evidence.networks.result import Network
from enthesis.evidence.networks.tails import chi2_above
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class GroupDifference:
    """One treatment against the reference in every group that has both: do the groups differ beyond chance?"""

    treatment: str
    versus: str
    groups: Mapping[str, LeagueRow]
    q: float
    df: int
    p: float


@dataclass(frozen=True, eq=False)
class Subgroups:
    """A network for each value of a column, in the order of the values; heterogeneity is each group's own."""

    column: str
    networks: Mapping[str, Network | Parts]
    differences: tuple[GroupDifference, ...]


def subgroups(trials: Trials, column: str, *, reference: str, **choices: Any) -> Subgroups:
    """Each group of studies by itself; `choices` as for `network`.

    Raises BadInput for a column that is not there, empty cells, a study in two groups, and a reference no group has.
    """
    values = _values(trials, column)
    groups = {value: trials.take(np.array([cell == value for cell in values])) for value in sorted(set(values))}
    networks = {
        value: network(group, reference=reference if reference in group.treatments else None, **choices)
        for value, group in groups.items()
    }
    if not any(reference in group.treatments for group in groups.values()):
        raise BadInput(f"reference {reference!r}: one of {', '.join(trials.treatments)} was expected")
    others = (name for name in trials.treatments if name != reference)
    found = (_difference(name, reference, networks) for name in others)
    return Subgroups(column, networks, tuple(one for one in found if one))


def _values(trials: Trials, column: str) -> tuple[str, ...]:
    if column not in trials.labels:
        raise BadInput(f"{trials.source}: there is no column {column!r}; the columns are {', '.join(trials.labels)}")
    values, first = trials.labels[column], dict[int, str]()
    for row, value in enumerate(values):
        if not value:
            raise BadInput(f"{trials.where(row, column)}: empty; a group was expected")
        if first.setdefault(int(trials.study[row]), value) != value:
            name = trials.studies[trials.study[row]]
            raise BadInput(f"{trials.where(row, column)}: {name!r} is in two groups; give it one")
    return values


def _difference(treatment: str, versus: str, networks: Mapping[str, Network | Parts]) -> GroupDifference | None:
    rows = {}
    for group, found in networks.items():
        for part in found.networks if isinstance(found, Parts) else (found,):
            if {treatment, versus} <= set(part.treatments):
                rows[group] = part.between(treatment, versus)
    if len(rows) < 2:
        return None
    values, errors = (np.array([row.random[name] for row in rows.values()], dtype=float) for name in ("estimate", "se"))
    weights = 1 / errors**2
    q = float(weights @ (values - weights @ values / weights.sum()) ** 2)
    return GroupDifference(treatment, versus, rows, q, len(rows) - 1, float(chi2_above(q, len(rows) - 1)))
