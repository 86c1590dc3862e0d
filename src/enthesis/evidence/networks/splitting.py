"""Direct and indirect evidence set against each other: does the network agree with itself?

By back-calculation: what the indirect evidence must have been for the network to say what it says (König 2013), as
netmeta does. By refit: the model with one more parameter for the direct evidence (node-splitting, Dias 2010,
doi 10.1002/sim.3767), solved as a rank-one update; in trials of more arms the parameter is shared evenly by both arms.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.pairs import Comparisons, Direct, all_pairs, variances
from enthesis.evidence.networks.space import Space
from enthesis.evidence.networks.system import System, against
from enthesis.evidence.networks.tails import two_sided

NEARLY_ALL = 0.0005  # of one kind of evidence: the other is not worth a test (netmeta's `tol.direct`)
NOTHING_LEFT = 1e-9  # of the information on a disagreement: rounding


@dataclass(frozen=True, eq=False)
class Split:
    """Pairs with direct and indirect evidence, in columns; `difference` is direct less indirect."""

    pair: Whole
    studies: Whole
    share: Floats
    direct: Floats
    direct_se: Floats
    indirect: Floats
    indirect_se: Floats
    difference: Floats
    difference_se: Floats

    @property
    def p(self) -> Floats:
        """Two-sided, of no difference."""
        return two_sided(self.difference / self.difference_se)


def back_calculated(found: Direct) -> Split:
    """What the rest of the network says of each pair that has direct evidence and a rest."""
    mixed = (1 - found.share > NEARLY_ALL) & (found.share > NEARLY_ALL)
    share, own, own_variance = found.share[mixed], found.estimate[mixed], found.variance[mixed]
    indirect = (found.network[mixed] - share * own) / (1 - share)
    indirect_variance = found.network_variance[mixed] / (1 - share)
    return Split(
        found.pair[mixed],
        found.studies[mixed],
        share,
        own,
        np.sqrt(own_variance),
        indirect,
        np.sqrt(indirect_variance),
        own - indirect,
        np.sqrt(own_variance + indirect_variance),
    )


def refitted(space: Space, system: System, made: Comparisons) -> Split:
    """The consistency model with one more parameter for each pair in turn, at the heterogeneity of `system`.

    With z the rows of the extra parameter, its estimate is z'Pr / z'Pz, P what the network leaves of the weights.
    The network estimate without it is the indirect evidence; the two together are the direct.
    """
    pairs, _, counts = made.grouped
    found = [(place, _split(space, system, int(pair))) for place, pair in enumerate(pairs)]
    kept = np.array([place for place, row in found if row is not None], dtype=np.int64)
    own, own_var, rest, rest_var, gap, gap_var, net_var = (
        np.array([row for _, row in found if row is not None]).reshape(-1, 7).T
    )
    return Split(
        pairs[kept], counts[kept], net_var / own_var, own, own_var**0.5, rest, rest_var**0.5, gap, gap_var**0.5
    )


def _split(space: Space, system: System, pair: int) -> tuple[float, ...] | None:
    """direct, indirect and their difference, each with its variance, and the network's; None where nothing is indirect."""
    first, second = (int(each[pair]) for each in all_pairs(space.size))
    z = extra(space, first, second)
    weighted = system.weights * z
    toward = against(space, weighted)
    left = system.covariance @ toward
    information = float(weighted @ z) - float(toward @ left)
    if information <= NOTHING_LEFT * float(weighted @ z):
        return None
    gap, along_left = float(weighted @ system.residuals) / information, float(left[first] - left[second])
    network = float(variances(system.covariance, np.array(first), np.array(second)))
    indirect = float(system.effects[first] - system.effects[second]) - along_left * gap
    indirect_variance = network + along_left**2 / information
    direct_variance = indirect_variance + (1 - 2 * along_left) / information
    return indirect + gap, direct_variance, indirect, indirect_variance, gap, 1 / information, network


def extra(space: Space, first: int, second: int) -> Floats:
    """(rows,) what one unit of disagreement adds to each row: half to the first arm, minus half to the second."""
    z = np.zeros(len(space.y))
    for block in space.blocks:
        both = (block.arms == first).any(axis=1) & (block.arms == second).any(axis=1)
        if both.any():
            arms, coefficients = block.arms[both][:, None, :], block.coefficients[both]
            z[block.rows[both]] = (coefficients * ((arms == first) - (arms == second) * 1.0)).sum(axis=2) / 2
    return z
