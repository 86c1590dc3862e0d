"""Effect sizes: from what trials report to contrasts with their full covariance, every conversion recorded."""

from enthesis.evidence.effects.designs import on_one_scale
from enthesis.evidence.effects.making import MEASURES, RATIOS, contrasts, measure_for
from enthesis.evidence.effects.zero_cells import ZeroCells

__all__ = ["MEASURES", "RATIOS", "ZeroCells", "contrasts", "measure_for", "on_one_scale"]
