"""Studies as tables of events, by design: what is left of rare events once what says nothing is taken out, and listed.

The steps are those of Efthimiou 2019 (doi 10.1002/sim.8158): studies without events, or with nothing but events, say
nothing of an odds ratio; nor does an arm without any in all studies of a design, nor a design with one arm left.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.reading import Kind, Trials
from enthesis.knowledge import BadInput


@dataclass(frozen=True, eq=False)
class Table:
    """Studies of one design. arms (m,); events and people (k, m); study (k,) index into the studies of the trials."""

    arms: Whole
    study: Whole
    events: Floats
    people: Floats

    def only(self, chosen: np.ndarray) -> "Table":
        """Some of the arms."""
        return Table(self.arms[chosen], self.study, self.events[:, chosen], self.people[:, chosen])


def tables(trials: Trials) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """One table for each design, and a sentence for everything left out. Raises BadInput where nothing is left."""
    if trials.kind is not Kind.ARM_EVENTS:
        raise BadInput(f"{trials.source}: arms with events were expected (study,treatment,n,events), not {trials.kind}")
    notes: list[str] = []
    kept = []
    for design in _by_design(trials):
        speaking = _speaking_studies(design, trials, notes)
        left = _speaking_arms(speaking, trials, notes) if len(speaking.study) else speaking
        if len(speaking.study) and len(left.arms) > 1:
            kept.append(left)
    if not kept:
        raise BadInput(f"{trials.source}: no study has two arms of which one had events and one had people without")
    return tuple(kept), tuple(notes)


def _by_design(trials: Trials) -> list[Table]:
    order = np.lexsort((trials.treatment, trials.study))
    ends = np.cumsum(np.bincount(trials.study, minlength=len(trials.studies)))[:-1]
    designs: dict[tuple[int, ...], list[Whole]] = {}
    for rows in np.split(order, ends):
        if len(rows):
            designs.setdefault(tuple(trials.treatment[rows].tolist()), []).append(rows)
    events, people = trials.number("events"), trials.number("n")
    return [
        Table(np.array(arms), trials.study[np.array(rows)[:, 0]], events[np.array(rows)], people[np.array(rows)])
        for arms, rows in designs.items()
    ]


def _speaking_studies(table: Table, trials: Trials, notes: list[str]) -> Table:
    silent = (table.events == 0).all(axis=1) | (table.events == table.people).all(axis=1)
    notes += [
        f"{trials.studies[study]}: no events, or nothing but events, in every arm: left out"
        for study in table.study[silent]
    ]
    return Table(table.arms, table.study[~silent], table.events[~silent], table.people[~silent])


def _speaking_arms(table: Table, trials: Trials, notes: list[str]) -> Table:
    silent = (table.events == 0).all(axis=0) | (table.events == table.people).all(axis=0)
    design = " / ".join(trials.treatments[arm] for arm in table.arms)
    notes += [
        f"{trials.treatments[arm]} in the trials of {design}: no events, or nothing but events: left out"
        for arm in table.arms[silent]
    ]
    return table.only(~silent)
