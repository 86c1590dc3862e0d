"""Trials, effect sizes, pairwise and network meta-analysis: what the published evidence says, and how surely."""

from enthesis.evidence.contrasts import Batch, Contrasts
from enthesis.evidence.effects import ZeroCells, contrasts, on_one_scale
from enthesis.evidence.networks import Components, League, LeagueRow, Network, Parts, components, network
from enthesis.evidence.networks import as_json as network_as_json
from enthesis.evidence.reading import Kind, Trials, joined, read_trials, trials_from

__all__ = [
    "Batch",
    "Components",
    "Contrasts",
    "Kind",
    "League",
    "LeagueRow",
    "Network",
    "Parts",
    "Trials",
    "ZeroCells",
    "components",
    "contrasts",
    "joined",
    "network",
    "network_as_json",
    "on_one_scale",
    "read_trials",
    "trials_from",
]
