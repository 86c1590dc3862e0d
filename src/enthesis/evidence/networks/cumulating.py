"""Cumulative network meta-analysis: what was known after each study, in the order the studies came."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enthesis.evidence.contrasts import Contrasts, Whole
from enthesis.evidence.effects import ZeroCells, contrasts_in_network
from enthesis.evidence.networks.fitting import Parts, network
from enthesis.evidence.networks.league import LeagueRow
from enthesis.evidence.networks.parts import chosen_studies
from enthesis.evidence.networks.result import Network
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput


@dataclass(frozen=True, eq=False)
class Step:
    """The network of all studies up to and with `study`.

    found    one part for each group of treatments that the studies so far connect, the largest first; empty while no
             study compares anything
    missing  treatments of the whole that no study so far compares with another
    """

    study: str
    studies: int
    found: tuple[Network, ...]
    missing: tuple[str, ...]

    @property
    def connected(self) -> bool:
        """Whether every treatment of the whole can be compared with every other."""
        return len(self.found) == 1 and not self.missing

    def between(self, treatment: str, versus: str) -> LeagueRow | None:
        """One pair, either way round; None while the studies so far do not connect the two."""
        for part in self.found:
            if treatment in part.treatments and versus in part.treatments:
                return part.between(treatment, versus)
        return None

    def explain(self) -> str:
        """What could be compared after this study."""
        so_far = f"{self.studies} {'study' if self.studies == 1 else 'studies'}, the last {self.study}"
        later = f"; not yet: {', '.join(self.missing)}" if self.missing else ""
        if not self.found:
            return f"{so_far}: nothing is compared yet{later}."
        parts = "; ".join(", ".join(part.treatments) for part in self.found)
        joined = "all treatments are connected" if self.connected else f"connected so far: {parts}"
        return f"{so_far}: {joined}{later}."


@dataclass(frozen=True, eq=False)
class Cumulative:
    """A step for each study, worked out when it is asked for: `for step in found`.

    All steps kept at once would hold each study as often as steps follow it. Each step estimates heterogeneity anew.
    """

    contrasts: Contrasts
    places: Whole
    reference: str | None
    choices: Mapping[str, Any]

    def __len__(self) -> int:
        """Steps, one for each study."""
        return len(self.places)

    def __iter__(self) -> Iterator[Step]:
        """The steps in order."""
        return (self.after(many) for many in range(1, len(self) + 1))

    def after(self, many: int) -> Step:
        """The step after so many studies, from 1. Raises BadInput where there are not so many."""
        if not 1 <= many <= len(self):
            raise BadInput(f"{many} studies: a number from 1 to {len(self)} was expected")
        made, kept = self.contrasts, np.zeros(len(self.contrasts.studies), dtype=bool)
        kept[self.places[:many]] = True
        so_far, study = chosen_studies(made, kept), made.studies[self.places[many - 1]]
        compared, missing = (
            _compared(so_far),
            tuple(sorted(_compared(made) - _compared(so_far), key=made.treatments.index)),
        )
        if not compared:
            return Step(study, many, (), missing)
        found = network(so_far, reference=self.reference if self.reference in compared else None, **self.choices)
        return Step(study, many, found.networks if isinstance(found, Parts) else (found,), missing)

    def connected_from(self) -> str | None:
        """The study from which on all treatments are connected; None where they never are."""
        return next((step.study for step in self if step.connected), None)

    def between(self, treatment: str, versus: str) -> tuple[tuple[str, LeagueRow | None], ...]:
        """How the estimate of one pair went: each study, and the pair after it (None before it could be estimated).

        Raises BadInput for a treatment that no study compares, or one treatment with itself.
        """
        known = _compared(self.contrasts)
        for name in (treatment, versus):
            if name not in known:
                listed = ", ".join(sorted(known))
                raise BadInput(f"{name}: not a treatment of this network; one of {listed} was expected")
        if treatment == versus:
            raise BadInput(f"{treatment}: two different treatments were expected")
        return tuple((step.study, step.between(treatment, versus)) for step in self)


def cumulative(
    trials: Trials | Contrasts,
    *,
    order: Sequence[str] | None = None,
    measure: str | None = None,
    reference: str | None = None,
    zero_cells: ZeroCells | None = None,
    small_sample: str = "cohen",
    **choices: Any,
) -> Cumulative:
    """The network after each study in turn; choices as for `network`.

    order      names of all studies, for instance by year; the order of the file if not given
    reference  of a part that has it; a part without it is compared with its own treatment of most studies

    Effects are worked out once, from all trials, so that a step differs from the last by its study alone. Studies that do
    not connect all treatments yet make a step in parts: nothing is compared across them, and nothing is an error.
    Raises BadInput for an order that is not every study once, and for what `network` refuses.
    """
    if isinstance(trials, Trials):
        made = contrasts_in_network(trials, measure=measure, zero_cells=zero_cells, small_sample=small_sample)
    else:
        made = trials
    network(made, reference=reference, **choices)  # refuses what means nothing, before the first step
    return Cumulative(made, _places(made.studies, order), reference, choices)


def _compared(made: Contrasts) -> set[str]:
    """Treatments that some study compares with another."""
    return {made.treatments[arm] for batch in made.batches for arm in np.unique(batch.arms)}


def _places(studies: tuple[str, ...], order: Sequence[str] | None) -> Whole:
    if order is None:
        return np.arange(len(studies))
    count = Counter(order)
    for name in count:
        if name not in studies:
            raise BadInput(f"order: {name!r} is not a study of this network")
    wrong = [name for name in studies if count[name] != 1]
    if wrong:
        raise BadInput(f"order: every study once was expected; left out or more than once: {', '.join(wrong)}")
    place = {name: at for at, name in enumerate(studies)}
    return np.array([place[name] for name in order])
