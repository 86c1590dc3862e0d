"""How every figure looks: calm, few inks, and readable in black and white. Loads Altair, so only drawings import it."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from enthesis.evidence.certainty import Concern

INK, QUIET, LINE, GRID, WASH = "#16324f", "#51606f", "#7d8a98", "#e6eaee", "#f1f4f6"
# On white: ink 13 to 1, quiet text 6 to 1, lines that mean something 3.5 to 1; grid and shading only support.

BIAS_COLOURS = {Concern.NONE: "#0072b2", Concern.SOME: "#8a6100", Concern.MAJOR: "#b03a00"}
BIAS_DASHES = {Concern.NONE: [1, 0], Concern.SOME: [8, 4], Concern.MAJOR: [3, 3]}
BIAS_WORDS = {Concern.NONE: "low", Concern.SOME: "some or unclear", Concern.MAJOR: "high"}
# Blue, ochre and brick are told apart by people who see red and green alike, and by their dashes in black and white.

Row = Mapping[str, Any]


def of(rows: Sequence[Row]) -> alt.Chart:
    """A chart of rows kept inside it, so that a saved figure needs nothing else."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def wide(text: str) -> float:
    """About how many pixels a text of 12 points takes."""
    return 6.4 * len(text)


def finished(chart: Any, *, width: float, height: float, pad: Mapping[str, float]) -> Any:
    """Size, paper and fonts."""
    return (
        chart.properties(width=width, height=height, background="white", padding=pad, autosize="none")
        .configure(font="sans-serif", aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            gridColor=GRID, labelColor=QUIET, labelFontSize=12, titleColor=QUIET, titleFontSize=12,
            titleFontWeight="normal", domainColor=LINE, tickColor=LINE,
        )
        .configure_legend(labelColor=QUIET, titleColor=QUIET, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
    )  # fmt: skip
