"""Network meta-analysis: all treatments at once, direct and indirect evidence together, and where they disagree."""

from enthesis.evidence.networks.components import Components, components
from enthesis.evidence.networks.contract import as_json
from enthesis.evidence.networks.fitting import Parts, network
from enthesis.evidence.networks.league import League, LeagueRow
from enthesis.evidence.networks.result import Network

__all__ = ["Components", "League", "LeagueRow", "Network", "Parts", "as_json", "components", "network"]
