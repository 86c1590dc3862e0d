"""Trials, effect sizes, pairwise and network meta-analysis: what the published evidence says, and how surely."""

from enthesis.evidence.contrasts import Batch, Contrasts
from enthesis.evidence.effects import ZeroCells, contrasts, on_one_scale
from enthesis.evidence.reading import Kind, Trials, read_trials, trials_from

__all__ = [
    "Batch",
    "Contrasts",
    "Kind",
    "Trials",
    "ZeroCells",
    "contrasts",
    "on_one_scale",
    "read_trials",
    "trials_from",
]
