"""Trials, effect sizes, pairwise and network meta-analysis: what the published evidence says, and how surely.

    >>> from enthesis import evidence
    >>> trials = evidence.read_trials("study,treatment,n,events\\nA,dextrose,40,12\\nA,saline,42,20\\n")
    >>> evidence.pairwise(trials, measure="RR").random
    -0.462 (-1.032 to 0.1078; p = 0.112)

`evidence.pooling` holds what a pairwise analysis may be asked besides: regression, subgroups, small-study effects, rare events.
`evidence.networks` holds the same for networks: regression, subgroups, the adjusted funnel, rare events, components.
`evidence.bayes` is the same network with a stated prior on heterogeneity, worked out without drawing.
`evidence.sequential` looks at a living review after each study: boundaries, and how much information is enough.
"""

from enthesis.evidence import bayes, networks, pooling, sequential
from enthesis.evidence.contrasts import Batch, Contrasts
from enthesis.evidence.effects import RATIOS, ZeroCells, contrasts, contrasts_in_network, measure_for, on_one_scale
from enthesis.evidence.networks import Components, League, LeagueRow, Network, Parts, components, network
from enthesis.evidence.networks import as_json as network_as_json
from enthesis.evidence.pooling import Model, Pairwise, pairwise
from enthesis.evidence.pooling import as_json as pairwise_as_json
from enthesis.evidence.reading import Kind, Trials, joined, read_followed, read_trials, trials_from

__all__ = [
    "RATIOS",
    "Batch",
    "Components",
    "Contrasts",
    "Kind",
    "League",
    "LeagueRow",
    "Model",
    "Network",
    "Pairwise",
    "Parts",
    "Trials",
    "ZeroCells",
    "bayes",
    "components",
    "contrasts",
    "contrasts_in_network",
    "joined",
    "measure_for",
    "network",
    "network_as_json",
    "networks",
    "on_one_scale",
    "pairwise",
    "pairwise_as_json",
    "pooling",
    "read_followed",
    "read_trials",
    "sequential",
    "trials_from",
]
