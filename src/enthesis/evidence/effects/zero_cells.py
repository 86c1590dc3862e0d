"""Zero cells: what is added, to which studies, and which studies say nothing about a ratio."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats

TO = ("only-zero", "all-if-any", "all", "none")
DOUBLE = ("drop", "keep")
RISKS = ("cells", "events")


@dataclass(frozen=True)
class ZeroCells:
    """The policy, stated in every result.

    add     what is added to each cell of a study, by default 0.5
    to      "only-zero": studies with an empty cell in any arm; "all-if-any": all studies when one has; "all"; "none"
    risks   of a risk: "cells" adds to people with and without the event, so n grows by twice as much (Cochrane,
            metafor); "events" lets the n of a risk ratio grow by what the events do, and leaves the estimate of a risk
            difference alone: only its variance is made from fuller cells (the default of meta and netmeta)
    double  studies with no event, or nothing but events, in every arm: "drop" for ratios (netmeta's default) or "keep"
    """

    add: float = 0.5
    to: str = "only-zero"
    double: str = "drop"
    risks: str = "cells"

    def sentence(self) -> str:
        """The policy in words."""
        if self.to == "none":
            return "zero cells: nothing is added"
        who = {
            "only-zero": "all cells of the studies with an empty cell",
            "all-if-any": "all cells of all studies, as one has an empty cell",
            "all": "all cells of all studies",
        }[self.to]
        how = (
            "; in a risk ratio n grows by as much, a risk difference keeps its estimate"
            if self.risks == "events"
            else ""
        )
        return f"zero cells: {self.add:g} is added to {who}{how}"


def increments(events: Floats, n: Floats, policy: ZeroCells, *, any_empty: bool) -> Floats:
    """What is added to each cell of each study: (k, 1) for events and n of shape (k, m)."""
    empty = ((events == 0) | (events == n)).any(axis=1, keepdims=True)
    if policy.to == "none":
        chosen = np.zeros_like(empty)
    elif policy.to == "only-zero":
        chosen = empty
    else:
        chosen = np.full_like(empty, policy.to == "all" or any_empty)
    return np.where(chosen, policy.add, 0.0)


AS_NETMETA = ZeroCells(risks="events")  # what networks are made with unless something else is asked for


def silent(events: Floats, n: Floats, *, measure: str) -> np.ndarray:
    """Studies (k,) that say nothing about a ratio: nobody in any arm had the event; for odds, everybody in every arm too.

    Where everybody had it, the risks are known to be alike, so a risk ratio hears such a study (as in meta).
    """
    nobody, everybody = (events == 0).all(axis=1), (events == n).all(axis=1)
    return np.asarray(nobody if measure == "RR" else nobody | everybody)
