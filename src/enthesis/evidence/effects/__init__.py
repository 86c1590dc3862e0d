"""Effect sizes: from what trials report to contrasts with their full covariance, every conversion recorded."""

from enthesis.evidence.effects.designs import on_one_scale
from enthesis.evidence.effects.making import MEASURES, RATIOS, contrasts, contrasts_in_network, measure_for
from enthesis.evidence.effects.zero_cells import AS_NETMETA, ZeroCells

__all__ = [
    "AS_NETMETA",
    "MEASURES",
    "RATIOS",
    "ZeroCells",
    "contrasts",
    "contrasts_in_network",
    "measure_for",
    "on_one_scale",
]
