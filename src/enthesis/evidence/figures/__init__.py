"""Figures of a network: each a picture (Altair, SVG, PNG) with its words and the table it was drawn from."""

from collections.abc import Callable, Mapping

from enthesis.evidence.certainty import Concern
from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.forest import Line, drawn_up, forest, split_forest
from enthesis.evidence.figures.graph import graph
from enthesis.evidence.figures.league import league
from enthesis.evidence.figures.naming import Naming
from enthesis.evidence.figures.points import baujat, funnel
from enthesis.evidence.figures.squares import contributions, net_heat, rankogram
from enthesis.evidence.networks import Network
from enthesis.knowledge import BadInput

BY_NAME: Mapping[str, Callable[[Network, Naming], Figure]] = {
    "forest": forest,
    "league": league,
    "split": split_forest,
    "funnel": funnel,
    "rankogram": rankogram,
    "contributions": contributions,
    "net-heat": net_heat,
    "baujat": baujat,
}
NAMES = ("graph", *BY_NAME)


def figure(name: str, found: Network, naming: Naming, bias: Mapping[str, Concern]) -> Figure:
    """One figure by its name. Raises BadInput naming those there are."""
    if name == "graph":
        return graph(found, naming, bias)
    if name not in BY_NAME:
        raise BadInput(f"figure: there is no {name!r}; there are: {', '.join(NAMES)}")
    return BY_NAME[name](found, naming)


__all__ = ["NAMES", "Figure", "Line", "Naming", "drawn_up", "figure"]
