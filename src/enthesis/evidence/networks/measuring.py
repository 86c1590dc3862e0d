"""How far the evidence on a pair has travelled: length of its paths, and how many ran side by side.

König, Krahn, Binder 2013, doi 10.1002/sim.6001; what `netmeta::netmeasures` gives.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.by_study import within_comparisons
from enthesis.evidence.networks.flow import flows
from enthesis.evidence.networks.pairs import Comparisons, Direct
from enthesis.evidence.networks.system import System


@dataclass(frozen=True, eq=False)
class Measures:
    """Columns over all pairs, in the order of `all_pairs`.

    proportion_direct     the share of the estimate that is direct evidence, 0 to 1
    mean_path_length      comparisons a path goes through on average; above 2 the estimate is mostly indirect
    parallelism           least number of independent paths: 1 when all evidence passes one direct comparison
    parallelism_studies   the same with every study's comparison for itself
    """

    pair: Whole
    proportion_direct: Floats
    mean_path_length: Floats
    parallelism: Floats
    parallelism_studies: Floats


def measures(system: System, made: Comparisons, own: Direct) -> Measures:
    """The measures of every pair of one fit."""
    rows, _, hat = flows(system, made)
    size = np.abs(hat)
    direct = np.zeros(len(rows))
    direct[own.pair] = own.share
    widest = np.zeros(hat.shape[1])  # of each direct comparison, the largest part that one study has
    np.maximum.at(widest, made.grouped[1], within_comparisons(system, made))
    return Measures(rows, direct, size.sum(axis=1), 1 / size.max(axis=1), 1 / (size * widest).max(axis=1))
