"""How much each study gives to each network estimate: what a direct comparison gives, divided among its studies.

The weight of a study in a comparison is the conductance of its own edge (Rücker 2012, doi 10.1002/jrsm.1058): 1 / (variance
+ tau2) with two arms; with more arms the weight that is left once the arms' shared errors are allowed for, so that the
weights of all studies on an edge add up to the weight of the edge in the flow and no arm is counted twice
(Papakonstantinou 2018, doi 10.12688/f1000research.14770.3).
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.flow import AT_ONCE, Contributions
from enthesis.evidence.networks.pairs import Comparisons
from enthesis.evidence.networks.system import System


@dataclass(frozen=True, eq=False)
class StudyContributions:
    """shares[r, s]: how much of the network estimate of pair `rows[r]` (a place in `all_pairs`) `studies[s]` gives.

    Each row adds to 1; no share is negative.
    """

    method: str
    rows: Whole
    studies: tuple[str, ...]
    shares: Floats


def conductances(system: System) -> Floats:
    """(n,) the weight of each comparison of each study at the tau2 of `system`, in the order of `Comparisons`.

    Negative only where the covariance of a study fits no arms of their own (arms of the same people, given contrasts).
    """
    made = []
    for block in system.space.blocks:
        a, b = np.triu_indices(block.size, 1)
        turned = block.coefficients
        weights = system.weights[block.rows][:, :, None]
        laplacians = (turned * weights).transpose(0, 2, 1) @ turned
        made.append(-laplacians[:, a, b].ravel())
    return np.concatenate(made)


def within_comparisons(system: System, made: Comparisons) -> Floats:
    """(n,) the part of its direct comparison each study's comparison has; the parts of a comparison add to 1.

    By the size of the weight, whatever its sign; in equal parts where no study has any weight there.
    """
    _, place, count = made.grouped
    size = np.abs(conductances(system))
    total = np.bincount(place, size)[place]
    return np.where(total > 0, size / np.where(total > 0, total, 1.0), 1 / count[place])


def by_study(given: Contributions, system: System, made: Comparisons) -> StudyContributions:
    """The contributions of direct comparisons, `given`, divided among the studies that made them."""
    order = np.argsort(made.study, kind="stable")
    present, start = np.unique(made.study[order], return_index=True)
    part, place = within_comparisons(system, made)[order], made.grouped[1][order]
    shares = np.zeros((len(given.rows), len(system.space.studies)))
    step = max(1, AT_ONCE // len(order))
    for first in range(0, len(shares), step):
        rows = slice(first, first + step)
        shares[rows, present] = np.add.reduceat(given.shares[rows][:, place] * part, start, axis=1)
    return StudyContributions(given.method, given.rows, system.space.studies, shares)
