"""Network meta-analysis: all treatments at once, direct and indirect evidence together, and where they disagree."""

from enthesis.evidence.networks.components import Components, components
from enthesis.evidence.networks.contract import as_json
from enthesis.evidence.networks.cumulating import Cumulative, cumulative
from enthesis.evidence.networks.fitting import Parts, network
from enthesis.evidence.networks.funnel import Funnel, adjusted_funnel
from enthesis.evidence.networks.heterogeneity import METHODS
from enthesis.evidence.networks.league import League, LeagueRow
from enthesis.evidence.networks.noticed import noticed
from enthesis.evidence.networks.over_time import OverTime, over_time
from enthesis.evidence.networks.rare import RareEvents, rare_events
from enthesis.evidence.networks.rare_contract import rare_as_json
from enthesis.evidence.networks.regression import Regression, regression
from enthesis.evidence.networks.result import Network
from enthesis.evidence.networks.subgroups import Subgroups, subgroups

__all__ = [
    "METHODS",
    "Components",
    "Cumulative",
    "Funnel",
    "League",
    "LeagueRow",
    "Network",
    "OverTime",
    "Parts",
    "RareEvents",
    "Regression",
    "Subgroups",
    "adjusted_funnel",
    "as_json",
    "components",
    "cumulative",
    "network",
    "noticed",
    "over_time",
    "rare_as_json",
    "rare_events",
    "regression",
    "subgroups",
]
