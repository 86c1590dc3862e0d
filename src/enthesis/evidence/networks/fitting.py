"""From contrasts to a network, or to its parts where trials do not connect all treatments."""

import math
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Contrasts
from enthesis.evidence.effects import ZeroCells, contrasts_in_network
from enthesis.evidence.networks.heterogeneity import METHODS
from enthesis.evidence.networks.intervals import KINDS
from enthesis.evidence.networks.parts import connected_parts
from enthesis.evidence.networks.result import Network
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class Parts:
    """A network that falls apart: each part analysed by itself, the largest first. Nothing is compared across parts."""

    networks: tuple[Network, ...]

    def holding(self, treatment: str) -> Network:
        """The part with this treatment. Raises BadInput where there is none."""
        for network in self.networks:
            if treatment in network.treatments:
                return network
        raise BadInput(f"{treatment}: not a treatment of any part of this network")

    def explain(self) -> str:
        """Which treatments stand apart, and what each part found."""
        listed = "; ".join(", ".join(network.treatments) for network in self.networks)
        first = (
            f"The trials connect {len(self.networks)} separate parts, and nothing can be said across them: {listed}."
        )
        return " ".join([first, *(network.explain() for network in self.networks)])


def network(
    trials: Trials | Contrasts,
    *,
    measure: str | None = None,
    reference: str | None = None,
    tau2: str | float = "reml",
    ci: str = "wald",
    level: float = 0.95,
    small_values: str = "good",
    zero_cells: ZeroCells | None = None,
    small_sample: str = "cohen",
) -> Network | Parts:
    """A network meta-analysis, or one of each part where trials do not connect all treatments.

    trials        as read by `read_trials`, or contrasts made from them
    measure       MD, SMD, ROM, OR, RR, RD, IRR, ...; the first that fits the trials if not given
    reference     what the forest compares with; if not given the treatment of most studies, the first of equals
    tau2          reml, ml, dl, pm, eb, or a number of 0 or more
    ci            wald, t, hartung-knapp or kenward-roger: the intervals of the random model
    small_values  whether a small value is good or bad for a person
    small_sample  of an SMD: "cohen" (none, by the SD of all arms together: what netmeta pools, so that the contrasts of
                  a multi-arm trial agree), "hedges" or "glass"

    Raises BadInput for choices that mean nothing, a reference nobody was given, and when no study compares anything.
    """
    _checked(tau2, ci, level, small_values)
    if isinstance(trials, Trials):
        made = contrasts_in_network(trials, measure=measure, zero_cells=zero_cells, small_sample=small_sample)
    else:
        made = trials
    if not any(len(batch.study) for batch in made.batches):
        raise BadInput("no study compares two treatments")
    parts = connected_parts(made)
    known = {name for part in parts for name in part.treatments}
    if reference is not None and reference not in known:
        raise BadInput(f"reference {reference!r}: one of {', '.join(sorted(known))} was expected")
    networks = tuple(Network(part, _reference(part, reference), tau2, ci, level, small_values) for part in parts)
    return networks[0] if len(networks) == 1 else Parts(networks)


def _checked(tau2: str | float, ci: str, level: float, small_values: str) -> None:
    if isinstance(tau2, str) and tau2 not in METHODS:
        raise BadInput(f"tau2 {tau2!r}: {', '.join(METHODS)} or a number of 0 or more was expected for a network")
    if not isinstance(tau2, str) and not (math.isfinite(tau2) and tau2 >= 0):
        raise BadInput(f"tau2 {tau2}: a number of 0 or more was expected")
    if ci not in KINDS:
        raise BadInput(f"ci {ci!r}: one of {', '.join(KINDS)} was expected")
    if not 0 < level < 1:
        raise BadInput(f"level {level}: a number between 0 and 1 was expected, such as 0.95")
    if small_values not in ("good", "bad"):
        raise BadInput(f"small-values {small_values!r}: good or bad was expected")


def _reference(part: Contrasts, wanted: str | None) -> str:
    if wanted in part.treatments:
        return str(wanted)
    counts = sum(np.bincount(batch.arms.ravel(), minlength=len(part.treatments)) for batch in part.batches)
    return part.treatments[int(np.argmax(counts))]
