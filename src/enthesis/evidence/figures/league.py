"""The league table: every pair of treatments, the row's less the column's, best treatments first."""

from typing import Any

import numpy as np

from enthesis.evidence.figures.figure import Cell, Figure
from enthesis.evidence.figures.naming import Naming
from enthesis.evidence.networks import Network

ACROSS, DOWN = 118, 44  # pixels of one cell, at the least


def ordered(found: Network) -> list[str]:
    """Treatments by their P-score, the best first."""
    return [found.treatments[at] for at in np.argsort(-found.p_scores("random"), kind="stable")]


def league(found: Network, naming: Naming) -> Figure:
    """Estimates of the random model below the diagonal; those beyond chance are shaded."""
    names = ordered(found)
    rows: list[tuple[Cell, ...]] = []
    beyond = 0
    for place, one in enumerate(names):
        for other in names[:place]:
            row = found.between(one, other)
            numbers = [naming.shown(row.random[key]) for key in ("estimate", "lower", "upper")]
            spread = [naming.shown(value) if found.tau2 is not None else None for value in row.prediction]
            beyond += row.random["p"] is not None and row.random["p"] < 1 - found.level
            rows.append(
                (naming.treatment(one), naming.treatment(other), *numbers, row.random["p"], *spread, row.direct_share)
            )
    columns = (
        "treatment", "versus", "estimate", "lower", "upper", "p", "prediction lower", "prediction upper", "direct share",
    )  # fmt: skip
    words = (
        f"{naming.axis}. {len(rows)} pairs of {len(names)} treatments, ordered from best to worst by P-score: "
        f"{', '.join(naming.treatment(name) for name in names)}. {beyond} of the pairs differ beyond chance."
    )
    return Figure(
        "league", "Every pair of treatments", words, columns, tuple(rows), lambda: _draw(found, names, naming)
    )


def _draw(found: Network, names: list[str], naming: Naming) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    cells: list[dict[str, Any]] = []
    for place, one in enumerate(names):
        for column, other in enumerate(names[: place + 1]):
            if place == column:
                cells.append(
                    {"row": place, "column": column, "ink": style.INK, "above": naming.treatment(one), "below": ""}
                )
            else:
                cells.append({"row": place, "column": column} | _pair(found, one, other, naming, style))
    x = alt.X("column:O", axis=None, scale=alt.Scale(padding=0.04))
    y = alt.Y("row:O", axis=None, scale=alt.Scale(padding=0.06))
    base = style.of([cell | {"text": "white" if cell["ink"] == style.INK else style.INK} for cell in cells]).encode(
        x=x, y=y
    )
    ink = alt.Color("text:N", scale=None)
    layers = (
        base.mark_rect().encode(color=alt.Color("ink:N", scale=None)),
        base.mark_text(fontSize=12, dy=-7).encode(text="above:N", color=ink),
        base.mark_text(fontSize=11, dy=9).encode(text="below:N", color=ink),
    )
    across = max(ACROSS, *(12 + style.wide(naming.treatment(name)) for name in names))
    pad = {"left": 8.0, "right": 8.0, "top": 8.0, "bottom": 8.0}
    return style.finished(alt.layer(*layers), width=across * len(names), height=DOWN * len(names), pad=pad)


def _pair(found: Network, one: str, other: str, naming: Naming, style: Any) -> dict[str, str]:
    made = found.between(one, other).random
    beyond = made["p"] is not None and made["p"] < 1 - found.level
    return {
        "ink": "#cfe0ee" if beyond else style.WASH,
        "above": naming.text(made["estimate"]),
        "below": naming.interval(made["lower"], made["upper"]),
    }
